"""What the service needs from outside, said in the service's own words."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from mock_bank.domain.account import Account, Customer
from mock_bank.domain.door import Door
from mock_bank.domain.ledger import Entry, Posting
from mock_bank.domain.otp import Challenge
from mock_bank.domain.payment import Payment
from mock_bank.domain.refund import Refund
from mock_bank.domain.rules import Spent
from mock_bank.domain.statement import Line
from mock_bank.domain.transfer import Transfer
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

    def owner_of(self, account: str) -> Customer | None:
        """Return the customer whose account has that number, if there is one."""
        ...

    def door(self, bank: str, user: str) -> Door:
        """Return the door of a user name at a bank, whether anybody has that name or not."""
        ...

    def put_door(self, bank: str, user: str, door: Door) -> None:
        """Remember a door."""
        ...


class Wishes(Protocol):
    """Remembers what the control room asked for: outcomes by what they are about."""

    def find(self, keys: Sequence[str]) -> int | None:
        """Return the number asked for under the first of these keys that has one."""
        ...

    def put(self, key: str, number: int | None) -> None:
        """Ask for an outcome; ``None`` takes it back."""
        ...


class Ledger(Protocol):
    """The books: entries are only ever added."""

    def balance(self, number: str) -> int:
        """Return the sum of the postings of an account, in đồng."""
        ...

    def book(self, entry: Entry) -> None:
        """Write the entry down; ``Conflict`` when an entry about the same is there."""
        ...

    def spent(self, number: str, since: datetime) -> Spent:
        """Return what has left an account since a moment by payments and transfers."""
        ...

    def lines(self, number: str, before: int | None, limit: int) -> list[Line]:
        """Return up to ``limit`` movements of an account, the newest first, before a key."""
        ...

    def standings(self) -> Sequence[Standing]:
        """Return every account with its balance, by number."""
        ...

    def last_number(self) -> int:
        """Return the highest number that a posting ever got: none below it may be missing."""
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

    def by_alias(self, number: str) -> Payment | None:
        """Return the payment that an account stands for, if there is one."""
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

    def by_approval(self, approval: str) -> str | None:
        """Return the link of the payment whose last challenge has this code, if there is one."""
        ...

    def put_challenge(self, token: str, challenge: Challenge) -> None:
        """Remember the challenge sent last."""
        ...

    def all(self) -> Sequence[Payment]:
        """Return every payment, the oldest first."""
        ...


class Refunds(Protocol):
    """Remembers refunds."""

    def find(self, refund_id: str) -> Refund | None:
        """Return the refund under the gateway's id, if there is one."""
        ...

    def of(self, request_id: str) -> Sequence[Refund]:
        """Return the refunds of a payment, the oldest first."""
        ...

    def add(self, refund: Refund) -> None:
        """Add a refund."""
        ...

    def put(self, refund: Refund) -> None:
        """Replace what may change of a refund."""
        ...

    def all(self) -> Sequence[Refund]:
        """Return every refund, the oldest first."""
        ...


class Transfers(Protocol):
    """Remembers transfers."""

    def find(self, key: str) -> Transfer | None:
        """Return the transfer under the sender's key, if there is one."""
        ...

    def add(self, transfer: Transfer) -> None:
        """Add a transfer."""
        ...

    def put(self, transfer: Transfer) -> None:
        """Replace what may change of a transfer that was booked."""
        ...

    def all(self) -> Sequence[Transfer]:
        """Return every transfer, the oldest first."""
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
    def wishes(self) -> Wishes:
        """Return what the control room asked for."""
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
    def refunds(self) -> Refunds:
        """Return the refunds."""
        ...

    @property
    def transfers(self) -> Transfers:
        """Return the transfers."""
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
