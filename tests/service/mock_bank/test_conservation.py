"""Whatever happens in whatever order: no đồng is made, lost, owed or taken twice."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from mock_bank.domain.account import AccountKind
from mock_bank.domain.payment import Payment, PaymentState
from simkit.core.errors import RuleBroken
from tests.builders.bank import Desk, a_desk, a_wanted

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

    @rule(target=orders, amount=st.sampled_from([1, 90_000, 200_000, 300_001]))
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
        paid = [each for each in state.payments if each.state is PaymentState.PAID]
        taken = sorted(b.about for b in state.booked if b.about.startswith("payment:"))
        assert taken == sorted([p.about for p in paid] * 2)
        assert sum(held.values()) == sum(self.opened.values()) - sum(p.order.amount for p in paid)
        ended = {p.order.request_id for p in state.payments if not p.is_open}
        assert set(self.desk.outbox("notice")) == ended


Bank.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
TestBank = Bank.TestCase
