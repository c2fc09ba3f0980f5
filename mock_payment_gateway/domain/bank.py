"""What the gateway knows of banks: who can be chosen, and what one says of a payment."""

import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from mock_payment_gateway.domain.errors import ForgedNotice, NoSuchBank
from mock_payment_gateway.domain.text import is_storable
from simkit.core.errors import BadInput

LONGEST_TEXT = 255


@dataclass(frozen=True, slots=True)
class Bank:
    """A bank on the list of «Chọn ngân hàng»."""

    code: str
    name: str
    bin: str


def choose(banks: Iterable[Bank], code: str) -> Bank:
    """Return the bank that the payer chose, or refuse."""
    for bank in banks:
        if bank.code == code:
            return bank
    raise NoSuchBank("Vui lòng chọn một ngân hàng trong danh sách.", {"bank": "không có"})


class BankState(StrEnum):
    """How a payment stands at the bank (the interface between these houses, ours)."""

    PENDING = "pending"
    PAID = "paid"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class BankWord:
    """What the bank says of one payment, in a notice or when asked."""

    request_id: str
    state: BankState
    code: str  # «00» paid, «24» cancelled, «11» expired, «13» OTP wrong too often, «51» no money
    bank_ref: str
    amount: int  # đồng

    @classmethod
    def from_bytes(cls, raw: bytes) -> "BankWord":
        """Read a notice as it came over the wire."""
        try:
            body: object = json.loads(raw)
        except (ValueError, RecursionError):
            body = None
        if not isinstance(body, dict):
            raise BadInput("Thông báo của ngân hàng không đọc được.", {"body": "phải là JSON"})
        return cls.read(body)

    @classmethod
    def read(cls, body: Mapping[str, object]) -> "BankWord":
        """Read the bank's object; ``paid_at`` is left to the bank, we book at our own time."""
        texts = {name: _text(body.get(name)) for name in ("request_id", "code", "bank_ref")}
        amount = body.get("amount")
        wrong = {name: "phải là chuỗi ký tự" for name, value in texts.items() if value is None}
        if not isinstance(amount, int) or isinstance(amount, bool) or not 0 <= amount < 10**15:
            wrong["amount"] = "phải là số nguyên không âm"
        state = _state(body.get("state"))
        if state is None:
            wrong["state"] = f"phải là một trong: {', '.join(BankState)}"
        if wrong or state is None or not isinstance(amount, int):
            raise BadInput("Thông báo của ngân hàng không đọc được.", wrong)
        return cls(
            request_id=texts["request_id"] or "",
            state=state,
            code=texts["code"] or "",
            bank_ref=texts["bank_ref"] or "",
            amount=amount,
        )


def _text(value: object) -> str | None:
    """Return a text that can be stored; ``None`` in JSON means that there is none yet."""
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        return None
    return value if is_storable(value) else None


def _state(value: object) -> BankState | None:
    return next((state for state in BankState if state == value), None)


def check_notice(raw: bytes, signature: str, secret: str) -> None:
    """Refuse a notice unless ``signature`` is the hex HMAC-SHA256 of its raw bytes (ours)."""
    right = hmac.new(secret.encode(), raw, sha256).hexdigest()
    if not hmac.compare_digest(right.encode(), signature.encode("utf-8", "replace")):
        raise ForgedNotice("Chữ ký của thông báo không đúng.", {"header": "x-request-signature"})
