"""What one can ask about fees: to pay them at the Payment Platform, and to hear how that ended."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from mock_portal.domain.dossier import Dossier
from mock_portal.domain.errors import (
    DossierUnknown,
    FeeNotDue,
    OrderUnknown,
    PaymentPending,
    PlatformRefused,
    ReceiptUnknown,
)
from mock_portal.domain.fee import (
    ORDER,
    FeeReceipt,
    FeeState,
    Order,
    OrderEvent,
    OrderState,
    Standing,
    receipt_number,
)
from mock_portal.domain.platform import (
    OK,
    Answer,
    Partner,
    Payee,
    PlatformNotice,
    ack_message,
    read_confirm,
)
from mock_portal.domain.site import Site
from mock_portal.ports import Work
from mock_portal.ports.dossiers import DossierUnit
from mock_portal.ports.payments import NoticeRecord, Platform
from mock_portal.service.dossier_letters import DossierLetters
from mock_portal.service.dossier_view import DossierView, bill_of, view_of
from simkit.core.chance import Ids
from simkit.core.clock import ICT, Clock
from simkit.core.errors import BadInput, NeighbourDown

CONFIRM = "CONFIRM"
BILLS_LIMIT = 200
RECONCILE = "reconcile"
"""The kind of the appointment to ask the platform about an order; its key is the reference."""


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """A receipt with what it is for."""

    receipt: FeeReceipt
    view: DossierView


@dataclass(frozen=True, slots=True)
class Returned:
    """How an order stands when the browser comes back; ``heard`` is false if nobody could say."""

    order: Order
    view: DossierView
    heard: bool


@dataclass(frozen=True, slots=True)
class PaymentTools:
    """What ``PaymentService`` is built with."""

    work: Work[DossierUnit]
    site: Site
    platform: Platform
    partner: Partner
    letters: DossierLetters
    clock: Clock
    ids: Ids


@dataclass(frozen=True, slots=True)
class PaymentService:
    """The use cases of fees. Knows no HTTP and no SQL."""

    tools: PaymentTools = field(repr=False)

    def page(self, owner: str, code: str) -> DossierView:
        """Return what the payment page of a dossier of that account shows, or refuse: no fee."""
        with self.tools.work.read() as unit:
            view = view_of(unit, self.tools.site, _owned(unit, owner, code))
        if view.fee is None:
            raise _nothing_due(code)
        return view

    def bills(self, owner: str) -> list[DossierView]:
        """Return an account's newest dossiers that cost something, what is due first."""
        with self.tools.work.read() as unit:
            mine = unit.dossiers.of_owner(owner, BILLS_LIMIT)
            found = [bill_of(unit, self.tools.site, each) for each in mine]
        bills = [each for each in found if each is not None]
        return sorted(bills, key=lambda each: not each.is_payable)

    def start(self, owner: str, code: str) -> str:
        """Announce a new order to the platform and return the address to pay at.

        Whoever has an order whose page is still good goes on with that one, so that two clicks or
        two windows are one payment. One whose result is not known is asked about first, and as
        long as nobody knows it is refused to pay again (ours). The order is written before the
        platform is asked, so that no notice can come about an order that we do not know.
        """
        self._ask_about_doubted(owner, code)
        order, payee = self._new_order(owner, code)
        if order.pay_url:
            return order.pay_url
        try:
            answer = self.tools.platform.init(order, payee)
        except NeighbourDown:
            with self.tools.work.write() as unit:
                known = _known(unit, order.reference)
                if known.state is OrderState.CREATED:
                    unit.payments.put_order(known.unanswered())
            raise
        taken = answer.code == OK and bool(answer.pay_url)
        with self.tools.work.write() as unit:
            known = _known(unit, order.reference)
            # The notice may have been faster than the answer; then there is nothing to add.
            if known.state is OrderState.CREATED:
                unit.payments.put_order(
                    known.offered(answer.pay_url) if taken else known.rejected(answer.code)
                )
        if not taken:
            raise PlatformRefused(
                "Cổng thanh toán chưa nhận yêu cầu. Hồ sơ của bạn không bị ảnh hưởng; "
                "hãy thử thanh toán lại sau ít phút.",
                {"platform_code": answer.code, "platform_text": answer.text},
            )
        return answer.pay_url

    def confirm(self, body: Mapping[str, object] | None) -> dict[str, object]:
        """Take a CONFIRM of the platform and return our acknowledgement; repeats change nothing.

        ``None`` stands for a body that could not be read at all.
        """
        if body is None:
            return self._ack(Answer.OTHER, "")
        try:
            notice = read_confirm(body)
        except BadInput:
            return self._ack(Answer.OTHER, "")
        # The hash joins values by «|»: a value with that sign could pass for two, and a signed
        # answer to a QUERY for a CONFIRM.
        odd = any("|" in text for text in notice.texts) or notice.value("LoaiBanTin") != CONFIRM
        with self.tools.work.write() as unit:
            answer = Answer.WRONG_HASH if odd else self._hear(unit, notice, "confirm")
        return self._ack(answer, notice.reference)

    def returned(self, reference: str) -> Returned:
        """Return how an order stands, and ask the platform if no notice has told yet."""
        with self.tools.work.read() as unit:
            order = _known(unit, reference)
        heard = self._ask(order) if order.state.is_open else True
        with self.tools.work.read() as unit:
            order = _known(unit, reference)
            dossier = unit.dossiers.of_code(order.dossier)
            if dossier is None:
                raise _no_order()
            return Returned(order, view_of(unit, self.tools.site, dossier), heard)

    def receipt(self, owner: str, number: str) -> ReceiptView:
        """Return a receipt for a dossier of that account."""
        with self.tools.work.read() as unit:
            receipt = unit.payments.receipt(number)
            dossier = unit.dossiers.of_code(receipt.dossier) if receipt else None
            if receipt is None or dossier is None or not owner or dossier.owner != owner:
                raise ReceiptUnknown(
                    "Không tìm thấy biên lai. Hãy mở biên lai từ trang hồ sơ của bạn.",
                    {"receipt": number},
                )
            return ReceiptView(receipt, view_of(unit, self.tools.site, dossier))

    # -- inside -------------------------------------------------------------------------------

    def _ask_about_doubted(self, owner: str, code: str) -> None:
        now = self.tools.clock.now()
        with self.tools.work.read() as unit:
            orders = unit.payments.orders(_owned(unit, owner, code).code)
        for order in orders:
            if order.standing(now) is Standing.DOUBTED:
                self._ask(order)

    def _new_order(self, owner: str, code: str) -> tuple[Order, Payee]:
        """Return a new order, or the one to go on with: that one has its address already."""
        tools = self.tools
        with tools.work.write() as unit:
            dossier = _owned(unit, owner, code)
            fee = unit.payments.fee(code)
            if fee is None or fee.state is not FeeState.DUE:
                raise _nothing_due(code)
            now = tools.clock.now()
            order = _to_go_on_with(unit.payments.orders(code), now)
            if order is None:
                reference = f"{tools.partner.code}{tools.ids.hex('order', 10)}"
                order = Order(reference, code, fee.amount, now)
                unit.payments.put_order(order)
                first = order.ask_at(0)
                if first is not None:
                    unit.agenda.put(RECONCILE, reference, first, {"number": "0"})
        procedure, agency = tools.site.procedure(dossier.procedure), tools.site.agency(dossier.unit)
        applicant = dossier.applicant
        payee = Payee(
            unit=agency.code,
            unit_name=agency.name,
            procedure=procedure.code,
            procedure_name=procedure.name,
            payer=applicant.full_name,
            id_number=applicant.id_number,
            address=applicant.address,
        )
        return order, payee

    def _ask(self, order: Order) -> bool:
        """Ask the platform how an order stands and hear it; tell whether it could say."""
        try:
            notice = self.tools.platform.query(order)
        except NeighbourDown:
            return False
        if notice is None or notice.reference != order.reference:
            return False
        return self.hear_answer(notice) in {Answer.OK, Answer.ALREADY}

    def hear_answer(self, notice: PlatformNotice) -> Answer:
        """Hear what the platform answered to a QUERY, and return what we make of it."""
        with self.tools.work.write() as unit:
            return self._hear(unit, notice, "query")

    def _hear(self, unit: DossierUnit, notice: PlatformNotice, source: str) -> Answer:
        """Judge what the platform told, let it happen, and keep that it was told."""
        order = unit.payments.order(notice.reference)
        answer = self._judge(order, notice)
        if order is not None and answer is Answer.OK:
            if not (notice.tells_success or notice.tells_failure):
                return answer  # still pending: the platform told nothing that could be kept
            answer = self._happen(unit, order, notice)
        unit.payments.note(
            NoticeRecord(
                source=source,
                reference=notice.reference,
                code=notice.code,
                platform_id=notice.platform_id,
                answer=answer.value,
                at=self.tools.clock.now(),
            )
        )
        return answer

    def _judge(self, order: Order | None, notice: PlatformNotice) -> Answer:
        if not notice.is_genuine(self.tools.partner):
            return Answer.WRONG_HASH
        if order is None:
            return Answer.NOT_FOUND
        if notice.amount != order.amount or notice.value("MaTienTe") != "VND":
            return Answer.OTHER
        return Answer.OK

    def _happen(self, unit: DossierUnit, order: Order, notice: PlatformNotice) -> Answer:
        if notice.tells_success:
            return self._paid(unit, order, notice)
        if OrderEvent.FAIL not in ORDER.events_from(order.state):
            return Answer.ALREADY
        self._told(unit, order, OrderEvent.FAIL, notice)
        return Answer.OK

    def _paid(self, unit: DossierUnit, order: Order, notice: PlatformNotice) -> Answer:
        """Settle the fee by this order; if another one did before, keep this one as surplus."""
        if OrderEvent.PAY not in ORDER.events_from(order.state):
            return Answer.ALREADY
        fee = unit.payments.fee(order.dossier)
        if fee is None or fee.state is not FeeState.DUE:
            self._told(unit, order, OrderEvent.OVERPAY, notice)
            return Answer.OK
        now = self.tools.clock.now()
        unit.payments.put_fee(fee.settle(order.reference, now))
        paid = self._told(unit, order, OrderEvent.PAY, notice)
        self._issue_receipt(unit, paid)
        return Answer.OK

    def _told(
        self, unit: DossierUnit, order: Order, event: OrderEvent, notice: PlatformNotice
    ) -> Order:
        after = order.told(
            event, self.tools.clock.now(), notice.code, notice.platform_id, notice.bank
        )
        unit.payments.put_order(after)
        unit.agenda.drop(RECONCILE, order.reference)
        return after

    def _issue_receipt(self, unit: DossierUnit, order: Order) -> None:
        dossier = unit.dossiers.of_code(order.dossier)
        if dossier is None:
            raise _no_order()
        now = self.tools.clock.now()
        year = now.astimezone(ICT).year
        receipt = FeeReceipt(
            number=receipt_number(year, unit.payments.next_receipt(year)),
            dossier=order.dossier,
            amount=order.amount,
            reference=order.reference,
            payer=dossier.applicant.full_name,
            issued_at=now,
            platform_id=order.platform_id,
            bank=order.bank,
        )
        unit.payments.add_receipt(receipt)
        self.tools.letters.receipt(unit.outbox, dossier, receipt)

    def _ack(self, answer: Answer, reference: str) -> dict[str, object]:
        return ack_message(answer, reference, self.tools.clock.now(), self.tools.partner)


