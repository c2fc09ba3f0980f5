"""Whatever is clicked, and in however many windows: one fee is one payment at a time."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from mock_portal.domain.dossier import Dossier
from mock_portal.domain.errors import FeeNotDue, PaymentPending
from mock_portal.domain.fee import DOUBTED_FOR, IN_FLIGHT, PAYABLE_FOR, Order, OrderState
from mock_portal.ports.payments import InitAnswer
from simkit.core.errors import NeighbourDown
from tests.builders.dossier_rig import OWNER, Rig
from tests.builders.dossiers import a_confirm

PAID, PENDING, FAILED = 1, 3, 4
A_MOMENT = timedelta(seconds=1)


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    made = Rig(tmp_path)
    yield made
    made.close()


def start(rig: Rig, dossier: Dossier) -> str:
    return rig.payments.start(OWNER, dossier.code)


def orders(rig: Rig, dossier: Dossier) -> tuple[Order, ...]:
    return rig.payments.page(OWNER, dossier.code).orders


def test_whoever_clicks_again_goes_on_with_the_same_order(rig: Rig) -> None:
    dossier = rig.sent()

    first = start(rig, dossier)
    rig.clock.advance(PAYABLE_FOR - A_MOMENT)

    assert start(rig, dossier) == first
    assert len(orders(rig, dossier)) == 1


def test_two_clicks_at_the_same_moment_are_one_order_at_the_platform(rig: Rig) -> None:
    dossier = rig.sent()

    def click(_: int) -> str:
        try:
            return start(rig, dossier)
        except PaymentPending:
            return ""

    with ThreadPoolExecutor(8) as windows:
        pages = set(windows.map(click, range(16)))

    assert len(pages - {""}) == 1
    assert len(rig.platform.orders) == 1


def test_while_the_first_click_waits_for_the_platform_the_second_is_told_to_wait(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = rig.sent()
    usual = rig.platform.init
    told: list[str] = []

    def slow(order: Order, payee: object) -> InitAnswer:
        with pytest.raises(PaymentPending) as refused:
            start(rig, dossier)
        told.append(str(refused.value))
        return usual(order, payee)  # type: ignore[arg-type]

    monkeypatch.setattr(rig.platform, "init", slow)
    start(rig, dossier)

    assert told == [
        "Yêu cầu thanh toán vừa được gửi đi từ một cửa sổ khác. Hãy chờ một phút rồi thử lại."
    ]


@pytest.mark.parametrize("state", [OrderState.FAILED, OrderState.REJECTED])
def test_after_an_order_that_ended_without_money_a_new_one_begins(
    rig: Rig, state: OrderState
) -> None:
    dossier = rig.sent()
    if state is OrderState.FAILED:
        rig.payments.confirm(a_confirm(rig.an_offered_order(dossier), "01"))
    else:
        rig.platform.refuses = "96"
        with pytest.raises(Exception, match="chưa nhận yêu cầu"):
            start(rig, dossier)
        rig.platform.refuses = "00"

    start(rig, dossier)

    assert [each.state for each in orders(rig, dossier)] == [state, OrderState.OFFERED]


def test_after_a_silent_platform_one_may_try_again_at_once(rig: Rig) -> None:
    dossier = rig.sent()
    rig.platform.down = True
    with pytest.raises(NeighbourDown):
        start(rig, dossier)
    rig.platform.down = False

    start(rig, dossier)

    assert [each.state for each in orders(rig, dossier)] == [OrderState.CREATED, OrderState.OFFERED]


def test_an_init_that_never_came_back_stops_being_in_the_way(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = rig.sent()

    def dies(_: Order, __: object) -> InitAnswer:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(rig.platform, "init", dies)
        start(rig, dossier)
    rig.clock.advance(IN_FLIGHT)

    start(rig, dossier)

    assert len(orders(rig, dossier)) == 2


def test_before_paying_again_the_platform_is_asked_about_the_order_before(rig: Rig) -> None:
    dossier = rig.sent()
    start(rig, dossier)
    rig.clock.advance(PAYABLE_FOR)
    rig.platform.state = PAID

    with pytest.raises(FeeNotDue):
        start(rig, dossier)

    (order,) = orders(rig, dossier)
    assert order.state is OrderState.PAID


@pytest.mark.parametrize("down", [False, True])
def test_while_nobody_knows_the_result_it_is_refused_to_pay_again(rig: Rig, *, down: bool) -> None:
    dossier = rig.sent()
    start(rig, dossier)
    rig.clock.advance(PAYABLE_FOR)
    rig.platform.down = down

    with pytest.raises(PaymentPending, match="Đừng thanh toán lần nữa"):
        start(rig, dossier)

    assert len(orders(rig, dossier)) == 1


def test_a_result_that_never_comes_does_not_keep_the_dossier_for_ever(rig: Rig) -> None:
    dossier = rig.sent()
    start(rig, dossier)
    rig.clock.advance(DOUBTED_FOR)

    start(rig, dossier)

    assert len(orders(rig, dossier)) == 2


def test_an_order_that_failed_after_all_makes_room_for_a_new_one(rig: Rig) -> None:
    dossier = rig.sent()
    first = start(rig, dossier)
    rig.clock.advance(PAYABLE_FOR)
    rig.platform.state = FAILED

    assert start(rig, dossier) != first
