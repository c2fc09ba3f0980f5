"""Whatever happens in whatever order: paid at most once, one CONFIRM per outcome."""

import tempfile
import threading
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from mock_payment_gateway.domain.bank import BankState
from simkit.core.errors import RuleBroken
from tests.builders.gateway import RIVER_BANK, SEA_BANK
from tests.service.mock_payment_gateway.rig import Rig
from tests.service.mock_payment_gateway.test_payers_side import tell

FINAL = [state for state in BankState if state is not BankState.PENDING]


class OneOrder(RuleBasedStateMachine):
    """Payer, bank and time do what they like; the books stay right."""

    def __init__(self) -> None:
        """Open an order."""
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.rig = Rig(Path(self.folder.name))
        self.token = self.rig.init()
        self.outcomes: list[str] = []
        self.debited = False

    def teardown(self) -> None:
        """Close the store."""
        self.rig.close()
        self.folder.cleanup()

    @property
    def request_id(self) -> str:
        """The request at the bank, if there is one."""
        return self.rig.payment(self.token).request_id

    def watch(self) -> None:
        """Note a new outcome."""
        payment = self.rig.payment(self.token)
        if payment.settled and payment.state not in self.outcomes:
            self.outcomes.append(payment.state)

    @rule(bank=st.sampled_from([SEA_BANK.code, RIVER_BANK.code, "NOBANK"]))
    def choose(self, bank: str) -> None:
        """Press «Thanh toán» in some tab."""
        with suppress(RuleBroken):
            self.rig.service.choose(self.token, bank)

    @rule()
    def cancel(self) -> None:
        """Press «Hủy giao dịch» in some tab."""
        with suppress(RuleBroken):
            self.rig.service.cancel(self.token)
        self.watch()

    @precondition(lambda self: bool(self.request_id))
    @rule(state=st.sampled_from(FINAL))
    def bank_decides(self, state: BankState) -> None:
        """Let the bank conclude; a debit is never taken back."""
        if not self.debited:
            self.rig.says(self.request_id, state)
            self.debited = state is BankState.PAID

    @precondition(lambda self: bool(self.request_id))
    @rule(stale=st.sampled_from(FINAL))
    def stale_notice(self, stale: BankState) -> None:
        """Bring an old notice, other than of a payment, out of order."""
        if stale is not BankState.PAID:
            kept = self.rig.bank.words.get(self.request_id)
            with suppress(RuleBroken):
                tell(self.rig, self.rig.says(self.request_id, stale))
            if kept is not None:
                self.rig.bank.words[self.request_id] = kept
            self.watch()

    @precondition(lambda self: self.request_id in self.rig.bank.words)
    @rule()
    def notice(self) -> None:
        """Bring the bank's notice, perhaps once more."""
        with suppress(RuleBroken):
            tell(self.rig, self.rig.bank.words[self.request_id])
        self.watch()

    @rule()
    def come_back(self) -> None:
        """Come back with the browser."""
        with suppress(RuleBroken):
            self.rig.service.come_back(self.token)
        self.watch()

    @rule()
    def time_out(self) -> None:
        """Let the time to pay run out."""
        self.rig.clock.advance(timedelta(minutes=15))
        self.rig.service.time_out(self.rig.payment(self.token).platform_id)
        self.watch()

    @invariant()
    def one_request_at_the_bank(self) -> None:
        """Have no second payment for the order."""
        assert len(self.rig.bank.created) <= 1

    @invariant()
    def one_confirm_per_outcome(self) -> None:
        """Tell the partner of each outcome exactly once."""
        told = [str(confirm["MaLoi"]) for confirm in self.rig.outbox()]
        codes = {"paid": "00", "failed": "01", "cancelled": "01", "expired": "04"}
        assert told == [codes[outcome] for outcome in self.outcomes]

    @invariant()
    def money_is_booked_only_if_it_moved(self) -> None:
        """Book «paid» here only when debited there, and never undo it."""
        if "paid" in self.outcomes:
            assert self.debited
            assert self.outcomes[-1] == "paid" == self.rig.payment(self.token).state


TestOneOrder = OneOrder.TestCase
TestOneOrder.settings = settings(max_examples=60, stateful_step_count=15, deadline=None)


def test_fifty_notices_at_once_have_one_winner(rig: Rig) -> None:
    token, request_id = rig.at_bank()
    word = rig.says(request_id, BankState.PAID)
    start = threading.Barrier(50)
    troubles: list[BaseException] = []

    def bring() -> None:
        start.wait()
        try:
            tell(rig, word)
        except BaseException as trouble:  # noqa: BLE001 -- a thread's trouble must reach the test
            troubles.append(trouble)

    threads = [threading.Thread(target=bring) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert troubles == []
    assert rig.payment(token).state == "paid"
    assert len(rig.outbox()) == 1


def test_thirty_tabs_pressing_pay_at_once_make_one_payment(rig: Rig) -> None:
    token = rig.init()
    start = threading.Barrier(30)
    pages: list[str] = []

    def press(number: int) -> None:
        start.wait()
        pages.append(rig.service.choose(token, (SEA_BANK, RIVER_BANK)[number % 2].code))

    threads = [threading.Thread(target=press, args=(number,)) for number in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(pages) == 30
    assert len(set(pages)) == 1
    assert len(rig.bank.created) == 1
