"""Which digits of a message are a code to type somewhere."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mock_phone.domain.codes import codes, pieces


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mã OTP của quý khách là 482913. Không chia sẻ mã này.", ("482913",)),
        ("482913 là mã xác nhận đăng ký tài khoản.", ("482913",)),
        ("Mã kích hoạt: 0042", ("0042",)),
        ("OTP 123456 cho giao dịch 1.250.000 VND lúc 14:05 21/11/2026.", ("123456",)),
        ("OTP 123456 cho giao dịch 8000 đồng.", ("123456",)),
        ("OTP 123456, gọi 0912345678 hoặc 0912 345 678 để được hỗ trợ.", ("123456",)),
        ("Mã xác nhận 777888 cho hồ sơ 000.00.14.H24-261121-0001.", ("777888",)),
        ("Hồ sơ đã được tiếp nhận năm 2026.", ()),
        ("", ()),
    ],
)
def test_codes_are_told_from_amounts_dates_and_references(
    text: str, found: tuple[str, ...]
) -> None:
    assert codes(text) == found


@settings(deadline=None)
@given(st.text() | st.from_regex(r"(OTP )?([0-9]{3,9}[ .,]?){1,4}(mã xác nhận)?"))
def test_the_pieces_joined_are_the_message(text: str) -> None:
    assert "".join(piece.text for piece in pieces(text)) == text
