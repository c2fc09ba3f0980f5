"""One unit of work about dossiers, fees and deliveries, and what the audit reads of them."""

from collections.abc import Callable

from mock_portal.ports.dossiers import Ledger
from mock_portal.store.deliveries import SqlDeliveries
from mock_portal.store.dossiers import SqlDossiers
from mock_portal.store.payments import SqlPayments
from simkit.core.messages import Agenda, Outbox
from simkit.storage.sql import Sql

_LEDGER: dict[str, tuple[str, tuple[str, ...]]] = {
    "counters": (
        "SELECT unit, day, last FROM dossier_counter ORDER BY unit, day",
        ("unit", "day", "last"),
    ),
    "fees": (
        "SELECT dossier, amount, state, settled_by FROM fee ORDER BY dossier",
        ("dossier", "amount", "state", "settled_by"),
    ),
    "orders": (
        "SELECT reference, dossier, amount, state FROM fee_order ORDER BY id",
        ("reference", "dossier", "amount", "state"),
    ),
    "receipts": (
        "SELECT number, dossier, amount, reference FROM fee_receipt ORDER BY number",
        ("number", "dossier", "amount", "reference"),
    ),
    "notices": (
        "SELECT reference, code, platform_id, source, answer, at FROM fee_notice ORDER BY id",
        ("reference", "code", "platform_id", "source", "answer", "at"),
    ),
    "receipt_counters": (
        "SELECT year, last FROM fee_receipt_counter ORDER BY year",
        ("year", "last"),
    ),
    "deliveries": (
        "SELECT dossier, order_number, item_code, state FROM delivery ORDER BY order_number",
        ("dossier", "order_number", "item_code", "state"),
    ),
    "reports": (
        "SELECT key, order_number, item_code, status FROM delivery_report ORDER BY at, key",
        ("id", "order_number", "item_code", "status"),
    ),
}


class SqlDossierUnit:
    """Implements ``mock_portal.ports.dossiers.DossierUnit``."""

    def __init__(
        self, sql: Sql, outbox: Callable[[Sql], Outbox], agenda: Callable[[Sql], Agenda]
    ) -> None:
        """``outbox`` and ``agenda`` open those of the world in the same unit."""
        self._sql = sql
        self._open_outbox = outbox
        self._open_agenda = agenda

    @property
    def dossiers(self) -> SqlDossiers:
        """The dossiers."""
        return SqlDossiers(self._sql)

    @property
    def payments(self) -> SqlPayments:
        """Fees, orders and receipts."""
        return SqlPayments(self._sql)

    @property
    def deliveries(self) -> SqlDeliveries:
        """Results on their way home."""
        return SqlDeliveries(self._sql)

    @property
    def outbox(self) -> Outbox:
        """Messages that leave when the unit is kept."""
        return self._open_outbox(self._sql)

    @property
    def agenda(self) -> Agenda:
        """Things that will happen by themselves."""
        return self._open_agenda(self._sql)

    def ledger(self) -> Ledger:
        """Return everything that the audit compares; rows that no dossier owns are shown too."""
        tables = {
            name: [dict(zip(names, row, strict=True)) for row in self._sql.rows(text)]
            for name, (text, names) in _LEDGER.items()
        }
        return {"dossiers": self._dossiers(), **tables}

    def _dossiers(self) -> list[dict[str, object]]:
        histories: dict[str, list[dict[str, object]]] = {}
        for ref, seq, event, before, after, at in self._sql.rows(
            'SELECT dossier, seq, event, "before", "after", at FROM dossier_history'
            " ORDER BY dossier, seq"
        ):
            row = {"seq": seq, "event": event, "from": before, "to": after, "at": at}
            histories.setdefault(ref, []).append(row)
        found = self._sql.rows(
            "SELECT ref, code, unit, procedure, state FROM dossier WHERE code IS NOT NULL"
            " ORDER BY code"
        )
        return [
            {
                "code": code,
                # Read back from the code itself, so that the audit compares it with the counters.
                "unit": unit,
                "day": _day(code),
                "number": int(code.rpartition("-")[2]),
                "procedure": procedure,
                "state": state,
                "history": histories.get(ref, []),
            }
            for ref, code, unit, procedure, state in found
        ]


def _day(code: str) -> str:
    digits = code.split("-")[-2]
    return f"20{digits[:2]}-{digits[2:4]}-{digits[4:]}"
