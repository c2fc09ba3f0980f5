"""A refund that the gateway asked for: taken at once, done or failed later."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from mock_bank.domain.errors import NotRefundable, OtherRefundSameId, RefundTooMuch
from mock_bank.domain.payment import Code, Payment, PaymentState
from simkit.core.machine import Machine


class RefundState(StrEnum):
    """How a refund stands."""

    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"


class RefundEvent(StrEnum):
    """What can happen to it."""

    BOOK = "book"
    FAIL = "fail"


REFUND = Machine[RefundState, RefundEvent](
    "refund",
    [
        (RefundState.PENDING, RefundEvent.BOOK, RefundState.DONE),
        (RefundState.PENDING, RefundEvent.FAIL, RefundState.FAILED),
    ],
)


@dataclass(frozen=True, slots=True)
class Refund:
    """So many đồng of a payment back to its payer; ``refund_id`` is the gateway's own key.

    ``code`` is there once it has ended, ``bank_ref`` and ``done_at`` once it is done. Where
    ``notice_url`` is empty nobody is told: the gateway asks.
    """

    refund_id: str
    request_id: str
    amount: int
    asked_at: datetime
    notice_url: str = ""
    state: RefundState = RefundState.PENDING
    code: Code | None = None
    bank_ref: str | None = None
    done_at: datetime | None = None

    @property
    def about(self) -> str:
        """Return the name of this refund's entry in the ledger."""
        return f"refund:{self.refund_id}"

    @property
    def counts(self) -> bool:
        """Tell whether its amount is given back or will be: failed ones leave room for others."""
        return self.state is not RefundState.FAILED

    def book(self, bank_ref: str, at: datetime) -> "Refund":
        """Return the refund after the money moved, or raise ``IllegalMove``."""
        state = REFUND.after(self.state, RefundEvent.BOOK)
        return replace(self, state=state, code=Code.PAID, bank_ref=bank_ref, done_at=at)

    def fail(self, code: Code) -> "Refund":
        """Return the refund after the bank gave it up, or raise ``IllegalMove``."""
        return replace(self, state=REFUND.after(self.state, RefundEvent.FAIL), code=code)

    def same_or_refuse(self, request_id: str, amount: int) -> None:
        """Accept a repetition of this refund's request, or refuse another one under its id."""
        if (request_id, amount) != (self.request_id, self.amount):
            raise OtherRefundSameId(
                "Mã hoàn tiền này đã dùng cho một yêu cầu khác.",
                {"refund_id": "differs from the first request"},
            )


def refundable_or_refuse(payment: Payment, so_far: int, amount: int) -> None:
    """Refuse to refund what was not paid, or more than was paid; ``so_far`` in đồng."""
    if payment.state is not PaymentState.PAID:
        raise NotRefundable(
            "Giao dịch gốc chưa thanh toán thành công nên không thể hoàn tiền.",
            {"state": payment.said.value},
        )
    left = payment.order.amount - so_far
    if amount > left:
        raise RefundTooMuch(
            f"Số tiền hoàn vượt quá số tiền còn được hoàn ({left} đồng).", {"left": str(left)}
        )


def refund_report(refund: Refund) -> dict[str, object]:
    """Return how a refund stands, in the shape that answer and notice share."""
    done_at = refund.done_at
    return {
        "refund_id": refund.refund_id,
        "request_id": refund.request_id,
        "amount": refund.amount,
        "state": refund.state.value,
        "code": refund.code.value if refund.code else None,
        "bank_ref": refund.bank_ref,
        "done_at": done_at.isoformat(timespec="seconds") if done_at else None,
    }
