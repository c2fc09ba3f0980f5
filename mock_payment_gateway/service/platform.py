"""The use cases of the Payment Platform."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from mock_payment_gateway.domain import bank as bank_rules
from mock_payment_gateway.domain import bill, notice, vnpt
from mock_payment_gateway.domain import partner as partners
from mock_payment_gateway.domain.bank import Bank, BankWord
from mock_payment_gateway.domain.course import Course, Way, When, course_of
from mock_payment_gateway.domain.errors import (
    MalformedMessage,
    NoSuchOrder,
    NoSuchPartner,
    NoSuchTransaction,
    ReferenceExists,
)
from mock_payment_gateway.domain.explained import explained
from mock_payment_gateway.domain.partner import Partner
from mock_payment_gateway.domain.payment import (
    PAYMENT,
    TRANG_THAI_GD,
    Payment,
    PaymentEvent,
    PaymentState,
)
from mock_payment_gateway.domain.platform import Fields, Init, Query, bill_answer
from mock_payment_gateway.domain.signing_rules import SigningRule
from mock_payment_gateway.ports import Addresses, BankHouse, Notes, Unit, Work
from mock_payment_gateway.service.daybook import Daybook
from mock_payment_gateway.service.refunds import Refunds
from mock_payment_gateway.service.vnpay import Vnpay
from simkit.core.chance import Ids
from simkit.core.clock import Clock
from simkit.core.errors import NeighbourDown
from simkit.core.messages import Message

TIME_OUT = "time-out"
"""On the agenda: the time to pay an order runs out; the key is the order's platform id."""


@dataclass(frozen=True, slots=True)
class Order:
    """An order as its payer sees it."""

    payment: Payment
    supplier: str  # «Nhà cung cấp»
    way_back: str
    over: bool  # the time to pay has run out
    held: bool = False  # the browser waits until the partner was called
    stays: bool = False  # the browser is not sent back

    @property
    def open(self) -> bool:
        """Tell whether it can still be paid."""
        return not self.payment.settled and not self.over


