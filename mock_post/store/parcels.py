"""Parcels in SQL, and the transactions around them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, insert, select, update

from mock_post.domain.order import Order
from mock_post.domain.parcel import Parcel, ParcelState, Trace
from mock_post.ports import Unit
from mock_post.store.tables import PARCEL, TRACE
from simkit.core.messages import Agenda, Outbox
from simkit.storage.database import Database
from simkit.storage.sql import Sql

_PARCELS = select(
    PARCEL.c.item_code,
    PARCEL.c.customer,
    PARCEL.c.order_number,
    PARCEL.c.route,
    PARCEL.c.state,
    PARCEL.c.changed_at,
    PARCEL.c.legs_done,
).order_by(PARCEL.c.seq)
_TRACES = select(
    TRACE.c.id,
    TRACE.c.item_code,
    TRACE.c.state,
    TRACE.c.at,
    TRACE.c.office_code,
    TRACE.c.office_name,
    TRACE.c.note,
).order_by(TRACE.c.seq)


def _parcel(row: Row[Any]) -> Parcel:
    return Parcel(
        item_code=row.item_code,
        customer=row.customer,
        order_number=row.order_number,
        route=row.route,
        state=ParcelState(row.state),
        changed_at=row.changed_at,
        legs_done=row.legs_done,
    )


def _trace(row: Row[Any]) -> Trace:
    return Trace(
        id=row.id,
        item_code=row.item_code,
        state=ParcelState(row.state),
        at=row.at,
        office_code=row.office_code,
        office_name=row.office_name,
        note=row.note,
    )


class SqlParcels:
    """Implements ``ports.Parcels`` inside one unit of work."""

    def __init__(self, sql: Sql) -> None:
        """Use the unit's connection."""
        self._sql = sql

    def _one(self, which: Select[Any]) -> Parcel | None:
        row = self._sql.run(which).first()
        return None if row is None else _parcel(row)

    def of_order(self, customer: str, order_number: str) -> Parcel | None:
        """Return the parcel of a customer's order."""
        return self._one(
            _PARCELS.where(PARCEL.c.customer == customer, PARCEL.c.order_number == order_number),
        )

    def get(self, item_code: str) -> Parcel | None:
        """Return the parcel that carries an item code."""
        return self._one(_PARCELS.where(PARCEL.c.item_code == item_code))

    def add(self, order: Order, parcel: Parcel, at: datetime) -> None:
        """Keep a new order and its parcel; the table forbids a second one of either."""
        self._sql.run(
            insert(PARCEL).values(
                item_code=parcel.item_code,
                customer=order.customer,
                order_number=order.number,
                route=parcel.route,
                state=parcel.state,
                changed_at=parcel.changed_at,
                legs_done=parcel.legs_done,
                ordered_at=at,
                item_kind=order.item_kind,
                cod=order.cod,
                sender_name=order.sender.name,
                sender_address=order.sender.address,
                sender_phone=order.sender.phone,
                receiver_name=order.receiver.name,
                receiver_address=order.receiver.address,
                receiver_phone=order.receiver.phone,
                province=order.province,
                district=order.district,
                description=order.description,
            ),
        )

    def put(self, parcel: Parcel) -> None:
        """Keep what a parcel has become."""
        self._sql.run(
            update(PARCEL)
            .where(PARCEL.c.item_code == parcel.item_code)
            .values(state=parcel.state, changed_at=parcel.changed_at, legs_done=parcel.legs_done),
        )

    def note(self, trace: Trace) -> None:
        """Write a line into a parcel's history."""
        self._sql.run(
            insert(TRACE).values(
                id=trace.id,
                item_code=trace.item_code,
                state=trace.state,
                at=trace.at,
                office_code=trace.office_code,
                office_name=trace.office_name,
                note=trace.note,
            ),
        )

    def history(self, item_code: str) -> list[Trace]:
        """Return a parcel's history, the oldest line first."""
        return [_trace(r) for r in self._sql.run(_TRACES.where(TRACE.c.item_code == item_code))]

    def all(self) -> list[Parcel]:
        """Return every parcel in the order of its order."""
        return [_parcel(row) for row in self._sql.run(_PARCELS)]

    def everything_noted(self) -> list[Trace]:
        """Return every line of every history in the order of writing."""
        return [_trace(row) for row in self._sql.run(_TRACES)]


@dataclass(frozen=True, slots=True)
class SqlUnit:
    """Implements ``ports.Unit``."""

    parcels: SqlParcels
    outbox: Outbox
    agenda: Agenda


class SqlWork:
    """Implements ``ports.Work`` on one world's database."""

    def __init__(
        self,
        database: Database,
        outbox: Callable[[Sql], Outbox],
        agenda: Callable[[Sql], Agenda],
    ) -> None:
        """``outbox`` and ``agenda`` make the world's own for a unit of work."""
        self._database = database
        self._outbox = outbox
        self._agenda = agenda

    def _unit(self, sql: Sql) -> Unit:
        return SqlUnit(SqlParcels(sql), self._outbox(sql), self._agenda(sql))

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
