"""Payment codes in the EMVCo layout: VietQR transfers (tag 38) and VNPAY-QR merchants (tag 26).

A code is a row of fields, each two digits of id, two of length, then the value; the last one is a
CRC over all before it. Layout, ids and both GUIDs are [S], the limits of lengths EMVCo's [R].
"""

import re
from binascii import crc_hqx
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from simkit.core.errors import BadInput

Fields = tuple[tuple[str, str], ...]

NAPAS = "A000000727"
VNPAY = "A000000775"
TO_ACCOUNT = "QRIBFTTA"
TO_CARD = "QRIBFTTC"

_LONGEST = 99
_HEAD = 4  # id and length
_CRC = "6304"
_CRC_FIELD = re.compile(r"6304[0-9A-F]{4}")
_STATIC, _DYNAMIC = "11", "12"
_ID = re.compile(r"[0-9]{2}")
_AMOUNT = re.compile(r"[1-9][0-9]{0,12}")
_PRINTABLE = re.compile(r"[\x20-\x7e]+")


class BadCode(BadInput):
    """A payment code that cannot be read, or fields that no code can carry."""

    code = "bad-payment-code"


def _bad(words: str, field: str, rule: str) -> BadCode:
    return BadCode(f"Mã QR không hợp lệ: {words}", {field: rule})


def crc(text: str) -> str:
    """Return CRC-16/CCITT-FALSE (polynomial 1021, start FFFF) as four upper-case hex digits [S]."""
    octets = text.encode("utf-8", "surrogatepass")  # JSON can spell half a character
    return f"{crc_hqx(octets, 0xFFFF):04X}"


def encode(fields: Iterable[tuple[str, str]]) -> str:
    """Return fields as one text; lengths count characters."""
    parts: list[str] = []
    for name, value in fields:
        if not 1 <= len(value) <= _LONGEST or not _PRINTABLE.fullmatch(value):
            rule = "phải có 1 đến 99 ký tự không dấu"
            raise _bad(f"trường {name} {rule}.", name, rule)
        parts.append(f"{name}{len(value):02}{value}")
    return "".join(parts)


def decode(text: str, about: str = "QR") -> Fields:
    """Read a row of fields; the CRC is only one of them here."""
    fields: list[tuple[str, str]] = []
    at = 0
    while at < len(text):
        name, length = text[at : at + 2], text[at + 2 : at + _HEAD]
        if not _ID.fullmatch(name) or not _ID.fullmatch(length):
            raise _bad(f"ký tự thứ {at + 1} không mở đầu một trường.", about, "sai cấu trúc")
        end = at + _HEAD + int(length)
        if end > len(text) or int(length) == 0:
            raise _bad(f"trường {name} thiếu ký tự.", name, "độ dài không khớp")
        fields.append((name, text[at + _HEAD : end]))
        at = end
    return tuple(fields)


def sealed(fields: Iterable[tuple[str, str]]) -> str:
    """Return fields as one text that ends with its CRC."""
    text = encode(fields) + _CRC
    return text + crc(text)


def opened(text: str) -> Fields:
    """Read a whole code and check its CRC; the fields come without it."""
    if not _CRC_FIELD.fullmatch(text[-8:]):
        raise _bad("thiếu mã kiểm tra ở cuối.", "63", "phải là 4 chữ số hex hoa")
    if crc(text[:-4]) != text[-4:]:
        raise _bad("mã kiểm tra không khớp, mã đã bị sửa.", "63", "không khớp")
    return decode(text[:-8])


@dataclass(frozen=True, slots=True)
class Extra:
    """What field 62 says of the payment, in unaccented words."""

    bill: str = ""
    reference: str = ""
    terminal: str = ""
    purpose: str = ""

    def fields(self) -> Fields:
        """Return what is said, in the order of the ids."""
        said = zip(_EXTRA, (self.bill, self.reference, self.terminal, self.purpose), strict=True)
        return tuple((name, value) for name, value in said if value)

    @classmethod
    def read(cls, text: str) -> "Extra":
        """Read field 62; what it says besides is left out."""
        found = dict(decode(text, "62"))
        return cls(*(found.get(name, "") for name in _EXTRA))


_EXTRA = ("01", "05", "07", "08")


