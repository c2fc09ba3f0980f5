"""What one house tells another, and when it is told again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Message:
    """Something to be told to a neighbour, at least once.

    ``kind`` chooses courier and schedule. ``key`` is the sender's own reference: receivers use it
    to tell a repetition from news. ``about`` is the business key (dossier code, payment reference).
    ``due`` is the first moment for delivery; ``None`` means at once.
    """

    kind: str
    key: str
    to: str
    body: Mapping[str, object]
    about: str = ""
    due: datetime | None = None


def mail_id(key: str) -> str:
    """Return the ``Message-ID`` of the mail with this key.

    What a dot-atom of RFC 5322 may not hold is percent-encoded: readers cut an id at a colon.
    """
    return f"<{quote(key, safe='')}@motcua.example>"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What came of one delivery.

    ``final`` with ``accepted=False`` means: the receiver refuses for good, do not try again.
    """

    accepted: bool
    detail: str = ""
    answer: Mapping[str, object] = field(default_factory=dict)
    final: bool = False


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long to wait after each failed delivery; after the last delay the message is given up."""

    delays: tuple[timedelta, ...]

    def delay_after(self, tries: int) -> timedelta | None:
        """Return the wait after ``tries`` failed deliveries (1, 2, …), or ``None`` to give up."""
        return self.delays[tries - 1] if tries <= len(self.delays) else None


PATIENT = Schedule(
    tuple(timedelta(seconds=s) for s in (5, 15, 60, 300, 900, 3600, 3600, 3600, 21600, 86400)),
)
"""The schedule of a message whose real system has none that is known (ours)."""


@dataclass(frozen=True, slots=True)
class Due:
    """Something on the agenda whose time has come; ``due`` is when it should happen."""

    kind: str
    key: str
    facts: Mapping[str, str]
    due: datetime


class Courier(Protocol):
    """Carries messages of one kind."""

    def deliver(self, message: Message) -> Receipt:
        """Try once. Network trouble is a receipt that was not accepted, never an exception."""
        ...


class Outbox(Protocol):
    """Messages to be delivered, written in the transaction that causes them."""

    def put(self, message: Message) -> None:
        """Keep the message; the same ``(kind, key)`` twice is kept once."""
        ...


class Agenda(Protocol):
    """Things that will happen in this house by themselves."""

    def put(self, kind: str, key: str, due: datetime, facts: Mapping[str, str]) -> None:
        """Let ``kind`` happen at ``due``; the same ``(kind, key)`` again moves it."""
        ...

    def drop(self, kind: str, key: str) -> None:
        """Forget it, if it has not happened yet."""
        ...
