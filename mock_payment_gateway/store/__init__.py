"""Where the gateway keeps what a world knows."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from mock_payment_gateway.domain.partner import Partner
from mock_payment_gateway.domain.vnpay.merchant import Merchant
from mock_payment_gateway.store.courses import CourseRows
from mock_payment_gateway.store.files import FileRows
from mock_payment_gateway.store.partners import PartnerRows
from mock_payment_gateway.store.payments import PaymentRows
from mock_payment_gateway.store.refunds import RefundRows
from mock_payment_gateway.store.sales import MerchantRows, SaleRows
from simkit.core.messages import Agenda, Outbox
from simkit.storage.database import Database
from simkit.storage.sql import Sql


@dataclass(frozen=True, slots=True)
class StoredUnit:
    """Implements ``ports.Unit``."""

    payments: PaymentRows
    partners: PartnerRows
    refunds: RefundRows
    sales: SaleRows
    merchants: MerchantRows
    courses: CourseRows
    files: FileRows
    outbox: Outbox
    agenda: Agenda


class StoredWork:
    """Implements ``ports.Work`` on one world's database."""

    def __init__(
        self,
        database: Database,
        *,
        outbox: Callable[[Sql], Outbox],
        agenda: Callable[[Sql], Agenda],
        standing: Mapping[str, Partner],
        merchants: Mapping[str, Merchant] | None = None,
    ) -> None:
        """``outbox`` and ``agenda`` open the kernel's tables in a unit.

        ``standing``, ``merchants``: whom every world has; see ``PartnerRows``.
        """
        self._merchants = merchants or {}
        self._database = database
        self._outbox = outbox
        self._agenda = agenda
        self._standing = standing

    @contextmanager
    def write(self) -> Iterator[StoredUnit]:
        """Open a unit that may change things; an exception undoes it."""
        with self._database.write() as sql:
            yield self._unit(sql)

    @contextmanager
    def read(self) -> Iterator[StoredUnit]:
        """Open a unit that sees a snapshot."""
        with self._database.read() as sql:
            yield self._unit(sql)

    def _unit(self, sql: Sql) -> StoredUnit:
        return StoredUnit(
            PaymentRows(sql),
            PartnerRows(sql, self._standing),
            RefundRows(sql),
            SaleRows(sql),
            MerchantRows(sql, self._merchants),
            CourseRows(sql),
            FileRows(sql),
            self._outbox(sql),
            self._agenda(sql),
        )
