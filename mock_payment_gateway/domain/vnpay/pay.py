"""A pay request: its fields, their limits, and what it asks for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from mock_payment_gateway.domain.text import is_storable
from mock_payment_gateway.domain.vnpay import wire
from mock_payment_gateway.domain.vnpay.errors import BadData
from mock_payment_gateway.domain.vnpay.wire import HashKind
from simkit.core.clock import ICT

LEGACY = frozenset({"2.0.0", "2.0.1", "2", "2.0"})
VERSION = "2.1.0"

_NUMBER_14 = (r"[0-9]{14}", "phải có dạng yyyyMMddHHmmss (GMT+7)")
_REQUIRED: Mapping[str, tuple[str, str]] = {
    "vnp_Version": (r"2\.1\.0|2\.0\.[01]|2\.0|2", "phải là 2.1.0 (hoặc 2.0.x)"),
    "vnp_Command": ("pay|genqr", "phải là pay hoặc genqr"),
    "vnp_TmnCode": ("[A-Za-z0-9]{1,8}", "phải là 1 đến 8 chữ cái, chữ số"),
    "vnp_Amount": (r"[1-9][0-9]{0,9}00", "phải là số tiền VND nhân 100, tối đa 12 chữ số"),
    "vnp_CreateDate": _NUMBER_14,
    "vnp_CurrCode": ("VND", "phải là VND"),
    "vnp_IpAddr": (r"[0-9A-Za-z.:%]{2,45}", "phải là địa chỉ IP"),
    "vnp_Locale": ("vn|en", "phải là vn hoặc en"),
    "vnp_OrderInfo": (r"(?s).{1,255}", "phải là chuỗi từ 1 đến 255 ký tự"),
    "vnp_OrderType": (r"(?s).{1,100}", "phải là chuỗi từ 1 đến 100 ký tự"),
    "vnp_ReturnUrl": (r"https?://[^\x00-\x20]{1,248}", "phải là địa chỉ http(s), tối đa 255 ký tự"),
    "vnp_TxnRef": (r"[^\x00-\x1f|]{1,100}", "phải là chuỗi từ 1 đến 100 ký tự"),
}
_OPTIONAL: Mapping[str, tuple[str, str]] = {
    "vnp_BankCode": (r"[A-Za-z0-9_]{2,20}", "phải là mã ngân hàng từ 2 đến 20 ký tự"),
    "vnp_ExpireDate": _NUMBER_14,
}


@dataclass(frozen=True, slots=True)
class Pay:
    """A pay request whose hash was checked."""

    fields: Mapping[str, str]  # decoded, without the hash
    hash_kind: HashKind
    reading: str  # which reading of the query the hash fitted

    @classmethod
    def read(cls, raw: str, secret: str) -> "Pay | None":
        """Read the query string as it came; ``None`` when its hash does not fit.

        Raises ``BadData`` naming every wrong field, but only under a right hash: nobody without
        the secret learns anything.
        """
        fields = wire.decode(raw)
        legacy = fields.get("vnp_Version") in LEGACY
        if legacy:
            old = wire.matching_legacy(fields, secret)
            kind, reading = (old, str(old)) if old is not None else (HashKind.MD5, None)
        else:
            kind, reading = HashKind.HMAC_SHA512, wire.matching(raw, secret)
        if reading is None:
            return None
        plain = {
            name: value
            for name, value in fields.items()
            if value and name not in {wire.HASH, wire.HASH_TYPE}
        }
        _check(plain)
        return cls(plain, kind, reading)

    @property
    def amount(self) -> int:
        """Return the amount in đồng."""
        return int(self.fields["vnp_Amount"]) // 100

    def expiry(self) -> datetime | None:
        """Return when the time to pay ends, if the merchant says so."""
        text = self.fields.get("vnp_ExpireDate", "")
        return moment(text) if text else None


def moment(text: str) -> datetime:
    """Return the moment that ``yyyyMMddHHmmss`` names in Vietnam, or raise ``ValueError``."""
    return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=ICT)


def _check(fields: Mapping[str, str]) -> None:
    wrong = {
        name: rule
        for name, (pattern, rule) in {**_REQUIRED, **_OPTIONAL}.items()
        if not _fits(pattern, fields.get(name, ""), needed=name in _REQUIRED)
    }
    if not all(is_storable(name + value) for name, value in fields.items()):
        wrong["query"] = "chứa ký tự không lưu được"
    if "vnp_ReturnUrl" not in wrong and not _has_host(fields["vnp_ReturnUrl"]):
        wrong["vnp_ReturnUrl"] = _REQUIRED["vnp_ReturnUrl"][1]
    if wrong:
        raise BadData("; ".join(f"{name} {rule}" for name, rule in wrong.items()), wrong)


def _fits(pattern: str, value: str, *, needed: bool) -> bool:
    if not value:
        return not needed
    fits = re.fullmatch(pattern, value) is not None
    return fits and (pattern != _NUMBER_14[0] or _is_time(value))


def _is_time(value: str) -> bool:
    try:
        return moment(value).year > 1
    except ValueError:
        return False


def _has_host(url: str) -> bool:
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:
        return False
