"""Accounts, customers and the ledger."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import IntegrityError

from mock_bank.domain.account import Account, AccountKind, Customer
from mock_bank.domain.door import Door, DoorState
from mock_bank.domain.ledger import Entry, Posting
from mock_bank.domain.rules import Spent
from mock_bank.domain.statement import Line
from mock_bank.ports import Booked, Standing
from mock_bank.store.tables import ACCOUNT, CUSTOMER, DOOR, ENTRY, POSTING, WISH
from simkit.core.errors import Conflict
from simkit.storage.moments import from_text, to_text
from simkit.storage.sql import Sql


class AccountTable:
    """Implements ``ports.Accounts`` inside one unit of work."""

    def __init__(self, sql: Sql) -> None:
        """Take the unit."""
        self._sql = sql

    def find(self, number: str) -> Account | None:
        """Return the account under that number, if there is one."""
        row = self._sql.run(select(ACCOUNT).where(ACCOUNT.c.number == number)).first()
        return Account(row.number, row.bank, AccountKind(row.kind), row.owner) if row else None

    def put(self, account: Account) -> None:
        """Open the account, or give the one with that number this owner."""
        opened = insert(ACCOUNT).values(
            number=account.number, bank=account.bank, kind=account.kind, owner=account.owner
        )
        self._sql.run(
            opened.on_conflict_do_update(
                index_elements=["number"], set_={"owner": opened.excluded.owner}
            )
        )


class CustomerTable:
    """Implements ``ports.Customers`` inside one unit of work."""

    def __init__(self, sql: Sql) -> None:
        """Take the unit."""
        self._sql = sql

    def find(self, bank: str, user: str) -> Customer | None:
        """Return the customer of that bank under that user name, if there is one."""
        found = select(CUSTOMER).where(CUSTOMER.c.bank == bank, CUSTOMER.c.user == user)
        row = self._sql.run(found).first()
        return Customer(**row._mapping) if row else None  # noqa: SLF001 - public in SQLAlchemy

    def put(self, customer: Customer) -> None:
        """Add the customer, or replace the one with that bank and user name."""
        fresh = insert(CUSTOMER).values(
            bank=customer.bank,
            user=customer.user,
            name=customer.name,
            phone=customer.phone,
            password=customer.password,
            account=customer.account,
            magic=customer.magic,
        )
        may_change = ("name", "phone", "password", "account", "magic")
        changed = {name: fresh.excluded[name] for name in may_change}
        self._sql.run(fresh.on_conflict_do_update(index_elements=["bank", "user"], set_=changed))

    def owner_of(self, account: str) -> Customer | None:
        """Return the customer whose account has that number, if there is one."""
        row = self._sql.run(select(CUSTOMER).where(CUSTOMER.c.account == account)).first()
        return Customer(**row._mapping) if row else None  # noqa: SLF001 - public in SQLAlchemy

    def door(self, bank: str, user: str) -> Door:
        """Return the door of a user name at a bank, whether anybody has that name or not."""
        found = select(DOOR).where(DOOR.c.bank == bank, DOOR.c.user == user)
        row = self._sql.run(found).first()
        return Door(row.misses, DoorState(row.state), row.until) if row else Door()

    def put_door(self, bank: str, user: str, door: Door) -> None:
        """Remember a door."""
        fresh = {"misses": door.misses, "state": door.state, "until": door.until}
        self._sql.run(
            insert(DOOR)
            .values(bank=bank, user=user, **fresh)
            .on_conflict_do_update(index_elements=["bank", "user"], set_=fresh)
        )


class WishTable:
    """Implements ``ports.Wishes`` inside one unit of work."""

    def __init__(self, sql: Sql) -> None:
        """Take the unit."""
        self._sql = sql

    def find(self, keys: Sequence[str]) -> int | None:
        """Return the number asked for under the first of these keys that has one."""
        found = self._sql.run(select(WISH).where(WISH.c.key.in_(keys)))
        numbers = {row.key: int(row.number) for row in found}
        return next((numbers[key] for key in keys if key in numbers), None)

    def put(self, key: str, number: int | None) -> None:
        """Ask for an outcome; ``None`` takes it back."""
        if number is None:
            self._sql.run(WISH.delete().where(WISH.c.key == key))
            return
        self._sql.run(
            insert(WISH)
            .values(key=key, number=number)
            .on_conflict_do_update(index_elements=["key"], set_={"number": number})
        )


class LedgerTable:
    """Implements ``ports.Ledger`` inside one unit of work. Nothing here updates or deletes."""

    def __init__(self, sql: Sql) -> None:
        """Take the unit."""
        self._sql = sql

    def balance(self, number: str) -> int:
        """Return the sum of the postings of an account, in đồng."""
        total = select(func.coalesce(func.sum(POSTING.c.amount), 0))
        found: int = self._sql.run(total.where(POSTING.c.account == number)).scalar_one()
        return found

    def book(self, entry: Entry) -> None:
        """Write the entry down; ``Conflict`` when an entry about the same is there."""
        try:
            self._sql.run(ENTRY.insert(), {"about": entry.about, "at": entry.at})
        except IntegrityError:
            raise Conflict("This is booked already.", {"about": entry.about}) from None
        self._sql.run(
            POSTING.insert(),
            [
                {"about": entry.about, "account": posting.account, "amount": posting.amount}
                for posting in entry.postings
            ],
        )

    def spent(self, number: str, since: datetime) -> Spent:
        """Return what has left an account since a moment by payments and transfers.

        What the control room moved does not count, and what came back later still does.
        """
        row = self._sql.row(
            "SELECT count(*), coalesce(-sum(p.amount), 0) FROM bank_posting p"
            " JOIN bank_entry e ON e.about = p.about"
            " WHERE p.account = ? AND p.amount < 0 AND e.at >= ? AND e.about NOT LIKE 'seed:%'",
            (number, to_text(since)),
        )
        return Spent(*row) if row else Spent(0, 0)

    def lines(self, number: str, before: int | None, limit: int) -> list[Line]:
        """Return up to ``limit`` movements of an account, the newest first, before a key."""
        rows = self._sql.rows(
            "SELECT p.id, p.about, e.at, p.amount,"
            " (SELECT sum(q.amount) FROM bank_posting q WHERE q.account = p.account"
            " AND q.id <= p.id)"
            " FROM bank_posting p JOIN bank_entry e ON e.about = p.about"
            " WHERE p.account = ? AND p.id < ? ORDER BY p.id DESC LIMIT ?",
            (number, 2**62 if before is None else before, limit),
        )
        return [Line(row[0], row[1], from_text(row[2]), row[3], row[4]) for row in rows]

    def standings(self) -> Sequence[Standing]:
        """Return every account with its balance, by number."""
        return [
            Standing(Account(number, bank, AccountKind(kind), owner), held)
            for number, bank, kind, owner, held in self._sql.rows(
                "SELECT number, bank, kind, owner,"
                " (SELECT coalesce(sum(amount), 0) FROM bank_posting WHERE account = number)"
                " FROM bank_account ORDER BY number"
            )
        ]

    def last_number(self) -> int:
        """Return the highest number that a posting ever got."""
        row = self._sql.row("SELECT seq FROM sqlite_sequence WHERE name = 'bank_posting'")
        return int(row[0]) if row else 0

    def booked(self) -> Sequence[Booked]:
        """Return every posting, the oldest first."""
        return [
            Booked(row[0], row[1], from_text(row[4]), Posting(row[2], row[3]))
            for row in self._sql.rows(
                "SELECT p.id, p.about, p.account, p.amount, e.at"
                " FROM bank_posting p JOIN bank_entry e ON e.about = p.about ORDER BY p.id"
            )
        ]
