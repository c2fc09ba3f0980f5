"""Turns requests into the phone's own values, or refuses them naming each field."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from mock_phone.domain.approval import (
    LONGEST_ADDRESS,
    LONGEST_LINE,
    LONGEST_TITLE,
    MOST_LINES,
    ApprovalEvent,
    Question,
)
from mock_phone.domain.message import LONGEST_ID, LONGEST_SENDER, LONGEST_SMS, Incoming, Kind
from mock_phone.domain.recipient import Recipient, recipient_from
from simkit.core.clock import ICT
from simkit.core.errors import BadInput
from simkit.core.refs import PhoneNumber

LONGEST_WAIT = 30.0  # seconds of the caller's own time
HIGHEST_SEQ = 2**53  # what every JSON reader keeps exactly

# Control characters; the text of a message may have lines and tabs.
_HIDDEN = re.compile(r"[\x00-\x1f\x7f]")
_HIDDEN_IN_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")

SMS_FIELDS = {"id": LONGEST_ID, "to": 40, "from": LONGEST_SENDER, "text": LONGEST_SMS}
"""The fields of an SMS and the most characters each may have."""


@dataclass(frozen=True, slots=True)
class NewsQuery:
    """What a long poll asks for."""

    to: Recipient | None
    after: int
    wait: float


def sms_from(body: Mapping[str, object]) -> Incoming:
    """Read an SMS, or raise ``BadInput`` naming every field that is wrong."""
    wrong = {name: "unknown field" for name in body if name not in SMS_FIELDS}
    wrong |= {
        name: trouble
        for name, most in SMS_FIELDS.items()
        if (trouble := _trouble(name, body.get(name), most))
    }
    to: PhoneNumber | None = None
    if "to" not in wrong:
        try:
            to = PhoneNumber.parse(str(body["to"]))
        except BadInput:
            wrong["to"] = "not a Vietnamese mobile number: 10 digits from 0, or +84 and 9 digits"
    if wrong or to is None:
        raise BadInput("Tin nhắn gửi đến không đúng quy cách.", wrong)
    return Incoming(Kind.SMS, str(body["id"]), to, str(body["from"]), str(body["text"]))


def _trouble(name: str, value: object, most: int) -> str:
    """Return what is wrong with one field of an SMS, or an empty text."""
    if not isinstance(value, str) or not value.strip():
        return "required, a text"
    if len(value) > most:
        return f"at most {most} characters"
    hidden = _HIDDEN_IN_TEXT if name == "text" else _HIDDEN
    return "holds characters that cannot be shown" if hidden.search(value) else ""


def question_from(body: Mapping[str, object]) -> Question:
    """Read what a bank asks, or raise ``BadInput`` naming every field that is wrong."""
    rules: dict[str, Callable[[object], str]] = {
        "id": lambda value: "" if _is_key(value) else f"1 to {LONGEST_ID} of A-Z a-z 0-9 . _ : -",
        "to": lambda value: "" if _number(value) else "not a Vietnamese mobile number",
        "from": lambda value: _trouble("from", value, LONGEST_SENDER),
        "title": lambda value: _trouble("title", value, LONGEST_TITLE),
        "lines": _lines_trouble,
        "expires_at": lambda value: "" if _moment(value) else "an ISO 8601 moment with its zone",
        "answer_url": lambda value: "" if _is_address(value) else "an absolute http(s) address",
    }
    wrong = {name: "unknown field" for name in body if name not in rules}
    wrong |= {n: fault for n, rule in rules.items() if (fault := rule(body.get(n)))}
    to, expires_at, lines = (
        _number(body.get("to")),
        _moment(body.get("expires_at")),
        body.get("lines"),
    )
    if wrong or to is None or expires_at is None or not isinstance(lines, list):
        raise BadInput("Yêu cầu phê duyệt không đúng quy cách.", wrong)
    texts = {name: str(body[name]) for name in ("id", "title", "answer_url")}
    return Question(
        to=to, sender=str(body["from"]), lines=tuple(lines), expires_at=expires_at, **texts
    )


def _is_key(value: object) -> bool:
    return isinstance(value, str) and bool(
        re.fullmatch(rf"[A-Za-z0-9._:-]{{1,{LONGEST_ID}}}", value)
    )


def _number(value: object) -> PhoneNumber | None:
    try:
        return PhoneNumber.parse(value) if isinstance(value, str) else None
    except BadInput:
        return None


def _moment(value: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
        return found.astimezone(ICT) if found and found.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _lines_trouble(value: object) -> str:
    rule = f"a list of 1 to {MOST_LINES} texts of at most {LONGEST_LINE} characters"
    if not isinstance(value, list) or not 0 < len(value) <= MOST_LINES:
        return rule
    return rule if any(_trouble("line", line, LONGEST_LINE) for line in value) else ""


def _is_address(value: object) -> bool:
    if not isinstance(value, str) or len(value) > LONGEST_ADDRESS:
        return False
    return bool(re.fullmatch(r"https?://[A-Za-z0-9.\-\[\]:]+(/[A-Za-z0-9._~%:/?&=+-]*)?", value))


def questions_query_from(args: Mapping[str, str]) -> tuple[PhoneNumber, int]:
    """Read ``to`` (a number) and ``after`` (a ``seq``; may be left out)."""
    wrong = {name: "unknown parameter" for name in args if name not in {"to", "after"}}
    to, after = _number(args.get("to")), args.get("after", "0")
    if to is None:
        wrong["to"] = "not a Vietnamese mobile number"
    if not re.fullmatch(r"[0-9]{1,16}", after, re.ASCII) or int(after) > HIGHEST_SEQ:
        wrong["after"] = "a whole number from 0"
    if wrong or to is None:
        raise BadInput("Câu hỏi không đúng quy cách.", wrong)
    return to, int(after)


def event_from(answer: str) -> ApprovalEvent:
    """Read which button was pressed, or raise ``BadInput``."""
    events = {"approve": ApprovalEvent.APPROVE, "refuse": ApprovalEvent.REFUSE}
    if answer not in events:
        raise BadInput("Hãy nhấn «Phê duyệt» hoặc «Từ chối».", {"answer": "approve or refuse"})
    return events[answer]


def news_query_from(args: Mapping[str, str]) -> NewsQuery:
    """Read ``to``, ``after`` and ``wait``; each may be left out."""
    wrong = {name: "unknown parameter" for name in args if name not in {"to", "after", "wait"}}
    to: Recipient | None = None
    if args.get("to"):
        try:
            to = recipient_from(args["to"])
        except BadInput as error:
            wrong |= error.facts
    after, wait = args.get("after", "0"), args.get("wait", "0")
    if not re.fullmatch(r"[0-9]{1,16}", after) or int(after) > HIGHEST_SEQ:
        wrong["after"] = "a whole number from 0"
    if not re.fullmatch(r"[0-9]{1,2}(\.[0-9]{1,3})?", wait) or float(wait) > LONGEST_WAIT:
        wrong["wait"] = f"seconds from 0 to {LONGEST_WAIT:.0f}"
    if wrong:
        raise BadInput("Câu hỏi không đúng quy cách.", wrong)
    return NewsQuery(to, int(after), float(wait))


def seq_from(text: str) -> int:
    """Read a message's number from an address; what is none is no message's."""
    return int(text) if re.fullmatch(r"[0-9]{1,15}", text) else 0


def owner_from(text: str) -> Recipient:
    """Read what a person typed to open a phone or a mailbox, or raise ``BadInput``."""
    if not text.strip():
        raise BadInput(
            "Nhập số điện thoại hoặc địa chỉ thư điện tử cần mở.",
            {"to": "required"},
        )
    return recipient_from(text)
