"""What a customer does on the pages of one payment."""

from dataclasses import dataclass
from datetime import datetime

from mock_bank.domain.account import Customer, masked
from mock_bank.domain.door import Door, DoorState
from mock_bank.domain.errors import ConsentMissing, WrongOtp
from mock_bank.domain.magic import Moment
from mock_bank.domain.otp import Challenge, ChallengeState
from mock_bank.domain.payment import CALLED_OFF, OTP_LOCKED, PASSWORD_LOCKED, Payment
from mock_bank.domain.profile import BankProfile, bank_of
from mock_bank.domain.rules import OtpKind, OtpRule
from mock_bank.domain.visit import VISIT, Stage, Step
from mock_bank.ports import Passwords, Unit, Work
from mock_bank.service.codes import Codes
from mock_bank.service.endings import close, current
from mock_bank.service.gate import locked, wrong
from mock_bank.service.till import Till
from mock_bank.service.turns import customer_of, turn
from simkit.core.captcha import CaptchaAnswer, Captchas
from simkit.core.chance import Ids
from simkit.core.clock import Clock


@dataclass(frozen=True, slots=True)
class SignIn:
    """What a person typed on the sign-in page; a wallet shows no picture, so there is no answer."""

    user: str
    password: str
    captcha: CaptchaAnswer | None


@dataclass(frozen=True, slots=True)
class Sight:
    """What one browser is to see of a payment.

    Account (masked) and phone (to be masked by the page) are empty before anybody signed in;
    ``code_lapsed`` tells that what was sent last is worth nothing any more; ``offers`` are the
    kinds of one-time password for this amount.
    """

    payment: Payment
    bank: BankProfile
    stage: Stage
    holder: str = ""
    account: str = ""
    phone: str = ""
    challenge: Challenge | None = None
    code_lapsed: bool = False
    offers: tuple[OtpRule, ...] = ()


@dataclass(frozen=True, slots=True)
class Tools:
    """What the checkout works with besides the store and the clock."""

    ids: Ids
    captchas: Captchas
    passwords: Passwords
    codes: Codes
    till: Till


