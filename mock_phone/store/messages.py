"""Messages in SQL, and the transactions around them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mock_phone.domain.message import Inbox, Incoming, Kind, Message
from mock_phone.ports import Unit
from mock_phone.store.approvals import SqlApprovals
from simkit.core import messages as told
from simkit.core.messages import Outbox
from simkit.storage.database import Database
from simkit.storage.moments import from_text, to_text
from simkit.storage.sql import Sql

_SELECT = "SELECT seq, kind, id, recipient, sender, subject, text, html, at FROM message "


def _message(row: tuple[Any, ...]) -> Message:
    seq, kind, key, to, sender, subject, text, html, at = row
    return Message(seq, Kind(kind), key, to, sender, subject, text, html, from_text(at))


class SqlMessages:
    """Implements ``ports.Messages`` inside one unit of work."""

    def __init__(self, sql: Sql) -> None:
        """Use the unit's connection."""
        self._sql = sql

    def _many(self, rest: str, *params: object) -> list[Message]:
        rows = self._sql.rows(_SELECT + rest, params)
        return [_message(row) for row in rows]

    def _one(self, rest: str, *params: object) -> Message | None:
        return next(iter(self._many(f"{rest} LIMIT 1", *params)), None)

    def sms_with_id(self, message_id: str) -> Message | None:
        """Return the SMS that came under the sender's reference, to whomever."""
        return self._one("WHERE kind = 'sms' AND id = ?", message_id)

    def mail_with_id(self, message_id: str, to: str) -> Message | None:
        """Return the mail that came under the ``Message-ID`` to this address."""
        return self._one("WHERE kind = 'mail' AND id = ? AND recipient = ?", message_id, to)

    def add(self, incoming: Incoming, at: datetime) -> Message:
        """Keep a new message; SQLite never gives a ``seq`` twice."""
        rows = self._sql.rows(
            "INSERT INTO message (kind, id, recipient, sender, subject, text, html, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            " RETURNING seq, kind, id, recipient, sender, subject, text, html, at",
            (
                incoming.kind,
                incoming.id,
                str(incoming.to),
                incoming.sender,
                incoming.subject,
                incoming.text,
                incoming.html,
                to_text(at),
            ),
        )
        return _message(rows[0])

    def after(self, to: str | None, seq: int, limit: int) -> list[Message]:
        """Return what came later, in order."""
        if to is None:
            return self._many("WHERE seq > ? ORDER BY seq LIMIT ?", seq, limit)
        return self._many(
            "WHERE recipient = ? AND seq > ? ORDER BY seq LIMIT ?",
            to,
            seq,
            limit,
        )

    def newest(self, to: str, kind: Kind, limit: int) -> list[Message]:
        """Return the latest, the newest first."""
        return self._many(
            "WHERE recipient = ? AND kind = ? ORDER BY seq DESC LIMIT ?",
            to,
            kind,
            limit,
        )

    def get(self, to: str, seq: int) -> Message | None:
        """Return one message of an inbox."""
        return self._one("WHERE recipient = ? AND seq = ?", to, seq)

    def inboxes(self) -> list[Inbox]:
        """Return every inbox with its latest message."""
        rows = self._sql.rows(
            "SELECT recipient, count(*), max(seq) FROM message GROUP BY recipient"
            " ORDER BY max(seq) DESC",
        )
        newest = {
            m.seq: m
            for m in self._many(
                "WHERE seq IN (SELECT max(seq) FROM message GROUP BY recipient)",
            )
        }
        return [Inbox(owner, newest[seq].kind, count, newest[seq]) for owner, count, seq in rows]

    def all(self) -> list[Message]:
        """Return every message in the order of arrival."""
        return self._many("ORDER BY seq")


@dataclass(frozen=True, slots=True)
class SqlUnit:
    """Implements ``ports.Unit``."""

    messages: SqlMessages
    approvals: SqlApprovals
    outbox: Outbox


def _no_outbox(_: Sql) -> Outbox:
    return Unconnected()


class Unconnected:
    """An outbox that takes nothing: of a phone that only receives."""

    def put(self, message: told.Message) -> None:
        """Refuse."""
        raise LookupError(f"this phone sends nothing: {message.kind}")


class SqlWork:
    """Implements ``ports.Work`` on one world's database."""

    def __init__(self, database: Database, outbox: Callable[[Sql], Outbox] = _no_outbox) -> None:
        """Use this world's file; ``outbox`` makes the kernel's outbox inside a unit of work."""
        self._database = database
        self._outbox = outbox

    @contextmanager
    def write(self) -> Iterator[Unit]:
        """Open a unit of work."""
        with self._database.write() as sql:
            yield self._unit(sql)

    @contextmanager
    def read(self) -> Iterator[Unit]:
        """Open a snapshot."""
        with self._database.read() as sql:
            yield self._unit(sql)

    def _unit(self, sql: Sql) -> SqlUnit:
        return SqlUnit(SqlMessages(sql), SqlApprovals(sql), self._outbox(sql))
