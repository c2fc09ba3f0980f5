"""Accounts, customers and the ledger."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import IntegrityError

from mock_bank.domain.account import Account, AccountKind, Customer
from mock_bank.domain.ledger import Entry, Posting
from mock_bank.ports import Booked, Standing
from mock_bank.store.tables import ACCOUNT, CUSTOMER, ENTRY, POSTING
from simkit.core.errors import Conflict
from simkit.storage.moments import from_text
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
        )
        changed = {name: fresh.excluded[name] for name in ("name", "phone", "password", "account")}
        self._sql.run(fresh.on_conflict_do_update(index_elements=["bank", "user"], set_=changed))


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

    def booked(self) -> Sequence[Booked]:
        """Return every posting, the oldest first."""
        return [
            Booked(row[0], row[1], from_text(row[4]), Posting(row[2], row[3]))
            for row in self._sql.rows(
                "SELECT p.id, p.about, p.account, p.amount, e.at"
                " FROM bank_posting p JOIN bank_entry e ON e.about = p.about ORDER BY p.id"
            )
        ]
