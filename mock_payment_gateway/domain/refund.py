"""Money of a platform order on its way back: the message REFUND, its rules, its states.

No such verb is seen of the platform: it is ours. The rules are those between platform and bank of
2026 [S]: the order was paid, the sum of refunds is at most its amount, a refund may be pending.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from mock_payment_gateway.domain.errors import (
    DESCRIPTIONS,
    MaLoi,
    PlatformRefused,
)
from mock_payment_gateway.domain.payment import Payment, PaymentState
from mock_payment_gateway.domain.platform import (
    GET_BILL_FIELDS,
    Field,
    Fields,
    Query,
    read_values,
    signed,
)
from simkit.core.machine import Machine

_AMOUNT = Field("SoTien", re.compile(r"[1-9][0-9]{0,11}"), "phải là chuỗi chữ số lớn hơn 0")
_ID = Field("MaHoanTien", re.compile(r"[A-Za-z0-9._-]{1,50}"), "phải là 1 đến 50 chữ cái, chữ số")
REFUND_FIELDS = (
    Field("LoaiBanTin", re.compile("REFUND"), "phải là REFUND"),
    *GET_BILL_FIELDS[1:],
    _ID,
    _AMOUNT,
)


class NotRefundable(PlatformRefused):
    """The order was not paid, or less is left of it than was asked for."""

    code = "not-refundable"
    answer = MaLoi.PAYMENT_FAILED


class RefundIdTaken(PlatformRefused):
    """The partner has used this ``MaHoanTien`` for another refund."""

    code = "refund-id-taken"
    answer = MaLoi.REFERENCE_EXISTS


class RefundState(StrEnum):
    """How a refund stands; the values are the bank's."""

    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"


class RefundEvent(StrEnum):
    """What can happen to it."""

    BOOK = "book"
    FAIL = "fail"


LIFE = Machine[RefundState, RefundEvent](
    "refund",
    [
        (RefundState.PENDING, RefundEvent.BOOK, RefundState.DONE),
        (RefundState.PENDING, RefundEvent.FAIL, RefundState.FAILED),
    ],
)
TRANG_THAI = {RefundState.DONE: 1, RefundState.PENDING: 3, RefundState.FAILED: 4}
_EVENTS = {RefundState.DONE: RefundEvent.BOOK, RefundState.FAILED: RefundEvent.FAIL}


@dataclass(frozen=True, slots=True)
class Refund:
    """So many đồng of an order back to its payer."""

    partner: str
    name: str  # MaHoanTien: the partner's own
    platform_id: str  # of the order
    refund_id: str  # at the bank
    amount: int  # đồng
    state: RefundState = RefundState.PENDING
    done_at: datetime | None = None

    def hear(self, state: RefundState, now: datetime) -> "Refund":
        """Return the refund after the bank's word; what is told twice is told once."""
        event = _EVENTS.get(state)
        if event is None or state is self.state:
            return self
        done_at = now if state is RefundState.DONE else None
        return replace(self, state=LIFE.after(self.state, event), done_at=done_at)


def read(body: Mapping[str, object]) -> tuple[Query, str, int]:
    """Read a REFUND: which order, the partner's name of the refund, and the amount in đồng."""
    values = read_values(body, REFUND_FIELDS)
    signature = values.pop("MaXacThuc")
    asked = Query(
        values=tuple(values.values()),
        signature=signature,
        partner=values["MaDoiTac"],
        reference=values["MaThamChieu"],
        asked_at=values["ThoiGianGD"],
    )
    return asked, values["MaHoanTien"], int(values["SoTien"])


def check(payment: Payment, amount: int, refunds: Iterable[Refund]) -> None:
    """Refuse a refund of what was not paid, or of more than is left."""
    if payment.state is not PaymentState.PAID:
        raise NotRefundable("đơn hàng chưa được thanh toán", {"state": payment.state})
    left = payment.amount - sum(
        one.amount for one in refunds if one.state is not RefundState.FAILED
    )
    if amount > left:
        raise NotRefundable(f"chỉ còn {left} đồng có thể hoàn", {"SoTien": f"tối đa {left}"})


def answer(refund: Refund, reference: str, secret: str) -> Fields:
    """Return the signed answer; ``TrangThaiHoanTien``: 1 done, 3 pending, 4 failed."""
    fields: Fields = {
        "MaLoi": MaLoi.OK,
        "MoTaLoi": DESCRIPTIONS[MaLoi.OK],
        "MaDoiTac": refund.partner,
        "MaThamChieu": reference,
        "MaHoanTien": refund.name,
        "SoTien": refund.amount,
        "TrangThaiHoanTien": TRANG_THAI[refund.state],
    }
    return signed(fields, secret)