class GatewayService:
    """The use cases. Knows no HTTP and no SQL; holds nothing that a world would have to keep."""

    def __init__(  # noqa: PLR0913 -- one parameter per thing that is handed in
        self,
        work: Work,
        bank: BankHouse,
        addresses: Addresses,
        clock: Clock,
        ids: Ids,
        *,
        notice_secret: str,
        notes: Notes,
    ) -> None:
        """``notice_secret``: shared with the bank, signs its notices; ``notes``: the journal."""
        self.vnpay = Vnpay(work, clock, ids, notes)
        self.daybook = Daybook(work, clock, ids)
        self._notes = notes
        self.refunds = Refunds(work, bank, clock, ids, self._asked_of_platform)
        self._work = work
        self._bank = bank
        self._addresses = addresses
        self._clock = clock
        self._ids = ids
        self._notice_secret = notice_secret

    # -- partners -----------------------------------------------------------------------------

    def init(self, message: Init) -> tuple[Fields, str]:
        """Open an order; return the signed answer with the address of its page, and the envelope.

        A reference that was used before is refused, even if everything else is the same: whether
        the real platform forgives a repetition is not public, and a test double must not be more
        lenient than what it stands for. A partner whose answer got lost asks with QUERY.
        """
        page, partner = self._open(message, partners.PLATFORM)
        return message.accepted(page, partner.secret), partner.envelope

    def vnpt_init(self, message: Init) -> Fields:
        """Open an order in VNPT Pay's dialect."""
        page, partner = self._open(message, partners.VNPT)
        return vnpt.accepted(page, partner.secret)

    def _open(self, message: Init, dialect: str) -> tuple[str, Partner]:
        """Open an order; return the address of its page, and the partner."""
        partner = self._partner(message.partner, dialect)
        message.check(partner.secret)
        receipt = _as_json(message.receipt)
        if partner.strict and dialect == partners.PLATFORM:
            bill.read(message.receipt, message.amount)
        token = self._ids.token("order")
        now = self._clock.now()
        with self._work.write() as unit:
            number = unit.payments.next_number()
            platform_id = f"PP{now:%y%m%d}{number:08d}"
            payment = Payment.open(
                message, platform_id=platform_id, token=token, receipt=receipt, now=now
            )
            if not unit.payments.add(payment):
                raise ReferenceExists(facts={"MaThamChieu": message.reference})
            unit.agenda.put(TIME_OUT, platform_id, payment.expires_at, {})
        return self._addresses.pay_page(token), partner

    def query(self, message: Query) -> Fields:
        """Return how an order stands, signed; the partner must name the time of its INIT."""
        payment, partner = self._asked(message, partners.PLATFORM)
        return payment.report().answer(TRANG_THAI_GD[payment.state], partner.secret)

    def vnpt_query(self, message: Query) -> Fields:
        """Return how an order stands, in VNPT Pay's dialect."""
        payment, partner = self._asked(message, partners.VNPT)
        return vnpt.found(payment.report(), TRANG_THAI_GD[payment.state], partner.secret)

    def get_bill(self, message: Query) -> Fields | Payment:
        """Return where the receipt of a paid order is, or the order if the file itself is wanted.

        The time may be that of the INIT or of the CONFIRM: real clients send either [S].
        """
        payment, partner = self._asked(message, partners.PLATFORM)
        if payment.state is not PaymentState.PAID:
            raise NoSuchTransaction("đơn hàng chưa được thanh toán", {"state": payment.state})
        bill.read(json.loads(payment.receipt), payment.amount)  # no address without a receipt
        if partner.bill == partners.PDF:
            return payment
        return bill_answer(message, self._addresses.receipt(payment.token), partner.secret)

    def receipt(self, token: str) -> Payment:
        """Return a paid order by the token of its page, for its receipt."""
        payment = self.order(token).payment
        if payment.state is not PaymentState.PAID:
            raise NoSuchOrder("Đơn hàng chưa được thanh toán nên chưa có biên lai.")
        return payment

    def partner(self, code: str) -> Partner | None:
        """Return a partner, if there is one."""
        with self._work.read() as unit:
            return unit.partners.find(code)

    def explain(self, rule: SigningRule, code: str, body: Mapping[str, object]) -> dict[str, str]:
        """Return why a partner's hash does not fit; nothing to strict or unknown ones."""
        partner = self.partner(code)
        if partner is None:
            return {}
        told = explained(rule, body, partner.secret, str(body.get(rule.signature, "")))
        about = str(body.get("MaThamChieu", body.get("MERCHANT_ORDER_ID", "")))[:255]
        self._notes.say(about, f"{rule.signature}: {told['sentence']}")
        return {} if partner.strict else told

    def _asked_of_platform(self, message: Query) -> tuple[Payment, Partner]:
        return self._asked(message, partners.PLATFORM)

    def _asked(self, message: Query, dialect: str) -> tuple[Payment, Partner]:
        partner = self._partner(message.partner, dialect)
        message.check(partner.secret)
        with self._work.read() as unit:
            payment = unit.payments.by_reference(message.partner, message.reference)
        if payment is None or message.asked_at not in payment.times(message.values[0]):
            raise NoSuchTransaction(facts={"MaThamChieu": message.reference})
        return payment, partner

    def _note_bill(self, payment: Payment) -> None:
        """Note receipt data of which no receipt can be made; INIT took it, and stays quick."""
        try:
            bill.read(json.loads(payment.receipt), payment.amount)
        except bill.MalformedBill as fault:
            self._notes.say(payment.reference, str(fault))

    def register(self, partners: Sequence[Partner]) -> None:
        """Put partners in place; again is the same."""
        with self._work.write() as unit:
            for partner in partners:
                unit.partners.put(partner)

    # -- payers -------------------------------------------------------------------------------

    def order(self, token: str) -> Order:
        """Return an order as its payer sees it."""
        with self._work.read() as unit:
            payment = unit.payments.by_token(token)
            if payment is None:
                raise NoSuchOrder(
                    "Không tìm thấy đơn hàng. Xin mở lại từ trang của đơn vị thu phí."
                )
            partner = _partner_of(unit, payment.partner)
            course = _course_of(unit, payment)
            told = unit.payments.told(payment.platform_id) == payment.state
        return Order(
            payment=payment,
            supplier=partner.name,
            way_back=partner.way_back(payment.reference),
            over=payment.over(self._clock.now()),
            held=payment.settled and course.notice is When.BEFORE and not told,
            stays=course.back is Way.NEVER,
        )

    def banks(self) -> Sequence[Bank]:
        """Return the banks that can be chosen, or raise ``NeighbourDown``."""
        return self._bank.banks()

    def choose(self, token: str, bank_code: str) -> str:
        """Let the payer pay at a bank and return the address of the bank's page.

        Only the first choice counts: a second tab, or a second click, is sent to the same page at
        the same bank, so that an order is never debited twice.
        """
        payment = self.order(token).payment
        payment.check_payable(self._clock.now())
        if payment.state is PaymentState.CREATED:
            bank = bank_rules.choose(self._bank.banks(), bank_code)
            payment = self._go_to(bank, payment)
        return payment.pay_url or self._open_at_bank(payment)

    def cancel(self, token: str) -> Order:
        """Give the order up before a bank has it."""
        with self._work.write() as unit:
            payment = unit.payments.by_token(token)
            if payment is not None:
                self._keep(unit, payment, payment.give_up(self._clock.now()))
        return self.order(token)

    def come_back(self, token: str) -> Order:
        """Welcome the browser back from the bank; ask the bank if its notice has not come yet."""
        payment = self.order(token).payment
        if payment.request_id and not payment.settled:
            # A silent bank: the payer sees that the result is still awaited; nothing is guessed.
            with suppress(NeighbourDown):
                self.ask_bank(payment.request_id)
        return self.order(token)

    def called(self, message: Message) -> None:
        """Note that a partner's listener was called, whatever it said."""
        platform_id, state = message.key.split(":")[:2]
        with self._work.write() as unit:
            unit.payments.note_told(platform_id, state)

    # -- the bank, and time -------------------------------------------------------------------

    def notice(self, raw: bytes, signature: str) -> Payment:
        """Take a notice of the bank; the same notice again changes nothing."""
        bank_rules.check_notice(raw, signature, self._notice_secret)
        return self._hear(BankWord.from_bytes(raw))

    def ask_bank(self, request_id: str) -> Payment:
        """Ask the bank about an open payment and book what it says; or raise ``NeighbourDown``."""
        with self._work.read() as unit:
            payment = _of_request(unit, request_id)
        return payment if payment.settled else self._hear(self._bank.ask(payment))

    def time_out(self, platform_id: str) -> None:
        """End an order that nobody paid in time; if a bank has it, ask the bank first."""
        with self._work.write() as unit:
            payment = unit.payments.by_platform_id(platform_id)
            if payment is None or PaymentEvent.TIME_OUT not in PAYMENT.events_from(payment.state):
                return
            after = payment.happen(PaymentEvent.TIME_OUT, self._clock.now())
            self._keep(unit, payment, after)
            if not after.settled:
                unit.outbox.put(notice.question(after))

    def ledger(self) -> list[dict[str, object]]:
        """Return every order for the audit; amounts in đồng."""
        with self._work.read() as unit:
            return [_listed(each, _course_of(unit, each)) for each in unit.payments.all()]

    # -- helpers ------------------------------------------------------------------------------

    def _partner(self, code: str, dialect: str) -> Partner:
        with self._work.read() as unit:
            partner = _partner_of(unit, code)
        if partner.dialect != dialect:
            raise NoSuchPartner(facts={"MaDoiTac": code})
        return partner

    def _go_to(self, bank: Bank, payment: Payment) -> Payment:
        request_id = self._ids.hex("bank-request", 16)
        with self._work.write() as unit:
            before = _of_id(unit, payment.platform_id)
            after = before.go_to(bank, request_id, self._clock.now())
            self._keep(unit, before, after)
        return after

    def _open_at_bank(self, payment: Payment) -> str:
        """Create the payment at the bank. It is asked outside a unit of work: it may be slow."""
        pay_url = self._bank.create(
            payment,
            return_url=self._addresses.return_page(payment.token),
            notice_url=self._addresses.notices(),
        )
        with self._work.write() as unit:
            unit.payments.put(_of_id(unit, payment.platform_id).with_page(pay_url))
        return pay_url

    def _hear(self, word: BankWord) -> Payment:
        with self._work.write() as unit:
            before = _of_request(unit, word.request_id)
            after = before.hear(word, self._clock.now())
            self._keep(unit, before, after)
        return after

    def _keep(self, unit: Unit, before: Payment, after: Payment) -> None:
        """Store a change, and with an outcome the CONFIRM that tells the partner of it."""
        if after is before:
            return
        unit.payments.put(after)
        if after.settled:
            unit.agenda.drop(TIME_OUT, after.platform_id)
            partner = _partner_of(unit, after.partner)
            if after.state is PaymentState.PAID and partner.dialect == partners.PLATFORM:
                self._note_bill(after)
            course = _course_of(unit, after)
            for message in notice.confirmations(after, partner, course, self._clock.now()):
                unit.outbox.put(message)


