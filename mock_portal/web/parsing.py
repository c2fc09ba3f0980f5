"""Turns forms and query strings into the domain's own values, or refuses them field by field."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from simkit.core.captcha import CaptchaAnswer, CaptchaWrong
from simkit.core.errors import BadInput, RuleBroken

T = TypeVar("T")

TEXT_LIMIT = 500
PASSWORD_LIMIT = 128
"""Longer ones are refused unread: hashing is dear by design."""

CAPTCHA = "captcha"
CAPTCHA_TOKEN = "captcha_token"  # noqa: S105 -- the name of a form field
CHECK_AGAIN = "Xin kiểm tra lại các mục đã nhập."


class Fields:
    """Reads the fields of one request and collects what is wrong with each.

    A field that cannot be read gives a stand-in; ``done()`` then refuses all of them at once, so
    that people are told everything in one go. Nothing read before ``done()`` may leave the parser.
    """

    def __init__(self, values: Mapping[str, str]) -> None:
        """Read from a form or a query string."""
        self._values = values
        self._wrong: dict[str, str] = {}

    def raw(self, name: str, limit: int = TEXT_LIMIT) -> str:
        """Return what was sent without control characters; too long counts as wrong."""
        value = str(self._values.get(name, ""))
        if len(value) > limit:
            self.wrong(name, f"Mục này dài quá {limit} ký tự.")
            return ""
        return clean(value)

    def text(self, name: str, missing: str, limit: int = TEXT_LIMIT) -> str:
        """Return a text that has to be there; ``missing`` is what people are told otherwise."""
        value = self.raw(name, limit)
        if not value and name not in self._wrong:
            self.wrong(name, missing)
        return value

    def value(self, name: str, missing: str, read: Callable[[str], T]) -> Callable[[], T]:
        """Return a getter for what ``read`` makes of a text that has to be there.

        Call it after ``done()``: before, it may have nothing to give.
        """
        text = self.text(name, missing)
        got: list[T] = []
        if text:
            try:
                got.append(read(text))
            except BadInput as refusal:
                self.wrong(name, str(refusal))
        return lambda: got[0]

    def password(self, name: str, missing: str) -> str:
        """Return a password exactly as typed."""
        value = str(self._values.get(name, ""))
        if not value:
            self.wrong(name, missing)
        elif len(value) > PASSWORD_LIMIT:
            self.wrong(name, f"Mật khẩu dài quá {PASSWORD_LIMIT} ký tự.")
        return encodable(value)

    def tick(self, name: str, missing: str) -> None:
        """Insist on a box that has to be ticked."""
        if not self._values.get(name):
            self.wrong(name, missing)

    def number(self, name: str, default: int, low: int, high: int) -> int:
        """Return a whole number, or ``default`` if nothing was sent."""
        text = self.raw(name, limit=12)
        if not text:
            return default
        if not re.fullmatch(r"[0-9]{1,9}", text) or not low <= int(text) <= high:
            self.wrong(name, f"Mục này phải là số nguyên từ {low} đến {high}.")
            return default
        return int(text)

    def captcha(self) -> CaptchaAnswer:
        """Return what was typed under the security picture."""
        text = self.text(CAPTCHA, "Hãy nhập mã bảo mật trong hình.", limit=20)
        return CaptchaAnswer(token=encodable(str(self._values.get(CAPTCHA_TOKEN, ""))), text=text)

    def only(self, names: Sequence[str]) -> None:
        """Refuse fields that are not among ``names``."""
        for name in sorted(set(self._values) - set(names)):
            self.wrong(encodable(name)[:60], "Tham số không được hỗ trợ.")

    def wrong(self, name: str, message: str) -> None:
        """Note what is wrong with a field; the first word counts."""
        self._wrong.setdefault(name, message)

    def done(self) -> None:
        """Refuse if anything was wrong."""
        if self._wrong:
            raise BadInput(CHECK_AGAIN, self._wrong)


def credentials(values: Mapping[str, str]) -> tuple[str, str]:
    """Read user name and password, or raise ``BadInput``."""
    fields = Fields(values)
    user = fields.text("user", "Hãy nhập tên đăng nhập.", limit=100)
    password = fields.password("password", "Hãy nhập mật khẩu.")
    fields.done()
    return user, password


def clean(text: str) -> str:
    """Return a text with composed accents, without control characters and spaces around it.

    Line breaks and tabs stay. Halves of surrogate pairs, which no encoding can write, go too.
    """
    kept = "".join(
        sign
        for sign in unicodedata.normalize("NFC", text)
        if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs"}
    )
    return kept.strip()


def encodable(text: str) -> str:
    """Return a text that can be written as UTF-8; what cannot is replaced."""
    return text.encode("utf-8", "replace").decode()


def errors_on_form(refusal: RuleBroken, names: Sequence[str]) -> dict[str, str]:
    """Return what to show at which field; ``""`` is for the form as a whole.

    A refusal that concerns one of the form's fields has its name among its facts.
    """
    if isinstance(refusal, CaptchaWrong):
        return {CAPTCHA: str(refusal)}
    if type(refusal) is BadInput:
        known = {name: refusal.facts[name] for name in names if name in refusal.facts}
        return known or {"": str(refusal)}
    field = next((name for name in names if name in refusal.facts), "")
    return {field: str(refusal)}


def safe_next(target: str) -> str:
    """Return an address inside this portal to go on to after signing in, or ``""``.

    It is a path below the world's prefix, with or without a query. What could lead a browser to
    another host (two slashes, a backslash, a scheme, control characters) is dropped.
    """
    return target if re.fullmatch(r"/(?:[^/\\\x00-\x20][^\\\x00-\x20]*)?", target) else ""
