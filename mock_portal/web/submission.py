"""Pages on which a citizen files a dossier: fill in, «Lưu», read again, «Gửi hồ sơ»."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mock_portal.domain.account import Account
from mock_portal.domain.attachment import ACCEPTED, FileKind, RefusedFile, megabytes
from mock_portal.domain.dossier import Dossier, DossierState
from mock_portal.domain.errors import DossierIncomplete
from mock_portal.service import PortalService
from mock_portal.service.filing import Offer, Saved
from mock_portal.web import dossier_parsing as parsing
from mock_portal.web.signed_in import current_citizen
from simkit.flaskkit.here import about
from simkit.flaskkit.house import Handle
from simkit.flaskkit.problem import RULE_BROKEN

COMPONENT = "component_"
SAVED = "da_luu"
"""The parameter of the address that says that «Lưu» has just been pressed."""


def blueprint(service: Handle[PortalService]) -> Blueprint:
    """Bind the pages to a service: read, ask, answer."""
    bp = Blueprint("submission", __name__)
    _add_new(bp, service)
    _add_draft(bp, service)

    @bp.get("/ho-so/<code>/da-gui")
    def sent(code: str) -> ResponseReturnValue:
        citizen = current_citizen(service())
        about(code)
        return render_template("portal/sent.html", view=service().dossiers.detail(citizen.id, code))

    return bp


def _add_new(bp: Blueprint, service: Handle[PortalService]) -> None:
    @bp.get("/nop-ho-so/<procedure>")
    def start(procedure: str) -> ResponseReturnValue:
        citizen = current_citizen(service())
        offer = service().dossiers.offer(procedure)
        form = _prefilled(citizen) | {"unit": _chosen_unit(offer, request.args.get("unit", ""))}
        return _form(service(), offer, form)

    @bp.post("/nop-ho-so/<procedure>")
    def do_start(procedure: str) -> ResponseReturnValue:
        citizen = current_citizen(service())
        filing = parsing.filing_from_form(request, procedure)
        saved = service().dossiers.save(citizen.id, filing)
        return _after_saving(service(), saved)


def _add_draft(bp: Blueprint, service: Handle[PortalService]) -> None:
    @bp.get("/ho-so/nhap/<ref>")
    def draft(ref: str) -> ResponseReturnValue:
        citizen = current_citizen(service())
        found = service().dossiers.find(citizen.id, ref)
        if found.state is not DossierState.DRAFT:
            return redirect(url_for("dossiers.detail", code=found.code), 303)
        return _draft_page(service(), service().dossiers.draft(citizen.id, ref), {})

    @bp.get("/ho-so/nhap/<ref>/sua")
    def edit(ref: str) -> ResponseReturnValue:
        citizen = current_citizen(service())
        saved = service().dossiers.draft(citizen.id, ref)
        offer = service().dossiers.offer(saved.dossier.procedure)
        return _form(service(), offer, _form_of(saved.dossier), draft=saved.dossier)

    @bp.post("/ho-so/nhap/<ref>/sua")
    def do_edit(ref: str) -> ResponseReturnValue:
        citizen = current_citizen(service())
        known = service().dossiers.draft(citizen.id, ref).dossier
        filing = parsing.filing_from_form(request, known.procedure)
        detach = parsing.detached(request)
        return _after_saving(service(), service().dossiers.save(citizen.id, filing, ref, detach))

    @bp.post("/ho-so/nhap/<ref>/gui")
    def send(ref: str) -> ResponseReturnValue:
        citizen = current_citizen(service())
        try:
            dossier = service().dossiers.send(citizen.id, ref)
        except DossierIncomplete as refusal:
            saved = service().dossiers.draft(citizen.id, ref)
            return _draft_page(service(), saved, refusal.facts), RULE_BROKEN
        about(dossier.code)
        return redirect(url_for("submission.sent", code=dossier.code), 303)


def _after_saving(service: PortalService, saved: Saved) -> ResponseReturnValue:
    """Go on to the draft, or show the form again with what is wrong; the rest is kept."""
    errors = {
        name: sentence for name, sentence in saved.wrong.items() if not name.startswith(COMPONENT)
    } | _refusals(saved.refused)
    ref = saved.dossier.ref
    if not errors:
        return redirect(url_for("submission.draft", ref=ref, da_luu="1"), 303)
    offer = service.dossiers.offer(saved.dossier.procedure)
    # What was typed is shown, not what was kept: one corrects one's own words.
    page = _form(service, offer, parsing.form_of(request), draft=saved.dossier, errors=errors)
    return page, RULE_BROKEN


def _refusals(refused: tuple[RefusedFile, ...]) -> dict[str, str]:
    """Return the sentences about files that were not taken, by field; several go together."""
    sentences: dict[str, list[str]] = {}
    for each in refused:
        sentences.setdefault(f"{parsing.FILE}{each.component}", []).append(each.message)
    return {name: " ".join(each) for name, each in sentences.items()}


def _draft_page(service: PortalService, saved: Saved, errors: dict[str, str]) -> str:
    dossier = saved.dossier
    offer = service.dossiers.offer(dossier.procedure)
    return render_template(
        "portal/draft.html",
        dossier=dossier,
        procedure=offer.procedure,
        unit=next((each for each in offer.agencies if each.code == dossier.unit), None),
        place=next((name for code, name in _places(service) if _delivers_to(dossier, code)), ""),
        missing=saved.wrong,
        errors=errors,
        just_saved=SAVED in request.args,
    )


def _delivers_to(dossier: Dossier, place: str) -> bool:
    return dossier.delivery is not None and dossier.delivery.place == place


def _form(
    service: PortalService,
    offer: Offer,
    form: dict[str, str],
    *,
    draft: Dossier | None = None,
    errors: dict[str, str] | None = None,
) -> str:
    return render_template(
        "portal/filing.html",
        offer=offer,
        procedure=offer.procedure,
        form=form,
        draft=draft,
        errors=errors or {},
        places=_places(service),
        accepted=ACCEPTED,
        accept=",".join(suffix for kind in FileKind for suffix in kind.suffixes),
        limit=megabytes(service.dossiers.file_limit),
    )


def _places(service: PortalService) -> list[tuple[str, str]]:
    """Return the wards, communes and special zones that the post delivers to, by name."""
    found = [(each.place, each.name) for each in service.site.active_agencies() if each.place]
    return sorted(found, key=lambda pair: pair[1])


def _prefilled(account: Account) -> dict[str, str]:
    """Return the form with what the account knows of its holder."""
    holder = account.holder
    return {
        "full_name": holder.full_name,
        "id_number": str(holder.id_number),
        "email": str(holder.email),
        "phone": str(holder.phone),
        "delivery_receiver": holder.full_name,
        "delivery_phone": str(holder.phone),
    }


def _chosen_unit(offer: Offer, asked: str) -> str:
    """Return the agency that was chosen before, or the only one there is."""
    codes = [each.code for each in offer.agencies]
    if asked in codes:
        return asked
    return codes[0] if len(codes) == 1 else ""


def _form_of(dossier: Dossier) -> dict[str, str]:
    applicant, delivery = dossier.applicant, dossier.delivery
    form = {name: getattr(applicant, name) for name in parsing.APPLICANT}
    form["unit"] = dossier.unit
    if delivery is not None:
        form[parsing.AT_HOME] = "1"
        values = (delivery.receiver, delivery.phone, delivery.address, delivery.place)
        form |= dict(zip(parsing.DELIVERY, values, strict=True))
    return form
