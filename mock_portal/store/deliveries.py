"""Delivery orders and the post's reports in SQL."""

from typing import Any

from mock_portal.domain.delivery import (
    Delivery,
    DeliveryState,
    HomeDelivery,
    PostReport,
    PostStatus,
)
from simkit.storage.moments import from_text, to_text
from simkit.storage.sql import Sql

_DELIVERY = "order_number, dossier, receiver, phone, address, place, at, state, item_code"


class SqlDeliveries:
    """Implements ``mock_portal.ports.deliveries.Deliveries`` inside one unit of work."""

    def __init__(self, sql: Sql) -> None:
        """Speak through the open unit."""
        self._sql = sql

    def put(self, delivery: Delivery) -> None:
        """Add the delivery, or replace the one with its order number."""
        to = delivery.to
        self._sql.rows(
            f"INSERT INTO delivery ({_DELIVERY}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 -- constant columns
            " ON CONFLICT (order_number) DO UPDATE SET state = excluded.state,"
            " item_code = excluded.item_code",
            (
                delivery.order_number,
                delivery.dossier,
                to.receiver,
                to.phone,
                to.address,
                to.place,
                to_text(delivery.at),
                delivery.state.value,
                delivery.item_code,
            ),
        )

    def find(self, order_number: str) -> Delivery | None:
        """Return the delivery with that order number, or ``None``."""
        return self._one("order_number", order_number)

    def of_dossier(self, code: str) -> Delivery | None:
        """Return the delivery of the dossier with that code, or ``None``."""
        return self._one("dossier", code)

    def add_report(self, report: PostReport) -> bool:
        """Keep a report and return true; change nothing and return false if its key is known."""
        made = self._sql.rows(
            "INSERT INTO delivery_report"
            " (key, order_number, item_code, status, message, at, office, notes)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING RETURNING key",
            (
                report.key,
                report.order_number,
                report.item_code,
                report.status.value,
                report.message,
                to_text(report.at),
                report.office,
                report.notes,
            ),
        )
        return bool(made)

    def reports(self, order_number: str) -> list[PostReport]:
        """Return the reports of a delivery in the order in which things happened."""
        found = self._sql.rows(
            "SELECT key, order_number, item_code, status, message, at, office, notes"
            " FROM delivery_report WHERE order_number = ? ORDER BY at, key",
            (order_number,),
        )
        return [
            PostReport(
                key=row[0],
                order_number=row[1],
                item_code=row[2],
                status=PostStatus(row[3]),
                message=row[4],
                at=from_text(row[5]),
                office=row[6],
                notes=row[7],
            )
            for row in found
        ]

    def _one(self, column: str, value: str) -> Delivery | None:
        row = self._sql.row(f"SELECT {_DELIVERY} FROM delivery WHERE {column} = ?", (value,))  # noqa: S608 -- constant names
        return _delivery(row) if row else None


def _delivery(row: tuple[Any, ...]) -> Delivery:
    return Delivery(
        order_number=row[0],
        dossier=row[1],
        to=HomeDelivery(*row[2:6]),
        at=from_text(row[6]),
        state=DeliveryState(row[7]),
        item_code=row[8],
    )
