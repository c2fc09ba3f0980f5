"""Accounts and officers in SQL."""

import json
from collections.abc import Callable
from typing import Any

from mock_portal.domain.account import (
    Account,
    AccountEntry,
    AccountEvent,
    AccountState,
    ActivationCode,
    EmailAddress,
    Holder,
)
from mock_portal.domain.errors import EmailTaken, IdNumberTaken, UserNameTaken
from mock_portal.domain.officer import Officer, OfficerRole
from simkit.core.messages import Outbox
from simkit.core.refs import IdNumber, PhoneNumber
from simkit.storage.moments import from_text, to_text
from simkit.storage.sql import Sql

_ACCOUNT = (
    'id, "user", full_name, id_number, email, phone, password_hash, state,'
    " code, code_made_at, code_tries_left, version"
)


class SqlAccounts:
    """Implements ``mock_portal.ports.accounts.Accounts`` inside one unit of work."""

    def __init__(self, sql: Sql) -> None:
        """Speak through the open unit."""
        self._sql = sql

    def add(self, account: Account, entry: AccountEntry) -> None:
        """Keep a new account, or refuse when e-mail, number or name belong to another."""
        self._refuse_taken(account)
        self._sql.rows(
            f"INSERT INTO account ({_ACCOUNT}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 -- a constant list of columns
            (account.id, *_changing(account), account.version),
        )
        self._write_down(entry)

    def change(self, account: Account, entry: AccountEntry) -> None:
        """Replace the account of that id and keep the line of its history."""
        self._sql.rows(
            'UPDATE account SET "user" = ?, full_name = ?, id_number = ?, email = ?, phone = ?,'
            " password_hash = ?, state = ?, code = ?, code_made_at = ?, code_tries_left = ?,"
            " version = ? WHERE id = ?",
            (*_changing(account), account.version, account.id),
        )
        self._write_down(entry)

    def find(self, account_id: str) -> Account | None:
        """Return the account with that id, or ``None``."""
        return self._one("id", account_id)

    def of_user(self, user: str) -> Account | None:
        """Return the account with that user name, or ``None``."""
        return self._one('"user"', user)

    def of_email(self, email: EmailAddress) -> Account | None:
        """Return the account that holds that address, or ``None``."""
        return self._one("email", email.value)

    def of_id_number(self, number: IdNumber) -> Account | None:
        """Return the account of the person with that number, or ``None``."""
        return self._one("id_number", number.value)

    def history(self, account_id: str) -> list[AccountEntry]:
        """Return all that happened to an account, the oldest first."""
        found = self._sql.rows(
            'SELECT account, seq, event, "before", "after", "at", "by" FROM account_history'
            " WHERE account = ? ORDER BY seq",
            (account_id,),
        )
        return [
            AccountEntry(
                account=row[0],
                seq=row[1],
                event=AccountEvent(row[2]),
                before=AccountState(row[3]) if row[3] else None,
                after=AccountState(row[4]),
                at=from_text(row[5]),
                by=row[6],
            )
            for row in found
        ]

    def _one(self, column: str, value: str) -> Account | None:
        row = self._sql.row(f"SELECT {_ACCOUNT} FROM account WHERE {column} = ?", (value,))  # noqa: S608 -- constant names
        return _account(row) if row else None

    def _write_down(self, entry: AccountEntry) -> None:
        self._sql.rows(
            'INSERT INTO account_history (account, seq, event, "before", "after", "at", "by")'
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                entry.account,
                entry.seq,
                entry.event.value,
                entry.before.value if entry.before else None,
                entry.after.value,
                to_text(entry.at),
                entry.by,
            ),
        )

    def _refuse_taken(self, account: Account) -> None:
        holder = account.holder
        if self.of_email(holder.email):
            raise EmailTaken(
                "Thư điện tử này đã được dùng cho một tài khoản khác. "
                "Mỗi thư điện tử chỉ đăng ký một tài khoản.",
                {"email": holder.email.value},
            )
        if self.of_id_number(holder.id_number):
            raise IdNumberTaken(
                "Số giấy tờ này đã có tài khoản. Hãy đăng nhập bằng tài khoản đã đăng ký.",
                {"id_number": holder.id_number.value},
            )
        if self.of_user(account.user):
            raise UserNameTaken(
                "Tên đăng nhập này đã có người dùng. Hãy chọn tên khác.", {"user": account.user}
            )


class SqlOfficers:
    """Implements ``mock_portal.ports.accounts.Officers`` inside one unit of work."""

    def __init__(self, sql: Sql) -> None:
        """Speak through the open unit."""
        self._sql = sql

    def add(self, officer: Officer) -> bool:
        """Keep a new officer and return true; change nothing and return false if known."""
        made = self._sql.rows(
            'INSERT INTO officer ("user", full_name, unit, roles, password_hash)'
            ' VALUES (?, ?, ?, ?, ?) ON CONFLICT ("user") DO NOTHING RETURNING "user"',
            (
                officer.user,
                officer.full_name,
                officer.unit,
                json.dumps(sorted(officer.roles)),
                officer.password_hash,
            ),
        )
        return bool(made)

    def find(self, user: str) -> Officer | None:
        """Return the officer with that user name, or ``None``."""
        row = self._sql.row(
            'SELECT "user", full_name, unit, roles, password_hash FROM officer WHERE "user" = ?',
            (user,),
        )
        return _officer(row) if row else None

    def all(self) -> list[Officer]:
        """Return every officer, by user name."""
        found = self._sql.rows(
            'SELECT "user", full_name, unit, roles, password_hash FROM officer ORDER BY "user"'
        )
        return [_officer(row) for row in found]


class SqlAccountUnit:
    """Implements ``mock_portal.ports.accounts.AccountUnit``."""

    def __init__(self, sql: Sql, outbox: Callable[[Sql], Outbox]) -> None:
        """``outbox`` opens the world's outbox in the same unit."""
        self._accounts = SqlAccounts(sql)
        self._officers = SqlOfficers(sql)
        self._outbox = outbox(sql)

    @property
    def accounts(self) -> SqlAccounts:
        """The citizens' accounts."""
        return self._accounts

    @property
    def officers(self) -> SqlOfficers:
        """The officers."""
        return self._officers

    @property
    def outbox(self) -> Outbox:
        """Messages that leave when the unit is kept."""
        return self._outbox


def _changing(account: Account) -> tuple[object, ...]:
    """Return the columns between id and version."""
    code = account.code
    return (
        account.user,
        account.holder.full_name,
        account.holder.id_number.value,
        account.holder.email.value,
        account.holder.phone.value,
        account.password_hash,
        account.state.value,
        code.digits if code else None,
        to_text(code.made_at) if code else None,
        code.tries_left if code else None,
    )


def _account(row: tuple[Any, ...]) -> Account:
    return Account(
        id=row[0],
        user=row[1],
        holder=Holder(
            full_name=row[2],
            id_number=IdNumber(row[3]),
            email=EmailAddress(row[4]),
            phone=PhoneNumber(row[5]),
        ),
        password_hash=row[6],
        state=AccountState(row[7]),
        code=ActivationCode(row[8], from_text(row[9]), row[10]) if row[8] else None,
        version=row[11],
    )


def _officer(row: tuple[Any, ...]) -> Officer:
    return Officer(
        user=row[0],
        full_name=row[1],
        unit=row[2],
        roles=frozenset(OfficerRole(role) for role in json.loads(row[3])),
        password_hash=row[4],
    )
