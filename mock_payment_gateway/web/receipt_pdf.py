"""The receipt (biên lai) of a payment as a PDF file: everything that ThongTinBienLai says.

The fields are [S]; the layout is ours, and each page says that it comes from a simulation.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mock_payment_gateway.domain.amount_words import in_words
from mock_payment_gateway.domain.bill import KIND_NAMES, LABELS, Bill, FeeKind, FeeLine, Service
from simkit.flaskkit.format import day, dong, moment
from simkit.flaskkit.pdf import Sheet

_PAYER = ("HoTenNguoiNop", "SoCMNDNguoiNop", "DiaChiNguoiNop", "HuyenNguoiNop", "TinhNguoiNop")
_FOOT = "Biên lai mô phỏng, không có giá trị thanh toán"


@dataclass(frozen=True, slots=True)
class Paid:
    """What the platform adds to the receipt data."""

    number: str  # of the receipt
    platform_id: str  # MaGiaoDich
    reference: str  # MaThamChieu
    bank: str  # as people call it
    paid_at: datetime
    cancelled_at: datetime | None = None  # a refunded payment's receipt is no longer valid


def receipt_pdf(bill: Bill, paid: Paid, kind: FeeKind | None = None) -> bytes:
    """Return the receipt as a PDF file.

    ``kind`` asks for the receipt of the charges (phí) or of the fees (lệ phí) alone, as
    authorities issue them [S]; without it everything stands on one paper.
    """
    sheet = Sheet(_title(bill, kind), paid.paid_at, _FOOT)
    issuer = bill.texts.get("TenDonVi") or bill.texts["TenCoQuanQD"]
    sheet.letterhead(issuer, f"Số: {paid.number}")
    sheet.headline(_title(bill, kind))
    sheet.under_headline(f"Ngày {day(paid.paid_at)}")
    if paid.cancelled_at is not None:
        sheet.stamp(f"ĐÃ HỦY lúc {moment(paid.cancelled_at)}")
    sheet.section("Người nộp")
    sheet.pairs(_named(bill, _PAYER))
    sheet.section("Nội dung thu")
    sheet.pairs(_named(bill, (name for name in LABELS if name not in _PAYER)))
    _sums(sheet, bill, kind)
    sheet.section("Thanh toán")
    sheet.pairs(
        [
            ("Mã giao dịch", paid.platform_id),
            ("Mã tham chiếu", paid.reference),
            ("Ngân hàng", paid.bank),
            ("Thời gian", moment(paid.paid_at)),
        ]
    )
    return sheet.output()


def _title(bill: Bill, kind: FeeKind | None) -> str:
    if bill.service is Service.FINE:
        return "BIÊN LAI THU TIỀN PHẠT"
    what = "phí, lệ phí" if kind is None else KIND_NAMES[kind]
    return f"BIÊN LAI THU {what.upper()}"


def _named(bill: Bill, names: Iterable[str]) -> list[tuple[str, str]]:
    return [(LABELS[name], _shown(bill, name)) for name in names if name in bill.texts]


def _shown(bill: Bill, name: str) -> str:
    return day(bill.day) if name == "NgayQD" and bill.day else bill.texts[name]


def _sums(sheet: Sheet, bill: Bill, kind: FeeKind | None) -> None:
    lines: tuple[FeeLine, ...] = bill.fees if kind is None else bill.of_kind(kind)
    if lines:
        sheet.section("Phí, lệ phí" if kind is None else KIND_NAMES[kind])
        rows = [(KIND_NAMES[one.kind], one.code, one.name, dong(one.amount)) for one in lines]
        sheet.table(("Loại", "Mã", "Tên", "Số tiền"), rows, (14, 26, 40, 20))
    if kind is None:
        sheet.section("Các khoản nộp")
        items = [(item.text, dong(item.amount)) for item in bill.items]
        sheet.table(("Nội dung", "Số tiền"), items, (80, 20))
    total = bill.amount if kind is None else sum(line.amount for line in lines)
    sheet.total("Tổng cộng", dong(total))
    sheet.text(f"Bằng chữ: {in_words(total)}.")
