"""Dossiers in SQL: the look-up and the submission are hot, so their text is kept here."""

from datetime import date, datetime
from typing import Any

from mock_portal.domain.attachment import Attachment, FileKind
from mock_portal.domain.delivery import HomeDelivery
from mock_portal.domain.dossier import (
    Applicant,
    Dossier,
    DossierEvent,
    DossierState,
    HistoryRow,
    PublicFacts,
)
from simkit.storage.moments import from_text, to_text
from simkit.storage.sql import Sql

_COLUMNS = (
    "ref, code, owner, procedure, unit, state, full_name, id_number, email, phone, address,"
    " at_home, receiver, receiver_phone, receiver_address, receiver_place,"
    " created_at, submitted_at, received_at, due_at"
)
_PUT = (
    f"INSERT INTO dossier ({_COLUMNS})"  # noqa: S608 -- a constant list of columns
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (ref) DO UPDATE SET code = excluded.code, unit = excluded.unit,"
    " state = excluded.state, full_name = excluded.full_name, id_number = excluded.id_number,"
    " email = excluded.email, phone = excluded.phone, address = excluded.address,"
    " at_home = excluded.at_home, receiver = excluded.receiver,"
    " receiver_phone = excluded.receiver_phone, receiver_address = excluded.receiver_address,"
    " receiver_place = excluded.receiver_place, submitted_at = excluded.submitted_at,"
    " received_at = excluded.received_at, due_at = excluded.due_at"
)
_PUBLIC = "SELECT code, procedure, unit, state, submitted_at, due_at FROM dossier WHERE code = ?"
_COUNT = (
    "INSERT INTO dossier_counter (unit, day, last) VALUES (?, ?, 1)"
    " ON CONFLICT (unit, day) DO UPDATE SET last = dossier_counter.last + 1 RETURNING last"
)


