"""Transfers in SQL."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select

from mock_bank.domain.payment import Code
from mock_bank.domain.transfer import Transfer, TransferState
from mock_bank.store.tables import TRANSFER
from simkit.storage.sql import Sql


class TransferTable:
    """Implements ``ports.Transfers`` inside one unit of work."""

    def __init__(self, sql: Sql) -> None:
        """Take the unit."""
        self._sql = sql

    def find(self, key: str) -> Transfer | None:
        """Return the transfer under the sender's key, if there is one."""
        row = self._sql.run(select(TRANSFER).where(TRANSFER.c.key == key)).first()
        return _transfer(row) if row else None

    def add(self, transfer: Transfer) -> None:
        """Add a transfer."""
        self._sql.run(
            TRANSFER.insert(),
            {
                "key": transfer.key,
                "source": transfer.source,
                "target": transfer.target,
                "amount": transfer.amount,
                "content": transfer.content,
                "asked_at": transfer.asked_at,
                "state": transfer.state,
                "code": transfer.code,
                "bank_ref": transfer.bank_ref,
                "to_return": transfer.to_return,
            },
        )

    def put(self, transfer: Transfer) -> None:
        """Replace what may change of a transfer that was booked."""
        mine = TRANSFER.c.key == transfer.key
        self._sql.run(TRANSFER.update().where(mine).values(state=transfer.state))

    def all(self) -> Sequence[Transfer]:
        """Return every transfer, the oldest first."""
        return [_transfer(row) for row in self._sql.run(select(TRANSFER).order_by(TRANSFER.c.id))]


def _transfer(row: Row[Any]) -> Transfer:
    return Transfer(
        key=row.key,
        source=row.source,
        target=row.target,
        amount=row.amount,
        content=row.content,
        asked_at=row.asked_at,
        state=TransferState(row.state),
        code=Code(row.code) if row.code else None,
        bank_ref=row.bank_ref,
        to_return=row.to_return,
    )
