"""The customer's pages: a front page, and the three pages of one payment."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from mock_bank.domain.account import COLLECTOR
from mock_bank.domain.errors import (
    ConsentMissing,
    ResendTooSoon,
    SignInLocked,
    WrongOtp,
    WrongSignIn,
)
from mock_bank.domain.notice import purpose
from mock_bank.domain.payment import PaymentState
from mock_bank.domain.rules import OtpKind
from mock_bank.domain.vietqr import encode
from mock_bank.domain.visit import Stage
from mock_bank.service import BankService
from mock_bank.service.checkout import Checkout, Sight
from mock_bank.web import parsing
from mock_bank.web.qr import picture
from simkit.core.captcha import CaptchaWrong
from simkit.core.errors import BadInput, RuleBroken
from simkit.flaskkit.body import form_fields
from simkit.flaskkit.here import about
from simkit.flaskkit.house import Handle
from simkit.flaskkit.problem import status_of

_BROWSER = "browser"

Errors = Mapping[str, str]


def _sign_in(way: Checkout, sight: Sight, browser: str) -> None:
    form = form_fields(request, parsing.SIGN_IN_FIELDS)
    way.sign_in(sight.payment.token, browser, parsing.sign_in_from(form, sight.bank))


def _agree(way: Checkout, sight: Sight, browser: str) -> None:
    form = form_fields(request, ("agree", "method"))
    kind = parsing.kind_from(form)
    way.agree(sight.payment.token, browser, ticked=bool(form["agree"]), kind=kind)


def _confirm(way: Checkout, sight: Sight, browser: str) -> None:
    if sight.challenge and sight.challenge.rule.kind is OtpKind.SMART:
        return  # that is approved on the phone: there is nothing to type
    digits = sight.challenge.rule.digits if sight.challenge else 0
    way.confirm(
        sight.payment.token, browser, parsing.otp_from(form_fields(request, ("otp",)), digits)
    )


def _resend(way: Checkout, sight: Sight, browser: str) -> None:
    way.resend(sight.payment.token, browser)


@dataclass(frozen=True, slots=True)
class Page:
    """One of the three pages: the end of its address, its template, what its button does.

    ``places`` says at which field each refusal is shown; no name stands for the top of the form.
    """

    slug: str
    template: str
    step: Callable[[Checkout, Sight, str], None]
    places: Mapping[type[RuleBroken], str]


PAGES: Mapping[Stage, Page] = {
    Stage.SIGN_IN: Page(
        "dang-nhap",
        "bank/sign_in.html",
        _sign_in,
        {CaptchaWrong: "captcha", WrongSignIn: "", SignInLocked: ""},
    ),
    Stage.CONSENT: Page("chap-thuan", "bank/consent.html", _agree, {ConsentMissing: "agree"}),
    Stage.CONFIRM: Page("xac-nhan", "bank/confirm.html", _confirm, {WrongOtp: "otp"}),
}
RESEND = Page("gui-lai", "bank/confirm.html", _resend, {ResendTooSoon: ""})
_STAGES = {page.slug: stage for stage, page in PAGES.items()}
_ONE_OF_THEM = f"/thanh-toan/<token>/<any({', '.join(map(repr, _STAGES))}):slug>"
_OTHER_WORDS: Mapping[type[RuleBroken], str] = {
    CaptchaWrong: "Mã kiểm tra không đúng hoặc đã hết hạn. Hãy nhập mã trong hình mới."
}


def blueprint(service: Handle[BankService]) -> Blueprint:
    """Bind the routes to the service: read, ask, answer."""
    bp = Blueprint("pages", __name__)
    desk = _Desk(lambda: service().checkout)
    _add_steps(bp, desk)

    @bp.get("/")
    def home() -> ResponseReturnValue:
        return render_template("bank/home.html", banks=service().orders.banks())

    @bp.get("/thanh-toan/<token>")
    def enter(token: str) -> ResponseReturnValue:
        return desk.on(token)

    @bp.post("/thanh-toan/<token>/huy")
    def cancel(token: str) -> ResponseReturnValue:
        service().checkout.cancel(token)
        return desk.on(token)

    @bp.get("/thanh-toan/<token>/ma-qr")
    def qr(token: str) -> ResponseReturnValue:
        sight = desk.look(token)
        if not sight.payment.is_open:
            return desk.on(token)
        text = encode(service().orders.qr(sight.payment.order.request_id))
        return _render("bank/qr.html", sight, qr={"text": text, "picture": picture(text)})

    @bp.get("/thanh-toan/<token>/het-han")
    def expired(token: str) -> ResponseReturnValue:
        sight = desk.look(token)
        if sight.payment.state is not PaymentState.EXPIRED:
            return desk.on(token)
        return _render("bank/expired.html", sight), HTTPStatus.GONE

    return bp


def _add_steps(bp: Blueprint, desk: "_Desk") -> None:
    @bp.get(_ONE_OF_THEM)
    def page(token: str, slug: str) -> ResponseReturnValue:
        return desk.show(token, _STAGES[slug])

    @bp.post(_ONE_OF_THEM)
    def step(token: str, slug: str) -> ResponseReturnValue:
        return desk.do(token, _STAGES[slug], PAGES[_STAGES[slug]])

    @bp.post("/thanh-toan/<token>/gui-lai")
    def resend(token: str) -> ResponseReturnValue:
        return desk.do(token, Stage.CONFIRM, RESEND)


class _Desk:
    """What all pages of a payment have in common: look, and go to the page whose turn it is."""

    def __init__(self, checkout: Callable[[], Checkout]) -> None:
        self._checkout = checkout

    def look(self, token: str) -> Sight:
        """Return what this browser is to see."""
        sight = self._checkout().look(token, self._browser())
        about(sight.payment.order.reference)
        return sight

    def on(self, token: str) -> ResponseReturnValue:
        """Send the browser to where the payment stands; ended ones go back to where they began."""
        return redirect(_address(self.look(token)), HTTPStatus.SEE_OTHER)

    def show(self, token: str, stage: Stage) -> ResponseReturnValue:
        """Show a page, or the one whose turn it is."""
        sight = self.look(token)
        if not _is_turn(sight, stage):
            return redirect(_address(sight), HTTPStatus.SEE_OTHER)
        return _render(PAGES[stage].template, sight)

    def do(self, token: str, stage: Stage, page: Page) -> ResponseReturnValue:
        """Take a page's step and go on; a refusal is shown on the page, if it still is its turn.

        It may not be: of two clicks the first did the work, and the second has nothing to tell.
        """
        try:
            page.step(self._checkout(), self.look(token), self._browser())
        except RuleBroken as refused:
            if not isinstance(refused, (BadInput, *page.places)):
                raise
            sight = self.look(token)
            if _is_turn(sight, stage):
                return _render(page.template, sight, _errors(page, refused)), status_of(refused)
        return self.on(token)

    def _browser(self) -> str:
        mark = session.get(_BROWSER)
        if not isinstance(mark, str):
            session[_BROWSER] = mark = self._checkout().new_browser()
        return mark


def _is_turn(sight: Sight, stage: Stage) -> bool:
    return sight.payment.is_open and sight.stage is stage


def _address(sight: Sight) -> str:
    payment = sight.payment
    if payment.state is PaymentState.EXPIRED:
        return url_for("pages.expired", token=payment.token)
    if not payment.is_open:
        return payment.order.return_url
    return url_for("pages.page", token=payment.token, slug=PAGES[sight.stage].slug)


def _errors(page: Page, refused: RuleBroken) -> Errors:
    if isinstance(refused, BadInput):
        return refused.facts
    kind = next(kind for kind in page.places if isinstance(refused, kind))
    return {page.places[kind]: _OTHER_WORDS.get(kind, str(refused))}


def _render(template: str, sight: Sight, errors: Errors | None = None, **more: object) -> str:
    # Of what was typed only the user name comes back: a password or a code is never shown again.
    kept = form_fields(request, ("user",)) if request.method == "POST" else {}
    return render_template(
        template,
        sight=sight,
        errors=errors or {},
        form=kept,
        supplier=COLLECTOR,
        purpose=purpose(sight.payment.order),
        **more,
    )
