"""Rules of the payment order."""

from datetime import timedelta
from itertools import product

import pytest

from mock_payment_gateway.domain.bank import BankState
from mock_payment_gateway.domain.errors import (
    MaLoi,
    OrderClosed,
    OrderExpired,
    WrongAmount,
)
from mock_payment_gateway.domain.payment import (
    PAYMENT,
    TIME_TO_PAY,
    TRANG_THAI_GD,
    PaymentEvent,
    PaymentState,
)
from simkit.core.machine import IllegalMove
from tests.builders.gateway import A_MONDAY, RIVER_BANK, SEA_BANK, a_payment, a_word

SOON = A_MONDAY + timedelta(minutes=1)
TOO_LATE = A_MONDAY + TIME_TO_PAY

PERMITTED = {
    ("created", "choose-bank", "bank-chosen"),
    ("created", "cancel", "cancelled"),
    ("created", "time-out", "expired"),
    ("bank-chosen", "time-out", "unknown"),
    ("bank-chosen", "bank-paid", "paid"),
    ("bank-chosen", "bank-failed", "failed"),
    ("bank-chosen", "bank-cancelled", "cancelled"),
    ("bank-chosen", "bank-expired", "expired"),
    ("unknown", "bank-paid", "paid"),
    ("unknown", "bank-failed", "failed"),
    ("unknown", "bank-cancelled", "cancelled"),
    ("unknown", "bank-expired", "expired"),
    ("expired", "bank-paid", "paid"),
    ("failed", "bank-paid", "paid"),
    ("cancelled", "bank-paid", "paid"),
}


def test_the_table_is_the_specification() -> None:
    assert {tuple(map(str, row)) for row in PAYMENT.rows()} == PERMITTED


@pytest.mark.parametrize(
    ("state", "event"),
    [
        pytest.param(s, e, id=f"{s}+{e}")
        for s, e in product(PaymentState, PaymentEvent)
        if e not in PAYMENT.events_from(s)
    ],
)
def test_every_move_outside_the_table_is_refused(state: PaymentState, event: PaymentEvent) -> None:
    with pytest.raises(IllegalMove) as refused:
        a_payment(state).happen(event, SOON)

    assert refused.value.facts == {"state": state, "event": event}


def test_nothing_undoes_a_payment() -> None:
    assert PAYMENT.events_from(PaymentState.PAID) == set()


@pytest.mark.parametrize(
    ("word", "state", "code"),
    [
        (BankState.PAID, PaymentState.PAID, MaLoi.OK),
        (BankState.FAILED, PaymentState.FAILED, MaLoi.PAYMENT_FAILED),
        (BankState.CANCELLED, PaymentState.CANCELLED, MaLoi.PAYMENT_FAILED),
        (BankState.EXPIRED, PaymentState.EXPIRED, MaLoi.TIMED_OUT),
    ],
)
@pytest.mark.parametrize("before", [PaymentState.BANK_CHOSEN, PaymentState.UNKNOWN])
def test_the_bank_decides_the_outcome(
    before: PaymentState, word: BankState, state: PaymentState, code: MaLoi
) -> None:
    after = a_payment(before).hear(a_word(word), SOON)

    assert after.state is state
    assert after.settled
    assert after.report().code is code
    assert after.bank_ref == "FT2632700001"


@pytest.mark.parametrize(
    ("state", "status"),
    [
        ("created", 3),
        ("bank-chosen", 3),
        ("unknown", 3),
        ("paid", 1),
        ("failed", 4),
        ("cancelled", 4),
        ("expired", 4),
    ],
)
def test_every_state_has_its_trang_thai_gd(state: str, status: int) -> None:
    assert TRANG_THAI_GD[PaymentState(state)] == status


@pytest.mark.parametrize("state", [s for s in PaymentState if s is not PaymentState.CREATED])
def test_a_bank_that_says_pending_changes_nothing(state: PaymentState) -> None:
    payment = a_payment(state)

    assert payment.hear(a_word(BankState.PENDING), SOON) is payment


