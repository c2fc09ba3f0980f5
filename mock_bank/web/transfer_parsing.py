"""Turns what is to be transferred, and codes that were scanned, into the domain's own values."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from mock_bank.domain.profile import bank_by_bin
from mock_bank.domain.vietqr import LONGEST_ACCOUNT, QrTransfer, decode
from mock_bank.service.transfers import Sent
from mock_bank.web.parsing import dong, request_id, text
from simkit.core.errors import BadInput
from simkit.flaskkit.body import known_fields

_ACCOUNT = re.compile(rf"[0-9]{{6,{LONGEST_ACCOUNT}}}", re.ASCII)
MOST_DIGITS = 13
LONGEST_CONTENT = 210


@dataclass(frozen=True, slots=True)
class Asked:
    """A transfer that a machine asks for, and at which bank the sender is."""

    bank: str
    sent: Sent


def sent_from(body: Mapping[str, object]) -> Asked:
    """Read a transfer: ``to``, ``amount`` and ``content``, or a ``qr`` that says them.

    What stands beside a ``qr`` goes before it: so somebody pays too little or writes nonsense.
    """
    body = known_fields(body, ("bank",), ("qr", "to", "amount", "content"))
    scanned = scan(str(body["qr"])) if "qr" in body else QrTransfer("", "")
    found = {"to": scanned.account, "amount": scanned.amount, "content": scanned.content}
    values = found | {name: body[name] for name in found if name in body}
    wrong: dict[str, str] = {}
    for name, rule in (("to", account), ("amount", dong), ("content", text)):
        try:
            rule(values[name])
        except ValueError as error:
            wrong[name] = str(error)
    if wrong:
        raise BadInput(f"Các trường chưa đúng: {', '.join(wrong)}.", wrong)
    return Asked(
        str(body["bank"]),
        Sent(str(values["to"]), int(str(values["amount"])), str(values["content"])),
    )


def form_from(form: Mapping[str, str]) -> Sent:
    """Read the transfer page; dots and blanks in numbers are forgiven."""
    wrong: dict[str, str] = {}
    to = re.sub(r"[\s.]", "", form["to"])
    amount = re.sub(r"[\s.,]", "", form["amount"])
    if not _ACCOUNT.fullmatch(to):
        wrong["to"] = "Số tài khoản gồm 6 đến 19 chữ số. Hãy kiểm tra lại."
    if not re.fullmatch(rf"[0-9]{{1,{MOST_DIGITS}}}", amount, re.ASCII) or int(amount) == 0:
        wrong["amount"] = "Hãy nhập số tiền bằng chữ số, lớn hơn 0 đồng."
    if not form["content"] or len(form["content"]) > LONGEST_CONTENT:
        wrong["content"] = f"Hãy nhập nội dung chuyển tiền, tối đa {LONGEST_CONTENT} ký tự."
    if wrong:
        raise BadInput("Thông tin chuyển tiền chưa đúng.", wrong)
    return Sent(to, int(amount), " ".join(form["content"].split()))


def scan(qr: str) -> QrTransfer:
    """Read a VietQR code of a bank that is here, or refuse."""
    found = decode(qr)
    bank_by_bin(found.bin)
    return found


def account(value: object) -> str:
    """Return an account number, or raise ``ValueError``."""
    if not isinstance(value, str) or not _ACCOUNT.fullmatch(value):
        raise ValueError(f"must be 6 to {LONGEST_ACCOUNT} digits")
    return value


def key_from(header: str) -> str:
    """Read the header ``Idempotency-Key``, or refuse."""
    try:
        return request_id(header)
    except ValueError as error:
        raise BadInput(
            "Thiếu mã giao dịch duy nhất (Idempotency-Key).", {"Idempotency-Key": str(error)}
        ) from None


def before_from(value: str) -> int | None:
    """Read the key of a statement's page; what cannot be one means the first page."""
    return int(value) if re.fullmatch(r"[0-9]{1,15}", value, re.ASCII) else None
