"""VietQR: the vectors of the facts, every broken code, and an independent decoder."""

from io import BytesIO

import pytest
import segno
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from mock_bank.domain.errors import BadQr
from mock_bank.domain.vietqr import QrTransfer, checksum, decode, encode

DYNAMIC = (
    "00020101021238540010A00000072701240006970436011012345678900208QRIBFTTA"
    "530370454061500005802VN62160812LE PHI H24.1630495CF"
)
STATIC = (
    "00020101021138540010A00000072701240006970436011012345678900208QRIBFTTA53037045802VN6304BE57"
)
VECTORS = [
    pytest.param(
        QrTransfer("970436", "1234567890", 150_000, "LE PHI H24.1"), DYNAMIC, id="dynamic"
    ),
    pytest.param(QrTransfer("970436", "1234567890"), STATIC, id="static"),
]


def signed(body: str) -> str:
    """Return a code with the right checksum, whatever is in it."""
    return f"{body}6304{checksum(body + '6304')}"


@pytest.mark.parametrize(("wanted", "text"), VECTORS)
def test_the_vectors_are_written_letter_for_letter_and_read_back(
    wanted: QrTransfer, text: str
) -> None:
    assert encode(wanted) == text
    assert decode(text) == wanted


def test_an_independent_decoder_reads_the_picture() -> None:
    picture = BytesIO()
    segno.make(DYNAMIC, error="m", micro=False).save(picture, kind="png", scale=4, border=4)

    [seen] = zxingcpp.read_barcodes(Image.open(picture).convert("L"))

    assert seen.text == DYNAMIC


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("", "tag 63", id="nothing"),
        pytest.param("Xin chào", "tag 63", id="some words"),
        pytest.param(DYNAMIC[:-1] + "0", "checksum", id="wrong checksum"),
        pytest.param(DYNAMIC.replace("1500005", "1500015"), "checksum", id="changed amount"),
        pytest.param(signed("0002015"), "length", id="a broken length"),
        pytest.param(signed("00"), "length", id="a tag and nothing"),
        pytest.param(signed("00990"), "cut off", id="a value cut off"),
        pytest.param(signed(STATIC[:-8].replace("TTA", "TTC")), "account", id="to a card"),
        pytest.param(signed(STATIC[:-8].replace("5303704", "5303840")), "đồng", id="dollars"),
        pytest.param(signed(STATIC[:-8] + "54031.5"), "amount", id="a part of a đồng"),
        pytest.param(signed(STATIC[:-8] + "54010"), "amount", id="nothing to pay"),
        pytest.param("0" * 600, "tag 63", id="far too long"),
    ],
)
def test_a_code_that_cannot_be_right_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(BadQr) as refused:
        decode(text)

    assert why in refused.value.facts["qr"]


@given(
    account=st.text("0123456789", min_size=6, max_size=19),
    amount=st.none() | st.integers(1, 10**12),
    content=st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .-", max_size=50),
)
def test_what_is_written_is_read(account: str, amount: int | None, content: str) -> None:
    wanted = QrTransfer("970418", account, amount, content)

    assert decode(encode(wanted)) == wanted


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    for candidate in (text, signed(text)):
        try:
            decode(candidate)
        except BadQr:
            continue
