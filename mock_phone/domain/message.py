"""A message that has arrived, and a message on its way in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mock_phone.domain.errors import IdTaken
from mock_phone.domain.recipient import EmailAddress, Recipient

LONGEST_ID = 250
LONGEST_SENDER = 254
LONGEST_SMS = 1600
"""Characters of an SMS: about ten joined parts, more than networks carry (ours)."""


class Kind(StrEnum):
    """The way a message came."""

    SMS = "sms"
    MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a sender hands over; ``id`` is the sender's own and makes a repetition known."""

    kind: Kind
    id: str
    to: Recipient
    sender: str
    text: str
    subject: str = ""
    html: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A message in a citizen's hands. ``seq`` counts all messages of the world from 1."""

    seq: int
    kind: Kind
    id: str
    to: str
    sender: str
    subject: str
    text: str
    html: str
    at: datetime

    def must_be(self, incoming: Incoming) -> None:
        """Return if ``incoming`` repeats this message; raise ``IdTaken`` if it is another one."""
        mine = (self.to, self.sender, self.subject, self.text, self.html)
        theirs = (
            str(incoming.to),
            incoming.sender,
            incoming.subject,
            incoming.text,
            incoming.html,
        )
        if mine != theirs:
            raise IdTaken(
                "Mã tin nhắn này đã dùng cho một tin khác. Hãy gửi lại với mã mới.",
                {"id": "already used for another message"},
            )


@dataclass(frozen=True, slots=True)
class Inbox:
    """A phone or a mailbox that has received something."""

    owner: str
    kind: Kind
    count: int
    newest: Message


@dataclass(frozen=True, slots=True)
class Thread:
    """All messages of one sender to one phone, the newest first."""

    sender: str
    messages: tuple[Message, ...]

    @property
    def newest(self) -> Message:
        """Return the latest message."""
        return self.messages[0]


def threads(messages: Iterable[Message]) -> tuple[Thread, ...]:
    """Gather messages by sender; the thread with the latest news comes first."""
    by_sender: dict[str, list[Message]] = {}
    for message in sorted(messages, key=lambda m: m.seq, reverse=True):
        by_sender.setdefault(message.sender, []).append(message)
    return tuple(Thread(sender, tuple(found)) for sender, found in by_sender.items())


def kind_of(owner: Recipient) -> Kind:
    """Return what this recipient receives: mail to an address, SMS to a number."""
    return Kind.MAIL if isinstance(owner, EmailAddress) else Kind.SMS
