"""The receipt as a PDF: another library reads every field of ThongTinBienLai in it."""

import io
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from pypdf import PdfReader

from mock_payment_gateway.domain.bill import LABELS, Bill, FeeKind, read
from mock_payment_gateway.web.receipt_pdf import Paid, receipt_pdf
from simkit.core.clock import ICT
from tests.builders.bill import a_fee_bill, a_fine_bill, a_line, an_item

PAID = Paid(
    number="0000015",
    platform_id="PP261123000001",
    reference="H24a1b2c3",
    bank="Ngân hàng Sao Biển",
    paid_at=datetime(2026, 11, 23, 9, 5, tzinfo=ICT),
)
FEE = read(a_fee_bill(), 150_000)
FINE = read(a_fine_bill(), 150_000)


def words(bill: Bill, paid: Paid = PAID, kind: FeeKind | None = None) -> str:
    """Return what stands on the receipt, spaces and line breaks as one space."""
    pages = PdfReader(io.BytesIO(receipt_pdf(bill, paid, kind))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize("bill", [FEE, FINE], ids=["fee", "fine"])
def test_every_field_stands_on_the_receipt_under_its_name(bill: Bill) -> None:
    text = words(bill)

    for name, value in bill.texts.items():
        shown = "23/11/2026" if name == "NgayQD" else value
        assert f"{LABELS[name]} {shown}" in text


def test_lines_sums_and_words_stand_on_the_receipt() -> None:
    text = words(FEE)

    assert "Phí LP-01 Lệ phí đăng ký hộ kinh doanh 0 ₫" in text
    assert "Lệ phí LP-01 Lệ phí đăng ký hộ kinh doanh 150.000 ₫" in text
    assert "Lệ phí hồ sơ 150.000 ₫" in text
    assert "Tổng cộng: 150.000 ₫ Bằng chữ: Một trăm năm mươi nghìn đồng." in text


def test_the_payment_stands_on_the_receipt() -> None:
    text = words(FEE)

    assert text.startswith("Ủy ban nhân dân phường Mẫu Số: 0000015 BIÊN LAI THU PHÍ, LỆ PHÍ")
    assert "Mã giao dịch PP261123000001 Mã tham chiếu H24a1b2c3" in text
    assert "Ngân hàng Ngân hàng Sao Biển Thời gian 09:05 23/11/2026" in text
    assert "Biên lai mô phỏng, không có giá trị thanh toán" in text
    assert "ĐÃ HỦY" not in text


def test_a_fine_has_a_name_of_its_own_and_no_fees() -> None:
    text = words(FINE)

    assert "BIÊN LAI THU TIỀN PHẠT" in text
    assert "Loại Mã Tên" not in text


@pytest.mark.parametrize(
    ("kind", "title", "total", "other"),
    [
        (FeeKind.CHARGE, "BIÊN LAI THU PHÍ", "100.000 ₫", "50.000 ₫"),
        (FeeKind.FEE, "BIÊN LAI THU LỆ PHÍ", "50.000 ₫", "100.000 ₫"),
    ],
)
def test_charges_and_fees_have_receipts_of_their_own(
    kind: FeeKind, title: str, total: str, other: str
) -> None:
    rows = [a_line("1", "100000"), a_line("2", "50000")]
    bill = read(a_fee_bill(PhiLePhi=rows, DSKhoanNop=[an_item("150000")]), 150_000)

    text = words(bill, kind=kind)

    assert f"{title} Ngày" in text
    assert f"Tổng cộng: {total}" in text
    assert f" {other}" not in text
    assert "Các khoản nộp" not in text


def test_a_cancelled_receipt_says_so() -> None:
    cancelled = replace(PAID, cancelled_at=PAID.paid_at + timedelta(days=1))

    assert "ĐÃ HỦY lúc 09:05 24/11/2026" in words(FEE, cancelled)


def test_the_longest_receipt_is_readable_to_its_last_line() -> None:
    rows = [a_line("2", "3000") | {"TenPhiLePhi": f"Lệ phí thứ {n}"} for n in range(1, 51)]
    bill = read(a_fee_bill(PhiLePhi=rows, TenTTHC="Thủ tục " * 31), 150_000)

    text = words(bill)

    assert all(f"Lệ phí thứ {number}" in text for number in range(1, 51))
    assert "Mã giao dịch PP261123000001" in text


def test_the_same_receipt_is_the_same_file() -> None:
    assert receipt_pdf(FEE, PAID) == receipt_pdf(FEE, PAID)
