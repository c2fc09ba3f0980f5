"""Who has an account and how the books stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from mock_bank.domain.account import (
    ALIAS_FRONT,
    SERIAL_DIGITS,
    Account,
    AccountKind,
    Customer,
    capital_of,
    customer_number,
    own_accounts,
)
from mock_bank.domain.ledger import correction
from mock_bank.domain.magic import magic_of
from mock_bank.domain.payment import Payment
from mock_bank.domain.profile import BANKS, BankProfile, bank_of
from mock_bank.domain.refund import Refund
from mock_bank.domain.transfer import Transfer
from mock_bank.ports import Booked, Passwords, Standing, Unit, Work
from simkit.core.chance import Ids
from simkit.core.clock import Clock


@dataclass(frozen=True, slots=True)
class Wanted:
    """A customer to be put in place; ``balance`` in đồng, ``magic`` a row of the table."""

    name: str
    phone: str
    user: str
    password: str
    bank: str
    balance: int
    magic: int | None = None


@dataclass(frozen=True, slots=True)
class State:
    """Everything that an audit needs to know, of one moment."""

    standings: Sequence[Standing]
    booked: Sequence[Booked]
    last_number: int
    payments: Sequence[Payment]
    refunds: Sequence[Refund]
    transfers: Sequence[Transfer]


class Books:
    """Opens accounts and lays the books open."""

    def __init__(self, work: Work, clock: Clock, ids: Ids, passwords: Passwords) -> None:
        """Take the ports."""
        self._work = work
        self._clock = clock
        self._ids = ids
        self._passwords = passwords

    def open_banks(self) -> None:
        """Open each bank's own accounts; opening them again changes nothing."""
        with self._work.write() as unit:
            for bank in BANKS:
                for account in own_accounts(bank):
                    unit.accounts.put(account)

    def wish(self, key: str, number: int | None) -> None:
        """Let payments under ``key`` end as a row of the magic table says; ``None``: no more.

        ``key`` is ``payment:`` and a request id or reference, or ``bank:`` and a bank's code.
        """
        if number is not None:
            magic_of(number)
        with self._work.write() as unit:
            unit.wishes.put(key, number)

    def seed(self, wanted: Sequence[Wanted]) -> list[Customer]:
        """Put customers in place and return them in the same order.

        Whoever has that user name at that bank keeps the account, gets this name, phone and
        password, and the balance is brought to the one given, from or to the bank's capital. So the
        same request twice in a row changes nothing the second time.
        """
        hashes = {word: self._passwords.hash(word) for word in {each.password for each in wanted}}
        for each in wanted:
            bank_of(each.bank)
            if each.magic is not None:
                magic_of(each.magic)
        with self._work.write() as unit:
            return [self._put_in_place(unit, each, hashes[each.password]) for each in wanted]

    def state(self) -> State:
        """Return accounts, postings and payments as of one moment."""
        with self._work.read() as unit:
            return State(
                standings=unit.ledger.standings(),
                booked=unit.ledger.booked(),
                last_number=unit.ledger.last_number(),
                payments=unit.payments.all(),
                refunds=unit.refunds.all(),
                transfers=unit.transfers.all(),
            )

    def _put_in_place(self, unit: Unit, wanted: Wanted, password: str) -> Customer:
        bank = bank_of(wanted.bank)
        known = unit.customers.find(bank.code, wanted.user)
        number = known.account if known else self._free_number(unit, bank)
        account = Account(number, bank.code, AccountKind.CUSTOMER, wanted.name)
        customer = Customer(
            bank.code, wanted.user, wanted.name, wanted.phone, password, number, wanted.magic
        )
        unit.accounts.put(account)
        unit.customers.put(customer)
        entry = correction(
            about=f"seed:{self._ids.token('seed')}",
            at=self._clock.now(),
            account=account,
            held=unit.ledger.balance(number),
            wanted=wanted.balance,
            capital=capital_of(bank),
        )
        if entry:
            unit.ledger.book(entry)
        return customer

    def _free_number(self, unit: Unit, bank: BankProfile) -> str:
        while True:
            number = customer_number(bank, self._ids.digits("account", SERIAL_DIGITS))
            if unit.accounts.find(number) is None and not number[3:].startswith(ALIAS_FRONT):
                return number
