"""The use cases of the VNPAY dialect: pay, card, OTP, return, notice, querydr, refund."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mock_payment_gateway.domain import card as cards
from mock_payment_gateway.domain.course import Course, Way, When
from mock_payment_gateway.domain.explained import explanation
from mock_payment_gateway.domain.outcome import OUTCOMES, Resolution
from mock_payment_gateway.domain.vnpay import api, banks, notice, wire
from mock_payment_gateway.domain.vnpay.errors import (
    BadSecureHash,
    NoSuchMethod,
    NoSuchSale,
    NoSuchSite,
    OrderExists,
    SiteNotApproved,
    WrongCard,
    WrongOtp,
)
from mock_payment_gateway.domain.vnpay.merchant import Merchant
from mock_payment_gateway.domain.vnpay.pay import Pay
from mock_payment_gateway.domain.vnpay.sale import RESOLVED_AFTER, Sale, SaleEvent, SaleState
from mock_payment_gateway.ports import Notes, Unit, Work
from simkit.core.chance import Ids
from simkit.core.clock import ICT, Clock
from simkit.core.messages import Message, Receipt

SALE_EXPIRES = "sale-expires"
SALE_RESOLVES = "sale-resolves"
REFUND_MOVES = "refund-moves"
"""On the agenda; keys: the token of the payment, the number of the refund."""

LEVERS = frozenset(
    {
        SaleEvent.RESOLVE_PAID,
        SaleEvent.RESOLVE_FAILED,
        SaleEvent.RESOLVE_REVERSED,
        SaleEvent.PAY_LATE,
        SaleEvent.ACCEPT,
        SaleEvent.DENY,
        SaleEvent.EXPIRE,
        SaleEvent.CANCEL,
    }
)
"""What the control room can let happen to a payment."""
_LEVER_CODES = {
    SaleEvent.RESOLVE_PAID: "00",
    SaleEvent.PAY_LATE: "00",
    SaleEvent.ACCEPT: "00",
    SaleEvent.EXPIRE: "15",
    SaleEvent.CANCEL: "24",
}


@dataclass(frozen=True, slots=True)
class Checkout:
    """A payment as its payer's pages need it."""

    sale: Sale
    merchant: Merchant
    listener: str  # where the notice goes; empty if nowhere
    way_back: str
    over: bool

    @property
    def direct(self) -> bool:
        """Tell whether the browser goes straight back, without our last page."""
        course = self.sale.course
        held = course.notice is When.BEFORE and self.sale.heard == 0 and self.sale.settled
        return course.back is Way.USUAL and not (held and self.listener)


