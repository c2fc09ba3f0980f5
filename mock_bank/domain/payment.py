"""A payment that the gateway asked for: what may become of it, and with which code."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from mock_bank.domain.errors import OtherPaymentSameId
from simkit.core.machine import Machine


class PaymentState(StrEnum):
    """How a payment stands.

    The first five words are those of the interface to the gateway. The last three are the bank's
    own business, see ``SAID``: charged and nobody was told, failed with the money still held, and
    the money given back.
    """

    PENDING = "pending"
    PAID = "paid"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    CHARGED = "charged"
    OWED = "owed"
    REVERSED = "reversed"


class PaymentEvent(StrEnum):
    """What can happen to it."""

    SETTLE = "settle"
    FAIL = "fail"
    CANCEL = "cancel"
    EXPIRE = "expire"
    CHARGE = "charge"
    REVERSE = "reverse"


PAYMENT = Machine[PaymentState, PaymentEvent](
    "payment",
    [
        (PaymentState.PENDING, PaymentEvent.SETTLE, PaymentState.PAID),
        (PaymentState.PENDING, PaymentEvent.FAIL, PaymentState.FAILED),
        (PaymentState.PENDING, PaymentEvent.CANCEL, PaymentState.CANCELLED),
        (PaymentState.PENDING, PaymentEvent.EXPIRE, PaymentState.EXPIRED),
        # The money is taken and the gateway does not hear of it; later it does, in one of three
        # ways: success, failure (the money comes back another day), or reversal at once.
        (PaymentState.PENDING, PaymentEvent.CHARGE, PaymentState.CHARGED),
        (PaymentState.CHARGED, PaymentEvent.SETTLE, PaymentState.PAID),
        (PaymentState.CHARGED, PaymentEvent.FAIL, PaymentState.OWED),
        (PaymentState.CHARGED, PaymentEvent.REVERSE, PaymentState.REVERSED),
        (PaymentState.OWED, PaymentEvent.REVERSE, PaymentState.REVERSED),
    ],
)

SAID: dict[PaymentState, PaymentState] = {
    PaymentState.CHARGED: PaymentState.PENDING,
    PaymentState.OWED: PaymentState.FAILED,
    PaymentState.REVERSED: PaymentState.FAILED,
}
"""What the gateway is told where that is not how the payment stands."""


class Code(StrEnum):
    """Why a payment ended; the figures are those of VNPAY's public list [S], the choice is ours."""

    PAID = "00"
    REVERSED = "04"
    SUSPICIOUS = "07"
    NOT_REGISTERED = "09"
    EXPIRED = "11"
    ACCOUNT_LOCKED = "12"
    OTP_LOCKED = "13"
    CANCELLED = "24"
    NOT_ENOUGH_MONEY = "51"
    OVER_LIMIT = "65"
    MAINTENANCE = "75"
    PASSWORD_LOCKED = "79"  # noqa: S105 - a code of the list
    OTHER = "99"


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
OVER_LIMIT = Ending(PaymentEvent.FAIL, Code.OVER_LIMIT)
PASSWORD_LOCKED = Ending(PaymentEvent.FAIL, Code.PASSWORD_LOCKED)
FAILED_LATE = Ending(PaymentEvent.FAIL, Code.OTHER)
REVERSED = Ending(PaymentEvent.REVERSE, Code.REVERSED)
GIVEN_BACK = Ending(PaymentEvent.REVERSE, Code.OTHER)


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
    payment has ended, ``bank_ref`` and ``paid_at`` once it is paid, ``payer`` (an account number)
    once money has left an account for it. ``alias`` is the number of the account that stands for
    this payment alone: who transfers money there pays it.
    """

    order: Order
    token: str
    created_at: datetime
    state: PaymentState = PaymentState.PENDING
    code: Code | None = None
    bank_ref: str | None = None
    paid_at: datetime | None = None
    payer: str = ""
    alias: str = ""

    @property
    def about(self) -> str:
        """Return the name of this payment's entry in the ledger."""
        return f"payment:{self.order.request_id}"

    @property
    def is_open(self) -> bool:
        """Tell whether the customer can still do something about it."""
        return self.state is PaymentState.PENDING

    @property
    def said(self) -> PaymentState:
        """Return what the gateway is told of the state."""
        return SAID.get(self.state, self.state)

    def is_over_at(self, now: datetime) -> bool:
        """Tell whether it is still open although its time has run out."""
        return self.is_open and now >= self.order.expires_at

    def end(self, ending: Ending) -> "Payment":
        """Return the payment after it ended without money moving, or raise ``IllegalMove``."""
        return replace(self, state=PAYMENT.after(self.state, ending.event), code=ending.code)

    def settle(self, bank_ref: str, at: datetime, *, payer: str) -> "Payment":
        """Return the payment after the money moved, or raise ``IllegalMove``."""
        return replace(self.end(SETTLED), bank_ref=bank_ref, paid_at=at, payer=payer)

    def marked(self, code: Code) -> "Payment":
        """Return the same payment under another code: paid, and suspicious."""
        return replace(self, code=code)

    def charge(self, payer: str) -> "Payment":
        """Return the payment after the money was taken and nobody was told."""
        return replace(self, state=PAYMENT.after(self.state, PaymentEvent.CHARGE), payer=payer)

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
