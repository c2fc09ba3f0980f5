"""What a customer does on the pages of one payment."""

from dataclasses import dataclass
from datetime import datetime

from mock_bank.domain.account import Account, AccountKind, Customer, masked, settlement_of
from mock_bank.domain.errors import ConsentMissing, NotEnoughMoney, WrongOtp, WrongSignIn
from mock_bank.domain.ledger import transfer
from mock_bank.domain.notice import otp_text
from mock_bank.domain.otp import DIGITS, Challenge, ChallengeState
from mock_bank.domain.payment import CALLED_OFF, OTP_LOCKED, TOO_POOR, Payment
from mock_bank.domain.profile import BankProfile, bank_of
from mock_bank.domain.visit import VISIT, Stage, Step, Visit
from mock_bank.ports import Passwords, Unit, Work
from mock_bank.service.endings import close, current
from simkit.core.captcha import CaptchaAnswer, Captchas
from simkit.core.chance import Ids
from simkit.core.clock import Clock
from simkit.core.messages import Message

SMS = "sms"


@dataclass(frozen=True, slots=True)
class SignIn:
    """What a person typed on the sign-in page."""

    user: str
    password: str
    captcha: CaptchaAnswer


@dataclass(frozen=True, slots=True)
class Sight:
    """What one browser is to see of a payment.

    Account (masked) and phone (to be masked by the page) are empty before anybody signed in;
    ``code_lapsed`` tells that the code sent last is worth nothing any more.
    """

    payment: Payment
    bank: BankProfile
    stage: Stage
    holder: str = ""
    account: str = ""
    phone: str = ""
    challenge: Challenge | None = None
    code_lapsed: bool = False


