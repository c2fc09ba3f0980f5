"""Refunds of platform orders: never more than was paid, whatever comes in whatever order."""

import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from mock_payment_gateway.domain import refund as rules
from mock_payment_gateway.domain.bank import BankState
from mock_payment_gateway.domain.refund import RefundState
from simkit.core.errors import RuleBroken
from tests.builders.gateway import PARTNER, REFERENCE, pipe_hash
from tests.service.mock_payment_gateway.rig import Rig
from tests.service.mock_payment_gateway.test_payers_side import tell


def a_refund(name: str, amount: int) -> dict[str, object]:
    fields: dict[str, object] = {
        "LoaiBanTin": "REFUND",
        "PhienBan": "1.0.6",
        "MaDoiTac": PARTNER,
        "MaThamChieu": REFERENCE,
        "ThoiGianGD": "20250101101010",
        "MaHoanTien": name,
        "SoTien": str(amount),
    }
    return fields | {"MaXacThuc": pipe_hash(*fields.values())}


def ask(rig: Rig, name: str, amount: int) -> dict[str, Any]:
    return dict(rig.service.refunds.ask(*rules.read(a_refund(name, amount))))


class OneOrdersRefunds(RuleBasedStateMachine):
    """Partner and bank do what they like with a paid order."""

    def __init__(self) -> None:
        """Have an order paid."""
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.rig = Rig(Path(self.folder.name))
        _, request_id = self.rig.at_bank()
        tell(self.rig, self.rig.says(request_id, BankState.PAID))
        self.ended: dict[str, str] = {}

    def teardown(self) -> None:
        """Close the store."""
        self.rig.close()
        self.folder.cleanup()

    @rule(name=st.sampled_from("ABCDE"), amount=st.integers(1, 160_000))
    def ask(self, name: str, amount: int) -> None:
        """Ask for money back, perhaps again, perhaps under a name that is taken."""
        with suppress(RuleBroken):
            ask(self.rig, name, amount)

    @rule(name=st.sampled_from("ABCDE"), state=st.sampled_from(list(RefundState)))
    def bank_says(self, name: str, state: RefundState) -> None:
        """Have the bank say something of a refund; its last word stays."""
        for one in self.rig.service.refunds.ledger():
            if one["name"] == name and str(one["refund_id"]) not in self.ended:
                self.rig.bank.refund_state = state
                ended = self.rig.service.refunds.push(str(one["refund_id"]))
                assert ended is (state is not RefundState.PENDING)
                if ended:
                    self.ended[str(one["refund_id"])] = state

    @invariant()
    def never_more_than_was_paid(self) -> None:
        """Give back at most the order's amount, and never take back what is done."""
        books = self.rig.service.refunds.ledger()
        given = [int(str(one["amount"])) for one in books if one["state"] != "failed"]
        assert sum(given) <= 150_000
        states = {str(one["refund_id"]): one["state"] for one in books}
        assert all(states[refund_id] == state for refund_id, state in self.ended.items())


TestOneOrdersRefunds = OneOrdersRefunds.TestCase
TestOneOrdersRefunds.settings = settings(max_examples=40, stateful_step_count=12, deadline=None)


def test_of_thirty_full_refunds_at_once_one_is_taken(rig: Rig) -> None:
    _, request_id = rig.at_bank()
    tell(rig, rig.says(request_id, BankState.PAID))
    start = threading.Barrier(30)
    taken: list[str] = []

    def press(number: int) -> None:
        start.wait()
        with suppress(RuleBroken):
            taken.append(str(ask(rig, f"HT{number}", 150_000)["MaHoanTien"]))

    threads = [threading.Thread(target=press, args=(number,)) for number in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(taken) == 1
    assert len(rig.outbox("refund")) == 1