@dataclass(frozen=True, slots=True)
class Transfer:
    """A VietQR code: a transfer to an account, or to a card, of any bank."""

    bin: str  # six digits of the receiving bank
    account: str
    amount: int | None = None  # đồng; the payer types it if there is none
    dynamic: bool = False  # for one payment only
    to_card: bool = False
    extra: Extra = Extra()

    def text(self) -> str:
        """Return the code, or refuse what no code can carry."""
        receiver = encode((("00", self.bin), ("01", self.account)))
        service = TO_CARD if self.to_card else TO_ACCOUNT
        account = encode((("00", NAPAS), ("01", receiver), ("02", service)))
        return _text(self.dynamic, ("38", account), (), self.amount, (), self.extra)

    @classmethod
    def read(cls, text: str) -> "Transfer":
        """Read a VietQR code, or refuse it with the field that is wrong."""
        found = dict(opened(text))
        account = dict(decode(found.get("38", ""), "38"))
        receiver = dict(decode(account.get("01", ""), "38"))
        if account.get("00") != NAPAS or not {"00", "01"} <= receiver.keys():
            raise _bad("không phải mã VietQR.", "38", f"phải có {NAPAS}, mã ngân hàng, tài khoản")
        if account.get("02") not in {TO_ACCOUNT, TO_CARD}:
            raise _bad("không rõ dịch vụ.", "38", f"phải là {TO_ACCOUNT} hoặc {TO_CARD}")
        return cls(
            bin=receiver["00"],
            account=receiver["01"],
            amount=_amount(found),
            dynamic=_is_dynamic(found),
            to_card=account["02"] == TO_CARD,
            extra=_extra(found),
        )


@dataclass(frozen=True, slots=True)
class Merchant:
    """A VNPAY-QR code: a payment to a merchant's terminal.

    That the merchant stands in 26/01, and 52, 59, 60 as EMVCo has them, is [R].
    """

    merchant: str
    name: str
    amount: int | None = None  # đồng
    dynamic: bool = True
    category: str = "9399"  # government services, ISO 18245
    city: str = "HAI PHONG"
    extra: Extra = Extra()

    def text(self) -> str:
        """Return the code, or refuse what no code can carry."""
        account = encode((("00", VNPAY), ("01", self.merchant)))
        names = (("59", self.name), ("60", self.city))
        category = (("52", self.category),)
        return _text(self.dynamic, ("26", account), category, self.amount, names, self.extra)

    @classmethod
    def read(cls, text: str) -> "Merchant":
        """Read a VNPAY-QR code, or refuse it with the field that is wrong."""
        found = dict(opened(text))
        account = dict(decode(found.get("26", ""), "26"))
        if account.get("00") != VNPAY or "01" not in account:
            raise _bad("không phải mã VNPAY-QR.", "26", f"phải có {VNPAY} và mã điểm bán")
        missing = [name for name in ("52", "59", "60") if name not in found]
        if missing:
            raise _bad(f"thiếu trường {missing[0]}.", missing[0], "không được thiếu")
        return cls(
            merchant=account["01"],
            name=found["59"],
            amount=_amount(found),
            dynamic=_is_dynamic(found),
            category=found["52"],
            city=found["60"],
            extra=_extra(found),
        )


def _text(  # noqa: PLR0913, PLR0917 -- the blocks of a code, in their order
    dynamic: bool,  # noqa: FBT001 -- a block like the others
    account: tuple[str, str],
    category: Fields,
    amount: int | None,
    names: Fields,
    extra: Extra,
) -> str:
    said = extra.fields()
    price = () if amount is None else (("54", str(amount)),)
    if amount is not None and not _AMOUNT.fullmatch(str(amount)):
        raise _bad("số tiền không hợp lệ.", "54", "phải là số tiền lớn hơn 0, tối đa 13 chữ số")
    return sealed(
        (
            ("00", "01"),
            ("01", _DYNAMIC if dynamic else _STATIC),
            account,
            *category,
            ("53", "704"),
            *price,
            ("58", "VN"),
            *names,
            *((("62", encode(said)),) if said else ()),
        )
    )


def _is_dynamic(found: Mapping[str, str]) -> bool:
    if found.get("00") != "01" or found.get("01") not in {_STATIC, _DYNAMIC}:
        raise _bad("không rõ phiên bản hoặc loại mã.", "01", f"phải là {_STATIC} hoặc {_DYNAMIC}")
    if found.get("53") != "704" or found.get("58") != "VN":
        raise _bad("chỉ nhận tiền Việt Nam.", "53", "phải là 704, quốc gia VN")
    return found["01"] == _DYNAMIC


def _amount(found: Mapping[str, str]) -> int | None:
    text = found.get("54")
    if text is None:
        return None
    if not _AMOUNT.fullmatch(text):
        raise _bad("số tiền không hợp lệ.", "54", "phải là số tiền lớn hơn 0, tối đa 13 chữ số")
    return int(text)


def _extra(found: Mapping[str, str]) -> Extra:
    return Extra.read(found.get("62", ""))