class Checkout:
    """Leads a customer to the end of a payment.

    Every step may be asked for again, late, or from two windows at once: a step that is not the
    customer's turn changes nothing, and ``look`` says which page is. ``browser`` is a mark that
    the pages gave the browser; it ties what follows to the browser that signed in.
    """

    def __init__(
        self, work: Work, clock: Clock, ids: Ids, captchas: Captchas, passwords: Passwords
    ) -> None:
        """Take the ports."""
        self._work = work
        self._clock = clock
        self._ids = ids
        self._captchas = captchas
        self._passwords = passwords

    def new_browser(self) -> str:
        """Return an unguessable mark for a browser that has none yet."""
        return self._ids.token("browser")

    def look(self, token: str, browser: str) -> Sight:
        """Return what this browser is to see now."""
        now = self._clock.now()
        with self._work.read() as unit:
            payment = unit.payments.by_token(token)
            if payment is not None and not payment.is_over_at(now):
                return _sight(unit, payment, browser, now)
        with self._work.write() as unit:
            return _sight(unit, current(unit, token, now), browser, now)

    def sign_in(self, token: str, browser: str, typed: SignIn) -> None:
        """Let the customer in who knows user name, password and the text of the picture."""
        sight = self.look(token, browser)
        if not sight.payment.is_open or sight.stage is not Stage.SIGN_IN:
            return
        self._captchas.check(typed.captcha)
        with self._work.read() as unit:
            customer = unit.customers.find(sight.bank.code, typed.user)
        # Costs memory and time on purpose, so it is done before the one writer is held up.
        if not self._passwords.matches(typed.password, customer.password if customer else None):
            raise WrongSignIn("Sai tên đăng nhập hoặc mật khẩu. Hãy kiểm tra và nhập lại.")
        with self._work.write() as unit:
            if current(unit, token, self._clock.now()).is_open:
                visit = unit.payments.visit(token).sign_in(typed.user, browser)
                unit.payments.put_visit(token, visit)

    def agree(self, token: str, browser: str, *, ticked: bool) -> None:
        """Take the customer's consent and send a code, or end the payment for lack of money."""
        now = self._clock.now()
        with self._work.write() as unit:
            payment = current(unit, token, now)
            visit, challenge = _turn(unit, token, now)
            if not payment.is_open or Step.AGREE not in VISIT.events_from(visit.stage_for(browser)):
                return
            if not ticked:
                raise ConsentMissing(
                    "Quý khách chưa đánh dấu chấp thuận các quy định của ngân hàng. "
                    "Hãy đánh dấu vào ô rồi nhấn «Xác nhận»."
                )
            customer = _customer(unit, payment, visit)
            if unit.ledger.balance(customer.account) < payment.order.amount:
                close(unit, payment.end(TOO_POOR))
                return
            unit.payments.put_visit(token, visit.happen(Step.AGREE))
            self._send_code(unit, payment, customer, challenge, now)

    def confirm(self, token: str, browser: str, code: str) -> None:
        """Judge the code and, when it is right, move the money: once, however often it is asked.

        A wrong code is refused and counted; the last one that is stood for ends the payment.
        """
        now = self._clock.now()
        with self._work.write() as unit:
            payment = current(unit, token, now)
            visit, challenge = _turn(unit, token, now)
            if (
                not payment.is_open
                or challenge is None
                or visit.stage_for(browser) is not Stage.CONFIRM
            ):
                return
            challenge = challenge.answer(code, now)
            unit.payments.put_challenge(token, challenge)
            if challenge.state is ChallengeState.PASSED:
                self._pay(unit, payment, _customer(unit, payment, visit), now)
            elif challenge.state is ChallengeState.LOCKED:
                close(unit, payment.end(OTP_LOCKED))
        # Only now: a refusal inside the unit would undo the count.
        if challenge.state is ChallengeState.OPEN:
            raise WrongOtp(
                f"Mã OTP không đúng. Quý khách còn {challenge.tries_left} lần nhập.",
                {"tries_left": str(challenge.tries_left)},
            )

    def cancel(self, token: str) -> None:
        """Call the payment off, unless it has ended."""
        with self._work.write() as unit:
            payment = current(unit, token, self._clock.now())
            if payment.is_open:
                close(unit, payment.end(CALLED_OFF))

    def _send_code(
        self,
        unit: Unit,
        payment: Payment,
        customer: Customer,
        before: Challenge | None,
        now: datetime,
    ) -> None:
        code = self._ids.digits("otp", DIGITS)
        challenge = before.renew(code, now) if before else Challenge(code, now)
        unit.payments.put_challenge(payment.token, challenge)
        bank = bank_of(payment.order.bank)
        key = f"otp-{payment.order.request_id}-{challenge.serial}"
        unit.outbox.put(
            Message(
                SMS,
                key,
                customer.phone,
                {
                    "id": key,
                    "to": customer.phone,
                    "from": bank.name,
                    "text": otp_text(bank, payment, code),
                },
                about=payment.order.reference,
            )
        )

    def _pay(self, unit: Unit, payment: Payment, customer: Customer, now: datetime) -> None:
        """Move the money, or end the payment when another one took it since the consent."""
        bank = bank_of(payment.order.bank)
        target = settlement_of(bank)
        source = Account(customer.account, bank.code, AccountKind.CUSTOMER, customer.name)
        try:
            entry = transfer(
                about=payment.about,
                at=now,
                source=source,
                held=unit.ledger.balance(source.number),
                target=target,
                amount=payment.order.amount,
            )
        except NotEnoughMoney:
            close(unit, payment.end(TOO_POOR))
            return
        unit.ledger.book(entry)
        close(unit, payment.settle(f"FT{now:%y%m%d}{self._ids.digits('bank-ref', 10)}", now))


def _turn(unit: Unit, token: str, now: datetime) -> tuple[Visit, Challenge | None]:
    """Return where the customer stands and the last code, both as the time makes them."""
    visit, challenge = unit.payments.visit(token), unit.payments.challenge(token)
    if challenge is not None and visit.stage is Stage.CONFIRM and challenge.has_lapsed(now):
        return visit.happen(Step.LAPSE), challenge.lapse()
    return visit, challenge


def _customer(unit: Unit, payment: Payment, visit: Visit) -> Customer:
    customer = unit.customers.find(payment.order.bank, visit.user)
    if customer is None:
        raise LookupError(f"{visit.user} signed in and is no customer any more")
    return customer


def _sight(unit: Unit, payment: Payment, browser: str, now: datetime) -> Sight:
    visit, challenge = _turn(unit, payment.token, now)
    stage = visit.stage_for(browser)
    bank = bank_of(payment.order.bank)
    if stage is Stage.SIGN_IN:
        return Sight(payment, bank, stage)
    customer = _customer(unit, payment, visit)
    return Sight(
        payment=payment,
        bank=bank,
        stage=stage,
        holder=customer.name,
        account=masked(customer.account),
        phone=customer.phone,
        challenge=challenge,
        code_lapsed=challenge is not None and challenge.state is ChallengeState.LAPSED,
    )