class Vnpay:
    """The use cases. Knows no HTTP and no SQL."""

    def __init__(self, work: Work, clock: Clock, ids: Ids, notes: Notes) -> None:
        """Use all that is handed in; ``notes`` writes into the journal what none must overlook."""
        self._work = work
        self._clock = clock
        self._ids = ids
        self._notes = notes

    # -- paying -------------------------------------------------------------------------------

    def merchant(self, tmn_code: str) -> Merchant:
        """Return the merchant, or refuse with the page's code 72."""
        with self._work.read() as unit:
            return _merchant(unit, tmn_code)

    def strict(self, tmn_code: str) -> bool:
        """Tell whether the merchant wants the real, silent error pages."""
        with self._work.read() as unit:
            merchant = unit.merchants.find(tmn_code)
        return merchant is not None and merchant.strict

    def pay(self, raw: str) -> Sale:
        """Open the payment that a query string asks for; verified against its bytes as received."""
        merchant = self.merchant(wire.decode(raw).get("vnp_TmnCode", ""))
        pay = Pay.read(raw, merchant.secret)
        if pay is None:
            raise self._explained(raw, merchant)
        if not merchant.approves(pay.fields["vnp_ReturnUrl"]):
            raise SiteNotApproved(facts={"vnp_ReturnUrl": pay.fields["vnp_ReturnUrl"]})
        now = self._clock.now()
        token = self._ids.token("sale")
        with self._work.write() as unit:
            reference = pay.fields["vnp_TxnRef"]
            course = unit.courses.find(merchant.tmn_code, reference)
            number = unit.sales.next_number()
            sale = Sale.open(pay, number=number, token=token, course=course, now=now)
            if not unit.sales.add(sale, day=f"{now.astimezone(ICT):%Y%m%d}"):
                raise OrderExists(facts={"vnp_TxnRef": reference})
            unit.agenda.put(SALE_EXPIRES, token, sale.expires_at, {})
        self._warn(sale, merchant)
        return self._expire_if_late(sale)

    def checkout(self, token: str) -> Checkout:
        """Return a payment as its payer's pages need it."""
        with self._work.read() as unit:
            sale = _sale(unit, token)
            merchant = _merchant(unit, sale.merchant)
        return Checkout(
            sale=sale,
            merchant=merchant,
            listener=notice.address(sale, merchant),
            way_back=sale.way_back(merchant.secret),
            over=self._clock.now() >= sale.expires_at,
        )

    def choose(self, token: str, method: str) -> banks.Method:
        """Return the way to pay that was chosen, if the payment can still be made."""
        self._current(token).check_payable(self._clock.now())
        found = banks.find(method)
        if found is None:
            raise NoSuchMethod(
                "Vui lòng chọn một phương thức thanh toán.", {"paymethod": "không có"}
            )
        return found

    def enter_card(self, token: str, number: str, holder: str, date: str) -> Sale:
        """Take a card; a wrong one may be tried again, the third ends the payment with 10."""
        card = cards.find(number)
        now = self._clock.now()
        if card is not None and card.fits(holder, date):
            with self._work.write() as unit:
                before = _sale(unit, token)
                return self._keep(unit, before, before.enter(card, now))
        with self._work.write() as unit:
            before = _sale(unit, token)
            missed = self._keep(unit, before, before.miss_card(now))
        if missed.payable:
            raise WrongCard(
                "Thông tin thẻ không đúng. Xin kiểm tra lại số thẻ, tên in trên thẻ và ngày.",
                {"card": "không đúng"},
            )
        return missed

    def enter_otp(self, token: str, otp: str) -> Sale:
        """Take the OTP; a wrong one may be tried again, the third ends the payment with 13."""
        now = self._clock.now()
        with self._work.write() as unit:
            before = _sale(unit, token)
            if before.state is not SaleState.AUTHORISING:
                before.check_payable(now)
                raise WrongCard("Xin nhập thông tin thẻ trước.", {"card": "chưa có"})
            right = wire.same(before.otp, otp.strip())
            if right:
                before.check_payable(now)
                return self._keep(unit, before, before.end(OUTCOMES[before.wanted], now))
            missed = self._keep(unit, before, before.miss_otp(now))
        if missed.payable:
            raise WrongOtp("Mã OTP không đúng. Xin nhập lại.", {"otpvalue": "không đúng"})
        return missed

    def scan(self, token: str) -> Sale:
        """Let the QR code be paid by the payer's bank app."""
        with self._work.write() as unit:
            before = _sale(unit, token)
            return self._keep(unit, before, before.scan(self._clock.now()))

    def cancel(self, token: str) -> Sale:
        """Give the payment up; twice is once."""
        with self._work.write() as unit:
            before = _sale(unit, token)
            return self._keep(unit, before, before.cancel(self._clock.now()))

    # -- time and levers ----------------------------------------------------------------------

    def expire(self, token: str) -> Sale:
        """End a payment that nobody made in time."""
        with self._work.write() as unit:
            before = _sale(unit, token)
            return self._keep(unit, before, before.expire(self._clock.now()))

    def resolve(self, token: str) -> None:
        """Let the end of an unknown payment become known, as its outcome says."""
        with self._work.write() as unit:
            before = _sale(unit, token)
            outcome = OUTCOMES.get(before.wanted, OUTCOMES["99"])
            self._keep(unit, before, before.resolve(outcome.resolution, self._clock.now()))

    def pull(self, merchant: str, reference: str, event: SaleEvent) -> Sale:
        """Let something happen to the newest payment of that reference (control room)."""
        with self._work.write() as unit:
            before = unit.sales.latest(merchant, reference)
            if before is None:
                raise NoSuchSale("Không có giao dịch này.", {"reference": reference})
            code = _LEVER_CODES.get(event, "99")
            return self._keep(unit, before, before.happen(event, code, self._clock.now()))

    def register(self, merchants: Sequence[Merchant]) -> None:
        """Put merchants in place; again is the same."""
        with self._work.write() as unit:
            for merchant in merchants:
                unit.merchants.put(merchant)

    def direct(self, courses: Mapping[tuple[str, str], Mapping[str, object]]) -> None:
        """Set the order of events: by (partner, reference); ``*`` stands for all."""
        checked = {key: Course().read(changes) for key, changes in courses.items()}
        with self._work.write() as unit:
            for (partner, reference), course in checked.items():
                unit.courses.put(partner, reference, course)

    def hear(self, message: Message, receipt: Receipt) -> None:
        """Note what a listener answered to a notice; the tenth refusal is the last."""
        with self._work.write() as unit:
            sale = unit.sales.by_token(str(message.body.get("token", "")))
            if sale is None:
                return
            heard = sale.heard + 1
            last = heard >= notice.MOST_CALLS * sale.course.copies
            refused = notice.NoticeEvent.GIVE_UP if last else notice.NoticeEvent.REFUSE
            event = notice.NoticeEvent.TAKE if receipt.accepted else refused
            told = notice.NOTICE.after(notice.NoticeState(sale.told), event)
            unit.sales.put(replace(sale, told=told, heard=heard))

    # -- machines -----------------------------------------------------------------------------

    def transaction(self, body: Mapping[str, object]) -> dict[str, str]:
        """Answer a querydr or a refund; refusals are raised as ``ApiRefused``."""
        request = api.Request.read(body)
        with self._work.write() as unit:
            merchant = unit.merchants.find(request["TmnCode"])
            if merchant is None:
                raise api.refuse("02")
            request.check(merchant.secret)
            now = self._clock.now()
            day = f"{now.astimezone(ICT):%Y%m%d}"
            if not unit.sales.note_request(merchant.tmn_code, request["RequestId"], day):
                raise api.refuse("94")
            sale = unit.sales.asked(
                merchant.tmn_code, request["TxnRef"], request["TransactionDate"]
            )
            if sale is None:
                raise api.refuse("91")
            if request["Command"] == api.REFUND:
                found = self._refund(unit, sale, merchant, request, now)
            else:
                found = _found(unit, sale, request)
        return request.answer(merchant.secret, self._ids.hex("vnpay-response", 16), found)

    def old_query(self, raw: str) -> str:
        """Answer the querydr of a 2.0.x client, which asks and is answered in query strings [S]."""
        fields = wire.decode(raw)
        with self._work.read() as unit:
            merchant = unit.merchants.find(fields.get("vnp_TmnCode", ""))
            if merchant is None:
                raise api.refuse("02")
            kind = wire.matching_legacy(fields, merchant.secret)
            if kind is None:
                raise api.refuse("97")
            asked = api.old_querydr(fields)
            sale = unit.sales.asked(merchant.tmn_code, *asked)
        if sale is None:
            raise api.refuse("91")
        return wire.sign(api.found_old(sale), merchant.secret, kind)

    def move_refund(self, number: int) -> None:
        """Let a refund go on: to the bank, or back."""
        with self._work.write() as unit:
            refund = unit.sales.refund(number)
            if refund is None or refund.next is None:
                return
            moved = refund.happen(refund.next)
            unit.sales.put_refund(moved)
            unit.sales.post(f"refund:{moved.number}:{moved.state}", moved.postings())
            if moved.state is api.RefundState.REJECTED:
                sale = unit.sales.by_number(moved.sale)
                if sale is not None:
                    unit.sales.put(replace(sale, returned=sale.returned - moved.amount))

    def ledger(self) -> dict[str, object]:
        """Return payments, refunds and postings for the audit; amounts in đồng."""
        with self._work.read() as unit:
            return unit.sales.ledger()

    # -- helpers ------------------------------------------------------------------------------

    def _refund(
        self, unit: Unit, sale: Sale, merchant: Merchant, request: api.Request, now: datetime
    ) -> dict[str, str]:
        if not merchant.refunds or "SIM-REFUND-99" in request["OrderInfo"]:
            raise api.refuse("99")
        pending = any(
            refund.state is api.RefundState.PROCESSING for refund in unit.sales.refunds(sale.number)
        )
        api.check_refund(sale, request, pending=pending)
        amount = int(request["Amount"]) // 100
        refund = api.Refund(
            number=unit.sales.next_refund(),
            sale=sale.number,
            kind=request["TransactionType"],
            amount=amount,
            text=request["OrderInfo"],
            asked_at=now,
        )
        unit.sales.put_refund(refund)
        unit.sales.put(replace(sale, returned=sale.returned + amount))
        unit.sales.post(f"refund:{refund.number}:{refund.state}", refund.postings())
        unit.agenda.put(REFUND_MOVES, str(refund.number), now + api.REFUND_TAKES, {})
        return api.found_refund(refund, sale, "Refund success")

    def _current(self, token: str) -> Sale:
        with self._work.read() as unit:
            return _sale(unit, token)

    def _expire_if_late(self, sale: Sale) -> Sale:
        return self.expire(sale.token) if self._clock.now() >= sale.expires_at else sale

    def _keep(self, unit: Unit, before: Sale, after: Sale) -> Sale:
        """Store a change; book its money, and with an outcome put its notice into the outbox."""
        if after is before:
            return after
        if after.state is not before.state:
            unit.sales.post(f"sale:{after.number}:{after.state}", after.postings(before))
            after = self._tell(unit, after)
        unit.sales.put(after)
        return after

    def _tell(self, unit: Unit, sale: Sale) -> Sale:
        if sale.state is SaleState.UNKNOWN:
            due = self._clock.now() + RESOLVED_AFTER
            if OUTCOMES[sale.wanted].resolution is not Resolution.NEVER:
                unit.agenda.put(SALE_RESOLVES, sale.token, due, {})
        if not sale.payable:
            unit.agenda.drop(SALE_EXPIRES, sale.token)
        if not sale.settled:
            return sale
        merchant = _merchant(unit, sale.merchant)
        for message in notice.messages(sale, merchant, self._clock.now()):
            unit.outbox.put(message)
        event = notice.event_of(sale, merchant)
        told = notice.NOTICE.after(notice.NoticeState(sale.told), event)
        return replace(sale, told=told, heard=0)

    def _explained(self, raw: str, merchant: Merchant) -> BadSecureHash:
        """Return the refusal of a wrong hash, with what is wrong about it if it may be told."""
        fields = wire.decode(raw)
        told = explanation(raw, fields, merchant.secret)
        self._notes.say(fields.get("vnp_TxnRef", "")[:100], f"vnp_SecureHash: {told['sentence']}")
        return BadSecureHash(facts={} if merchant.strict else told)

    def _warn(self, sale: Sale, merchant: Merchant) -> None:
        """Write into the journal what would otherwise be found out much later."""
        if not notice.address(sale, merchant):
            words = f"KHÔNG CÓ IPN URL: no listener is configured for {merchant.tmn_code}"
            self._notes.say(sale.reference, f"{words}; nobody will be told of this payment.")
        odd = notice.hazards(sale.text)
        if odd:
            words = f"vnp_OrderInfo holds {' '.join(odd)}: not every client encodes these alike"
            self._notes.say(sale.reference, f"{words}; its check of our hash may fail.")


def _merchant(unit: Unit, tmn_code: str) -> Merchant:
    found = unit.merchants.find(tmn_code)
    if found is None:
        raise NoSuchSite(facts={"vnp_TmnCode": tmn_code[:50]})
    return found


def _sale(unit: Unit, token: str) -> Sale:
    found = unit.sales.by_token(token)
    if found is None:
        raise NoSuchSale(
            "Không tìm thấy giao dịch. Xin mở lại từ trang của đơn vị thu phí.",
            {"token": "không có"},
        )
    return found


def _found(unit: Unit, sale: Sale, request: api.Request) -> dict[str, str]:
    named = request.fields.get("vnp_TransactionNo", "")
    for refund in unit.sales.refunds(sale.number):
        if refund.transaction_no == named:
            return api.found_refund(refund, sale, "QueryDR Success")
    return api.found_sale(sale)
