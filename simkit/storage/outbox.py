"""The outbox and the agenda, as tables."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from simkit.core.messages import Due, Message
from simkit.storage.moments import from_text, to_text
from simkit.storage.sql import Sql


@dataclass(frozen=True, slots=True)
class Pending:
    """A message that is still to be delivered."""

    id: int
    message: Message
    trace: str
    due: datetime
    tries: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one try to deliver."""

    id: int
    state: str
    due: datetime
    tries: int
    detail: str


class OutboxTable:
    """Implements ``simkit.core.messages.Outbox`` inside one unit of work."""

    def __init__(
        self,
        sql: Sql,
        now: Callable[[], datetime],
        wake: Callable[[], None],
        trace: Callable[[], str],
    ) -> None:
        """``wake`` is called once the unit is on disk; ``trace`` names the present conversation."""
        self._sql = sql
        self._now = now
        self._wake = wake
        self._trace = trace

    def put(self, message: Message) -> None:
        """Keep the message unless its ``(kind, key)`` is kept already."""
        # Not «ON CONFLICT DO NOTHING»: that uses a number up even when nothing is written, and a
        # missing number is how the audit knows that a message was lost.
        self._sql.rows(
            'INSERT INTO sim_outbox (kind, "key", "to", about, body, trace,'
            " state, due, tries, detail) SELECT ?, ?, ?, ?, ?, ?, 'due', ?, 0, ''"
            ' WHERE NOT EXISTS (SELECT 1 FROM sim_outbox WHERE kind = ? AND "key" = ?)',
            (
                message.kind,
                message.key,
                message.to,
                message.about,
                json.dumps(message.body, ensure_ascii=False),
                self._trace(),
                to_text(message.due or self._now()),
                message.kind,
                message.key,
            ),
        )
        self._sql.after_commit(self._wake)


class AgendaTable:
    """Implements ``simkit.core.messages.Agenda`` inside one unit of work."""

    def __init__(self, sql: Sql, wake: Callable[[], None]) -> None:
        """``wake`` is called once the unit is on disk."""
        self._sql = sql
        self._wake = wake

    def put(self, kind: str, key: str, due: datetime, facts: Mapping[str, str]) -> None:
        """Set the appointment, or move it."""
        self._sql.rows(
            'INSERT INTO sim_agenda (kind, "key", facts, due) VALUES (?, ?, ?, ?)'
            ' ON CONFLICT (kind, "key") DO UPDATE SET facts = excluded.facts, due = excluded.due',
            (kind, key, json.dumps(dict(facts), ensure_ascii=False), to_text(due)),
        )
        self._sql.after_commit(self._wake)

    def drop(self, kind: str, key: str) -> None:
        """Forget it, if it has not happened yet."""
        self._sql.rows('DELETE FROM sim_agenda WHERE kind = ? AND "key" = ?', (kind, key))


# -- the dispatcher's side ----------------------------------------------------------------------


def due_messages(sql: Sql, now: datetime, limit: int) -> list[Pending]:
    """Return what is to be delivered now, the longest due first."""
    found = sql.rows(
        'SELECT id, kind, "key", "to", about, body, trace, due, tries FROM sim_outbox'
        " WHERE state = 'due' AND due <= ? ORDER BY due, id LIMIT ?",
        (to_text(now), limit),
    )
    return [
        Pending(
            id=row[0],
            message=Message(row[1], row[2], row[3], json.loads(row[5]), row[4]),
            trace=row[6],
            due=from_text(row[7]),
            tries=row[8],
        )
        for row in found
    ]


def record_outcomes(sql: Sql, outcomes: Iterable[Outcome]) -> None:
    """Write down what came of deliveries."""
    for o in outcomes:
        sql.rows(
            "UPDATE sim_outbox SET state = ?, due = ?, tries = ?, detail = ? WHERE id = ?",
            (o.state, to_text(o.due), o.tries, o.detail, o.id),
        )


def due_appointment(sql: Sql, now: datetime) -> tuple[int, Due] | None:
    """Return the first appointment whose time has come, with its row's id."""
    row = sql.row(
        'SELECT id, kind, "key", facts, due FROM sim_agenda'
        " WHERE due <= ? ORDER BY due, id LIMIT 1",
        (to_text(now),),
    )
    if row is None:
        return None
    return row[0], Due(row[1], row[2], json.loads(row[3]), from_text(row[4]))


def strike(sql: Sql, appointment_id: int) -> bool:
    """Take an appointment off the agenda; tell whether it was still there."""
    return bool(
        sql.rows("DELETE FROM sim_agenda WHERE id = ? RETURNING id", (appointment_id,)),
    )


def postpone(sql: Sql, appointment_id: int, due: datetime) -> None:
    """Move an appointment that could not be kept."""
    sql.rows("UPDATE sim_agenda SET due = ? WHERE id = ?", (to_text(due), appointment_id))


def next_due(sql: Sql) -> datetime | None:
    """Return when the next message or appointment is due, be that past or future."""
    row = sql.row(
        "SELECT min(due) FROM (SELECT min(due) AS due FROM sim_outbox WHERE state = 'due'"
        " UNION ALL SELECT min(due) FROM sim_agenda)",
    )
    return from_text(row[0]) if row and row[0] else None


def outbox_listing(sql: Sql) -> list[dict[str, Any]]:
    """Return every message, for the control room and the audit."""
    names = ("id", "kind", "key", "to", "about", "state", "due", "tries", "detail")
    found = sql.rows(
        'SELECT id, kind, "key", "to", about, state, due, tries, detail'
        " FROM sim_outbox ORDER BY id",
    )
    return [dict(zip(names, row, strict=True)) for row in found]


def agenda_listing(sql: Sql) -> list[dict[str, Any]]:
    """Return every appointment, the next one first, for the audit."""
    found = sql.rows('SELECT kind, "key", due FROM sim_agenda ORDER BY due, id')
    return [dict(zip(("kind", "key", "due"), row, strict=True)) for row in found]


def last_outbox_id(sql: Sql) -> int:
    """Return the highest number that the outbox ever gave: a gap below it is a lost message."""
    row = sql.row("SELECT seq FROM sqlite_sequence WHERE name = 'sim_outbox'")
    return int(row[0]) if row else 0
