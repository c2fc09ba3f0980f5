"""Citizens, accounts and officers for tests: say only what the test is about."""

from datetime import datetime

from mock_portal.domain.account import (
    Account,
    AccountEntry,
    ActivationCode,
    EmailAddress,
    Holder,
)
from mock_portal.domain.officer import Officer, OfficerRole
from simkit.core.clock import ICT
from simkit.core.refs import IdNumber, PhoneNumber

HASHED = "hashed:mat-khau"
A_MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=ICT)


def a_holder(
    full_name: str = "Trần Thu Lan",
    id_number: str = "031190000001",
    email: str = "lan@hop-thu.example",
    phone: str = "0912345678",
) -> Holder:
    """Return an unremarkable citizen, but for what is given."""
    return Holder(full_name, IdNumber(id_number), EmailAddress(email), PhoneNumber(phone))


def a_code(
    digits: str = "246810", made_at: datetime = A_MONDAY, tries_left: int = 5
) -> ActivationCode:
    """Return an activation code made on that Monday."""
    return ActivationCode(digits, made_at, tries_left)


def a_registered_account(
    account_id: str = "acc-1",
    holder: Holder | None = None,
    code: ActivationCode | None = None,
    hashed: str = HASHED,
) -> Account:
    """Return an account that waits for its activation code."""
    return Account.register(account_id, holder or a_holder(), hashed, code or a_code())[0]


def an_active_account(
    account_id: str = "acc-1",
    user: str = "lan.tran",
    holder: Holder | None = None,
    hashed: str = HASHED,
) -> Account:
    """Return an account that may be used."""
    return a_seeding(account_id, user, holder, hashed)[0]


def a_seeding(
    account_id: str = "acc-1",
    user: str = "lan.tran",
    holder: Holder | None = None,
    hashed: str = HASHED,
) -> tuple[Account, AccountEntry]:
    """Return an active account with the first line of its history."""
    return Account.seed(account_id, user, holder or a_holder(), hashed, A_MONDAY)


def an_officer(
    user: str = "tiepnhan.14",
    *roles: OfficerRole,
    unit: str | None = "000.00.14.H24",
    full_name: str = "Nguyễn Minh An",
    hashed: str = HASHED,
) -> Officer:
    """Return an officer of the reception, but for what is given."""
    return Officer(user, full_name, unit, frozenset(roles or {OfficerRole.RECEPTION}), hashed)
