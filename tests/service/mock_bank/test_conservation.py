"""Whatever happens in whatever order: no đồng is made, lost, owed or taken twice."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from mock_bank.domain.account import AccountKind
from mock_bank.domain.magic import Late
from mock_bank.domain.payment import Payment, PaymentState
from mock_bank.domain.refund import RefundState
from mock_bank.domain.transfer import TransferState
from mock_bank.service.transfers import Sent
from simkit.core.errors import RuleBroken
from tests.builders.bank import Desk, a_desk, a_wanted

GONE = {PaymentState.PAID, PaymentState.CHARGED, PaymentState.OWED}
AMOUNTS = (1, 90_000, 200_000, 300_001, 10_007, 10_100, 10_104, 10_199)
USERS = ("an", "binh")
BROWSERS = st.sampled_from(["browser-1", "browser-2"])


class Bank(RuleBasedStateMachine):
    """Two customers, two browsers, any number of payments and any order of events."""

    orders = Bundle("orders")

    def __init__(self) -> None:
        """Open a bank of its own."""
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="bank-"))
        self.desk: Desk = a_desk(self.folder, *(a_wanted(u, balance=300_000) for u in USERS))
        self.count = 0
        self.opened = dict.fromkeys(USERS, 300_000)

    def teardown(self) -> None:
        """Close it."""
        self.desk.database.close()
        shutil.rmtree(self.folder)

    @rule(
        target=orders,
        amount=st.sampled_from([1, 90_000, 200_000, 300_001, 10_007, 10_100, 10_104, 10_199]),
    )
    def order(self, amount: int) -> Payment:
        """Order a payment, as the gateway does."""
        self.count += 1
        return self.desk.order(f"req-{self.count}", amount=amount)

    @rule(order=orders)
    def order_again(self, order: Payment) -> None:
        """Repeat an order."""
        again, is_new = self.desk.service.orders.place(order.order)
        assert (again.token, is_new) == (order.token, False)

    @rule(order=orders, user=st.sampled_from(USERS), browser=BROWSERS)
    def sign_in(self, order: Payment, user: str, browser: str) -> None:
        """Somebody signs in."""
        self.desk.sign_in(order.token, browser, user)

    @rule(order=orders, browser=BROWSERS)
    def agree(self, order: Payment, browser: str) -> None:
        """Somebody ticks the sentence."""
        self.desk.service.checkout.agree(order.token, browser, ticked=True)

    @rule(order=orders, browser=BROWSERS, right=st.booleans(), clicks=st.integers(1, 2))
    def confirm(self, order: Payment, browser: str, *, right: bool, clicks: int) -> None:
        """Somebody enters a code, once or twice."""
        try:
            code = self.desk.code(order.token)
        except AssertionError:
            return  # none was sent yet
        for _ in range(clicks):
            try:
                typed = code if right else f"{(int(code) + 1) % 10**6:06d}"
                self.desk.service.checkout.confirm(order.token, browser, typed)
            except RuleBroken:
                assert not right

    @rule(order=orders)
    def cancel(self, order: Payment) -> None:
        """Somebody calls it off."""
        self.desk.service.checkout.cancel(order.token)

    @rule(order=orders)
    def expire(self, order: Payment) -> None:
        """Let the agenda come, too early or not."""
        self.desk.service.orders.expire(order.token)

    @rule(order=orders, late=st.sampled_from(Late))
    def resolve(self, order: Payment, late: Late) -> None:
        """Let the agenda resolve a charged payment, one way or another."""
        self.desk.service.lateness.resolve(order.token, late)

    @rule(order=orders)
    def give_back(self, order: Payment) -> None:
        """Let the agenda give back what failed."""
        self.desk.service.lateness.give_back(order.token)

    @rule(order=orders, number=st.integers(1, 4), amount=st.sampled_from([1, 9_000, 10_099]))
    def refund(self, order: Payment, number: int, amount: int) -> None:
        """Ask for a part of a payment back, under an id that may be taken; let some be booked."""
        refund_id = f"refund-{order.order.request_id}-{number}"
        try:
            self.desk.service.refunds.ask(refund_id, order.order.request_id, amount)
        except RuleBroken:
            return
        if number % 2:
            self.desk.service.refunds.finish(refund_id)

    @rule(
        order=orders,
        user=st.sampled_from(USERS),
        number=st.integers(1, 6),
        part=st.sampled_from([0.5, 1, 1.5]),
        right=st.booleans(),
    )
    def transfer(self, order: Payment, user: str, number: int, part: float, *, right: bool) -> None:
        """Somebody scans the code and pays too little, enough or too much; some comes back."""
        customer = self.desk.service.transfers.owner(order.order.bank, user)
        assert customer is not None
        content = order.order.reference if right else "le phi"
        sent = Sent(order.alias, max(int(order.order.amount * part), 1), content)
        try:
            self.desk.service.transfers.send(f"key-{number}", customer, sent)
        except RuleBroken:
            return
        if number % 2:
            self.desk.service.transfers.give_back(f"key-{number}")

    @rule(seconds=st.sampled_from([1, 60, 120, 600]))
    def time_passes(self, seconds: int) -> None:
        """Time passes."""
        self.desk.later(seconds=seconds)

    @rule(user=st.sampled_from(USERS), balance=st.sampled_from([0, 50_000, 300_000]))
    def put_in_place(self, user: str, balance: int) -> None:
        """Set a balance, as a trainer may; the difference is accounted for."""
        self.opened[user] += balance - self.desk.balance(user)
        self.desk.service.books.seed([a_wanted(user, balance=balance)])

    @invariant()
    def the_books_are_right(self) -> None:
        """Sum of all postings zero; nobody owes; each payment taken once or not at all."""
        state = self.desk.service.books.state()
        assert sum(each.posting.amount for each in state.booked) == 0
        held = {
            each.account.number: each.balance
            for each in state.standings
            if each.account.kind is AccountKind.CUSTOMER
        }
        assert all(balance >= 0 for balance in held.values())
        gone = [p for p in state.payments if p.state in GONE]
        abouts = {b.about for b in state.booked}
        for payment in state.payments:
            name, done = payment.order.request_id, payment.about in abouts
            assert done is (payment.state is PaymentState.PAID)
            debits = [
                b for b in state.booked
                if b.about in {f"payment:{name}", f"hold:{name}"}
                and b.posting.amount < 0 and b.posting.account in held
            ]  # fmt: skip
            assert len(debits) <= 1, "one debit per payment at most"
        back = {p.order.request_id: 0 for p in state.payments}
        for refund in state.refunds:
            back[refund.request_id] += refund.amount if refund.counts else 0
        assert all(back[p.order.request_id] <= p.order.amount for p in state.payments)
        booked = sum(r.amount for r in state.refunds if r.state is RefundState.DONE)
        # A transfer that waits or was returned is accounted for by its own part.
        aside = sum(t.to_return for t in state.transfers if t.state is TransferState.BOOKED)
        spent = sum(p.order.amount for p in gone) + aside
        assert sum(held.values()) == sum(self.opened.values()) - spent + booked
        ended = {p.order.request_id for p in state.payments if p.said is not PaymentState.PENDING}
        assert set(self.desk.outbox("notice")) == ended
        held_back = sum(p.order.amount for p in gone if p.state is not PaymentState.PAID)
        waiting = held_back + aside
        assert sum(s.balance for s in state.standings if s.account.number[-3:] == "-TG") == waiting


Bank.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
TestBank = Bank.TestCase
