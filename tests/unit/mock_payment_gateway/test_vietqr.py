"""Payment codes: both published vectors, a decoder of our own making, and a reader of pictures."""

import io
from dataclasses import replace

import pytest
import segno
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from mock_payment_gateway.domain.vietqr import (
    NAPAS,
    VNPAY,
    BadCode,
    Extra,
    Merchant,
    Transfer,
    crc,
    decode,
    encode,
    opened,
    sealed,
)

DYNAMIC = (
    "00020101021238540010A00000072701240006970436011012345678900208QRIBFTTA53037045406150000"
    "5802VN62160812LE PHI H24.1630495CF"
)
STATIC = (
    "00020101021138540010A00000072701240006970436011012345678900208QRIBFTTA53037045802VN6304BE57"
)
A_TRANSFER = Transfer(
    "970436", "1234567890", 150_000, dynamic=True, extra=Extra(purpose="LE PHI H24.1")
)
A_MERCHANT = Merchant("HPTEST01", "TRUNG TAM HCC", 150_000, extra=Extra(bill="HS0001"))


def taken_apart(text: str) -> dict[str, object]:
    """Return a code as a tree, read here once more from the standard, CRC bit by bit."""
    register = 0xFFFF
    for octet in text[:-4].encode("ascii"):
        for bit in range(8):
            carry = (register >> 15 & 1) ^ (octet >> (7 - bit) & 1)
            register = (register << 1 & 0xFFFF) ^ (0x1021 if carry else 0)
    assert text[-4:] == f"{register:X}".zfill(4)

    def tree(rest: str, *templates: str) -> dict[str, object]:
        found: dict[str, object] = {}
        while rest:
            name, size = rest[:2], int(rest[2:4])
            value, rest = rest[4 : 4 + size], rest[4 + size :]
            assert len(value) == size
            assert name not in found
            found[name] = tree(value, *templates[1:]) if name in templates[:1] else value
        return found

    found = tree(text)
    for name in ("26", "62"):
        if name in found:
            found[name] = tree(str(found[name]))
    if "38" in found:
        found["38"] = tree(str(found["38"]), "01")
    return found


@pytest.mark.parametrize(
    ("text", "transfer"),
    [(DYNAMIC, A_TRANSFER), (STATIC, Transfer("970436", "1234567890"))],
)
def test_the_published_codes_are_written_and_read(text: str, transfer: Transfer) -> None:
    assert transfer.text() == text
    assert Transfer.read(text) == transfer


def test_the_check_value_of_the_crc_catalogue() -> None:
    assert crc("123456789") == "29B1"


def test_an_independent_decoder_finds_what_was_put_in() -> None:
    assert taken_apart(A_TRANSFER.text()) == {
        "00": "01",
        "01": "12",
        "38": {"00": NAPAS, "01": {"00": "970436", "01": "1234567890"}, "02": "QRIBFTTA"},
        "53": "704",
        "54": "150000",
        "58": "VN",
        "62": {"08": "LE PHI H24.1"},
        "63": "95CF",
    }


def test_a_vnpay_code_names_the_merchant_under_tag_26() -> None:
    found = taken_apart(A_MERCHANT.text())

    assert found["26"] == {"00": VNPAY, "01": "HPTEST01"}
    assert (found["52"], found["59"], found["60"]) == ("9399", "TRUNG TAM HCC", "HAI PHONG")
    assert found["62"] == {"01": "HS0001"}
    assert Merchant.read(A_MERCHANT.text()) == A_MERCHANT


@pytest.mark.parametrize("code", [A_TRANSFER, A_MERCHANT])
def test_the_picture_of_a_code_is_read_by_another_library(code: Transfer | Merchant) -> None:
    picture = io.BytesIO()
    segno.make(code.text(), error="m").save(picture, kind="png", scale=4)

    (seen,) = zxingcpp.read_barcodes(Image.open(picture).convert("L"))

    assert seen.text == code.text()


WORDS = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=20)
EXTRAS = st.builds(Extra, bill=WORDS, reference=WORDS, terminal=WORDS, purpose=WORDS)
AMOUNTS = st.none() | st.integers(1, 10**13 - 1)
DIGITS = st.text("0123456789", min_size=6, max_size=6)
NAME = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789", min_size=1, max_size=19)
TRANSFERS = st.builds(Transfer, DIGITS, NAME, AMOUNTS, st.booleans(), st.booleans(), EXTRAS)
MERCHANTS = st.builds(Merchant, NAME, NAME, AMOUNTS, st.booleans(), extra=EXTRAS)


