"""Rules of fee, order and receipt."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_portal.domain.fee import (
    FEE,
    ORDER,
    DossierFee,
    FeeEvent,
    FeeState,
    OrderEvent,
    OrderState,
    receipt_number,
)
from simkit.core.machine import IllegalMove
from tests.builders.dossiers import A_MORNING, an_order

S, E = OrderState, OrderEvent

PERMITTED = {
    (S.CREATED, E.OFFER, S.OFFERED),
    (S.CREATED, E.REJECT, S.REJECTED),
    (S.CREATED, E.FAIL, S.FAILED),
    (S.CREATED, E.PAY, S.PAID),
    (S.CREATED, E.OVERPAY, S.SURPLUS),
    (S.OFFERED, E.FAIL, S.FAILED),
    (S.OFFERED, E.PAY, S.PAID),
    (S.OFFERED, E.OVERPAY, S.SURPLUS),
    (S.REJECTED, E.PAY, S.PAID),
    (S.REJECTED, E.OVERPAY, S.SURPLUS),
    (S.FAILED, E.PAY, S.PAID),
    (S.FAILED, E.OVERPAY, S.SURPLUS),
}


def test_the_table_of_orders_is_the_one_that_was_specified() -> None:
    assert set(ORDER.rows()) == PERMITTED


def test_the_table_of_fees_is_the_one_that_was_specified() -> None:
    assert set(FEE.rows()) == {(FeeState.DUE, FeeEvent.SETTLE, FeeState.SETTLED)}


@pytest.mark.parametrize(
    ("state", "event"),
    [
        pytest.param(s, e, id=f"{s}+{e}")
        for s, e in product(OrderState, OrderEvent)
        if e not in ORDER.events_from(s)
    ],
)
def test_every_move_of_an_order_outside_the_table_is_refused(
    state: OrderState, event: OrderEvent
) -> None:
    with pytest.raises(IllegalMove) as refused:
        an_order(state).told(event, A_MORNING, "00", "PP1", "SAOBIEN")

    assert refused.value.facts == {"state": state, "event": event}


def test_a_fee_is_settled_once() -> None:
    fee = DossierFee("000.00.15.H24-260302-0001", 15_000).settle("H24abc", A_MORNING)

    with pytest.raises(IllegalMove):
        fee.settle("H24def", A_MORNING)

    assert (fee.state, fee.settled_by) == (FeeState.SETTLED, "H24abc")


@pytest.mark.parametrize("amount", [0, -1])
def test_there_is_no_fee_of_nothing(amount: int) -> None:
    with pytest.raises(ValueError, match="a fee of"):
        DossierFee("000.00.15.H24-260302-0001", amount)


@given(st.lists(st.sampled_from(OrderEvent)))
def test_money_that_was_taken_stays_taken(events: list[OrderEvent]) -> None:
    order = an_order(S.OFFERED).told(E.PAY, A_MORNING, "00", "PP1", "SAOBIEN")

    for event in events:
        with pytest.raises(IllegalMove):
            order = order.told(event, A_MORNING, "01", "PP1", "SAOBIEN")

    assert order.state is S.PAID


def test_receipts_are_numbered_within_the_year() -> None:
    assert receipt_number(2026, 7) == "BL2026-0000007"


@pytest.mark.parametrize("state", OrderState)
def test_every_state_of_an_order_has_words_for_pages(state: OrderState) -> None:
    assert state.label


def test_only_orders_that_nobody_decided_are_open() -> None:
    assert {state for state in OrderState if state.is_open} == {S.CREATED, S.OFFERED}
