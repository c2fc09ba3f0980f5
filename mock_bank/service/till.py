"""Where the money of a payment moves, or does not: hindrances, magic inputs, bookings."""

from datetime import datetime, timedelta

from mock_bank.domain.account import (
    Account,
    AccountKind,
    Customer,
    settlement_of,
    suspense_of,
)
from mock_bank.domain.ledger import Entry, Posting, transfer
from mock_bank.domain.magic import Late, Magic, Moment, called_for, reached
from mock_bank.domain.payment import OVER_LIMIT, TOO_POOR, Ending, Payment
from mock_bank.domain.profile import BankProfile, bank_of
from mock_bank.ports import Unit
from mock_bank.service.endings import EXPIRY, close
from simkit.core.chance import Ids
from simkit.core.clock import ICT

RESOLVE = "payment-resolve"
RESOLVED_AFTER = timedelta(minutes=30)  # ours


class Till:
    """Moves the money of payments inside a unit of work that somebody else opened."""

    def __init__(self, ids: Ids) -> None:
        """Take chance."""
        self._ids = ids

    def bank_ref(self, now: datetime) -> str:
        """Return a new reference of the bank's own."""
        return f"FT{now:%y%m%d}{self._ids.digits('bank-ref', 10)}"

    def stopped(self, unit: Unit, payment: Payment, customer: Customer, moment: Moment) -> bool:
        """End the payment if a magic input says so for this moment, and tell whether it did."""
        row = _magic(unit, payment, customer)
        if row is None or row.ending is None or not reached(row, moment):
            return False
        close(unit, payment.end(row.ending))
        return True

    def hindered(self, unit: Unit, payment: Payment, customer: Customer, now: datetime) -> bool:
        """End the payment for lack of money or for a limit, and tell whether it did."""
        ending = _hindrance(unit, payment, customer, now)
        if ending is None:
            return False
        close(unit, payment.end(ending))
        return True

    def pay(self, unit: Unit, payment: Payment, customer: Customer, now: datetime) -> None:
        """Move the money; things may have changed since the consent, so all is looked at again."""
        if self.stopped(unit, payment, customer, Moment.CONFIRM):
            return
        if self.hindered(unit, payment, customer, now):
            return
        row = _magic(unit, payment, customer)
        if row is not None and row.late is not None:
            self._charge(unit, payment, customer, row.late, now)
            return
        bank = bank_of(payment.order.bank)
        unit.ledger.book(_debit(unit, payment, customer, settlement_of(bank), payment.about, now))
        paid = payment.settle(self.bank_ref(now), now, payer=customer.account)
        close(unit, paid.marked(row.code) if row else paid)

    def _charge(
        self, unit: Unit, payment: Payment, customer: Customer, late: Late, now: datetime
    ) -> None:
        """Take the money and tell nobody: it waits between the customer and the gateway."""
        bank = bank_of(payment.order.bank)
        about = f"hold:{payment.order.request_id}"
        unit.ledger.book(_debit(unit, payment, customer, suspense_of(bank), about, now))
        unit.payments.put(payment.charge(customer.account))
        unit.agenda.drop(EXPIRY, payment.token)
        unit.agenda.put(RESOLVE, payment.token, now + RESOLVED_AFTER, {"to": late.value})


def settle_held(bank: BankProfile, payment: Payment, at: datetime) -> Entry:
    """Return the entry that passes held money on to the gateway."""
    held, amount = suspense_of(bank), payment.order.amount
    return Entry(
        payment.about,
        at,
        (Posting(held.number, -amount), Posting(settlement_of(bank).number, amount)),
    )


def give_held_back(bank: BankProfile, payment: Payment, at: datetime) -> Entry:
    """Return the entry that gives held money back to the payer."""
    amount = payment.order.amount
    return Entry(
        f"reversal:{payment.order.request_id}",
        at,
        (Posting(suspense_of(bank).number, -amount), Posting(payment.payer, amount)),
    )


def midnight(now: datetime) -> datetime:
    """Return when the present day began in Vietnam: limits count by its days."""
    return now.astimezone(ICT).replace(hour=0, minute=0, second=0, microsecond=0)


def _hindrance(unit: Unit, payment: Payment, customer: Customer, now: datetime) -> Ending | None:
    amount, bank = payment.order.amount, bank_of(payment.order.bank)
    if unit.ledger.balance(customer.account) < amount:
        return TOO_POOR
    today = unit.ledger.spent(customer.account, midnight(now))
    if not bank.offers(amount) or not bank.limits.allow(amount, today):
        return OVER_LIMIT
    return None


def _magic(unit: Unit, payment: Payment, customer: Customer) -> Magic | None:
    order = payment.order
    keys = (f"payment:{order.request_id}", f"payment:{order.reference}", f"bank:{order.bank}")
    return called_for(
        asked=unit.wishes.find(keys),
        customer=customer.magic,
        amount=order.amount,
        description=order.description,
    )


def _debit(  # noqa: PLR0913, PLR0917 - the facts of one entry
    unit: Unit,
    payment: Payment,
    customer: Customer,
    target: Account,
    about: str,
    now: datetime,
) -> Entry:
    source = Account(customer.account, payment.order.bank, AccountKind.CUSTOMER, customer.name)
    return transfer(
        about=about,
        at=now,
        source=source,
        held=unit.ledger.balance(source.number),
        target=target,
        amount=payment.order.amount,
    )
