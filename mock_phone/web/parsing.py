"""Turns requests into the phone's own values, or refuses them naming each field."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from mock_phone.domain.message import LONGEST_ID, LONGEST_SENDER, LONGEST_SMS, Incoming, Kind
from mock_phone.domain.recipient import Recipient, recipient_from
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
