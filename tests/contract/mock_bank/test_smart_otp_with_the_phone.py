"""A bank and a phone that know each other only over HTTP: asked there, answered here."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import requests

import mock_bank.app
import mock_phone.app
from mock_bank.control import FIRST_PASSWORD
from mock_bank.settings import BankSettings
from mock_phone.settings import Settings
from simkit.core.cast import CAST
from simkit.core.settings import HouseSettings, Neighbour
from simkit.flaskkit.house import House
from simkit.wire.in_process import WsgiAdapter
from tests.builders.bank import an_order_body

BANK, PHONE = "http://bank.test", "http://phone.test"
ME = CAST[0]
_NUMBERS = itertools.count(1)


@dataclass
class Street:
    """The two houses and a person with a browser."""

    session: requests.Session
    world: str

    def get(self, house: str, path: str) -> requests.Response:
        """Ask for a page of this world."""
        return self.session.get(f"{house}/w/{self.world}{path}")

    def post(self, house: str, path: str, **more: Any) -> requests.Response:
        """Send to a page of this world; what is due then is delivered."""
        answer = self.session.post(f"{house}/w/{self.world}{path}", allow_redirects=False, **more)
        if not path.startswith("/_sim"):
            for each in (BANK, PHONE):
                self.post(each, "/_sim/pump")
        return answer

    def to_the_phone(self) -> str:
        """Order a payment and go up to where the phone is asked; return the id of the question."""
        body = an_order_body(bank="BIDV", expires_at="2099-01-01T00:00:00+07:00")
        headers = {"x-request-id": "req-1"}
        ordered = self.post(BANK, "/api/v1/payments", json=body, headers=headers).json()
        page = ordered["pay_url"].removeprefix(f"{BANK}/w/{self.world}")
        found = re.search(
            r'name="captcha_token" value="([^"]+)"', self.get(BANK, f"{page}/dang-nhap").text
        )
        assert found is not None
        captcha = self.get(BANK, f"/_sim/captcha/{found[1]}").json()["answer"]
        self.post(
            BANK,
            f"{page}/dang-nhap",
            data={
                "user": ME.phone,
                "password": FIRST_PASSWORD,
                "captcha": captcha,
                "captcha_token": found[1],
            },
        )
        self.post(BANK, f"{page}/chap-thuan", data={"agree": "1"})
        [asked] = self.get(PHONE, f"/api/v1/approvals?to={ME.phone}").json()["approvals"]
        return str(asked["id"])

    def payment(self) -> tuple[str, str | None]:
        """Return how the payment stands, and its code."""
        found = self.get(BANK, "/api/v1/payments/req-1").json()
        return found["state"], found["code"]


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[requests.Session]:
    folder: Path = tmp_path_factory.mktemp("street")
    http = requests.Session()
    http.trust_env = False
    houses: dict[str, House[Any]] = {}
    for url in (BANK, PHONE):
        http.mount(url, WsgiAdapter(partial(_answer, houses, url)))
    kept = HouseSettings(
        data=folder,
        durable=False,
        neighbours={
            **HouseSettings().neighbours,
            "bank": Neighbour(BANK),
            "phone": Neighbour(PHONE),
        },
    )
    houses[BANK] = mock_bank.app.create_app(BankSettings(house=kept), http)
    houses[PHONE] = mock_phone.app.create_app(Settings(kept), http)
    for house in houses.values():
        house.dispatcher.close()
    yield http
    for house in houses.values():
        house.close()


def _answer(houses: dict[str, House[Any]], url: str, environ: Any, start: Any) -> Any:
    return houses[url].wsgi(environ, start)


@pytest.fixture
def street(session: requests.Session) -> Street:
    name = f"street-{next(_NUMBERS)}"
    for house in (BANK, PHONE):
        session.post(f"{house}/_sim/worlds", json={"name": name}).raise_for_status()
    return Street(session, name)


@pytest.mark.parametrize(
    ("button", "state", "code"),
    [("approve", "paid", "00"), ("refuse", "cancelled", "24")],
)
def test_what_the_owner_presses_ends_the_payment(
    street: Street, button: str, state: str, code: str
) -> None:
    question = street.to_the_phone()
    app = f"/phone/{ME.phone}/smart-otp"
    assert "THANH TOAN HO SO H24.1" in street.get(PHONE, app).text

    street.post(PHONE, f"{app}/{question}", data={"answer": button})

    assert street.payment() == (state, code)
    [answered] = street.get(PHONE, f"/api/v1/approvals?to={ME.phone}").json()["approvals"]
    assert answered["state"] == {"approve": "approved", "refuse": "refused"}[button]


def test_who_presses_twice_pays_once(street: Street) -> None:
    question = street.to_the_phone()

    for button in ("approve", "approve", "refuse"):
        street.post(PHONE, f"/phone/{ME.phone}/smart-otp/{question}", data={"answer": button})

    assert street.payment() == ("paid", "00")
    entries = street.get(BANK, "/_sim/ledger").json()["entries"]
    assert [e["amount"] for e in entries if e["about"] == "payment:req-1"] == [-150_000, 150_000]
