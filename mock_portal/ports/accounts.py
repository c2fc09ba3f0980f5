"""What the topic of accounts needs: memories of citizens and officers, passwords, an outbox."""

from typing import Protocol

from mock_portal.domain.account import Account, AccountEntry, EmailAddress
from mock_portal.domain.officer import Officer
from simkit.core.messages import Outbox
from simkit.core.refs import IdNumber


class Accounts(Protocol):
    """Remembers citizens' accounts and what happened to each."""

    def add(self, account: Account, entry: AccountEntry) -> None:
        """Keep a new account and the first line of its history.

        Raises ``EmailTaken``, ``IdNumberTaken`` or ``UserNameTaken`` when another account has that
        e-mail, number or name, and keeps nothing then.
        """
        ...

    def change(self, account: Account, entry: AccountEntry) -> None:
        """Replace the account of that id and keep the line of its history."""
        ...

    def find(self, account_id: str) -> Account | None:
        """Return the account with that id, or ``None``."""
        ...

    def of_user(self, user: str) -> Account | None:
        """Return the account with that user name (as ``user_name_key`` writes it), or ``None``."""
        ...

    def of_email(self, email: EmailAddress) -> Account | None:
        """Return the account that holds that address, or ``None``."""
        ...

    def of_id_number(self, number: IdNumber) -> Account | None:
        """Return the account of the person with that number, or ``None``."""
        ...

    def history(self, account_id: str) -> list[AccountEntry]:
        """Return all that happened to an account, the oldest first."""
        ...


class Officers(Protocol):
    """Remembers the people behind the counter."""

    def add(self, officer: Officer) -> bool:
        """Keep a new officer and return true; change nothing and return false if known."""
        ...

    def find(self, user: str) -> Officer | None:
        """Return the officer with that user name, or ``None``."""
        ...

    def all(self) -> list[Officer]:
        """Return every officer, by user name."""
        ...


class AccountUnit(Protocol):
    """One unit of work about accounts."""

    @property
    def accounts(self) -> Accounts:
        """The citizens' accounts."""
        ...

    @property
    def officers(self) -> Officers:
        """The officers."""
        ...

    @property
    def outbox(self) -> Outbox:
        """Messages that leave when the unit is kept."""
        ...


class Passwords(Protocol):
    """Hashes passwords and compares them."""

    def hash(self, password: str) -> str:
        """Return a salted hash."""
        ...

    def matches(self, password: str, hashed: str | None) -> bool:
        """Tell whether it fits; ``None`` (nobody has that name) costs the same time, is false."""
        ...
