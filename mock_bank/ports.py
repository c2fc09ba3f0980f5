"""What the service needs from outside, said in the service's own words."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from mock_bank.domain.account import Account, Customer
from mock_bank.domain.ledger import Entry, Posting
from mock_bank.domain.otp import Challenge
from mock_bank.domain.payment import Payment
from mock_bank.domain.visit import Visit
from simkit.core.messages import Agenda, Outbox


@dataclass(frozen=True, slots=True)
class Booked:
    """A posting as the books keep it: numbered, with the cause and moment of its entry."""

    id: int
    about: str
    at: datetime
    posting: Posting


@dataclass(frozen=True, slots=True)
class Standing:
    """An account with its balance in đồng."""

    account: Account
    balance: int


class Accounts(Protocol):
    """Remembers accounts."""

    def find(self, number: str) -> Account | None:
        """Return the account under that number, if there is one."""
        ...

    def put(self, account: Account) -> None:
        """Open the account, or give the one with that number this owner."""
        ...


class Customers(Protocol):
    """Remembers who may sign in where."""

    def find(self, bank: str, user: str) -> Customer | None:
        """Return the customer of that bank under that user name, if there is one."""
        ...

    def put(self, customer: Customer) -> None:
        """Add the customer, or replace the one with that bank and user name."""
        ...


class Ledger(Protocol):
    """The books: entries are only ever added."""

    def balance(self, number: str) -> int:
        """Return the sum of the postings of an account, in đồng."""
        ...

    def book(self, entry: Entry) -> None:
        """Write the entry down; ``Conflict`` when an entry about the same is there."""
        ...

    def standings(self) -> Sequence[Standing]:
        """Return every account with its balance, by number."""
        ...

    def booked(self) -> Sequence[Booked]:
        """Return every posting, the oldest first."""
        ...


class Payments(Protocol):
    """Remembers payments, the visit of each and its challenge."""

    def find(self, request_id: str) -> Payment | None:
        """Return the payment of a request, if there is one."""
        ...

    def by_token(self, token: str) -> Payment | None:
        """Return the payment behind a customer's link, if there is one."""
        ...

    def add(self, payment: Payment) -> None:
        """Add a payment; nobody has visited it yet and no code was sent."""
        ...

    def put(self, payment: Payment) -> None:
        """Replace the payment of that request."""
        ...

    def visit(self, token: str) -> Visit:
        """Return where the customer is; before anybody signed in that is the first page."""
        ...

    def put_visit(self, token: str, visit: Visit) -> None:
        """Remember where the customer is."""
        ...

    def challenge(self, token: str) -> Challenge | None:
        """Return the challenge sent last, if one was sent."""
        ...

    def put_challenge(self, token: str, challenge: Challenge) -> None:
        """Remember the challenge sent last."""
        ...

    def all(self) -> Sequence[Payment]:
        """Return every payment, the oldest first."""
        ...


class Unit(Protocol):
    """What happens together or not at all."""

    @property
    def accounts(self) -> Accounts:
        """Return the accounts."""
        ...

    @property
    def customers(self) -> Customers:
        """Return the customers."""
        ...

    @property
    def ledger(self) -> Ledger:
        """Return the books."""
        ...

    @property
    def payments(self) -> Payments:
        """Return the payments."""
        ...

    @property
    def outbox(self) -> Outbox:
        """Return the messages to be told."""
        ...

    @property
    def agenda(self) -> Agenda:
        """Return what will happen by itself."""
        ...


class Work(Protocol):
    """Opens units of work."""

    def write(self) -> AbstractContextManager[Unit]:
        """Open a unit that may change things; one at a time in a world."""
        ...

    def read(self) -> AbstractContextManager[Unit]:
        """Open a unit that sees one moment and changes nothing."""
        ...


class Passwords(Protocol):
    """Hashes and compares passwords."""

    def hash(self, password: str) -> str:
        """Return a hash that can be kept."""
        ...

    def matches(self, password: str, hashed: str | None) -> bool:
        """Tell whether it fits; ``None`` stands for nobody and takes the same time."""
        ...
