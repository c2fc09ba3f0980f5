"""What the gateway asks back for a payer."""

import pytest

from mock_bank.domain.errors import (
    NotRefundable,
    OtherRefundSameId,
    RefundTooMuch,
    UnknownPayment,
    UnknownRefund,
)
from mock_bank.service.refunds import FAILS
from tests.builders.bank import A_BROWSER, Desk


@pytest.fixture
def paid(desk: Desk) -> Desk:
    """Return a desk where 150.000 đồng of a million were paid under ``req-1``."""
    payment = desk.order(amount=150_000)
    desk.service.checkout.confirm(payment.token, A_BROWSER, desk.to_the_code(payment.token))
    return desk


def test_a_refund_is_pending_until_the_clock_brings_it_about_once(paid: Desk) -> None:
    refund, is_new = paid.service.refunds.ask("refund-1", "req-1", 50_000)
    assert (refund.state, is_new, paid.balance(), paid.agenda()) == ("pending", True, 850_000, 1)

    paid.later(minutes=5)
    for _ in range(2):
        paid.service.refunds.finish("refund-1")

    done = paid.service.refunds.refund("refund-1")
    assert (done.state, done.code, done.done_at) == ("done", "00", paid.clock.now())
    assert paid.balance() == 900_000
    assert paid.outbox("notice") == ["req-1"]


def test_the_same_refund_again_is_the_same_refund(paid: Desk) -> None:
    first, _ = paid.service.refunds.ask("refund-1", "req-1", 50_000)
    again, is_new = paid.service.refunds.ask("refund-1", "req-1", 50_000)

    assert (again, is_new) == (first, False)
    with pytest.raises(OtherRefundSameId):
        paid.service.refunds.ask("refund-1", "req-1", 60_000)


def test_parts_are_refunded_up_to_the_whole_and_what_is_under_way_counts(paid: Desk) -> None:
    paid.service.refunds.ask("refund-1", "req-1", 100_000)
    with pytest.raises(RefundTooMuch):
        paid.service.refunds.ask("refund-2", "req-1", 50_001)

    paid.service.refunds.ask("refund-3", "req-1", 50_000)
    for refund_id in ("refund-1", "refund-3"):
        paid.service.refunds.finish(refund_id)

    assert paid.balance() == 1_000_000


def test_a_refund_that_the_bank_gives_up_leaves_room_for_another(paid: Desk) -> None:
    paid.service.refunds.ask("refund-1", "req-1", FAILS)
    paid.service.refunds.finish("refund-1")
    failed = paid.service.refunds.refund("refund-1")
    assert (failed.state, failed.code, paid.balance()) == ("failed", "99", 850_000)

    paid.service.refunds.ask("refund-2", "req-1", 150_000)
    paid.service.refunds.finish("refund-2")

    assert paid.balance() == 1_000_000


def test_who_leaves_an_address_is_told_of_the_end(paid: Desk) -> None:
    paid.service.refunds.ask("refund-1", "req-1", 1, "http://gateway.test/refunds")
    paid.service.refunds.finish("refund-1")

    assert paid.outbox("notice") == ["req-1", "refund-refund-1"]


def test_what_was_not_paid_is_not_given_back(desk: Desk) -> None:
    desk.order()

    with pytest.raises(NotRefundable):
        desk.service.refunds.ask("refund-1", "req-1", 1)
    with pytest.raises(UnknownPayment):
        desk.service.refunds.ask("refund-1", "req-9", 1)
    with pytest.raises(UnknownRefund):
        desk.service.refunds.refund("refund-1")
