"""A result that never came is asked for, at fixed times, until it is known."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from mock_portal.domain.fee import ASK_AFTER, FeeState, OrderState
from mock_portal.service.reconciling import FEE_QUERY
from simkit.core.errors import NeighbourDown
from simkit.core.messages import Message, Receipt
from tests.builders.dossier_rig import OWNER, Rig
from tests.builders.dossiers import a_confirm, a_query_answer

PAID, PENDING, FAILED = 1, 3, 4
A_MONTH = timedelta(days=30)


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    made = Rig(tmp_path)
    yield made
    made.close()


def order_state(rig: Rig, code: str) -> OrderState:
    return rig.payments.page(OWNER, code).orders[-1].state


def fee_state(rig: Rig, code: str) -> FeeState:
    fee = rig.payments.page(OWNER, code).fee
    assert fee is not None
    return fee.state


@pytest.mark.parametrize("after", ASK_AFTER)
def test_a_lost_notice_is_found_by_the_next_question(rig: Rig, after: timedelta) -> None:
    dossier = rig.sent()
    rig.an_offered_order(dossier)
    rig.wait(after - timedelta(seconds=1))
    rig.platform.state = PAID
    assert fee_state(rig, dossier.code) is FeeState.DUE

    rig.wait(timedelta(seconds=1))

    view = rig.payments.page(OWNER, dossier.code)
    assert fee_state(rig, dossier.code) is FeeState.SETTLED
    assert view.receipt is not None
    assert len(rig.dossiers.ledger()["receipts"]) == 1


def test_an_order_that_stays_pending_is_asked_about_for_three_days_and_stays_open(
    rig: Rig,
) -> None:
    dossier = rig.sent()
    rig.an_offered_order(dossier)

    rig.wait(A_MONTH)

    assert rig.platform.queries == len(ASK_AFTER)
    assert order_state(rig, dossier.code) is OrderState.OFFERED
    assert rig.appointment() is None


@pytest.mark.parametrize("code", ["00", "01"])
def test_nothing_is_asked_once_the_notice_came(rig: Rig, code: str) -> None:
    order = rig.an_offered_order(rig.sent())
    rig.payments.confirm(a_confirm(order, code))

    assert rig.appointment() is None
    rig.wait(A_MONTH)
    assert rig.messages(FEE_QUERY) == []


def test_a_question_that_found_the_end_is_the_last(rig: Rig) -> None:
    dossier = rig.sent()
    rig.an_offered_order(dossier)
    rig.platform.state = FAILED

    rig.wait(A_MONTH)

    assert rig.platform.queries == 1
    assert order_state(rig, dossier.code) is OrderState.FAILED
    assert fee_state(rig, dossier.code) is FeeState.DUE


def test_an_order_whose_init_was_not_answered_is_asked_about_too(rig: Rig) -> None:
    dossier = rig.sent()
    rig.platform.down = True
    with pytest.raises(NeighbourDown):
        rig.payments.start(OWNER, dossier.code)
    rig.platform.down = False
    order = rig.payments.page(OWNER, dossier.code).orders[-1]
    rig.platform.orders[order.reference] = order
    rig.platform.state = PAID

    rig.wait(ASK_AFTER[0])

    assert fee_state(rig, dossier.code) is FeeState.SETTLED


def test_a_platform_that_does_not_know_the_order_or_is_silent_changes_nothing(rig: Rig) -> None:
    dossier = rig.sent()
    rig.an_offered_order(dossier)
    rig.platform.down = True
    rig.wait(ASK_AFTER[0])
    rig.platform.down = False
    rig.platform.orders.clear()

    rig.wait(A_MONTH)

    assert order_state(rig, dossier.code) is OrderState.OFFERED


@pytest.mark.parametrize(
    "spoilt",
    [
        {"MaXacThuc": "0" * 64},
        {"SoTien": 1},
        {"SoTien": 1.5},
        {"MaThamChieu": "H24khac"},
        {"TrangThaiGD": ""},
        {"TrangThaiGD": ["1"]},
        {"MaDoiTac": None},
    ],
)
def test_an_answer_that_is_not_genuine_is_not_believed(rig: Rig, spoilt: dict[str, object]) -> None:
    dossier = rig.sent()
    order = rig.an_offered_order(dossier)
    message = Message(FEE_QUERY, f"{order.reference}:0", "gateway", {}, dossier.code)

    answer = a_query_answer(order, PAID) | spoilt
    rig.reconciling.answered(message, Receipt(accepted=True, answer=answer))

    assert fee_state(rig, dossier.code) is FeeState.DUE


def test_a_late_answer_after_the_notice_settles_nothing_a_second_time(rig: Rig) -> None:
    dossier = rig.sent()
    order = rig.an_offered_order(dossier)
    message = Message(FEE_QUERY, f"{order.reference}:0", "gateway", {}, dossier.code)
    answer = Receipt(accepted=True, answer=a_query_answer(order, PAID))

    rig.payments.confirm(a_confirm(order))
    rig.reconciling.answered(message, answer)

    ledger = rig.dossiers.ledger()
    assert [row["state"] for row in ledger["orders"]] == ["paid"]
    assert len(ledger["receipts"]) == 1
