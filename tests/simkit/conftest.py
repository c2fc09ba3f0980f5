"""Fixtures: the small house, its client."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from simkit.flaskkit.house import House
from tests.simkit.a_house import Neighbour, Notes, a_house


@pytest.fixture
def neighbour() -> Neighbour:
    return Neighbour()


@pytest.fixture
def house(neighbour: Neighbour) -> Iterator[House[Notes]]:
    opened = a_house(courier=neighbour)
    yield opened
    opened.close()


@pytest.fixture
def client(house: House[Notes]) -> FlaskClient:
    return house.flask.test_client()