def _owned(unit: DossierUnit, owner: str, code: str) -> Dossier:
    dossier = unit.dossiers.of_code(code)
    if dossier is None or not owner or dossier.owner != owner:
        raise DossierUnknown(
            "Không tìm thấy hồ sơ. Hãy mở hồ sơ từ danh sách hồ sơ của bạn.", {"code": code}
        )
    return dossier


def _to_go_on_with(orders: Iterable[Order], now: datetime) -> Order | None:
    """Return the order whose page is still good, refuse where one is in the way, else ``None``."""
    standings = {order.standing(now): order for order in orders}
    if Standing.PAYABLE in standings:
        return standings[Standing.PAYABLE]
    if Standing.STARTING in standings:
        raise PaymentPending(
            "Yêu cầu thanh toán vừa được gửi đi từ một cửa sổ khác. Hãy chờ một phút rồi thử lại.",
            {"MaThamChieu": standings[Standing.STARTING].reference},
        )
    if Standing.DOUBTED in standings:
        raise PaymentPending(
            "Giao dịch trước chưa có kết quả cuối cùng. Đừng thanh toán lần nữa để tránh bị trừ "
            "tiền hai lần; hệ thống tự cập nhật khi có kết quả.",
            {"MaThamChieu": standings[Standing.DOUBTED].reference},
        )
    return None


def _known(unit: DossierUnit, reference: str) -> Order:
    order = unit.payments.order(reference)
    if order is None:
        raise _no_order()
    return order


def _no_order() -> OrderUnknown:
    return OrderUnknown(
        "Không tìm thấy giao dịch thanh toán này. Hãy mở lại trang thanh toán của hồ sơ.",
        {"MaThamChieu": "unknown"},
    )


def _nothing_due(code: str) -> FeeNotDue:
    return FeeNotDue("Hồ sơ này không có khoản phí, lệ phí nào phải nộp.", {"code": code})
