"""Units of work over the store of one world."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mock_bank.store.books import AccountTable, CustomerTable, LedgerTable, WishTable
from mock_bank.store.payments import PaymentTable
from mock_bank.store.refunds import RefundTable
from mock_bank.store.transfers import TransferTable
from simkit.core.messages import Agenda, Outbox
from simkit.storage.database import Database
from simkit.storage.sql import Sql


@dataclass(frozen=True, slots=True)
class BankUnit:
    """Implements ``ports.Unit``."""

    accounts: AccountTable
    customers: CustomerTable
    wishes: WishTable
    ledger: LedgerTable
    payments: PaymentTable
    refunds: RefundTable
    transfers: TransferTable
    outbox: Outbox
    agenda: Agenda


class BankWork:
    """Implements ``ports.Work``."""

    def __init__(
        self,
        database: Database,
        outbox: Callable[[Sql], Outbox],
        agenda: Callable[[Sql], Agenda],
    ) -> None:
        """``outbox`` and ``agenda`` make the kernel's two inside a unit of work."""
        self._database = database
        self._outbox = outbox
        self._agenda = agenda

    @contextlib.contextmanager
    def write(self) -> Iterator[BankUnit]:
        """Open a unit that may change things; one at a time in a world."""
        with self._database.write() as sql:
            yield self._unit(sql)

    @contextlib.contextmanager
    def read(self) -> Iterator[BankUnit]:
        """Open a unit that sees one moment and changes nothing."""
        with self._database.read() as sql:
            yield self._unit(sql)

    def _unit(self, sql: Sql) -> BankUnit:
        return BankUnit(
            accounts=AccountTable(sql),
            customers=CustomerTable(sql),
            wishes=WishTable(sql),
            ledger=LedgerTable(sql),
            payments=PaymentTable(sql),
            refunds=RefundTable(sql),
            transfers=TransferTable(sql),
            outbox=self._outbox(sql),
            agenda=self._agenda(sql),
        )
