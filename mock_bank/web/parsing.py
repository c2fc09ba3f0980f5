"""Turns requests into the domain's own values, or refuses them naming each field."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypedDict, TypeVar
from urllib.parse import urlsplit

from mock_bank.domain.payment import Order
from mock_bank.domain.profile import BankProfile
from mock_bank.domain.rules import OtpKind
from mock_bank.service.checkout import SignIn
from simkit.core.captcha import CaptchaAnswer
from simkit.core.clock import ICT
from simkit.core.errors import BadInput
from simkit.flaskkit.body import known_fields

_T = TypeVar("_T")

LONGEST_TEXT = 500
LONGEST_ADDRESS = 2000
MOST_DONG = 10**12  # ours: far above any fee, far below what a column holds
CURRENCY = "VND"

ORDER_FIELDS = (
    "request_id",
    "bank",
    "amount",
    "currency",
    "description",
    "reference",
    "expires_at",
    "return_url",
    "notice_url",
)
SIGN_IN_FIELDS = ("user", "password", "captcha", "captcha_token")

_REQUEST_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")
_DIGITS = re.compile(r"[0-9]+")


def order_from(body: Mapping[str, object], header: str) -> Order:
    """Read what the gateway asks for. ``header`` is ``x-request-id`` and has to agree."""
    body = known_fields(body, ORDER_FIELDS)
    wrong: dict[str, str] = {}

    def take(field: str, read: Callable[[object], _T], usual: _T) -> _T:
        try:
            return read(body[field])
        except ValueError as error:
            wrong[field] = str(error)
            return usual

    order = Order(
        request_id=take("request_id", request_id, ""),
        bank=take("bank", text, ""),
        amount=take("amount", dong, 0),
        description=take("description", text, ""),
        reference=take("reference", reference, ""),
        expires_at=take("expires_at", moment, datetime.max.replace(tzinfo=ICT)),
        return_url=take("return_url", address, ""),
        notice_url=take("notice_url", address, ""),
    )
    take("currency", currency, "")
    if header != order.request_id:
        wrong.setdefault("x-request-id", "the header must repeat request_id")
    if wrong:
        raise BadInput(f"Các trường chưa đúng: {', '.join(wrong)}.", wrong)
    return order


class RefundAsked(TypedDict):
    """What the gateway asks back."""

    refund_id: str
    request_id: str
    amount: int
    notice_url: str


def refund_from(body: Mapping[str, object]) -> RefundAsked:
    """Read a refund, or raise ``BadInput`` naming each field that is wrong."""
    body = known_fields(body, ("refund_id", "request_id", "amount"), ("notice_url",))
    wrong: dict[str, str] = {}

    def take(field: str, read: Callable[[object], _T], usual: _T) -> _T:
        try:
            return read(body[field])
        except ValueError as error:
            wrong[field] = str(error)
            return usual

    asked = RefundAsked(
        refund_id=take("refund_id", request_id, ""),
        request_id=take("request_id", request_id, ""),
        amount=take("amount", dong, 0),
        notice_url=take("notice_url", address, "") if "notice_url" in body else "",
    )
    if wrong:
        raise BadInput(f"Các trường chưa đúng: {', '.join(wrong)}.", wrong)
    return asked


def sign_in_from(form: Mapping[str, str], bank: BankProfile) -> SignIn:
    """Read the sign-in page of a bank or a wallet; ``form`` holds ``SIGN_IN_FIELDS``."""
    wrong = {field: sentence for field, sentence in _asked_by(bank).items() if not form[field]}
    if wrong:
        raise BadInput("Quý khách chưa nhập đủ thông tin đăng nhập.", wrong)
    if bank.is_wallet:
        return SignIn("".join(c for c in form["user"] if c.isdigit()), form["password"], None)
    captcha = CaptchaAnswer(form["captcha_token"], form["captcha"])
    return SignIn(form["user"], form["password"], captcha)


def _asked_by(bank: BankProfile) -> Mapping[str, str]:
    """Return what must be filled in, with the sentence for whoever does not."""
    if bank.is_wallet:
        return {"user": "Hãy nhập số điện thoại của ví.", "password": "Hãy nhập mã PIN."}
    return {
        "user": "Hãy nhập tên đăng nhập.",
        "password": "Hãy nhập mật khẩu.",
        "captcha": "Hãy nhập mã kiểm tra trong hình.",
    }


def otp_from(form: Mapping[str, str], digits: int) -> str:
    """Read the code, blanks inside left out. What cannot be a code costs no try."""
    code = "".join(form["otp"].split())
    if not code.isascii() or not _DIGITS.fullmatch(code) or len(code) != digits:
        sentence = f"Mã OTP gồm {digits} chữ số. Hãy xem tin nhắn vừa nhận và nhập lại."
        raise BadInput(sentence, {"otp": sentence})
    return code


def kind_from(form: Mapping[str, str]) -> OtpKind | None:
    """Read the kind of one-time password that was chosen; ``None``: the bank's usual one."""
    return next((kind for kind in OtpKind if kind.value == form["method"]), None)


def approval_from(body: Mapping[str, object], approval: str) -> bool:
    """Read a phone's answer: whether its owner approved."""
    body = known_fields(body, ("id", "answer"), ("at",))
    wrong: dict[str, str] = {}
    if body["id"] != approval:
        wrong["id"] = "must be the id of the address"
    if body["answer"] not in {"approved", "refused"}:
        wrong["answer"] = "must be approved or refused"
    if wrong:
        raise BadInput(f"Các trường chưa đúng: {', '.join(wrong)}.", wrong)
    return body["answer"] == "approved"


def text(value: object) -> str:
    """Return a text of one line, or raise ``ValueError``."""
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise ValueError(f"must be a text of at most {LONGEST_TEXT} characters")
    if not value.isprintable() or value != value.strip():
        raise ValueError("must be printable, without blanks at either end")
    return value


def reference(value: object) -> str:
    """Return a text that is not empty, or raise ``ValueError``."""
    if not text(value):
        raise ValueError("must not be empty")
    return text(value)


def request_id(value: object) -> str:
    """Return an idempotency key that fits into an address, or raise ``ValueError``."""
    if not isinstance(value, str) or not _REQUEST_ID.fullmatch(value):
        raise ValueError("must be 1 to 64 of A-Z, a-z, 0-9, '.', '_', ':' and '-'")
    return value


def dong(value: object) -> int:
    """Return a whole number of đồng above zero, or raise ``ValueError``."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= MOST_DONG:
        raise ValueError(f"must be a whole number from 1 to {MOST_DONG}")
    return value


def currency(value: object) -> str:
    """Return the one currency, or raise ``ValueError``."""
    if value != CURRENCY:
        raise ValueError(f"must be {CURRENCY}")
    return CURRENCY


def moment(value: object) -> datetime:
    """Return an aware moment, or raise ``ValueError``."""
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
        if found is not None and found.tzinfo is not None:
            return found.astimezone(ICT)
    except (ValueError, OverflowError):
        pass
    raise ValueError("must be an ISO 8601 moment with its zone")


def address(value: object) -> str:
    """Return an absolute HTTP address, or raise ``ValueError``."""
    if isinstance(value, str) and len(value) <= LONGEST_ADDRESS and _is_plain(value):
        try:
            parts = urlsplit(value)
            if parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0:
                return value
        except ValueError:
            pass
    raise ValueError("must be an absolute http or https address")


def _is_plain(value: str) -> bool:
    return value.isascii() and value.isprintable() and not set(value) & set(' "<>\\^`{|}')