def _partner_of(unit: Unit, code: str) -> Partner:
    partner = unit.partners.find(code)
    if partner is None:
        raise NoSuchPartner(facts={"MaDoiTac": code})
    return partner


def _course_of(unit: Unit, payment: Payment) -> Course:
    """Return the order of events of an order: its own, and what magic words in its text change."""
    base = unit.courses.find(payment.partner, payment.reference)
    return course_of(payment.description, base)


def _listed(payment: Payment, course: Course) -> dict[str, object]:
    return {
        "reference": payment.reference,
        "platform_id": payment.platform_id,
        "request_id": payment.request_id,
        "partner": payment.partner,
        "amount": payment.amount,
        "state": payment.state,
        "code": payment.bank_code,
        "bank_ref": payment.bank_ref,
        # Once the bank has answered with its page it has the payment, too.
        "at_bank": bool(payment.pay_url),
        # When the partner is told; «never» is a fault that somebody asked for.
        "notice": course.notice,
    }


def _of_request(unit: Unit, request_id: str) -> Payment:
    payment = unit.payments.by_request(request_id) if request_id else None
    if payment is None:
        raise NoSuchOrder("Không có đơn hàng nào mang mã yêu cầu này.", {"request_id": request_id})
    return payment


def _of_id(unit: Unit, platform_id: str) -> Payment:
    payment = unit.payments.by_platform_id(platform_id)
    if payment is None:
        raise NoSuchOrder("Không tìm thấy đơn hàng.", {"platform_id": platform_id})
    return payment


def _as_json(receipt: Mapping[str, object]) -> str:
    """Return the receipt data as text; nesting without end is refused like any other nonsense."""
    try:
        return json.dumps(receipt)
    except (RecursionError, ValueError):
        rule = {"ThongTinBienLai": "lồng quá nhiều lớp"}
        raise MalformedMessage("ThongTinBienLai lồng quá nhiều lớp", rule) from None
