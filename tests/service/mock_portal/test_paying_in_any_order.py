"""Whatever order of attempts, notices, tampering and returns: a fee is settled at most once."""

import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from mock_portal.domain.errors import FeeNotDue, OrderUnknown
from mock_portal.domain.fee import Order, OrderState
from tests.builders.dossier_rig import OWNER, Rig
from tests.builders.dossiers import PRICE, a_confirm, an_order


class Paying(RuleBasedStateMachine):
    """One dossier, many attempts, notices and returns in any order: one settlement at most."""

    orders = Bundle("orders")

    def __init__(self) -> None:
        """Send one dossier."""
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.rig = Rig(Path(self.folder.name))
        self.code = self.rig.sent().code
        self.taken: set[str] = set()

    def teardown(self) -> None:
        """Clean up."""
        self.rig.close()
        self.folder.cleanup()

    @rule(target=orders)
    def begin(self) -> Order:
        """Press the button; once the fee is settled, stand in for an order that never was."""
        try:
            return self.rig.an_offered_order(self.rig.dossiers.detail(OWNER, self.code).dossier)
        except FeeNotDue:
            return an_order(reference="khong-co")

    @rule(order=orders)
    def success(self, order: Order) -> None:
        """Have the platform report success, for the first or the tenth time."""
        if self.rig.payments.confirm(a_confirm(order))["MaLoi"] == "00":
            self.taken.add(order.reference)

    @rule(order=orders, code=st.sampled_from(["01", "04", "24"]))
    def failure(self, order: Order, code: str) -> None:
        """Have the platform report a failure."""
        self.rig.payments.confirm(a_confirm(order, code))

    @rule(order=orders, amount=st.integers(min_value=0, max_value=2 * PRICE))
    def tampered_amount(self, order: Order, amount: int) -> None:
        """Send a notice whose amount somebody changed."""
        body = a_confirm(order) | {"SoTien": amount}
        ack = self.rig.payments.confirm(body)["MaLoi"]
        if amount != PRICE:
            assert ack == "97"
        elif ack == "00":
            self.taken.add(order.reference)

    @rule(order=orders, state=st.sampled_from([1, 3, 4]))
    def come_back(self, order: Order, state: int) -> None:
        """Open the return page while the platform says so in a QUERY."""
        self.rig.platform.state = state
        try:
            returned = self.rig.payments.returned(order.reference)
        except OrderUnknown:
            return
        if returned.order.state in {OrderState.PAID, OrderState.SURPLUS}:
            self.taken.add(order.reference)

    @rule(state=st.sampled_from([1, 3, 4]), minutes=st.sampled_from([15, 60, 1440]))
    def time_passes(self, state: int, minutes: int) -> None:
        """Wait while the portal asks the platform by itself, which says so in every QUERY."""
        self.rig.platform.state = state
        self.rig.wait(timedelta(minutes=minutes))
        ledger = self.rig.dossiers.ledger()["orders"]
        self.taken |= {str(r["reference"]) for r in ledger if r["state"] in {"paid", "surplus"}}

    @invariant()
    def settled_at_most_once(self) -> None:
        """Fee, receipts and orders agree with each other and with what was acknowledged."""
        ledger = self.rig.dossiers.ledger()
        paid = [row for row in ledger["orders"] if row["state"] == "paid"]
        surplus = [row for row in ledger["orders"] if row["state"] == "surplus"]
        (fee,) = ledger["fees"]
        assert len(paid) == len(ledger["receipts"]) == (1 if fee["state"] == "settled" else 0)
        assert {row["reference"] for row in paid + surplus} == self.taken
        assert [row["reference"] for row in ledger["receipts"]] == [
            row["reference"] for row in paid
        ]
        if paid:
            assert fee["settled_by"] == paid[0]["reference"]


TestPaying = Paying.TestCase
TestPaying.settings = settings(deadline=None, max_examples=25, stateful_step_count=15)
