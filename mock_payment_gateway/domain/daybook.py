"""What stands in the reconciliation file of a day, and the message that asks for it.

The message DOI_SOAT is ours: merchant-side clients show none. It is hashed as the platform's.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from mock_payment_gateway.domain import refund as back
from mock_payment_gateway.domain.errors import DESCRIPTIONS, MalformedMessage, MaLoi
from mock_payment_gateway.domain.payment import Payment, PaymentState
from mock_payment_gateway.domain.platform import (
    VERSION,
    Field,
    Fields,
    check,
    read_values,
    signed,
)
from mock_payment_gateway.domain.reconciliation import Day, Difference, Entry, Kind, State
from mock_payment_gateway.domain.vnpay.api import Refund, RefundState
from mock_payment_gateway.domain.vnpay.sale import Sale, SaleState
from simkit.core.clock import ICT
from simkit.core.errors import BadInput

FILE_FIELDS = (
    Field("LoaiBanTin", re.compile("DOI_SOAT"), "phải là DOI_SOAT"),
    Field("PhienBan", re.compile(re.escape(VERSION)), f"phải là {VERSION}"),
    Field("MaDoiTac", re.compile(r"(?s).{1,50}"), "phải là chuỗi từ 1 đến 50 ký tự"),
    Field("NgayDoiSoat", re.compile("[0-9]{8}"), "phải có dạng yyyyMMdd"),
)


@dataclass(frozen=True, slots=True)
class FileQuery:
    """A partner, or a VNPAY merchant, asks for the file of a day."""

    values: tuple[str, ...]
    signature: str
    partner: str
    day: date

    @classmethod
    def read(cls, body: Mapping[str, object]) -> "FileQuery":
        """Read the message, or refuse it naming every wrong field."""
        values = read_values(body, FILE_FIELDS)
        signature = values.pop("MaXacThuc")
        day = day_of(values["NgayDoiSoat"])
        if day is None:
            raise MalformedMessage("NgayDoiSoat không có trong lịch", {"NgayDoiSoat": "yyyyMMdd"})
        return cls(tuple(values.values()), signature, values["MaDoiTac"], day)

    def check(self, secret: str) -> None:
        """Refuse the message unless the partner's secret signed it."""
        check(self.values, secret, self.signature)

    def answer(self, name: str, content: str, secret: str) -> Fields:
        """Return the signed answer; ``content`` is Base64."""
        fields: Fields = {
            "MaLoi": MaLoi.OK,
            "MoTaLoi": DESCRIPTIONS[MaLoi.OK],
            "MaDoiTac": self.partner,
            "NgayDoiSoat": f"{self.day:%Y%m%d}",
            "TenTep": name,
            "NoiDung": content,
        }
        return signed(fields, secret)


@dataclass(frozen=True, slots=True)
class Plant:
    """Differences to be sown into the file of a day."""

    partner: str
    day: date
    kinds: tuple[Difference, ...]

    @classmethod
    def read(cls, body: Mapping[str, object]) -> "Plant":
        """Read ``{"partner", "day": "yyyyMMdd", "kinds": [...]}``, or refuse it."""
        wrong = dict.fromkeys(
            sorted(str(k) for k in body.keys() - {"partner", "day", "kinds"}), "không có trường này"
        )
        partner, kinds = body.get("partner"), body.get("kinds")
        day = day_of(str(body.get("day", "")))
        if not isinstance(partner, str) or not 0 < len(partner) <= 50:  # noqa: PLR2004 -- as MaDoiTac
            wrong["partner"] = "phải là chuỗi từ 1 đến 50 ký tự"
        if day is None:
            wrong["day"] = "phải có dạng yyyyMMdd"
        known = [*Difference]
        if not isinstance(kinds, list) or len(kinds) > 50 or any(k not in known for k in kinds):  # noqa: PLR2004 -- enough
            wrong["kinds"] = f"phải là danh sách của: {', '.join(known)}"
        if wrong or day is None or not isinstance(kinds, list):
            raise BadInput("Lỗi đối soát cần gieo chưa đúng.", wrong)
        return cls(str(partner), day, tuple(Difference(str(kind)) for kind in kinds))


def day_of(text: str) -> date | None:
    """Return the day that ``yyyyMMdd`` names, if there is one."""
    try:
        return datetime.strptime(text, "%Y%m%d").replace(tzinfo=ICT).date()
    except ValueError:
        return None


def book(partner: str, day: date, entries: Iterable[Entry], now: datetime) -> Day:
    """Return the file of a day, from all that a partner ever did."""
    of_day = sorted(
        (one for one in entries if one.at.astimezone(ICT).date() == day),
        key=lambda one: (one.at, one.kind, one.platform_id),
    )
    return Day(partner, day, now.replace(microsecond=0), tuple(of_day))


_OF_PAYMENT = {
    PaymentState.PAID: State.SUCCESS,
    PaymentState.FAILED: State.FAILED,
    PaymentState.CANCELLED: State.FAILED,
    PaymentState.EXPIRED: State.FAILED,
}
_OF_SALE = {
    SaleState.PAID: State.SUCCESS,
    SaleState.REVERSED: State.REVERSED,
    SaleState.FAILED: State.FAILED,
    SaleState.CANCELLED: State.FAILED,
    SaleState.EXPIRED: State.FAILED,
}
_OF_REFUND = {
    RefundState.PROCESSING: State.PENDING,
    RefundState.SENT: State.SUCCESS,
    RefundState.REJECTED: State.FAILED,
}


def of_payments(payments: Iterable[Payment], refunds: Iterable[back.Refund]) -> Iterator[Entry]:
    """Yield the lines of platform orders, and of refunds that are done."""
    known = {}
    for payment in payments:
        known[payment.platform_id] = payment
        yield Entry(
            kind=Kind.PAY,
            platform_id=payment.platform_id,
            reference=payment.reference,
            amount=payment.amount,
            state=_OF_PAYMENT.get(payment.state, State.PENDING),
            at=(payment.settled_at or payment.created_at).replace(microsecond=0),
            bank=payment.bank,
            bank_ref=payment.bank_ref,
        )
    for one in refunds:
        order = known.get(one.platform_id)
        if order is not None and one.done_at is not None:
            yield Entry(
                kind=Kind.REFUND,
                platform_id=one.refund_id,
                reference=order.reference,
                amount=one.amount,
                state=State.SUCCESS,
                at=one.done_at.replace(microsecond=0),
                bank=order.bank,
                bank_ref="",
            )


def of_sale(sale: Sale, refunds: Iterable[Refund]) -> Iterator[Entry]:
    """Yield the lines of a VNPAY payment and of its refunds."""
    at = (sale.moved_at or sale.created_at).replace(microsecond=0)
    number = str(14_000_000 + sale.number)
    state = _OF_SALE.get(sale.state, State.PENDING)
    bank_ref = sale.report().get("vnp_BankTranNo", "")
    yield Entry(Kind.PAY, number, sale.reference, sale.amount, state, at, sale.bank, bank_ref)
    for one in refunds:
        asked = one.asked_at.replace(microsecond=0)
        how = _OF_REFUND[one.state]
        name = one.transaction_no
        yield Entry(Kind.REFUND, name, sale.reference, one.amount, how, asked, sale.bank, "")
