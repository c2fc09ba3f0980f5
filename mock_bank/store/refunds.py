"""Refunds in SQL."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select

from mock_bank.domain.payment import Code
from mock_bank.domain.refund import Refund, RefundState
from mock_bank.store.tables import REFUND
from simkit.storage.sql import Sql


class RefundTable:
    """Implements ``ports.Refunds`` inside one unit of work."""

    def __init__(self, sql: Sql) -> None:
        """Take the unit."""
        self._sql = sql

    def find(self, refund_id: str) -> Refund | None:
        """Return the refund under the gateway's id, if there is one."""
        row = self._sql.run(select(REFUND).where(REFUND.c.refund_id == refund_id)).first()
        return _refund(row) if row else None

    def of(self, request_id: str) -> Sequence[Refund]:
        """Return the refunds of a payment, the oldest first."""
        mine = select(REFUND).where(REFUND.c.request_id == request_id).order_by(REFUND.c.id)
        return [_refund(row) for row in self._sql.run(mine)]

    def add(self, refund: Refund) -> None:
        """Add a refund."""
        self._sql.run(
            REFUND.insert(),
            {
                "refund_id": refund.refund_id,
                "request_id": refund.request_id,
                "amount": refund.amount,
                "asked_at": refund.asked_at,
                "notice_url": refund.notice_url,
                **_standing(refund),
            },
        )

    def put(self, refund: Refund) -> None:
        """Replace what may change of a refund."""
        mine = REFUND.c.refund_id == refund.refund_id
        self._sql.run(REFUND.update().where(mine).values(**_standing(refund)))

    def all(self) -> Sequence[Refund]:
        """Return every refund, the oldest first."""
        return [_refund(row) for row in self._sql.run(select(REFUND).order_by(REFUND.c.id))]


def _standing(refund: Refund) -> dict[str, object]:
    return {
        "state": refund.state,
        "code": refund.code,
        "bank_ref": refund.bank_ref,
        "done_at": refund.done_at,
    }


def _refund(row: Row[Any]) -> Refund:
    return Refund(
        refund_id=row.refund_id,
        request_id=row.request_id,
        amount=row.amount,
        asked_at=row.asked_at,
        notice_url=row.notice_url,
        state=RefundState(row.state),
        code=Code(row.code) if row.code else None,
        bank_ref=row.bank_ref,
        done_at=row.done_at,
    )
