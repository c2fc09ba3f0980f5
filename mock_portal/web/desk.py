"""Pages of the one-stop desk: officers sign in, see the day's dossiers and take the next step."""

from datetime import date, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mock_portal.domain.dossier import DESK, DossierEvent, DossierState
from mock_portal.domain.errors import DossierUnknown
from mock_portal.domain.officer import Officer
from mock_portal.service import PortalService
from mock_portal.web import parsing, signed_in
from mock_portal.web.file_answer import answer_file
from simkit.core.errors import BadInput, RuleBroken
from simkit.flaskkit.here import about, current_world
from simkit.flaskkit.house import Handle
from simkit.flaskkit.problem import status_of

BUTTONS = {
    DossierEvent.RECEIVE: "Tiếp nhận",
    DossierEvent.REFUSE: "Không tiếp nhận",
    DossierEvent.START: "Xử lý",
    DossierEvent.APPROVE: "Phê duyệt",
    DossierEvent.HAND_OUT: "Trả kết quả",
}
"""What the button of each step says; a step without a word here cannot be shown (tested)."""

ALL_DAYS = "tat-ca"
STATES = tuple(state for state in DossierState if state is not DossierState.DRAFT)


def blueprint(service: Handle[PortalService]) -> Blueprint:
    """Bind the pages to a service: read, ask, answer."""
    bp = Blueprint("desk", __name__, url_prefix="/can-bo")
    _add_signing_in(bp, service)
    _add_list(bp, service)
    _add_dossier(bp, service)
    return bp


def _add_signing_in(bp: Blueprint, service: Handle[PortalService]) -> None:
    @bp.get("/dang-nhap")
    def sign_in() -> ResponseReturnValue:
        target = signed_in.wanted_next()
        return render_template("portal/desk_sign_in.html", form={}, errors={}, next=target)

    @bp.post("/dang-nhap")
    def do_sign_in() -> ResponseReturnValue:
        target = signed_in.wanted_next()
        try:
            user, password = parsing.credentials(request.form)
            officer = service().accounts.sign_in_officer(user, password)
        except RuleBroken as refusal:
            errors = parsing.errors_on_form(refusal, ("user", "password"))
            page = render_template(
                "portal/desk_sign_in.html", form=request.form, errors=errors, next=target
            )
            return page, status_of(refusal)
        signed_in.remember_officer(officer)
        return signed_in.go_on(target, url_for("desk.dossiers"))

    @bp.post("/dang-xuat")
    def sign_out() -> ResponseReturnValue:
        signed_in.forget_officer()
        return redirect(url_for("desk.sign_in"), 303)


def _add_list(bp: Blueprint, service: Handle[PortalService]) -> None:
    @bp.get("")
    def dossiers() -> ResponseReturnValue:
        officer = signed_in.current_officer(service())
        shown = {"officer": officer, "office": _office(service(), officer), "states": STATES}
        today = current_world().clock.now().date()
        try:
            state, day = _filter(today)
        except BadInput as refusal:
            page = render_template(
                "portal/desk_list.html",
                rows=[],
                day=None,
                form=request.args,
                errors=parsing.errors_on_form(refusal, ("state", "day")),
                **shown,
            )
            return page, status_of(refusal)
        rows = service().desk.listing(officer, state=state, day=day)
        form = {"state": state or "", "day": f"{day:%d/%m/%Y}" if day else ""}
        return render_template(
            "portal/desk_list.html",
            rows=rows,
            day=day,
            form=form,
            errors={},
            now=current_world().clock.now(),
            **shown,
        )


def _filter(today: date) -> tuple[DossierState | None, date | None]:
    """Return state and day of sending; without a wish the day is today, empty means every day."""
    fields = parsing.Fields(request.args)
    typed = fields.raw("day", limit=20) if "day" in request.args else f"{today:%d/%m/%Y}"
    day = _day(typed) if typed not in {"", ALL_DAYS} else None
    if day is None and typed not in {"", ALL_DAYS}:
        fields.wrong("day", "Ngày phải có dạng ngày/tháng/năm, ví dụ 31/12/2026.")
    wanted = fields.raw("state", limit=40)
    state = next((each for each in STATES if each == wanted), None)
    if wanted and state is None:
        fields.wrong("state", "Không có trạng thái này.")
    fields.done()
    return state, day


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 -- a day has no zone
    except ValueError:
        return None


def _add_dossier(bp: Blueprint, service: Handle[PortalService]) -> None:
    @bp.get("/ho-so/<code>")
    def dossier(code: str) -> ResponseReturnValue:
        officer = signed_in.current_officer(service())
        return _detail(service(), officer, code, errors={})

    @bp.post("/ho-so/<code>/xu-ly")
    def happen(code: str) -> ResponseReturnValue:
        officer = signed_in.current_officer(service())
        about(code)
        try:
            event, reason = _step()
            service().desk.happen(code, event, officer, reason)
        except DossierUnknown:
            raise
        except RuleBroken as refusal:
            errors = parsing.errors_on_form(refusal, ("reason",))
            return _detail(service(), officer, code, errors), status_of(refusal)
        flash(f"Đã ghi nhận: {event.label}.", "success")
        return redirect(url_for("desk.dossier", code=code), 303)

    @bp.get("/ho-so/<code>/tep/<ref>")
    def attachment(code: str, ref: str) -> ResponseReturnValue:
        officer = signed_in.current_officer(service())
        found, content = service().desk.file(officer, code, ref)
        return answer_file(found, content)


def _step() -> tuple[DossierEvent, str]:
    fields = parsing.Fields(request.form)
    wanted = fields.raw("event", limit=40)
    event = next((each for each in DESK if each == wanted), None)
    reason = fields.raw("reason", limit=4000)
    if event is None:
        raise BadInput("Hãy chọn bước xử lý bằng một nút trên trang.", {"event": "unknown"})
    fields.done()
    return event, reason


def _detail(service: PortalService, officer: Officer, code: str, errors: dict[str, str]) -> str:
    view = service.desk.detail(officer, code)
    events = service.desk.events_for(view.dossier, officer)
    return render_template(
        "portal/desk_dossier.html",
        officer=officer,
        office=_office(service, officer),
        view=view,
        dossier=view.dossier,
        steps=[(event, BUTTONS[event]) for event in events],
        needs_reason=any(event.needs_reason for event in events),
        form=request.form,
        errors=errors,
        now=current_world().clock.now(),
    )


def _office(service: PortalService, officer: Officer) -> str:
    """Return the name of the officer's unit."""
    return service.procedures.agency(officer.unit).name if officer.unit else "Tất cả đơn vị"
