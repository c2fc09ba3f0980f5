"""Who may send payers to the VNPAY pages, and where they are told of results."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from urllib.parse import urlsplit

from mock_payment_gateway.domain.text import is_storable
from simkit.core.errors import BadInput

_TMN = re.compile(r"[A-Za-z0-9]{1,8}")
_LONGEST = {"name": 200, "secret": 200, "ipn_url": 500, "sites": 500}
_METHODS = ("GET", "POST")


@dataclass(frozen=True, slots=True)
class Merchant:
    """A terminal (website) as registered in the merchant portal.

    ``ipn_url`` may be empty: then nobody is told, as in the real portal when it was never set [S].
    ``strict``: bare error pages as the real ones, and return addresses on ``sites`` only
    (host names, separated by blanks). ``refunds`` off: refund answers 99 as the real sandbox [S].
    """

    tmn_code: str
    name: str
    secret: str
    ipn_url: str = ""
    ipn_method: str = "GET"
    strict: bool = False
    sites: str = ""
    refunds: bool = True

    @classmethod
    def read(cls, body: Mapping[str, object]) -> "Merchant":
        """Read a registration, or refuse it naming every wrong field."""
        known = {field.name for field in fields(cls)}
        wrong = dict.fromkeys(sorted(str(k) for k in body.keys() - known), "không có trường này")
        wrong |= _wrong_texts(body)
        for name in ("strict", "refunds"):
            if not isinstance(body.get(name, False), bool):
                wrong[name] = "phải là true hoặc false"
        if body.get("ipn_method", "GET") not in _METHODS:
            wrong["ipn_method"] = "phải là GET hoặc POST"
        if wrong:
            raise BadInput("Thông tin website chưa đúng.", wrong)
        return cls(**{str(k): v for k, v in body.items()})  # type: ignore[arg-type] # checked above

    def approves(self, return_url: str) -> bool:
        """Tell whether the browser may be sent there."""
        return not self.strict or (urlsplit(return_url).hostname or "") in self.sites.split()


def _wrong_texts(body: Mapping[str, object]) -> dict[str, str]:
    wrong = {}
    code = body.get("tmn_code")
    if not isinstance(code, str) or _TMN.fullmatch(code) is None:
        wrong["tmn_code"] = "phải là 1 đến 8 chữ cái, chữ số"
    for name, longest in _LONGEST.items():
        lowest = 1 if name in {"name", "secret"} else 0
        value = body.get(name, "")
        if not isinstance(value, str) or not lowest <= len(value) <= longest or _is_odd(value):
            wrong[name] = f"phải là chuỗi từ {lowest} đến {longest} ký tự"
        elif name == "ipn_url" and value and not value.startswith(("http://", "https://")):
            wrong[name] = "phải là địa chỉ http hoặc https đầy đủ"
    return wrong


def _is_odd(value: str) -> bool:
    return not is_storable(value) or any(letter < " " for letter in value)
