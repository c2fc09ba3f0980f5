"""VietQR: the text inside the code that a bank's app scans, after EMVCo and NAPAS [S].

Tag, length in two digits, value; tag 38 names bank and account, tag 54 the amount, tag 62/08 the
content, tag 63 is a CRC-16 over everything before its value.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from mock_bank.domain.errors import BadQr

GUID = "A000000727"
TO_ACCOUNT = "QRIBFTTA"
DONG = "704"
COUNTRY = "VN"
STATIC, DYNAMIC = "11", "12"
LONGEST_ACCOUNT = 19
LONGEST_CONTENT = 50
LONGEST_VALUE = 99
LONGEST_CODE = 512
_CRC_HEAD = "6304"


@dataclass(frozen=True, slots=True)
class QrTransfer:
    """What a code asks for: to which account, and for a dynamic code how many đồng."""

    bin: str
    account: str
    amount: int | None = None
    content: str = ""


def encode(wanted: QrTransfer) -> str:
    """Return the text of the code: dynamic with an amount, static without."""
    beneficiary = _field("00", wanted.bin) + _field("01", wanted.account)
    napas = _field("00", GUID) + _field("01", beneficiary) + _field("02", TO_ACCOUNT)
    fields = [
        _field("00", "01"),
        _field("01", STATIC if wanted.amount is None else DYNAMIC),
        _field("38", napas),
        _field("53", DONG),
        "" if wanted.amount is None else _field("54", str(wanted.amount)),
        _field("58", COUNTRY),
        _field("62", _field("08", wanted.content)) if wanted.content else "",
        _CRC_HEAD,
    ]
    body = "".join(fields)
    return body + checksum(body)


def decode(text: str) -> QrTransfer:
    """Return what a code asks for, or refuse it with the reason."""
    text = text.strip()
    if len(text) > LONGEST_CODE or text[-8:-4] != _CRC_HEAD:
        raise _bad("no VietQR code: tag 63 is missing")
    if text[-4:] != checksum(text[:-4]):
        raise _bad("the checksum is wrong")
    fields = _fields(text[:-8])
    napas = _fields(fields.get("38", ""))
    beneficiary = _fields(napas.get("01", ""))
    if napas.get("00") != GUID or napas.get("02") != TO_ACCOUNT:
        raise _bad("it is not for a transfer to an account")
    if fields.get("53") != DONG or fields.get("58") != COUNTRY:
        raise _bad("it is not for đồng in Vietnam")
    account = beneficiary.get("01", "")
    if not account or len(account) > LONGEST_ACCOUNT:
        raise _bad("it names no account")
    content = _fields(fields.get("62", "")).get("08", "")
    return QrTransfer(beneficiary.get("00", ""), account, _amount(fields), content)


def checksum(text: str) -> str:
    """Return CRC-16/CCITT-FALSE (polynomial 1021, start FFFF) in upper-case hexadecimal."""
    crc = 0xFFFF
    for byte in text.encode():
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ 0x1021) & 0xFFFF if crc & 0x8000 else crc << 1
    return f"{crc:04X}"


def _field(tag: str, value: str) -> str:
    if len(value) > LONGEST_VALUE:
        raise _bad(f"tag {tag} is too long")
    return f"{tag}{len(value):02d}{value}"


def _fields(text: str) -> dict[str, str]:
    return dict(_cut(text))


def _cut(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text):
        length = text[at + 2 : at + 4]
        if not (length.isascii() and length.isdigit() and len(length) == 2):  # noqa: PLR2004 - two digits
            raise _bad("a length cannot be read")
        end = at + 4 + int(length)
        if end > len(text):
            raise _bad("a value is cut off")
        yield text[at : at + 2], text[at + 4 : end]
        at = end


def _amount(fields: dict[str, str]) -> int | None:
    text = fields.get("54")
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise _bad("the amount is no whole number of đồng")
    return int(text)


def _bad(why: str) -> BadQr:
    return BadQr(
        "Không đọc được mã VietQR. Hãy quét lại hoặc nhập số tài khoản và số tiền.",
        {"qr": why},
    )