class SqlDossiers:
    """Implements ``mock_portal.ports.dossiers.Dossiers`` inside one unit of work."""

    def __init__(self, sql: Sql) -> None:
        """Speak through the open unit."""
        self._sql = sql

    def put(self, dossier: Dossier) -> None:
        """Add the dossier or replace it, and keep the newest row of its history."""
        self._sql.rows(_PUT, _row_of(dossier))
        if dossier.history:
            self._keep_history(dossier.ref, dossier.last)

    def attach(self, ref: str, attachment: Attachment) -> None:
        """Add a file to the dossier with that inner reference."""
        self._sql.rows(
            "INSERT INTO dossier_file (ref, dossier, component, name, kind, size, sha256, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                attachment.ref,
                ref,
                attachment.component,
                attachment.name,
                attachment.kind.value,
                attachment.size,
                attachment.sha256,
                to_text(attachment.at),
            ),
        )

    def detach(self, ref: str, attachment_ref: str) -> None:
        """Take a file off a draft; nothing happens if it is gone already."""
        self._sql.rows(
            "DELETE FROM dossier_file WHERE dossier = ? AND ref = ?", (ref, attachment_ref)
        )

    def find(self, ref: str) -> Dossier | None:
        """Return the dossier with that inner reference, with files and history."""
        return self._one("ref", ref)

    def of_code(self, code: str) -> Dossier | None:
        """Return the dossier with that code, with files and history."""
        return self._one("code", code)

    def of_owner(self, owner: str, limit: int) -> list[Dossier]:
        """Return an account's newest dossiers and drafts, without files and history."""
        found = self._sql.rows(
            f"SELECT {_COLUMNS} FROM dossier WHERE owner = ?"  # noqa: S608 -- constant columns
            " ORDER BY created_at DESC, ref LIMIT ?",
            (owner, limit),
        )
        return [_dossier(row) for row in found]

    def of_unit(
        self, unit: str | None, state: DossierState | None, day: date | None, limit: int
    ) -> list[Dossier]:
        """Return a unit's dossiers, the newest first, without files and history."""
        wanted: list[tuple[str, str]] = []
        if unit is not None:
            wanted.append(("unit = ?", unit))
        if state is not None:
            wanted.append(("state = ?", state.value))
        if day is not None:
            wanted.append(("substr(submitted_at, 1, 10) = ?", day.isoformat()))
        where = "".join(f" AND {condition}" for condition, _ in wanted)
        found = self._sql.rows(
            f"SELECT {_COLUMNS} FROM dossier WHERE submitted_at IS NOT NULL{where}"  # noqa: S608 -- constant conditions
            " ORDER BY submitted_at DESC, code DESC LIMIT ?",
            (*(value for _, value in wanted), limit),
        )
        return [_dossier(row) for row in found]

    def public(self, code: str) -> PublicFacts | None:
        """Return what anybody may know."""
        row = self._sql.row(_PUBLIC, (code,))
        if row is None:
            return None
        return PublicFacts(row[0], row[1], row[2], DossierState(row[3]), row[4], row[5])

    def next_number(self, unit: str, day: date) -> int:
        """Return the next running number of that unit and day."""
        return _number(self._sql.rows(_COUNT, (unit, day.isoformat())))

    def remember_key(self, key: str, fingerprint: str, ref: str) -> None:
        """Keep which dossier a client's idempotency key made."""
        self._sql.rows(
            "INSERT INTO dossier_key (key, fingerprint, dossier) VALUES (?, ?, ?)",
            (key, fingerprint, ref),
        )

    def known_key(self, key: str) -> tuple[str, str] | None:
        """Return fingerprint and inner reference of a key that was used, or ``None``."""
        row = self._sql.row("SELECT fingerprint, dossier FROM dossier_key WHERE key = ?", (key,))
        return (row[0], row[1]) if row else None

    def _one(self, column: str, value: str) -> Dossier | None:
        row = self._sql.row(f"SELECT {_COLUMNS} FROM dossier WHERE {column} = ?", (value,))  # noqa: S608 -- constant names
        if row is None:
            return None
        return _dossier(row, self._files(row[0]), self._history(row[0]))

    def _files(self, ref: str) -> tuple[Attachment, ...]:
        found = self._sql.rows(
            "SELECT ref, component, name, kind, size, sha256, at FROM dossier_file"
            " WHERE dossier = ? ORDER BY id",
            (ref,),
        )
        return tuple(
            Attachment(r[0], r[1], r[2], FileKind(r[3]), r[4], r[5], from_text(r[6])) for r in found
        )

    def _history(self, ref: str) -> tuple[HistoryRow, ...]:
        found = self._sql.rows(
            'SELECT seq, event, "before", "after", at, who, reason FROM dossier_history'
            " WHERE dossier = ? ORDER BY seq",
            (ref,),
        )
        return tuple(
            HistoryRow(
                seq=r[0],
                event=DossierEvent(r[1]),
                before=DossierState(r[2]),
                after=DossierState(r[3]),
                at=from_text(r[4]),
                who=r[5],
                reason=r[6],
            )
            for r in found
        )

    def _keep_history(self, ref: str, row: HistoryRow) -> None:
        self._sql.rows(
            "INSERT INTO dossier_history"
            ' (dossier, seq, event, "before", "after", at, who, reason)'
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (dossier, seq) DO NOTHING",
            (
                ref,
                row.seq,
                row.event.value,
                row.before.value,
                row.after.value,
                to_text(row.at),
                row.who,
                row.reason,
            ),
        )


def _row_of(dossier: Dossier) -> tuple[Any, ...]:
    applicant, delivery = dossier.applicant, dossier.delivery or HomeDelivery()
    return (
        dossier.ref,
        dossier.code or None,
        dossier.owner,
        dossier.procedure,
        dossier.unit,
        dossier.state.value,
        applicant.full_name,
        applicant.id_number,
        applicant.email,
        applicant.phone,
        applicant.address,
        int(dossier.delivery is not None),
        delivery.receiver,
        delivery.phone,
        delivery.address,
        delivery.place,
        to_text(dossier.created_at),
        maybe_text(dossier.submitted_at),
        maybe_text(dossier.received_at),
        maybe_text(dossier.due_at),
    )


def _dossier(
    row: tuple[Any, ...],
    files: tuple[Attachment, ...] = (),
    history: tuple[HistoryRow, ...] = (),
) -> Dossier:
    return Dossier(
        ref=row[0],
        code=row[1] or "",
        owner=row[2],
        procedure=row[3],
        unit=row[4],
        state=DossierState(row[5]),
        applicant=Applicant(*row[6:11]),
        delivery=HomeDelivery(*row[12:16]) if row[11] else None,
        created_at=from_text(row[16]),
        submitted_at=maybe_moment(row[17]),
        received_at=maybe_moment(row[18]),
        due_at=maybe_moment(row[19]),
        attachments=files,
        history=history,
    )


def maybe_text(at: datetime | None) -> str | None:
    """Return a moment as stored, or ``None``."""
    return None if at is None else to_text(at)


def maybe_moment(text: str | None) -> datetime | None:
    """Return a stored moment, or ``None``."""
    return None if text is None else from_text(text)


def _number(rows: list[tuple[Any, ...]]) -> int:
    return int(rows[0][0])
