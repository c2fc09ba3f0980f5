"""What may become of a payment."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from mock_bank.domain.errors import OtherPaymentSameId
from mock_bank.domain.payment import (
    CALLED_OFF,
    LAPSED,
    OTP_LOCKED,
    PAYMENT,
    TOO_POOR,
    Ending,
    PaymentEvent,
    PaymentState,
)
from simkit.core.machine import IllegalMove
from tests.builders.bank import A_MORNING, a_payment, an_order

PENDING, PAID = PaymentState.PENDING, PaymentState.PAID
CHARGED, OWED, REVERSED = PaymentState.CHARGED, PaymentState.OWED, PaymentState.REVERSED
FAILED, CANCELLED, EXPIRED = PaymentState.FAILED, PaymentState.CANCELLED, PaymentState.EXPIRED


def test_the_table_is_the_one_of_the_interface() -> None:
    assert set(PAYMENT.rows()) == {
        (PENDING, PaymentEvent.SETTLE, PAID),
        (PENDING, PaymentEvent.FAIL, FAILED),
        (PENDING, PaymentEvent.CANCEL, CANCELLED),
        (PENDING, PaymentEvent.EXPIRE, EXPIRED),
        (PENDING, PaymentEvent.CHARGE, CHARGED),
        (CHARGED, PaymentEvent.SETTLE, PAID),
        (CHARGED, PaymentEvent.FAIL, OWED),
        (CHARGED, PaymentEvent.REVERSE, REVERSED),
        (OWED, PaymentEvent.REVERSE, REVERSED),
    }


@pytest.mark.parametrize(
    ("state", "event"),
    [
        pytest.param(s, e, id=f"{s}+{e}")
        for s, e in product(PaymentState, PaymentEvent)
        if e not in PAYMENT.events_from(s)
    ],
)
def test_every_move_outside_the_table_is_refused(state: PaymentState, event: PaymentEvent) -> None:
    payment = a_payment(state=state)

    with pytest.raises(IllegalMove) as refused:
        payment.end(Ending(event, LAPSED.code))

    assert refused.value.facts == {"state": state, "event": event}


@pytest.mark.parametrize("state", [PAID, FAILED, CANCELLED, EXPIRED, OWED, REVERSED])
def test_an_ended_payment_is_never_settled(state: PaymentState) -> None:
    with pytest.raises(IllegalMove):
        a_payment(state=state).settle("FT1", A_MORNING, payer="4360000000001")


@pytest.mark.parametrize(
    ("ending", "state", "code"),
    [
        pytest.param(LAPSED, EXPIRED, "11", id="expired"),
        pytest.param(OTP_LOCKED, FAILED, "13", id="wrong code too often"),
        pytest.param(CALLED_OFF, CANCELLED, "24", id="cancelled"),
        pytest.param(TOO_POOR, FAILED, "51", id="not enough money"),
    ],
)
def test_each_ending_has_its_code(ending: Ending, state: PaymentState, code: str) -> None:
    ended = a_payment().end(ending)

    assert (ended.state, ended.code, ended.bank_ref, ended.paid_at) == (state, code, None, None)


def test_a_settled_payment_says_when_and_under_which_reference() -> None:
    paid = a_payment().settle("FT1", A_MORNING, payer="4360000000001")

    assert (paid.state, paid.code, paid.bank_ref, paid.paid_at) == (PAID, "00", "FT1", A_MORNING)


def test_its_time_is_over_at_the_very_moment_that_was_set() -> None:
    payment = a_payment()
    ends = payment.order.expires_at

    assert not payment.is_over_at(ends - timedelta(microseconds=1))
    assert payment.is_over_at(ends)


@pytest.mark.parametrize(
    ("state", "said"),
    [(CHARGED, PENDING), (OWED, FAILED), (REVERSED, FAILED), (PAID, PAID), (EXPIRED, EXPIRED)],
)
def test_what_is_the_banks_own_business_is_not_told(
    state: PaymentState, said: PaymentState
) -> None:
    assert a_payment(state=state).said is said


def test_what_was_charged_cannot_run_out_of_time() -> None:
    payment = a_payment().charge("4360000000001")

    assert (payment.state, payment.payer) == (CHARGED, "4360000000001")
    assert not payment.is_over_at(payment.order.expires_at + timedelta(days=1))


def test_what_has_ended_cannot_run_out_of_time() -> None:
    payment = a_payment(state=PAID)

    assert not payment.is_over_at(payment.order.expires_at + timedelta(days=1))


def test_the_same_order_again_is_a_repetition_even_with_another_text_or_end() -> None:
    again = replace(
        an_order(), description="other words", expires_at=A_MORNING + timedelta(hours=1)
    )

    a_payment().same_or_refuse(again)


@pytest.mark.parametrize(
    ("field", "other"),
    [
        pytest.param("amount", an_order(amount=1), id="amount"),
        pytest.param("bank", an_order(bank="BIDV"), id="bank"),
        pytest.param("reference", an_order(reference="PP0002"), id="reference"),
    ],
)
def test_another_order_under_the_same_id_is_refused_by_field(field: str, other: object) -> None:
    with pytest.raises(OtherPaymentSameId) as refused:
        a_payment().same_or_refuse(other)  # type: ignore[arg-type] # parametrize loses the type

    assert list(refused.value.facts) == [field]
