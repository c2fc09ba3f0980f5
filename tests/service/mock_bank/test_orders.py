"""What the gateway asks of a bank."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mock_bank.domain.errors import OtherPaymentSameId, UnknownBank, UnknownPayment
from mock_bank.domain.payment import PaymentState
from simkit.core.errors import BadInput
from tests.builders.bank import A_MORNING, Desk, an_order


def test_the_same_order_twice_is_one_payment(desk: Desk) -> None:
    first, is_new = desk.service.orders.place(an_order())
    again, is_new_again = desk.service.orders.place(an_order())

    assert (is_new, is_new_again) == (True, False)
    assert again == first


def test_the_same_id_for_another_amount_is_refused_and_changes_nothing(desk: Desk) -> None:
    first, _ = desk.service.orders.place(an_order())

    with pytest.raises(OtherPaymentSameId):
        desk.service.orders.place(an_order(amount=999))

    assert desk.service.orders.payment("req-1") == first


def test_a_repetition_is_answered_even_after_the_payment_has_ended(desk: Desk) -> None:
    payment, _ = desk.service.orders.place(an_order())
    desk.service.checkout.cancel(payment.token)

    again, is_new = desk.service.orders.place(an_order())

    assert (again.state, is_new) == (PaymentState.CANCELLED, False)


def test_an_order_at_no_known_bank_is_refused(desk: Desk) -> None:
    with pytest.raises(UnknownBank):
        desk.service.orders.place(an_order(bank="NGAN-HANG-LA"))


def test_an_order_whose_time_is_over_is_refused(desk: Desk) -> None:
    with pytest.raises(BadInput) as refused:
        desk.service.orders.place(replace(an_order(), expires_at=A_MORNING))

    assert refused.value.facts == {"expires_at": "in the past"}


def test_nothing_is_known_of_a_payment_that_nobody_ordered(desk: Desk) -> None:
    with pytest.raises(UnknownPayment):
        desk.service.orders.payment("req-9")


def test_a_payment_that_runs_out_of_time_ends_with_one_notice(desk: Desk) -> None:
    payment = desk.order()
    assert desk.agenda() == 1

    desk.later(minutes=15)
    desk.service.orders.expire(payment.token)
    desk.service.orders.expire(payment.token)

    ended = desk.service.orders.payment("req-1")
    assert (ended.state, ended.code) == (PaymentState.EXPIRED, "11")
    assert desk.outbox("notice") == ["req-1"]
    assert desk.agenda() == 0


def test_an_agenda_that_comes_too_early_ends_nothing(desk: Desk) -> None:
    payment = desk.order()

    desk.later(minutes=14)

    assert desk.service.orders.expire(payment.token).state is PaymentState.PENDING


def test_who_asks_before_the_agenda_had_its_turn_is_told_the_truth(desk: Desk) -> None:
    desk.order()

    desk.later(minutes=15)

    assert desk.service.orders.payment("req-1").state is PaymentState.EXPIRED
    assert desk.outbox("notice") == ["req-1"]


def test_a_payment_that_was_made_is_not_ended_by_its_time(desk: Desk) -> None:
    payment = desk.order()
    code = desk.to_the_code(payment.token)
    desk.service.checkout.confirm(payment.token, "browser-1", code)

    desk.later(days=3)
    desk.service.orders.expire(payment.token)

    assert desk.service.orders.payment("req-1").state is PaymentState.PAID
    assert desk.outbox("notice") == ["req-1"]


def test_five_banks_and_a_wallet_can_be_chosen(desk: Desk) -> None:
    names = [bank.name for bank in desk.service.orders.banks()]

    assert names == ["Vietcombank", "VietinBank", "BIDV", "Agribank", "MB", "VNPT Money"]


def test_time_is_given_up_to_the_last_moment(desk: Desk) -> None:
    payment, _ = desk.service.orders.place(
        an_order(expires_at=A_MORNING + timedelta(microseconds=1))
    )

    assert payment.state is PaymentState.PENDING
