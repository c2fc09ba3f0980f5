"""What may become of a refund."""

from itertools import product

import pytest

from mock_bank.domain.errors import NotRefundable, OtherRefundSameId, RefundTooMuch
from mock_bank.domain.payment import Code, PaymentState
from mock_bank.domain.refund import (
    REFUND,
    Refund,
    RefundEvent,
    RefundState,
    refund_report,
    refundable_or_refuse,
)
from simkit.core.machine import IllegalMove
from tests.builders.bank import A_MORNING, a_payment

PENDING, DONE, FAILED = RefundState.PENDING, RefundState.DONE, RefundState.FAILED


def a_refund(state: RefundState = PENDING) -> Refund:
    return Refund("refund-1", "req-1", 50_000, A_MORNING, state=state)


def test_the_table_is_the_one_of_the_design() -> None:
    assert set(REFUND.rows()) == {
        (PENDING, RefundEvent.BOOK, DONE),
        (PENDING, RefundEvent.FAIL, FAILED),
    }


@pytest.mark.parametrize(
    ("state", "event"),
    [
        pytest.param(s, e, id=f"{s}+{e}")
        for s, e in product(RefundState, RefundEvent)
        if e not in REFUND.events_from(s)
    ],
)
def test_every_move_outside_the_table_is_refused(state: RefundState, event: RefundEvent) -> None:
    refund = a_refund(state)

    with pytest.raises(IllegalMove):
        if event is RefundEvent.BOOK:
            refund.book("FT1", A_MORNING)
        else:
            refund.fail(Code.OTHER)


def test_a_done_refund_says_when_and_under_which_reference() -> None:
    assert refund_report(a_refund().book("FT1", A_MORNING)) == {
        "refund_id": "refund-1",
        "request_id": "req-1",
        "amount": 50_000,
        "state": "done",
        "code": "00",
        "bank_ref": "FT1",
        "done_at": "2026-11-23T09:00:00+07:00",
    }


@pytest.mark.parametrize("state", [state for state in PaymentState if state != "paid"])
def test_only_what_was_paid_is_given_back(state: PaymentState) -> None:
    with pytest.raises(NotRefundable):
        refundable_or_refuse(a_payment(state=state), 0, 1)


def test_all_refunds_together_are_at_most_the_payment() -> None:
    paid = a_payment(state=PaymentState.PAID)

    refundable_or_refuse(paid, 100_000, 50_000)
    with pytest.raises(RefundTooMuch) as refused:
        refundable_or_refuse(paid, 100_000, 50_001)

    assert refused.value.facts == {"left": "50000"}


@pytest.mark.parametrize(("request_id", "amount"), [("req-2", 50_000), ("req-1", 50_001)])
def test_another_refund_under_the_same_id_is_refused(request_id: str, amount: int) -> None:
    a_refund().same_or_refuse("req-1", 50_000)
    with pytest.raises(OtherRefundSameId):
        a_refund().same_or_refuse(request_id, amount)
