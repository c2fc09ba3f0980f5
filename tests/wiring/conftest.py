"""Fixtures: the five houses joined, and a fresh world in them for every test."""

import itertools
from collections.abc import Iterator

import pytest

from tests.wiring.city import City, Place
from tests.wiring.story import Citizen

_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    opened = City(tmp_path_factory.mktemp("city"))
    yield opened
    opened.close()


@pytest.fixture
def place(city: City) -> Iterator[Place]:
    made = Place(city, f"w-{next(_NUMBERS)}")
    yield made
    city.controls.delete(made.name)


@pytest.fixture
def citizen(place: Place) -> Citizen:
    return Citizen(place).sign_in()
