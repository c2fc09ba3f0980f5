"""Fees, orders to pay them and receipts in SQL."""

from typing import Any

from mock_portal.domain.fee import DossierFee, FeeReceipt, FeeState, Order, OrderState
from mock_portal.ports.payments import NoticeRecord
from mock_portal.store.dossiers import maybe_moment, maybe_text
from simkit.storage.moments import from_text, to_text
from simkit.storage.sql import Sql

_ORDER = "reference, dossier, amount, at, state, pay_url, code, platform_id, bank, settled_at"
_RECEIPT = "number, dossier, amount, reference, payer, issued_at, platform_id, bank"


class SqlPayments:
    """Implements ``mock_portal.ports.payments.Payments`` inside one unit of work."""

    def __init__(self, sql: Sql) -> None:
        """Speak through the open unit."""
        self._sql = sql

    def put_fee(self, fee: DossierFee) -> None:
        """Add the fee of a dossier, or replace it."""
        self._sql.rows(
            "INSERT INTO fee (dossier, amount, state, settled_by, settled_at)"
            " VALUES (?, ?, ?, ?, ?) ON CONFLICT (dossier) DO UPDATE SET"
            " amount = excluded.amount, state = excluded.state,"
            " settled_by = excluded.settled_by, settled_at = excluded.settled_at",
            (
                fee.dossier,
                fee.amount,
                fee.state.value,
                fee.settled_by,
                maybe_text(fee.settled_at),
            ),
        )

    def fee(self, dossier: str) -> DossierFee | None:
        """Return the fee of the dossier with that code, or ``None``."""
        row = self._sql.row(
            "SELECT dossier, amount, state, settled_by, settled_at FROM fee WHERE dossier = ?",
            (dossier,),
        )
        if row is None:
            return None
        return DossierFee(row[0], row[1], FeeState(row[2]), row[3], maybe_moment(row[4]))

    def put_order(self, order: Order) -> None:
        """Add the order, or replace the one with its reference."""
        self._sql.rows(
            f"INSERT INTO fee_order ({_ORDER}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 -- constant columns
            " ON CONFLICT (reference) DO UPDATE SET state = excluded.state,"
            " pay_url = excluded.pay_url, code = excluded.code,"
            " platform_id = excluded.platform_id, bank = excluded.bank,"
            " settled_at = excluded.settled_at",
            (
                order.reference,
                order.dossier,
                order.amount,
                to_text(order.at),
                order.state.value,
                order.pay_url,
                order.code,
                order.platform_id,
                order.bank,
                maybe_text(order.settled_at),
            ),
        )

    def order(self, reference: str) -> Order | None:
        """Return the order with that reference, or ``None``."""
        row = self._sql.row(f"SELECT {_ORDER} FROM fee_order WHERE reference = ?", (reference,))  # noqa: S608 -- constant columns
        return _order(row) if row else None

    def orders(self, dossier: str) -> list[Order]:
        """Return the orders of a dossier, the oldest first."""
        found = self._sql.rows(
            f"SELECT {_ORDER} FROM fee_order WHERE dossier = ? ORDER BY id",  # noqa: S608 -- constant columns
            (dossier,),
        )
        return [_order(row) for row in found]

    def next_receipt(self, year: int) -> int:
        """Return the next running number of a year."""
        found = self._sql.rows(
            "INSERT INTO fee_receipt_counter (year, last) VALUES (?, 1) ON CONFLICT (year)"
            " DO UPDATE SET last = fee_receipt_counter.last + 1 RETURNING last",
            (year,),
        )
        return int(found[0][0])

    def add_receipt(self, receipt: FeeReceipt) -> None:
        """Keep a receipt."""
        self._sql.rows(
            f"INSERT INTO fee_receipt ({_RECEIPT}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 -- constant columns
            (
                receipt.number,
                receipt.dossier,
                receipt.amount,
                receipt.reference,
                receipt.payer,
                to_text(receipt.issued_at),
                receipt.platform_id,
                receipt.bank,
            ),
        )

    def receipt(self, number: str) -> FeeReceipt | None:
        """Return the receipt with that number, or ``None``."""
        return self._receipt("number", number)

    def receipt_of(self, dossier: str) -> FeeReceipt | None:
        """Return the receipt of a dossier, or ``None``."""
        return self._receipt("dossier", dossier)

    def note(self, record: NoticeRecord) -> None:
        """Keep that the platform told something, and what came of it."""
        self._sql.rows(
            "INSERT INTO fee_notice (source, reference, code, platform_id, answer, at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                record.source,
                record.reference,
                record.code,
                record.platform_id,
                record.answer,
                to_text(record.at),
            ),
        )

    def _receipt(self, column: str, value: str) -> FeeReceipt | None:
        row = self._sql.row(f"SELECT {_RECEIPT} FROM fee_receipt WHERE {column} = ?", (value,))  # noqa: S608 -- constant names
        if row is None:
            return None
        return FeeReceipt(row[0], row[1], row[2], row[3], row[4], from_text(row[5]), row[6], row[7])


def _order(row: tuple[Any, ...]) -> Order:
    return Order(
        reference=row[0],
        dossier=row[1],
        amount=row[2],
        at=from_text(row[3]),
        state=OrderState(row[4]),
        pay_url=row[5],
        code=row[6],
        platform_id=row[7],
        bank=row[8],
        settled_at=maybe_moment(row[9]),
    )
