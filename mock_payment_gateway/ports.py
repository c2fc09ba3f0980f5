"""What the service needs from outside, said in the service's own words."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from mock_payment_gateway.domain.bank import Bank, BankWord
from mock_payment_gateway.domain.partner import Partner
from mock_payment_gateway.domain.payment import Payment
from simkit.core.messages import Agenda, Outbox


class Payments(Protocol):
    """Remembers orders."""

    def next_number(self) -> int:
        """Return the number of the next order of this world, from 1."""
        ...

    def add(self, payment: Payment) -> bool:
        """Add the order; ``False`` when its partner has used the reference before."""
        ...

    def put(self, payment: Payment) -> None:
        """Replace the order with that platform id."""
        ...

    def by_token(self, token: str) -> Payment | None:
        """Return the order of a payer's browser."""
        ...

    def by_request(self, request_id: str) -> Payment | None:
        """Return the order of a request at the bank."""
        ...

    def by_reference(self, partner: str, reference: str) -> Payment | None:
        """Return the order that a partner calls so."""
        ...

    def by_platform_id(self, platform_id: str) -> Payment | None:
        """Return the order that we call so."""
        ...

    def all(self) -> Sequence[Payment]:
        """Return every order, the oldest first."""
        ...


class Partners(Protocol):
    """Remembers who may ask for payments."""

    def find(self, code: str) -> Partner | None:
        """Return the partner, if there is one."""
        ...

    def put(self, partner: Partner) -> None:
        """Register the partner, or replace the one with that code."""
        ...


class Unit(Protocol):
    """One unit of work: all of it happens, or nothing."""

    @property
    def payments(self) -> Payments:
        """Orders."""
        ...

    @property
    def partners(self) -> Partners:
        """Partners."""
        ...

    @property
    def outbox(self) -> Outbox:
        """What is to be told."""
        ...

    @property
    def agenda(self) -> Agenda:
        """What will happen by itself."""
        ...


class Work(Protocol):
    """Opens units of work."""

    def write(self) -> AbstractContextManager[Unit]:
        """Open one that may change things; an exception undoes it."""
        ...

    def read(self) -> AbstractContextManager[Unit]:
        """Open one that sees a snapshot."""
        ...


class BankHouse(Protocol):
    """The banks, behind one interface."""

    def banks(self) -> Sequence[Bank]:
        """Return who can be chosen, or raise ``NeighbourDown``."""
        ...

    def create(self, payment: Payment, *, return_url: str, notice_url: str) -> str:
        """Ask for the payment and return the bank's page for it; the same request again is safe.

        Raises ``NeighbourDown``.
        """
        ...

    def ask(self, payment: Payment) -> BankWord:
        """Return how the payment stands at the bank, or raise ``NeighbourDown``."""
        ...


class Addresses(Protocol):
    """Where we are reached, as absolute addresses in this world."""

    def pay_page(self, token: str) -> str:
        """Return the page where the payer chooses a bank."""
        ...

    def return_page(self, token: str) -> str:
        """Return where the bank sends the payer's browser afterwards."""
        ...

    def notices(self) -> str:
        """Return where the bank tells us of a result."""
        ...
