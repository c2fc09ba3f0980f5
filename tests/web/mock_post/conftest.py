"""An open post, and a customer that listens to it in the same process."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import requests
from flask.testing import FlaskClient

from mock_post.app import create_app
from mock_post.service import PostService
from mock_post.settings import Settings
from simkit.core.settings import HouseSettings
from simkit.flaskkit.house import House
from simkit.wire.in_process import WsgiAdapter

PORTAL = "http://127.0.0.1:8001"


@dataclass
class Listener:
    """A portal that keeps what it is told, or answers with another status."""

    status: str = "200 OK"
    told: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer as a WSGI application."""
        body = json.loads(environ["wsgi.input"].read())
        if self.status.startswith("2"):
            self.told.append((environ["PATH_INFO"], body))
        start_response(self.status, [("Content-Type", "application/json")])
        return [b"{}"]

    def codes(self, order_number: str) -> list[str]:
        """Return the status codes that were told of an order, each report once."""
        reports = {body["_id"]: body for _, body in self.told}
        return [b["StatusCode"] for b in reports.values() if b["OrderNumber"] == order_number]


@pytest.fixture(scope="module")
def portal() -> Listener:
    return Listener()


@pytest.fixture(scope="module")
def house(
    tmp_path_factory: pytest.TempPathFactory, portal: Listener
) -> Iterator[House[PostService]]:
    http = requests.Session()
    http.mount(PORTAL, WsgiAdapter(portal))
    settings = Settings(HouseSettings(data=tmp_path_factory.mktemp("post"), durable=False))
    house = create_app(settings, http)
    house.flask.testing = True
    yield house
    house.close()


@pytest.fixture
def client(house: House[PostService], portal: Listener) -> FlaskClient:
    house.worlds.reset("main")
    portal.told.clear()
    portal.status = "200 OK"
    client = house.flask.test_client()
    client.patch("/_sim/clock", json={"mode": "frozen", "now": "2026-11-23T09:00:00+07:00"})
    return client
