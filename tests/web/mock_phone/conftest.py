"""An open phone in a folder of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from mock_phone.app import create_app
from mock_phone.service import PhoneService
from mock_phone.settings import Settings
from simkit.core.settings import HouseSettings
from simkit.flaskkit.house import House


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House[PhoneService]]:
    data: Path = tmp_path_factory.mktemp("phone")
    house = create_app(Settings(HouseSettings(data=data, durable=False)))
    house.flask.testing = True
    yield house
    house.close()


@pytest.fixture
def client(house: House[PhoneService]) -> FlaskClient:
    house.worlds.reset("main")
    return house.flask.test_client()
