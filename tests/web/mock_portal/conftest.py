"""The portal of Hải Phòng with nobody at the other end of its lines; a fresh world per test."""

import itertools
from collections.abc import Iterator

import pytest
import requests

from mock_portal.app import create_app
from mock_portal.service import PortalService
from mock_portal.settings import PortalSettings
from simkit.core.settings import HouseSettings
from simkit.flaskkit.house import House
from tests.web.mock_portal.visitor import NobodyAnswers, Visitor

_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def house() -> Iterator[House[PortalService]]:
    """Open the portal once; worlds keep the tests apart."""
    http = requests.Session()
    for scheme in ("http://", "https://"):
        http.mount(scheme, NobodyAnswers())
    house = create_app(PortalSettings(house=HouseSettings(durable=False)), http)
    house.flask.testing = True
    yield house
    house.close()


@pytest.fixture
def visitor(house: House[PortalService]) -> Iterator[Visitor]:
    """Return a browser in a world of its own."""
    name = f"test-{next(_NUMBERS)}"
    house.worlds.create(name)
    yield Visitor(house, name)
    house.worlds.delete(name)
