"""Rules of a result on its way home."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_portal.domain.delivery import DELIVERY, DeliveryState, PostStatus
from tests.builders.dossiers import a_delivery

S, P = DeliveryState, PostStatus

WAY = [S.ORDERED, S.AWAITING, S.ACCEPTED, S.COLLECTED, S.LEFT, S.ARRIVED, S.WITH_POSTMAN, S.OUT]


@pytest.mark.parametrize(
    ("code", "state"),
    [
        ("-3", S.AWAITING),
        ("-2", S.ACCEPTED),
        ("1", S.COLLECTED),
        ("2", S.LEFT),
        ("3", S.ARRIVED),
        ("12", S.WITH_POSTMAN),
        ("-1", S.OUT),
        ("5", S.DELIVERED),
    ],
)
def test_the_post_s_codes_mean_what_its_list_says(code: str, state: DeliveryState) -> None:
    assert a_delivery().told(P(code)).state is state


@pytest.mark.parametrize(
    ("state", "status"),
    [
        pytest.param(s, p, id=f"{s}+{p.name}")
        for s, p in product(DeliveryState, PostStatus)
        if p not in DELIVERY.events_from(s)
    ],
)
def test_a_report_that_was_overtaken_moves_nothing(
    state: DeliveryState, status: PostStatus
) -> None:
    delivery = a_delivery(state)

    assert delivery.told(status) == delivery


def test_the_way_may_be_walked_step_by_step() -> None:
    steps = [(before, after) for before, _, after in DELIVERY.rows()]

    assert all(pair in steps for pair in zip(WAY, [*WAY[1:], S.DELIVERED], strict=True))


def test_what_was_delivered_has_no_way_on() -> None:
    assert {s for s in S if not DELIVERY.events_from(s)} == {S.DELIVERED}


@given(st.permutations(list(PostStatus)), st.data())
def test_reports_in_any_order_and_number_end_at_the_furthest_one(
    order: list[PostStatus], data: st.DataObject
) -> None:
    reports = order + data.draw(st.lists(st.sampled_from(order)))
    delivery = a_delivery()

    for report in reports:
        delivery = delivery.told(report)

    assert delivery.state is S.DELIVERED


@pytest.mark.parametrize("state", DeliveryState)
def test_every_state_has_words_for_pages(state: DeliveryState) -> None:
    assert state.label
