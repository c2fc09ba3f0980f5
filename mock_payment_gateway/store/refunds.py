"""Refunds of platform orders as rows."""

from collections.abc import Sequence
from typing import Any

from mock_payment_gateway.domain.refund import Refund, RefundState
from simkit.storage.moments import from_text, to_text
from simkit.storage.sql import Sql

_SELECT = "SELECT partner, name, platform_id, refund_id, amount, state, done_at FROM refund"


class RefundRows:
    """Implements ``ports.RefundBook`` inside one unit of work."""

    def __init__(self, sql: Sql) -> None:
        """Use the unit's connection."""
        self._sql = sql

    def find(self, partner: str, name: str) -> Refund | None:
        """Return the refund that a partner calls so."""
        return self._first(f"{_SELECT} WHERE partner = ? AND name = ?", partner, name)

    def by_id(self, refund_id: str) -> Refund | None:
        """Return the refund that the bank knows by that id."""
        return self._first(f"{_SELECT} WHERE refund_id = ?", refund_id)

    def of(self, platform_id: str) -> Sequence[Refund]:
        """Return the refunds of an order."""
        return self._some(f"{_SELECT} WHERE platform_id = ?", platform_id)

    def all(self) -> Sequence[Refund]:
        """Return every refund, the oldest first."""
        return self._some(f"{_SELECT} ORDER BY rowid")

    def put(self, refund: Refund) -> None:
        """Add the refund, or replace the one with that id."""
        self._sql.rows(
            "INSERT INTO refund (partner, name, platform_id, refund_id, amount, state, done_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (refund_id) DO UPDATE SET"
            " state = excluded.state, done_at = excluded.done_at",
            (
                refund.partner,
                refund.name,
                refund.platform_id,
                refund.refund_id,
                refund.amount,
                refund.state,
                to_text(refund.done_at) if refund.done_at else None,
            ),
        )

    def _first(self, statement: str, *values: str) -> Refund | None:
        return next(iter(self._some(statement, *values)), None)

    def _some(self, statement: str, *values: str) -> list[Refund]:
        rows = self._sql.rows(statement, values)
        return [_refund(row) for row in rows]


def _refund(row: tuple[Any, ...]) -> Refund:
    partner, name, platform_id, refund_id, amount, state, done_at = row
    return Refund(
        partner=partner,
        name=name,
        platform_id=platform_id,
        refund_id=refund_id,
        amount=amount,
        state=RefundState(state),
        done_at=from_text(done_at) if done_at else None,
    )
