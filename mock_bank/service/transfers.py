"""Money from account to account, and into the accounts that stand for one order each."""

from dataclasses import dataclass
from datetime import timedelta

from mock_bank.domain.account import Account, AccountKind, Customer, settlement_of, suspense_of
from mock_bank.domain.errors import UnknownAccount, UnknownTransfer
from mock_bank.domain.ledger import Entry, Posting
from mock_bank.domain.payment import Code, Payment
from mock_bank.domain.profile import bank_of
from mock_bank.domain.statement import Line
from mock_bank.domain.transfer import Transfer, TransferState, moved, taken_for
from mock_bank.ports import Unit, Work
from mock_bank.service.endings import close, current
from mock_bank.service.till import Till, midnight
from simkit.core.clock import Clock

RETURN = "transfer-return"
RETURNED_AFTER = timedelta(hours=1)  # ours
LINES = 20


@dataclass(frozen=True, slots=True)
class Sent:
    """What a customer wants sent: ``target`` an account number, ``amount`` in đồng."""

    target: str
    amount: int
    content: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a statement, the newest first; ``older`` is the key to ask before next."""

    balance: int
    lines: list[Line]
    older: int | None


class Transfers:
    """Sends money and tells an account's owner of it."""

    def __init__(self, work: Work, clock: Clock, till: Till) -> None:
        """Take the ports."""
        self._work = work
        self._clock = clock
        self._till = till

    def send(self, key: str, customer: Customer, sent: Sent) -> tuple[Transfer, bool]:
        """Send money once per ``key`` and return the transfer, and whether it is new.

        Lack of money and limits are answered by a transfer that was refused: the same key again
        says the same.
        """
        wanted = Transfer(
            key, customer.account, sent.target, sent.amount, sent.content, self._clock.now()
        )
        with self._work.write() as unit:
            known = unit.transfers.find(key)
            if known is not None:
                known.same_or_refuse(wanted)
                return known, False
            done = self._refused(unit, wanted, customer) or self._moved(unit, wanted, customer)
            unit.transfers.add(done)
            return done, True

    def transfer(self, key: str, account: str) -> Transfer:
        """Return a transfer of this account."""
        with self._work.read() as unit:
            found = unit.transfers.find(key)
        if found is None or found.source != account:
            raise UnknownTransfer("Không có lệnh chuyển tiền nào mang mã này.", {"key": "unknown"})
        return found

    def give_back(self, key: str) -> None:
        """Book back what paid no order; a second call changes nothing."""
        with self._work.write() as unit:
            transfer = unit.transfers.find(key)
            if transfer is None or not transfer.to_return:
                return
            if transfer.state is TransferState.BOOKED:
                payment = unit.payments.by_alias(transfer.target)
                source = unit.accounts.find(transfer.source)
                if payment is not None and source is not None:
                    held = suspense_of(bank_of(payment.order.bank))
                    about, amount = f"return:{key}", transfer.to_return
                    unit.ledger.book(moved(about, self._clock.now(), held, source, amount))
                    unit.transfers.put(transfer.give_back())

    def owner(self, bank: str, user: str) -> Customer | None:
        """Return the customer who signed in as that, if there still is one."""
        with self._work.read() as unit:
            return unit.customers.find(bank, user)

    def statement(self, account: str, before: int | None = None) -> Page:
        """Return the newest movements of an account, or those before a key."""
        with self._work.read() as unit:
            lines = unit.ledger.lines(account, before, LINES + 1)
            held = unit.ledger.balance(account)
        shown = lines[:LINES]
        return Page(held, shown, shown[-1].id if len(lines) > LINES else None)

    def _refused(self, unit: Unit, wanted: Transfer, customer: Customer) -> Transfer | None:
        bank = bank_of(customer.bank)
        if unit.ledger.balance(customer.account) < wanted.amount:
            return wanted.refuse(Code.NOT_ENOUGH_MONEY)
        today = unit.ledger.spent(customer.account, midnight(self._clock.now()))
        allowed = bank.limits.allow(wanted.amount, today)
        return None if allowed else wanted.refuse(Code.OVER_LIMIT)

    def _moved(self, unit: Unit, wanted: Transfer, customer: Customer) -> Transfer:
        source = Account(customer.account, customer.bank, AccountKind.CUSTOMER, customer.name)
        payment = unit.payments.by_alias(wanted.target)
        if payment is not None:
            return self._collected(unit, wanted, source, payment)
        target = unit.accounts.find(wanted.target)
        if target is None or target.kind is not AccountKind.CUSTOMER or target == source:
            raise UnknownAccount(
                "Không tìm thấy tài khoản thụ hưởng. Hãy kiểm tra lại số tài khoản.",
                {"to": "no account that money can be sent to"},
            )
        now = self._clock.now()
        unit.ledger.book(moved(wanted.about, now, source, target, wanted.amount))
        return wanted.book(self._till.bank_ref(now))

    def _collected(
        self, unit: Unit, wanted: Transfer, source: Account, payment: Payment
    ) -> Transfer:
        """Take what the order needs; the rest waits and comes back."""
        now = self._clock.now()
        payment = current(unit, payment.token, now)
        bank = bank_of(payment.order.bank)
        held = suspense_of(bank)
        unit.ledger.book(moved(wanted.about, now, source, held, wanted.amount))
        taken = taken_for(payment, wanted.amount, wanted.content, now)
        ref = self._till.bank_ref(now)
        if taken:
            postings = (Posting(held.number, -taken), Posting(settlement_of(bank).number, taken))
            unit.ledger.book(Entry(payment.about, now, postings))
            close(unit, payment.settle(ref, now, payer=source.number))
        rest = wanted.amount - taken
        if rest:
            unit.agenda.put(RETURN, wanted.key, now + RETURNED_AFTER, {})
        return wanted.book(self._till.bank_ref(now), to_return=rest)
