"""Whatever happens in whatever order to a VNPAY payment: money is conserved, settled once."""

import tempfile
import threading
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from mock_payment_gateway.domain.card import CARDS
from mock_payment_gateway.domain.vnpay.merchant import Merchant
from mock_payment_gateway.domain.vnpay.sale import SaleEvent
from mock_payment_gateway.service.vnpay import LEVERS
from simkit.core.errors import RuleBroken
from simkit.core.messages import Message, Receipt
from tests.builders import vnpay as v
from tests.service.mock_payment_gateway.rig import Rig

SHOP = Merchant(v.TMN, "Cửa hàng", v.SECRET, ipn_url="http://shop.test/ipn")


class OneSale(RuleBasedStateMachine):
    """Payer, bank, merchant and time do what they like; the books stay right."""

    def __init__(self) -> None:
        """Open a payment."""
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.rig = Rig(Path(self.folder.name))
        self.vnpay = self.rig.service.vnpay
        self.vnpay.register([SHOP])
        self.token = self.vnpay.pay(v.signed_query(v.pay_fields())).token
        self.requests = 0

    def teardown(self) -> None:
        """Close the store."""
        self.rig.close()
        self.folder.cleanup()

    @rule(card=st.sampled_from(sorted(CARDS)))
    def enter_card(self, card: str) -> None:
        """Type a card."""
        found = CARDS[card]
        with suppress(RuleBroken):
            self.vnpay.enter_card(self.token, card, found.holder, found.date)

    @rule(otp=st.sampled_from(["123456", "123456", "otp", "0"]))
    def enter_otp(self, otp: str) -> None:
        """Type an OTP."""
        with suppress(RuleBroken):
            self.vnpay.enter_otp(self.token, otp)

    @rule()
    def scan(self) -> None:
        """Scan the code."""
        with suppress(RuleBroken):
            self.vnpay.scan(self.token)

    @rule()
    def cancel(self) -> None:
        """Give up in some tab."""
        with suppress(RuleBroken):
            self.vnpay.cancel(self.token)

    @rule(minutes=st.sampled_from([1, 16, 31]))
    def time_passes(self, minutes: int) -> None:
        """Let the agenda's appointments come, in any order."""
        self.rig.clock.advance(timedelta(minutes=minutes))
        self.vnpay.expire(self.token)
        self.vnpay.resolve(self.token)

    @rule(event=st.sampled_from(sorted(LEVERS)))
    def pull(self, event: SaleEvent) -> None:
        """Pull a lever of the control room."""
        with suppress(RuleBroken):
            self.vnpay.pull(v.TMN, v.ORDER, event)

    @rule(kind=st.sampled_from(["02", "03"]), share=st.integers(1, 15),
          text=st.sampled_from(["Hoan", "SIM-REFUND-REJECT", "SIM-REFUND-STUCK"]))  # fmt: skip
    def refund(self, kind: str, share: int, text: str) -> None:
        """Ask for money back."""
        self.requests += 1
        amount = 15_000_000 if kind == "02" else share * 1_000_000
        changes = {"RequestId": f"R{self.requests}", "OrderInfo": text, "TransactionType": kind}
        body = v.api_request(v.REFUND, Amount=str(amount), **changes)
        with suppress(RuleBroken):
            self.vnpay.transaction(dict(body))

    @rule(number=st.integers(1, 4))
    def refund_moves(self, number: int) -> None:
        """Let a refund go on, perhaps twice."""
        self.vnpay.move_refund(number)

    @rule(taken=st.booleans())
    def listener_answers(self, *, taken: bool) -> None:
        """Answer one of the notices that were put into the outbox."""
        for body in self.rig.outbox("vnpay-ipn")[-1:]:
            message = Message("vnpay-ipn", "k", "to", body)
            self.vnpay.hear(message, Receipt(accepted=taken))

    @invariant()
    def money_is_conserved(self) -> None:
        """Have every move sum to zero, and nobody hold what is not theirs."""
        books = self.vnpay.ledger()
        postings: list[dict[str, object]] = books["vnpay_postings"]  # type: ignore[assignment]
        held: dict[str, int] = {"payer": 0, "transit": 0, "merchant": 0}
        moves: dict[str, int] = {}
        for entry in postings:
            amount = int(str(entry["amount"]))
            held[str(entry["account"])] += amount
            moves[str(entry["about"])] = moves.get(str(entry["about"]), 0) + amount
        assert set(moves.values()) <= {0}
        assert sum(held.values()) == 0
        assert -150_000 <= held["payer"] <= 0
        assert 0 <= held["merchant"] <= 150_000
        assert held["transit"] >= 0

    @invariant()
    def one_true_notice_of_success(self) -> None:
        """Tell the merchant at most once that it was paid."""
        told = [str(body["query"]) for body in self.rig.outbox("vnpay-ipn")]
        assert sum("vnp_TransactionStatus=00" in query for query in told) <= 1


TestOneSale = OneSale.TestCase
TestOneSale.settings = settings(max_examples=60, stateful_step_count=15, deadline=None)


def test_fifty_confirmations_at_once_have_one_winner(rig: Rig) -> None:
    vnpay = rig.service.vnpay
    vnpay.register([SHOP])
    token = vnpay.pay(v.signed_query(v.pay_fields())).token
    vnpay.enter_card(token, v.GOOD_CARD, "NGUYEN VAN A", "07/15")
    start = threading.Barrier(50)
    winners: list[str] = []

    def press() -> None:
        start.wait()
        with suppress(RuleBroken):
            winners.append(vnpay.enter_otp(token, "123456").state)

    threads = [threading.Thread(target=press) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert winners == ["paid"]
    assert len(rig.outbox("vnpay-ipn")) == 1
    assert len(vnpay.ledger()["vnpay_postings"]) == 2  # type: ignore[arg-type]
