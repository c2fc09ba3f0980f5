"""The bank's front door, with neighbours that write down what they are told."""

import itertools
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
import requests
from flask.testing import FlaskClient
from werkzeug.test import TestResponse
from werkzeug.wrappers import Request, Response

from mock_bank.app import create_app
from mock_bank.control import FIRST_PASSWORD
from mock_bank.service import BankService
from mock_bank.settings import BankSettings
from simkit.core.cast import CAST
from simkit.core.settings import HouseSettings, Neighbour
from simkit.flaskkit.house import House
from simkit.wire.in_process import WsgiAdapter
from tests.builders.bank import an_order_body

BackDoor = Callable[..., Any]
_NUMBERS = itertools.count(1)


@dataclass
class Told:
    """Plays gateway and phone: writes requests down and answers with ``status``."""

    requests: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    status: int = 200

    def __call__(self, environ: dict[str, Any], start_response: BackDoor) -> Iterable[bytes]:
        """Answer as a WSGI application."""
        asked = Request(environ)
        self.requests.append((asked.url, dict(asked.headers), asked.get_data()))
        return Response("{}", self.status, mimetype="application/json")(environ, start_response)


@dataclass
class Counter:
    """A customer's and a gateway's way through one world over HTTP."""

    client: FlaskClient
    prefix: str
    neighbours: Told

    def get(self, path: str, **more: Any) -> TestResponse:
        """Ask for a page of this world."""
        return self.client.get(self._in_world(path), **more)

    def post(self, path: str, **more: Any) -> TestResponse:
        """Send to a page of this world."""
        return self.client.post(self._in_world(path), **more)

    def now(self) -> datetime:
        """Return the world's time."""
        return datetime.fromisoformat(self.json("/_sim/clock")["now"])

    def later(self, **by: float) -> None:
        """Move the world's time on."""
        now = (self.now() + timedelta(**by)).isoformat()
        answer = self.client.patch(f"{self.prefix}/_sim/clock", json={"now": now})
        assert answer.status_code == 200

    def json(self, path: str) -> dict[str, Any]:
        """Return the object at a path."""
        found = self.get(path).json
        assert isinstance(found, dict)
        return found

    def body(self, **changes: object) -> dict[str, object]:
        """Return an order that ends in a quarter of an hour."""
        ends = (self.now() + timedelta(minutes=15)).isoformat()
        return an_order_body(**{"expires_at": ends, **changes})

    def order(self, **changes: object) -> str:
        """Place an order and return the path of the customer's first page."""
        body = self.body(**changes)
        headers = {"x-request-id": str(body["request_id"])}
        answer = self.post("/api/v1/payments", json=body, headers=headers)
        assert answer.json is not None, answer.text
        return "/thanh-toan/" + str(answer.json["pay_url"]).rsplit("/", 1)[1]

    def sign_in(
        self, path: str, *, password: str = FIRST_PASSWORD, picture: str | None = None
    ) -> TestResponse:
        """Fill the sign-in page and send it."""
        page = self.get(f"{path}/dang-nhap")
        token = re.search(r'name="captcha_token" value="([^"]+)"', page.text)
        assert token is not None
        right = self.json(f"/_sim/captcha/{token[1]}")["answer"]
        form = {
            "user": CAST[0].phone,
            "password": password,
            "captcha": picture or right,
            "captcha_token": token[1],
        }
        return self.post(f"{path}/dang-nhap", data=form)

    def to_the_code(self, path: str) -> str:
        """Go up to the last page and return the code from the phone."""
        self.sign_in(path)
        self.post(f"{path}/chap-thuan", data={"agree": "1"})
        return self.codes()[-1]

    def codes(self) -> list[str]:
        """Return the codes that the phone has got."""
        self.post("/_sim/pump")
        texts = [json.loads(body)["text"] for _, _, body in self.told("/api/v1/sms")]
        return [found[0] for text in texts if (found := re.search(r"\b[0-9]{6}\b", text))]

    def told(self, end: str) -> list[tuple[str, dict[str, str], bytes]]:
        """Return what this world told a neighbour, by the end of the address."""
        return [r for r in self.neighbours.requests if r[0].endswith(self.prefix + end)]

    def state(self, request_id: str = "req-1") -> tuple[str, str | None]:
        """Return how a payment stands, and its code."""
        found = self.json(f"/api/v1/payments/{request_id}")
        return found["state"], found["code"]

    def _in_world(self, path: str) -> str:
        return path if path.startswith(self.prefix) else self.prefix + path


@pytest.fixture(scope="session")
def neighbours() -> Told:
    return Told()


@pytest.fixture(scope="session")
def house(neighbours: Told) -> Iterator[House[BankService]]:
    settings = BankSettings(
        house=replace(
            HouseSettings(),
            durable=False,
            neighbours={
                **HouseSettings().neighbours,
                "bank": Neighbour("http://bank.test"),
                "gateway": Neighbour("http://gateway.test"),
                "phone": Neighbour("http://phone.test"),
            },
        )
    )
    http = requests.Session()
    http.mount("http://", WsgiAdapter(neighbours))
    made = create_app(settings, http)
    made.flask.testing = True
    yield made
    made.close()


@pytest.fixture
def counter(house: House[BankService], neighbours: Told) -> Iterator[Counter]:
    """Give each test a world of its own, whose clock stands still."""
    name = f"t-{next(_NUMBERS)}"
    house.worlds.create(name)
    made = Counter(house.flask.test_client(), f"/w/{name}", neighbours)
    made.client.patch(f"{made.prefix}/_sim/clock", json={"mode": "frozen"})
    made.neighbours.status = 200
    yield made
    house.worlds.delete(name)