@given(TRANSFERS | MERCHANTS)
def test_what_is_written_is_read_back(code: Transfer | Merchant) -> None:
    assert type(code).read(code.text()) == code
    taken_apart(code.text())


@given(TRANSFERS, st.data())
def test_a_changed_character_is_noticed(code: Transfer, data: st.DataObject) -> None:
    text = code.text()
    at = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from("0123456789ABCDEFxyz").filter(lambda one: one != text[at]))

    with pytest.raises(BadCode):
        Transfer.read(text[:at] + letter + text[at + 1 :])


@given(
    st.text(st.characters(exclude_categories=()))
    | st.text("0123456789", max_size=40).map(lambda row: row + "6304" + crc(row + "6304"))
)
def test_any_text_is_read_or_refused(text: str) -> None:
    for kind in (Transfer, Merchant):
        with pytest.raises(BadCode):
            kind.read(text)


ACCOUNT = encode(
    (("00", NAPAS), ("01", encode((("00", "970436"), ("01", "1")))), ("02", "QRIBFTTA"))
)
SHOP = encode((("00", VNPAY), ("01", "A")))
WHOLE = {"00": "01", "01": "11", "38": ACCOUNT, "53": "704", "54": "1", "58": "VN"}
WHOLE_SHOP = WHOLE | {"26": SHOP, "52": "9399", "59": "A", "60": "B"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("00", "02"),
        ("01", "13"),
        ("38", encode((("00", VNPAY), ("01", "00011"), ("02", "QRIBFTTA")))),
        ("38", encode((("00", NAPAS), ("01", "00011"), ("02", "QRIBFTTA")))),
        ("38", ACCOUNT.replace("QRIBFTTA", "QRIBFTTX")),
        ("38", "0010"),
        ("38", "x"),
        ("53", "840"),
        ("54", "0"),
        ("54", "1.5"),
        ("58", "US"),
        ("62", "0800"),
    ],
)
def test_a_wrong_field_of_a_transfer_is_refused(field: str, value: str) -> None:
    Transfer.read(sealed(WHOLE.items()))

    with pytest.raises(BadCode) as refused:
        Transfer.read(sealed((WHOLE | {field: value}).items()))

    assert refused.value.facts


@pytest.mark.parametrize("name", ["00", "01", "38", "53", "58"])
def test_a_missing_field_of_a_transfer_is_refused(name: str) -> None:
    with pytest.raises(BadCode):
        Transfer.read(sealed((k, v) for k, v in WHOLE.items() if k != name))


@pytest.mark.parametrize("name", ["00", "26", "52", "59", "60"])
def test_a_missing_field_of_a_merchant_is_refused(name: str) -> None:
    Merchant.read(sealed(WHOLE_SHOP.items()))

    with pytest.raises(BadCode):
        Merchant.read(sealed((k, v) for k, v in WHOLE_SHOP.items() if k != name))


def test_a_merchant_without_a_number_is_refused() -> None:
    with pytest.raises(BadCode):
        Merchant.read(sealed((WHOLE_SHOP | {"26": encode((("00", VNPAY),))}).items()))


@pytest.mark.parametrize(
    "code",
    [
        replace(A_TRANSFER, account=""),
        replace(A_TRANSFER, account="1" * 80),
        replace(A_TRANSFER, amount=0),
        replace(A_TRANSFER, amount=-1),
        replace(A_TRANSFER, amount=10**13),
        replace(A_TRANSFER, extra=Extra(purpose="Lệ phí")),
        replace(A_TRANSFER, extra=Extra(purpose="x" * 96)),
        replace(A_TRANSFER, bin="97\n436"),
    ],
)
def test_what_no_code_can_carry_is_refused(code: Transfer) -> None:
    with pytest.raises(BadCode):
        code.text()


@pytest.mark.parametrize("end", ["", "6304", "6304be57", "63040000"])
def test_a_code_without_its_right_crc_is_refused(end: str) -> None:
    with pytest.raises(BadCode) as refused:
        opened(STATIC[:-8] + end)

    assert set(refused.value.facts) == {"63"}


def test_fields_that_nobody_knows_are_read_and_left_alone() -> None:
    code = sealed((WHOLE | {"99": "abc", "62": "0901x"}).items())

    assert ("99", "abc") in opened(code)
    assert Transfer.read(code).extra == Extra()
    assert decode("") == ()
