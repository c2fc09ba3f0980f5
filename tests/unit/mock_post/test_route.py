"""Routes lead to the door, in the post's hours, in about the promised time."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mock_post.domain.parcel import PARCEL, ParcelState
from mock_post.domain.route import ROUTES, Leg, Route, route_for
from simkit.core.clock import ICT

MOMENTS = st.integers(0, 15 * 365 * 24 * 60).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=ICT) + timedelta(minutes=minutes)
)
EVERY_ROUTE = st.sampled_from(list(ROUTES.values()))
EVERY_LEG = pytest.mark.parametrize(
    "leg",
    [
        pytest.param(leg, id=f"{r.name}-{n}")
        for r in ROUTES.values()
        for n, leg in enumerate(r.legs)
    ],
)


def minutes_open(leg: Leg) -> int:
    return (leg.closes.hour - leg.opens.hour) * 60 + leg.closes.minute - leg.opens.minute


@pytest.mark.parametrize("route", ROUTES.values(), ids=list(ROUTES))
def test_a_route_is_a_legal_path_to_the_door(route: Route) -> None:
    states = route.states()

    assert states[0] is ParcelState.AWAITING
    assert states[-1] is ParcelState.DELIVERED
    assert route.leg(len(route.legs)) is None


@EVERY_LEG
def test_every_draw_of_a_leg_fits_into_its_hours(leg: Leg) -> None:
    assert 0 < leg.least <= leg.most
    assert leg.most - leg.least <= minutes_open(leg)


@settings(deadline=None)
@given(route=EVERY_ROUTE, start=MOMENTS, data=st.data())
def test_legs_follow_each_other_in_hours_and_end_in_time(
    route: Route, start: datetime, data: st.DataObject
) -> None:
    at = start
    for leg in route.legs:
        due = leg.due(at, data.draw(st.integers(leg.least, leg.most)))
        assert due > at
        assert leg.opens <= due.time().replace(microsecond=0) <= leg.closes
        at = due

    most = timedelta(days=4 if route.name == "lien-tinh" else 3)
    assert at - start <= most


def test_an_order_in_the_morning_is_delivered_on_the_next_day() -> None:
    start = at = datetime(2026, 11, 23, 9, tzinfo=ICT)
    for leg in ROUTES["noi-thanh"].legs:
        at = leg.due(at, leg.most)

    assert (at.date() - start.date()).days == 1


@pytest.mark.parametrize(
    ("province", "district", "route"),
    [
        ("18", "Phường Hồng Bàng", "noi-thanh"),
        ("18", "quận Lê Chân", "noi-thanh"),
        ("18", "", "noi-thanh"),
        ("18", "11311", "noi-thanh"),
        ("18", "Xanh", "noi-thanh"),
        ("18", "Xã Vĩnh Bảo", "ngoai-thanh"),
        ("18", "xa-vinh-bao", "ngoai-thanh"),
        ("18", "Đặc khu Cát Hải", "ngoai-thanh"),
        ("10", "Phường Ba Đình", "lien-tinh"),
    ],
)
def test_the_route_follows_from_the_receivers_place(
    province: str, district: str, route: str
) -> None:
    assert route_for(province, district).name == route


def test_offices_have_codes_of_six_digits() -> None:
    codes = {leg.office.code for route in ROUTES.values() for leg in route.legs}

    assert all(code.isdigit() and len(code) == 6 for code in codes)


def test_every_row_of_the_machine_is_travelled_by_some_route() -> None:
    travelled = {
        (before, leg.event)
        for route in ROUTES.values()
        for before, leg in zip(route.states(), route.legs, strict=False)
    }

    assert travelled == {(state, event) for state, event, _ in PARCEL.rows()}
