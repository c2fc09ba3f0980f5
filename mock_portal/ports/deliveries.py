"""What the topic of deliveries needs: a memory of orders to the post and of its reports."""

from typing import Protocol

from mock_portal.domain.delivery import Delivery, PostReport


class Deliveries(Protocol):
    """Remembers delivery orders and what the post reported of each."""

    def put(self, delivery: Delivery) -> None:
        """Add the delivery, or replace the one with its order number."""
        ...

    def find(self, order_number: str) -> Delivery | None:
        """Return the delivery with that order number, or ``None``."""
        ...

    def of_dossier(self, code: str) -> Delivery | None:
        """Return the delivery of the dossier with that code, or ``None``."""
        ...

    def add_report(self, report: PostReport) -> bool:
        """Keep a report and return true; change nothing and return false if its key is known."""
        ...

    def reports(self, order_number: str) -> list[PostReport]:
        """Return the reports of a delivery in the order in which things happened."""
        ...
