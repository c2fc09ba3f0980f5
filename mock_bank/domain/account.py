"""Accounts and the people who hold them."""

from dataclasses import dataclass
from enum import StrEnum

from mock_bank.domain.profile import BankProfile

SERIAL_DIGITS = 10
ALIAS_FRONT = "99"
ALIAS_DIGITS = 8
COLLECTOR = "Nền tảng thanh toán Cổng Dịch vụ công quốc gia"
CAPITAL = "Vốn ban đầu"
SUSPENSE = "Tiền chờ xử lý"
CLEARING = "Thanh toán liên ngân hàng"


class AccountKind(StrEnum):
    """Whose money an account counts."""

    CUSTOMER = "customer"
    SETTLEMENT = "settlement"
    EQUITY = "equity"
    SUSPENSE = "suspense"
    CLEARING = "clearing"


@dataclass(frozen=True, slots=True)
class Account:
    """An account of one bank. It holds no balance: that is the sum of its postings."""

    number: str
    bank: str
    kind: AccountKind
    owner: str

    @property
    def may_owe(self) -> bool:
        """Tell whether the balance may be below zero: only the bank's own side may."""
        return self.kind is not AccountKind.CUSTOMER


@dataclass(frozen=True, slots=True)
class Customer:
    """A person who can sign in at one bank; ``password`` is a hash, never the word itself.

    ``magic`` is the number of a row of ``domain/magic.py``: what becomes of whatever they pay.
    """

    bank: str
    user: str
    name: str
    phone: str
    password: str
    account: str
    magic: int | None = None


def customer_number(bank: BankProfile, serial: str) -> str:
    """Return a customer's account number: 13 digits, three of the bank and ten of the account.

    Thirteen digits are what Vietcombank printed for years [R]; the way they are cut is ours.
    """
    return bank.bin[-3:] + serial


def alias_number(bank: BankProfile, serial: str) -> str:
    """Return the number of an account that stands for one order; ``serial`` has eight digits.

    That the 2026 interface gives each transaction such an account is known [S], its form is ours:
    no customer's number begins so.
    """
    return bank.bin[-3:] + ALIAS_FRONT + serial


def settlement_of(bank: BankProfile) -> Account:
    """Return the account on which the bank gathers what is due to the gateway."""
    return Account(f"{bank.bin}-TT", bank.code, AccountKind.SETTLEMENT, COLLECTOR)


def capital_of(bank: BankProfile) -> Account:
    """Return the account that every opening balance comes from, so that the books sum to zero."""
    return Account(f"{bank.bin}-VBD", bank.code, AccountKind.EQUITY, CAPITAL)


def suspense_of(bank: BankProfile) -> Account:
    """Return the account where money waits of which nobody knows yet whose it is."""
    return Account(f"{bank.bin}-TG", bank.code, AccountKind.SUSPENSE, SUSPENSE)


def clearing_of(bank: BankProfile) -> Account:
    """Return the account of what goes to other banks and comes from them.

    Thanks to it the books of each bank sum to zero on their own.
    """
    return Account(f"{bank.bin}-LNH", bank.code, AccountKind.CLEARING, CLEARING)


def own_accounts(bank: BankProfile) -> tuple[Account, ...]:
    """Return every account that is the bank's own."""
    return (capital_of(bank), settlement_of(bank), suspense_of(bank), clearing_of(bank))


def masked(digits: str) -> str:
    """Return a phone or account number with all but its last three figures hidden."""
    return "*" * max(len(digits) - 3, 0) + digits[-3:]
