"""A payment that the gateway asked for: what may become of it, and with which code."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from mock_bank.domain.errors import OtherPaymentSameId
from simkit.core.machine import Machine


class PaymentState(StrEnum):
    """How a payment stands; the words are those of the interface to the gateway."""

    PENDING = "pending"
    PAID = "paid"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class PaymentEvent(StrEnum):
    """What can happen to it."""

    SETTLE = "settle"
    FAIL = "fail"
    CANCEL = "cancel"
    EXPIRE = "expire"


PAYMENT = Machine[PaymentState, PaymentEvent](
    "payment",
    [
        (PaymentState.PENDING, PaymentEvent.SETTLE, PaymentState.PAID),
        (PaymentState.PENDING, PaymentEvent.FAIL, PaymentState.FAILED),
        (PaymentState.PENDING, PaymentEvent.CANCEL, PaymentState.CANCELLED),
        (PaymentState.PENDING, PaymentEvent.EXPIRE, PaymentState.EXPIRED),
    ],
)


class Code(StrEnum):
    """Why a payment ended; the figures are those of VNPAY's public list [S], the choice is ours."""

    PAID = "00"
    EXPIRED = "11"
    OTP_LOCKED = "13"
    CANCELLED = "24"
    NOT_ENOUGH_MONEY = "51"


@dataclass(frozen=True, slots=True)
class Ending:
    """An event that ends a payment, with its code."""

    event: PaymentEvent
    code: Code


SETTLED = Ending(PaymentEvent.SETTLE, Code.PAID)
LAPSED = Ending(PaymentEvent.EXPIRE, Code.EXPIRED)
OTP_LOCKED = Ending(PaymentEvent.FAIL, Code.OTP_LOCKED)
CALLED_OFF = Ending(PaymentEvent.CANCEL, Code.CANCELLED)
TOO_POOR = Ending(PaymentEvent.FAIL, Code.NOT_ENOUGH_MONEY)


@dataclass(frozen=True, slots=True)
class Order:
    """What the gateway asks for: ``amount`` in whole đồng, ``request_id`` its idempotency key."""

    request_id: str
    bank: str
    amount: int
    description: str
    reference: str
    expires_at: datetime
    return_url: str
    notice_url: str


@dataclass(frozen=True, slots=True)
class Payment:
    """An order that the bank took on. Every change returns a new one.

    ``token`` is the unguessable part of the link for the customer. ``code`` is there once the
    payment has ended, ``bank_ref`` and ``paid_at`` once it is paid.
    """

    order: Order
    token: str
    created_at: datetime
    state: PaymentState = PaymentState.PENDING
    code: Code | None = None
    bank_ref: str | None = None
    paid_at: datetime | None = None

    @property
    def about(self) -> str:
        """Return the name of this payment's entry in the ledger."""
        return f"payment:{self.order.request_id}"

    @property
    def is_open(self) -> bool:
        """Tell whether anything can still become of it."""
        return bool(PAYMENT.events_from(self.state))

    def is_over_at(self, now: datetime) -> bool:
        """Tell whether it is still open although its time has run out."""
        return self.is_open and now >= self.order.expires_at

    def end(self, ending: Ending) -> "Payment":
        """Return the payment after it ended without money moving, or raise ``IllegalMove``."""
        return replace(self, state=PAYMENT.after(self.state, ending.event), code=ending.code)

    def settle(self, bank_ref: str, at: datetime) -> "Payment":
        """Return the payment after the money moved, or raise ``IllegalMove``."""
        return replace(self.end(SETTLED), bank_ref=bank_ref, paid_at=at)

    def same_or_refuse(self, order: Order) -> None:
        """Accept ``order`` as a repetition of this payment's, or refuse it.

        What must agree is what the money is for. The texts, the addresses and the end of a
        repeated order are not looked at: the first ones stay.
        """
        mine = self.order
        different = {
            field: "differs from the first request"
            for field, first, again in (
                ("amount", mine.amount, order.amount),
                ("bank", mine.bank, order.bank),
                ("reference", mine.reference, order.reference),
            )
            if first != again
        }
        if different:
            raise OtherPaymentSameId("Mã yêu cầu này đã dùng cho một giao dịch khác.", different)
