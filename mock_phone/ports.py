"""What the phone's service needs from outside, said in its own words."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol, TypeVar

from mock_phone.domain.approval import Approval, Question
from mock_phone.domain.message import Inbox, Incoming, Kind, Message
from simkit.core.messages import Outbox

T = TypeVar("T")


class Messages(Protocol):
    """Remembers what has arrived in this world."""

    def sms_with_id(self, message_id: str) -> Message | None:
        """Return the SMS that came under the sender's reference, to whomever."""
        ...

    def mail_with_id(self, message_id: str, to: str) -> Message | None:
        """Return the mail that came under the ``Message-ID`` to this address."""
        ...

    def add(self, incoming: Incoming, at: datetime) -> Message:
        """Keep a new message; it gets the next ``seq`` of the world."""
        ...

    def after(self, to: str | None, seq: int, limit: int) -> list[Message]:
        """Return up to ``limit`` messages to ``to`` (``None``: to anyone) later than ``seq``."""
        ...

    def newest(self, to: str, kind: Kind, limit: int) -> list[Message]:
        """Return up to ``limit`` messages of one kind to ``to``, the newest first."""
        ...

    def get(self, to: str, seq: int) -> Message | None:
        """Return one message of an inbox."""
        ...

    def inboxes(self) -> list[Inbox]:
        """Return every phone and mailbox that has something, the latest news first."""
        ...

    def all(self) -> list[Message]:
        """Return every message of the world in the order of arrival."""
        ...


class Approvals(Protocol):
    """Remembers what the Smart OTP app was asked in this world."""

    def find(self, approval_id: str) -> Approval | None:
        """Return the question under the asker's id, if there is one."""
        ...

    def add(self, question: Question, at: datetime) -> Approval:
        """Keep a new question; it gets the next ``seq`` of the world."""
        ...

    def put(self, approval: Approval) -> None:
        """Replace what may change of a question."""
        ...

    def after(self, to: str, seq: int, limit: int) -> list[Approval]:
        """Return up to ``limit`` questions to a phone later than ``seq``, the newest first."""
        ...


class Unit(Protocol):
    """One transaction."""

    @property
    def approvals(self) -> Approvals:
        """Return what the Smart OTP app was asked."""
        ...

    @property
    def outbox(self) -> Outbox:
        """Return what is to be told to others."""
        ...

    @property
    def messages(self) -> Messages:
        """Return the messages as this transaction sees them."""
        ...


class Work(Protocol):
    """Opens transactions on this world's store."""

    def write(self) -> AbstractContextManager[Unit]:
        """Open one that is kept when the block ends well and undone when it does not."""
        ...

    def read(self) -> AbstractContextManager[Unit]:
        """Open one that only looks."""
        ...


class Bell(Protocol):
    """Wakes those who wait for a message of this world."""

    def ring(self) -> None:
        """Say that something has arrived. Call it after the transaction is kept."""
        ...

    def silence(self) -> None:
        """Let everybody go, now and from now on."""
        ...

    def wait_for(self, look: Callable[[], T], seconds: float) -> T:
        """Call ``look`` now and after each ring until it finds something or time is up.

        Returns what ``look`` found last. ``seconds`` are real ones: they belong to the caller's
        patience and not to the simulation. Raises ``TooManyWaiting`` when all places are taken.
        """
        ...
