"""Who may ask for payments, and where they are told of the result."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from mock_payment_gateway.domain.text import is_storable
from simkit.core.errors import BadInput

_CODE = re.compile(r"[A-Za-z0-9._-]{1,50}")
_LONGEST = {"name": 200, "secret": 200, "confirm_url": 500, "return_url": 500}

PLATFORM, VNPT = "platform", "vnpt"
LGSP, PDF, FORM = "lgsp", "pdf", "form"
_CHOICES = {
    "dialect": (PLATFORM, VNPT),
    "envelope": ("direct", LGSP),
    "bill": ("json", PDF),
    "confirm_as": ("json", FORM),
}


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner (đối tác) as registered with the platform.

    Both addresses are registered, because an INIT carries none ([S]; that they are registered [G]).
    ``dialect``: ``platform`` or ``vnpt``. ``envelope``: INIT is answered ``direct``, or as through
    ``lgsp`` [S]. ``bill``: GET_BILL is answered with an address (``json``) or the file (``pdf``)
    [S]. ``confirm_as``: VNPT Pay's CONFIRM as ``json`` or as a ``form`` with the field data [S].
    ``strict``: bare refusals, and INIT is refused when its ThongTinBienLai does not hold (ours).
    """

    code: str
    name: str
    secret: str
    confirm_url: str
    return_url: str
    dialect: str = "platform"
    envelope: str = "direct"
    bill: str = "json"
    confirm_as: str = "json"
    strict: bool = False

    @classmethod
    def read(cls, body: Mapping[str, object]) -> "Partner":
        """Read a registration, or refuse it naming every wrong field."""
        names = {"code", *_LONGEST}
        chosen = {name: body[name] for name in (*_CHOICES, "strict") if name in body}
        body = {name: value for name, value in body.items() if name not in chosen}
        wrong = dict.fromkeys(
            sorted(str(key) for key in body.keys() - names), "không có trường này"
        )
        code = body.get("code")
        if not isinstance(code, str) or _CODE.fullmatch(code) is None:
            wrong["code"] = "phải là 1 đến 50 chữ cái, chữ số, dấu . _ -"
        for name, longest in _LONGEST.items():
            value = body.get(name)
            if not isinstance(value, str) or not 0 < len(value) <= longest or _is_odd(value):
                wrong[name] = f"phải là chuỗi từ 1 đến {longest} ký tự"
            elif name.endswith("_url") and not _is_web_address(value):
                wrong[name] = "phải là địa chỉ http hoặc https đầy đủ"
        wrong |= _wrong_choices(chosen)
        if wrong:
            raise BadInput("Thông tin đối tác chưa đúng.", wrong)
        texts = {name: str(body[name]) for name in sorted(names)}
        return cls(**texts, **chosen)  # type: ignore[arg-type] # checked above

    def way_back(self, reference: str) -> str:
        """Return where the payer's browser goes after paying; the parameter's name is ours."""
        joint = "&" if urlsplit(self.return_url).query else "?"
        return f"{self.return_url}{joint}MaThamChieu={quote(reference, safe='')}"


def _wrong_choices(chosen: Mapping[str, object]) -> dict[str, str]:
    wrong = {
        name: f"phải là một trong: {', '.join(_CHOICES[name])}"
        for name, value in chosen.items()
        if name != "strict" and value not in _CHOICES[name]
    }
    if not isinstance(chosen.get("strict", False), bool):
        wrong["strict"] = "phải là true hoặc false"
    return wrong


def _is_odd(value: str) -> bool:
    return not is_storable(value) or any(letter < " " for letter in value)


def _is_web_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False
