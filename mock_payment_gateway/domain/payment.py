"""The life of one payment order, and what the platform says of each state."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from mock_payment_gateway.domain.bank import Bank, BankState, BankWord
from mock_payment_gateway.domain.errors import MaLoi, OrderClosed, OrderExpired, WrongAmount
from mock_payment_gateway.domain.platform import Init, Report
from simkit.core.clock import ICT
from simkit.core.machine import Machine

TIME_TO_PAY = timedelta(minutes=15)
"""Ours, after the idle time of VNPAY's page; the platform's own is not public."""


class PaymentState(StrEnum):
    """Where an order is."""

    CREATED = "created"
    BANK_CHOSEN = "bank-chosen"
    UNKNOWN = "unknown"
    PAID = "paid"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class PaymentEvent(StrEnum):
    """What can happen to it."""

    CHOOSE_BANK = "choose-bank"
    CANCEL = "cancel"
    TIME_OUT = "time-out"
    BANK_PAID = "bank-paid"
    BANK_FAILED = "bank-failed"
    BANK_CANCELLED = "bank-cancelled"
    BANK_EXPIRED = "bank-expired"


_S, _E = PaymentState, PaymentEvent

PAYMENT = Machine[PaymentState, PaymentEvent](
    "payment",
    [
        (_S.CREATED, _E.CHOOSE_BANK, _S.BANK_CHOSEN),
        (_S.CREATED, _E.CANCEL, _S.CANCELLED),
        (_S.CREATED, _E.TIME_OUT, _S.EXPIRED),
        # Once a bank has the order only the bank knows whether money moved. When the time runs out
        # without its word the order is unknown, not expired: that is what TrangThaiGD 3 is for [S].
        (_S.BANK_CHOSEN, _E.TIME_OUT, _S.UNKNOWN),
        (_S.BANK_CHOSEN, _E.BANK_PAID, _S.PAID),
        (_S.BANK_CHOSEN, _E.BANK_FAILED, _S.FAILED),
        (_S.BANK_CHOSEN, _E.BANK_CANCELLED, _S.CANCELLED),
        (_S.BANK_CHOSEN, _E.BANK_EXPIRED, _S.EXPIRED),
        (_S.UNKNOWN, _E.BANK_PAID, _S.PAID),
        (_S.UNKNOWN, _E.BANK_FAILED, _S.FAILED),
        (_S.UNKNOWN, _E.BANK_CANCELLED, _S.CANCELLED),
        (_S.UNKNOWN, _E.BANK_EXPIRED, _S.EXPIRED),
        # Money wins: a bank that takes back «expired» or «failed» has debited the payer (ours).
        (_S.EXPIRED, _E.BANK_PAID, _S.PAID),
        (_S.FAILED, _E.BANK_PAID, _S.PAID),
        (_S.CANCELLED, _E.BANK_PAID, _S.PAID),
    ],
)

OUTCOMES = frozenset({_S.PAID, _S.FAILED, _S.CANCELLED, _S.EXPIRED})
"""States of which the partner is told with a CONFIRM."""

_EVENT_OF_WORD = {
    BankState.PAID: _E.BANK_PAID,
    BankState.FAILED: _E.BANK_FAILED,
    BankState.CANCELLED: _E.BANK_CANCELLED,
    BankState.EXPIRED: _E.BANK_EXPIRED,
}

# The platform's list has no code of its own for «cancelled by the payer»: 01 like any failure [G].
MA_LOI = {
    _S.PAID: MaLoi.OK,
    _S.FAILED: MaLoi.PAYMENT_FAILED,
    _S.CANCELLED: MaLoi.PAYMENT_FAILED,
    _S.EXPIRED: MaLoi.TIMED_OUT,
}

SUCCESS, PENDING, FAILURE = 1, 3, 4
TRANG_THAI_GD = {
    _S.CREATED: PENDING,
    _S.BANK_CHOSEN: PENDING,
    _S.UNKNOWN: PENDING,
    _S.PAID: SUCCESS,
    _S.FAILED: FAILURE,
    _S.CANCELLED: FAILURE,
    _S.EXPIRED: FAILURE,
}
"""1 paid · 3 the platform does not know the end yet · 4 not paid [S]; 2 is not documented."""


@dataclass(frozen=True, slots=True)
class Payment:
    """One order. Every change returns a new one; ``happen`` is the only way to another state."""

    platform_id: str  # MaGiaoDich
    token: str  # names the order in the payer's browser; unguessable
    partner: str
    reference: str  # MaThamChieu
    amount: int  # đồng
    description: str  # ThongTinGiaoDich
    subject: str  # «Đơn hàng» on the pages
    wished_bank: str  # MaNganHang of the INIT
    asked_at: str  # ThoiGianGD of the INIT, as sent
    receipt: str  # ThongTinBienLai as JSON
    created_at: datetime
    expires_at: datetime
    state: PaymentState = PaymentState.CREATED
    bank: str = ""
    bank_name: str = ""
    request_id: str = ""  # at the bank; one per order: there is one debit at most
    pay_url: str = ""
    bank_ref: str = ""
    bank_code: str = ""  # the bank's reason
    settled_at: datetime | None = None

    @classmethod
    def open(
        cls, init: Init, *, platform_id: str, token: str, receipt: str, now: datetime
    ) -> "Payment":
        """Open an order for an INIT whose signature was checked."""
        return cls(
            platform_id=platform_id,
            token=token,
            partner=init.partner,
            reference=init.reference,
            amount=init.amount,
            description=init.description,
            subject=init.subject,
            wished_bank=init.bank,
            asked_at=init.asked_at,
            receipt=receipt,
            created_at=now,
            expires_at=now + TIME_TO_PAY,
        )

    @property
    def settled(self) -> bool:
        """Tell whether the order has an outcome."""
        return self.state in OUTCOMES

    @property
    def late(self) -> bool:
        """Tell whether the money came after the time to pay: booked as paid all the same (ours)."""
        paid_at = self.settled_at if self.state is PaymentState.PAID else None
        return paid_at is not None and paid_at >= self.expires_at

    def times(self, kind: str) -> set[str]:
        """Return the ThoiGianGD by which a message of that kind may name the order."""
        told = {wire_time(self.settled_at)} if kind == "GET_BILL" and self.settled_at else set()
        return {self.asked_at, *told}

    def over(self, now: datetime) -> bool:
        """Tell whether the time to pay has run out, be it booked yet or not."""
        return now >= self.expires_at

    def happen(self, event: PaymentEvent, now: datetime) -> "Payment":
        """Return the order after ``event``, or raise ``IllegalMove``."""
        state = PAYMENT.after(self.state, event)
        return replace(self, state=state, settled_at=now if state in OUTCOMES else None)

    def check_payable(self, now: datetime) -> None:
        """Refuse when the order has its outcome, or the time to pay has run out."""
        if self.settled:
            raise OrderClosed("Đơn hàng đã kết thúc, không thể thanh toán.", {"state": self.state})
        if self.over(now):
            raise OrderExpired("Đã hết thời gian thanh toán đơn hàng này.", {"state": self.state})

    def go_to(self, bank: Bank, request_id: str, now: datetime) -> "Payment":
        """Return the order after the payer chose a bank; the first choice stays (one debit)."""
        self.check_payable(now)
        if self.state is not PaymentState.CREATED:
            return self
        chosen = self.happen(PaymentEvent.CHOOSE_BANK, now)
        return replace(chosen, bank=bank.code, bank_name=bank.name, request_id=request_id)

    def with_page(self, pay_url: str) -> "Payment":
        """Return the order with the page at the bank where the payer goes on."""
        return replace(self, pay_url=pay_url)

    def give_up(self, now: datetime) -> "Payment":
        """Return the order after the payer pressed «Hủy giao dịch»; twice is once."""
        if self.state is PaymentState.CANCELLED:
            return self
        if PaymentEvent.CANCEL not in PAYMENT.events_from(self.state):
            raise OrderClosed(
                "Đơn hàng đã kết thúc hoặc đang ở ngân hàng. Nếu chưa trả tiền, xin hủy tại trang "
                "của ngân hàng.",
                {"state": self.state},
            )
        return self.happen(PaymentEvent.CANCEL, now)

    def hear(self, word: BankWord, now: datetime) -> "Payment":
        """Return the order after the bank's word; a repetition, or «pending», changes nothing.

        Another amount than the order's is refused whatever the state: nothing may be booked on it.
        """
        if word.amount != self.amount:
            facts = {"order": str(self.amount), "bank": str(word.amount)}
            raise WrongAmount("Ngân hàng báo số tiền khác với đơn hàng.", facts)
        event = _EVENT_OF_WORD.get(word.state)
        if event is None or word.state.value == self.state.value:
            return self
        return replace(self.happen(event, now), bank_ref=word.bank_ref, bank_code=word.code)

    def report(self) -> Report:
        """Return what the platform says of the order now."""
        return Report(
            code=MA_LOI.get(self.state, MaLoi.OK),
            partner=self.partner,
            reference=self.reference,
            amount=self.amount,
            platform_id=self.platform_id,
            bank=self.bank or self.wished_bank,
            at=wire_time(self.settled_at) if self.settled_at else self.asked_at,
            description=self.description,
        )


def wire_time(moment: datetime) -> str:
    """Return ``yyyyMMddHHmmss`` in Vietnam's time."""
    return moment.astimezone(ICT).strftime("%Y%m%d%H%M%S")
