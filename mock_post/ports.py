"""What the post's service needs from outside, said in its own words."""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from mock_post.domain.order import Order
from mock_post.domain.parcel import Parcel, Trace
from simkit.core.messages import Agenda, Outbox


class Parcels(Protocol):
    """Remembers orders, parcels and what happened to them."""

    def of_order(self, customer: str, order_number: str) -> Parcel | None:
        """Return the parcel of a customer's order."""
        ...

    def get(self, item_code: str) -> Parcel | None:
        """Return the parcel that carries an item code."""
        ...

    def add(self, order: Order, parcel: Parcel, at: datetime) -> None:
        """Keep a new order, taken at ``at``, and its parcel."""
        ...

    def put(self, parcel: Parcel) -> None:
        """Keep what a parcel has become."""
        ...

    def note(self, trace: Trace) -> None:
        """Write a line into a parcel's history."""
        ...

    def history(self, item_code: str) -> list[Trace]:
        """Return a parcel's history, the oldest line first."""
        ...

    def all(self) -> list[Parcel]:
        """Return every parcel of the world in the order of its order."""
        ...

    def everything_noted(self) -> list[Trace]:
        """Return every line of every history in the order of writing."""
        ...


class Unit(Protocol):
    """One transaction."""

    @property
    def parcels(self) -> Parcels:
        """Return the parcels as this transaction sees them."""
        ...

    @property
    def outbox(self) -> Outbox:
        """Return where messages are put."""
        ...

    @property
    def agenda(self) -> Agenda:
        """Return where things to come are put."""
        ...


class Work(Protocol):
    """Opens transactions on this world's store."""

    def write(self) -> AbstractContextManager[Unit]:
        """Open one that is kept when the block ends well and undone when it does not."""
        ...

    def read(self) -> AbstractContextManager[Unit]:
        """Open one that only looks."""
        ...
