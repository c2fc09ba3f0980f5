"""Papers as PDF: Vietnamese text that another library reads back."""

import io
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from simkit.core.clock import ICT
from simkit.flaskkit.pdf import Sheet

NINE = datetime(2026, 11, 23, 9, 5, tzinfo=ICT)
LETTERS = (
    "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
    "AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬEÈÉẺẼẸÊỀẾỂỄỆIÌÍỈĨỊOÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢUÙÚỦŨỤƯỪỨỬỮỰYỲÝỶỸỴĐ"
)


def a_sheet() -> Sheet:
    return Sheet("Giấy hẹn trả kết quả", NINE, "Một cửa")


def read(sheet: Sheet) -> PdfReader:
    return PdfReader(io.BytesIO(sheet.output()))


def words(sheet: Sheet) -> str:
    """Return what stands on all pages, spaces and line breaks as one space."""
    return " ".join(" ".join(page.extract_text() for page in read(sheet).pages).split())


def test_every_vietnamese_letter_can_be_read_back() -> None:
    sheet = a_sheet()
    for start in range(0, len(LETTERS), 40):
        sheet.text(LETTERS[start : start + 40])

    assert LETTERS in words(sheet).replace(" ", "")


def test_letters_that_are_not_composed_are_composed() -> None:
    sheet = a_sheet()
    sheet.text("Tiê\u0301ng Viê\u0323t")

    assert "Tiếng Việt" in words(sheet)


def test_a_paper_says_what_it_is_and_when_it_was_made() -> None:
    reader = read(a_sheet())

    assert reader.metadata is not None
    assert reader.metadata.title == "Giấy hẹn trả kết quả"
    assert reader.metadata.creation_date == NINE
    assert str(reader.root_object["/Lang"]) == "vi-VN"
    assert "Một cửa · Lập lúc 09:05 23/11/2026 Trang 1/1" in reader.pages[0].extract_text()


def test_every_part_of_a_paper_is_there() -> None:
    sheet = a_sheet()
    sheet.letterhead("Ủy ban nhân dân phường Mẫu", "Số: 15")
    sheet.headline("GIẤY HẸN")
    sheet.under_headline("Ngày 23/11/2026")
    sheet.stamp("ĐÃ HỦY")
    sheet.section("Hồ sơ")
    sheet.pairs([("Mã hồ sơ", "H24.15-261123-0001"), ("Ghi chú", "")])
    sheet.table(("Giấy tờ", "Số bản"), [("Đơn đề nghị", "1")], (80, 20))
    sheet.total("Tổng cộng", "15.000 ₫")
    sheet.text("Mời ông/bà đến nhận kết quả.")

    assert (
        "Ủy ban nhân dân phường Mẫu Số: 15 GIẤY HẸN Ngày 23/11/2026 ĐÃ HỦY Hồ sơ"
        " Mã hồ sơ H24.15-261123-0001 Ghi chú Giấy tờ Số bản Đơn đề nghị 1"
        " Tổng cộng: 15.000 ₫ Mời ông/bà đến nhận kết quả."
    ) in words(sheet)


def test_a_paper_that_is_full_goes_on_on_the_next_page() -> None:
    sheet = a_sheet()
    sheet.pairs((f"Dòng {number}", "x " * 90) for number in range(40))
    sheet.section("Cuối")

    pages = [page.extract_text() for page in read(sheet).pages]

    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        assert f"Trang {number}/{len(pages)}" in page
    assert sum(page.count("Dòng") for page in pages) == 40


def test_a_heading_never_stands_alone_at_the_foot_of_a_page() -> None:
    for rows in range(44, 52):
        sheet = a_sheet()
        sheet.pairs(("Dòng", str(number)) for number in range(rows))
        sheet.section("Thanh toán")
        sheet.pairs([("Ngân hàng", "Sao Biển")])

        (page,) = (one for one in read(sheet).pages if "Thanh toán" in one.extract_text())
        assert "Sao Biển" in page.extract_text()


def test_a_picture_stands_in_the_paper() -> None:
    picture = io.BytesIO()
    Image.new("L", (40, 40)).save(picture, "PNG")
    sheet = a_sheet()
    sheet.picture(picture.getvalue(), 30)

    assert len(read(sheet).pages[0].images) == 1


def test_the_same_paper_is_the_same_file() -> None:
    def made(at: datetime) -> bytes:
        sheet = Sheet("a", at)
        sheet.text("b")
        return sheet.output()

    assert made(NINE) == made(NINE)
    assert made(NINE) != made(NINE + timedelta(days=1))


@pytest.mark.parametrize("text", ["日本", "\U0001f600", "\ud800", "\0", "\u200b"])
def test_a_sign_that_the_font_lacks_is_a_question_mark(text: str) -> None:
    sheet = a_sheet()
    sheet.text(f"Hộp{text}thư")

    assert f"Hộp{'?' * len(text)}thư" in words(sheet)


@settings(max_examples=25)  # a paper takes a tenth of a second
@given(st.text(st.characters(exclude_categories=())))
def test_any_text_can_stand_on_a_paper(text: str) -> None:
    sheet = Sheet(text, NINE, text)
    sheet.letterhead(text, text)
    sheet.pairs([(text, text)])
    sheet.table((text, text), [(text, text)], (90, 10))

    assert sheet.output().startswith(b"%PDF-")
