"""What clients of the payment dialects send, and how the careless among them hash it."""

import hashlib
import hmac
import unicodedata
from collections.abc import Callable, Mapping
from urllib.parse import quote_plus

from tests.builders.gateway import INIT_ORDER

SECRET = "Khoa-Bi-Mat-0123"
QUERY_SECRET = "TESTSECRET0123456789TESTSECRET01"
INIT: dict[str, object] = {
    "MaXacThuc": "",
    "Ip": "10.0.0.1",
    "LoaiBanTin": "INIT",
    "PhienBan": "1.0.6",
    "MaDoiTac": "HPG01",
    "MaThamChieu": "dvcH24120250101101010",
    "SoTien": "150000",
    "LoaiHinhThanhToan": "PAY",
    "MaKenhThanhToan": "",
    "MaThietBi": "2",
    "NgonNgu": "vi-VN",
    "MaTienTe": "VND",
    "MaNganHang": "PAYMENT",
    "ThongTinGiaoDich": " Lệ phí hồ sơ: Đợt 1 ",
    "ThoiGianGD": "20250101101010",
    "MaMoi": "x",
    "ThongTinBienLai": {"MaDichVu": "2", "NoiDungThanhToan": "Lệ phí"},
}
VALUES = tuple(str(INIT[name]) for name in INIT_ORDER)
RECEIPT = INIT["ThongTinBienLai"]


def sha256(text: str) -> str:
    """Return the hash of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def piped(*values: str, secret: str = SECRET) -> str:
    """Return the platform's hash of these values."""
    return sha256("|".join([*values, secret]))


def with_value(name: str, change: Callable[[str], str]) -> list[str]:
    """Return the values of the INIT with one of them changed."""
    return [change(v) if n == name else v for n, v in zip(INIT_ORDER, VALUES, strict=True)]


def each(change: Callable[[str], str]) -> list[str]:
    """Return the values of the INIT, every one changed."""
    return [change(value) for value in VALUES]


def keyed(text: str, key: str = SECRET, algorithm: str = "sha256") -> str:
    """Return an HMAC."""
    return hmac.new(key.encode(), text.encode(), algorithm).hexdigest()


def mojibake(text: str) -> str:
    """Return UTF-8 read as Latin-1."""
    return text.encode().decode("latin-1")


def unaccented(text: str) -> str:
    """Return a text without Vietnamese marks."""
    bare = unicodedata.normalize("NFD", text)
    return "".join(c for c in bare if not unicodedata.combining(c)).translate({272: "D", 273: "d"})


def ascii_only(text: str) -> str:
    """Return a text with a ? for each letter that US-ASCII lacks."""
    return "".join(letter if ord(letter) < 128 else "?" for letter in text)


def swapped(index: int) -> list[str]:
    """Return the values of the INIT with two neighbours in each other's place."""
    values = list(VALUES)
    values[index], values[index + 1] = values[index + 1], values[index]
    return values


PIPES = "|".join(VALUES)
RIGHT = piped(*VALUES)
AS_SENT = [str(v) for n, v in INIT.items() if n not in {"MaXacThuc", "ThongTinBienLai"}]


def a_pay_url(**changes: str) -> dict[str, str]:
    """Return the fields of a payment with what encoders spell differently."""
    return {
        "vnp_Version": "2.1.0",
        "vnp_Command": "pay",
        "vnp_TmnCode": "HPTEST01",
        "vnp_Amount": "15000000",
        "vnp_BankCode": "",
        "vnp_CreateDate": "20250101101010",
        "vnp_CurrCode": "VND",
        "vnp_IpAddr": "127.0.0.1",
        "vnp_Locale": "vn",
        "vnp_OrderInfo": "Lệ phí (*~'!) 1+1",
        "vnp_OrderType": "other",
        "vnp_ReturnUrl": "http://localhost:8080/return?hs=1",
        "vnp_TxnRef": "HS0001",
        "utm": "a b",
    } | changes


PAY = a_pay_url()
SHOWN = {name: value for name, value in sorted(PAY.items()) if value}


def sha512(text: str, key: str = QUERY_SECRET) -> str:
    """Return VNPAY's HMAC of a text."""
    return keyed(text, key, "sha512")


def joined(
    fields: Mapping[str, str] = SHOWN, spell: Callable[[str], str] = quote_plus, mark: str = "&"
) -> str:
    """Return fields as a query, each value spelt this way."""
    return mark.join(f"{name}={spell(value)}" for name, value in fields.items())


def changed(name: str, value: str) -> dict[str, str]:
    """Return the shown fields with one of them changed."""
    return {one: value if one == name else kept for one, kept in SHOWN.items()}


def encoded(also_raw: str, space: str = "+") -> Callable[[str], str]:
    """Return an encoder as payments sites describe it: these signs raw, the rest escaped."""
    raw = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_." + also_raw

    def spell(text: str) -> str:
        parts = []
        for letter in text:
            if letter in raw:
                parts.append(letter)
            elif letter == " ":
                parts.append(space)
            else:
                parts += [f"%{octet:02X}" for octet in letter.encode()]
        return "".join(parts)

    return spell


def lower_escapes(spell: Callable[[str], str]) -> Callable[[str], str]:
    """Return an encoder that writes its %xx in lower case."""

    def spelt(text: str) -> str:
        first, *rest = spell(text).split("%")
        return "%".join([first, *(part[:2].lower() + part[2:] for part in rest)])

    return spelt


PLAIN = joined()