@pytest.mark.parametrize("word", [w for w in BankState if w is not BankState.PENDING])
def test_the_same_word_again_changes_nothing(word: BankState) -> None:
    once = a_payment(PaymentState.BANK_CHOSEN).hear(a_word(word), SOON)

    assert once.hear(a_word(word), TOO_LATE) is once


@pytest.mark.parametrize("word", [BankState.FAILED, BankState.CANCELLED, BankState.EXPIRED])
def test_a_paid_order_stays_paid_whatever_the_bank_says_later(word: BankState) -> None:
    with pytest.raises(IllegalMove):
        a_payment(PaymentState.PAID).hear(a_word(word), SOON)


@pytest.mark.parametrize(
    "state", [PaymentState.EXPIRED, PaymentState.FAILED, PaymentState.CANCELLED]
)
def test_money_wins_over_an_earlier_outcome(state: PaymentState) -> None:
    after = a_payment(state).hear(a_word(BankState.PAID), TOO_LATE)

    assert after.state is PaymentState.PAID
    assert after.late


def test_a_payment_in_time_is_not_late() -> None:
    assert not a_payment(PaymentState.BANK_CHOSEN).hear(a_word(), SOON).late


@pytest.mark.parametrize("state", [s for s in PaymentState if s is not PaymentState.CREATED])
@pytest.mark.parametrize("amount", [0, 149_999, 150_001])
def test_another_amount_is_refused_in_every_state(state: PaymentState, amount: int) -> None:
    with pytest.raises(WrongAmount) as refused:
        a_payment(state).hear(a_word(amount=amount), SOON)

    assert refused.value.facts == {"order": "150000", "bank": str(amount)}


def test_the_choice_of_a_bank_draws_one_request() -> None:
    chosen = a_payment().go_to(SEA_BANK, "request-9", SOON)

    assert (chosen.state, chosen.bank, chosen.request_id) == ("bank-chosen", "SAOBIEN", "request-9")


def test_a_second_choice_keeps_the_first() -> None:
    chosen = a_payment().go_to(SEA_BANK, "request-1", SOON)

    assert chosen.go_to(RIVER_BANK, "request-2", SOON) is chosen


@pytest.mark.parametrize("state", ["paid", "failed", "cancelled", "expired"])
def test_a_settled_order_takes_no_choice(state: str) -> None:
    with pytest.raises(OrderClosed):
        a_payment(PaymentState(state)).go_to(SEA_BANK, "request-2", SOON)


@pytest.mark.parametrize("state", ["created", "bank-chosen", "unknown"])
def test_no_bank_can_be_chosen_from_the_moment_of_expiry(state: str) -> None:
    with pytest.raises(OrderExpired):
        a_payment(PaymentState(state)).go_to(SEA_BANK, "request-2", TOO_LATE)


def test_giving_up_twice_is_once() -> None:
    gone = a_payment().give_up(SOON)

    assert gone.state is PaymentState.CANCELLED
    assert gone.give_up(TOO_LATE) is gone


@pytest.mark.parametrize("state", ["bank-chosen", "unknown", "paid", "failed", "expired"])
def test_an_order_that_a_bank_has_or_had_cannot_be_cancelled_here(state: str) -> None:
    with pytest.raises(OrderClosed):
        a_payment(PaymentState(state)).give_up(SOON)


def test_the_report_names_the_bank_and_the_moment_of_the_outcome() -> None:
    report = a_payment(PaymentState.BANK_CHOSEN).hear(a_word(), SOON).report()

    assert (report.bank, report.at) == ("SAOBIEN", "20261123090100")


def test_before_an_outcome_the_report_repeats_what_the_init_said() -> None:
    report = a_payment().report()

    assert (report.bank, report.at) == ("PAYMENT", "20250101101010")