class Checkout:
    """Leads a customer to the end of a payment.

    Every step may be asked for again, late, or from two windows at once: a step that is not the
    customer's turn changes nothing, and ``look`` says which page is. ``browser`` is a mark that
    the pages gave the browser; it ties what follows to the browser that signed in.
    """

    def __init__(self, work: Work, clock: Clock, tools: Tools) -> None:
        """Take the ports."""
        self._work = work
        self._clock = clock
        self._tools = tools

    def new_browser(self) -> str:
        """Return an unguessable mark for a browser that has none yet."""
        return self._tools.ids.token("browser")

    def check(self, answer: CaptchaAnswer) -> None:
        """Return if somebody read the picture right, or raise ``CaptchaWrong``."""
        self._tools.captchas.check(answer)

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
        """Let the customer in who knows user name, password and the text of the picture.

        Wrong passwords are counted by user name, whether somebody has it or not; too many in a
        row lock the door for a while, and at a wallet end the payment.
        """
        sight = self.look(token, browser)
        if not sight.payment.is_open or sight.stage is not Stage.SIGN_IN:
            return
        if typed.captcha is not None:
            self._tools.captchas.check(typed.captcha)
        with self._work.read() as unit:
            customer = unit.customers.find(sight.bank.code, typed.user)
            door = unit.customers.door(sight.bank.code, typed.user).at(self._clock.now())
        if door.state is DoorState.LOCKED:
            raise locked(door)
        # Costs memory and time on purpose, so it is done before the one writer is held up.
        hashed = customer.password if customer else None
        known = customer if self._tools.passwords.matches(typed.password, hashed) else None
        with self._work.write() as unit:
            payment = current(unit, token, self._clock.now())
            door = self._knock(unit, payment, typed.user, known, browser)
            still_open = current(unit, token, self._clock.now()).is_open
        if still_open and door.state is DoorState.LOCKED:
            raise locked(door)
        if still_open and known is None:
            raise wrong(sight.bank, door)

    def agree(self, token: str, browser: str, *, ticked: bool, kind: OtpKind | None = None) -> None:
        """Take the customer's consent and send a code, or end the payment for what hinders it."""
        now = self._clock.now()
        with self._work.write() as unit:
            payment = current(unit, token, now)
            visit, challenge = turn(unit, token, now)
            if not payment.is_open or Step.AGREE not in VISIT.events_from(visit.stage_for(browser)):
                return
            if not ticked:
                raise ConsentMissing(
                    "Quý khách chưa đánh dấu chấp thuận các quy định của ngân hàng. "
                    "Hãy đánh dấu vào ô rồi nhấn «Xác nhận»."
                )
            customer = customer_of(unit, payment, visit)
            if self._tools.till.stopped(unit, payment, customer, Moment.CONSENT):
                return
            if self._tools.till.hindered(unit, payment, customer, now):
                return
            unit.payments.put_visit(token, visit.happen(Step.AGREE))
            offers = bank_of(payment.order.bank).offers(payment.order.amount)
            rule = next((rule for rule in offers if rule.kind is kind), offers[0])
            self._tools.codes.send(unit, payment, customer, challenge, rule, now)

    def resend(self, token: str, browser: str) -> None:
        """Send another code of the same kind; too soon is refused."""
        now = self._clock.now()
        with self._work.write() as unit:
            payment = current(unit, token, now)
            visit, challenge = turn(unit, token, now)
            if (
                not payment.is_open
                or challenge is None
                or visit.stage_for(browser) is not Stage.CONFIRM
            ):
                return
            challenge.must_be_resendable(now)
            customer = customer_of(unit, payment, visit)
            self._tools.codes.send(unit, payment, customer, challenge, challenge.rule, now)

    def confirm(self, token: str, browser: str, code: str) -> None:
        """Judge the code and, when it is right, move the money: once, however often it is asked.

        A wrong code is refused and counted; the last one that is stood for ends the payment. What
        has to be approved on the phone cannot be typed.
        """
        now = self._clock.now()
        with self._work.write() as unit:
            payment = current(unit, token, now)
            visit, challenge = turn(unit, token, now)
            if (
                not payment.is_open
                or challenge is None
                or challenge.rule.kind is not OtpKind.SMS
                or visit.stage_for(browser) is not Stage.CONFIRM
            ):
                return
            challenge = challenge.answer(code, now)
            unit.payments.put_challenge(token, challenge)
            if challenge.state is ChallengeState.PASSED:
                customer = customer_of(unit, payment, visit)
                self._tools.till.pay(unit, payment, customer, now)
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

    def _knock(
        self, unit: Unit, payment: Payment, user: str, known: Customer | None, browser: str
    ) -> Door:
        """Count a try at the door and let ``known`` in; return the door as it is then."""
        now, bank = self._clock.now(), bank_of(payment.order.bank)
        door = unit.customers.door(bank.code, user).at(now)
        if not payment.is_open or door.state is DoorState.LOCKED:
            return door
        door = door.knock(now, bank.door, right=known is not None)
        unit.customers.put_door(bank.code, user, door)
        if known is not None:
            visit = unit.payments.visit(payment.token).sign_in(user, browser)
            unit.payments.put_visit(payment.token, visit)
            self._tools.till.stopped(unit, payment, known, Moment.SIGN_IN)
        elif door.state is DoorState.LOCKED and bank.door.ends_payment:
            close(unit, payment.end(PASSWORD_LOCKED))
        return door


def _sight(unit: Unit, payment: Payment, browser: str, now: datetime) -> Sight:
    visit, challenge = turn(unit, payment.token, now)
    stage = visit.stage_for(browser)
    bank = bank_of(payment.order.bank)
    if stage is Stage.SIGN_IN:
        return Sight(payment, bank, stage)
    customer = customer_of(unit, payment, visit)
    return Sight(
        payment=payment,
        bank=bank,
        stage=stage,
        holder=customer.name,
        account=masked(customer.account),
        phone=customer.phone,
        challenge=challenge,
        code_lapsed=challenge is not None and challenge.state is ChallengeState.LAPSED,
        offers=bank.offers(payment.order.amount),
    )
