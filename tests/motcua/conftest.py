"""Fixtures: the joined city, and a world in it in which much went well and some did not."""

import pytest

from simkit.core.cast import CAST
from tests.motcua.planting import FIRST, FOURTH, SECOND, THIRD
from tests.wiring.city import City, Place
from tests.wiring.conftest import city
from tests.wiring.story import DAYS_OF_THE_POST, Citizen, Officer, work_through

__all__ = ["city"]

KEPT = "whole"


@pytest.fixture(scope="session")
def told(city: City) -> Place:
    """Return the world of ``planting``, which is kept as a copy."""
    place = Place(city, "told")
    first, second, third, fourth = (Citizen(place, person).sign_in() for person in CAST[:4])
    assert first.file(**first.at_home()) == FIRST
    assert second.file(**second.at_home()) == SECOND
    assert third.file() == THIRD
    assert fourth.file() == FOURTH
    first.pay(FIRST)
    second.go_to_gateway(SECOND)
    second.choose_bank()
    second.browser.press("Hủy giao dịch")
    place.settle()
    second.pay(SECOND)
    Officer(place, "tiepnhan").do(THIRD, "Không tiếp nhận", reason="Thiếu danh mục xuất bản phẩm.")
    work_through(place, FIRST)
    place.controls.advance(DAYS_OF_THE_POST, place.name)
    work_through(place, SECOND)
    fourth.walk_to_otp(FOURTH)
    place.controls.snapshot(place.name, KEPT)
    return place


@pytest.fixture
def whole(told: Place) -> Place:
    """Return that world as it was, whatever a test did to it before."""
    told.controls.restore(told.name, KEPT)
    return told
