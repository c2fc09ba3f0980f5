"""The five houses joined in one process: HTTP without sockets, mail over a real loopback socket."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import requests
from requests.adapters import BaseAdapter

import mock_bank.app
import mock_payment_gateway.app
import mock_phone.app
import mock_phone.settings
import mock_portal.app
import mock_post.app
import mock_post.settings
from mock_bank.settings import BankSettings
from mock_payment_gateway.settings import GatewaySettings
from mock_portal.settings import PortalSettings
from motcua.audit.report import Report, audit
from motcua.control import Controls
from motcua.stack import SEEDS
from simkit.core.clock import ICT
from simkit.core.settings import HouseSettings, Neighbour
from simkit.flaskkit.house import House
from simkit.wire.in_process import WsgiAdapter
from tests.wiring.browser import Browser

A_MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=ICT)
URLS = {name: f"http://{name}.test" for name in ("portal", "gateway", "bank", "post", "phone")}
SMALL_FILES = 64 * 1024
"""The largest file that this city's portal takes, in bytes."""

_OPEN: Mapping[str, Callable[[HouseSettings, requests.Session], House[Any]]] = {
    "phone": lambda s, http: mock_phone.app.create_app(mock_phone.settings.Settings(s), http),
    "post": lambda s, http: mock_post.app.create_app(mock_post.settings.Settings(s), http),
    "bank": lambda s, http: mock_bank.app.create_app(BankSettings(s), http),
    "gateway": lambda s, http: mock_payment_gateway.app.create_app(GatewaySettings(s), http),
    "portal": lambda s, http: mock_portal.app.create_app(
        PortalSettings(s, file_limit=SMALL_FILES), http
    ),
}


class NobodyAnswers(BaseAdapter):
    """A network without the neighbour that is called."""

    def send(self, *_: Any, **__: Any) -> requests.Response:
        """Fail as a connection does."""
        raise requests.ConnectionError("nobody answers")

    def close(self) -> None:
        """Hold nothing open."""


def stand_at(controls: Controls, world: str, at: datetime) -> None:
    """Let the clock of a new world stand at a moment, be it past or future of the real one.

    ``Controls.freeze`` rightly refuses to go back; a test must not depend on today's date.
    """
    body = {"mode": "frozen", "now": at.isoformat()}
    for house in controls.urls:
        controls.call(house, "PATCH", "clock", body, world)


class City:
    """Houses that nothing moves by itself: ``settle`` and ``pump`` say when things happen.

    An error that no house foresaw is raised in the test that caused it.
    """

    def __init__(self, folder: Path) -> None:
        """Open every house with its worlds under ``folder``."""
        self.folder = folder
        self.http = self.a_session()
        self._between_houses = self.a_session()
        self.houses: dict[str, House[Any]] = {}
        self._smtp = ("127.0.0.1", 0)
        self._mailbox: Any = None
        for name, opener in _OPEN.items():
            self._open(name, opener)
        self.controls = Controls(URLS, session=self.http)

    def _open(
        self, name: str, opener: Callable[[HouseSettings, requests.Session], House[Any]]
    ) -> None:
        settings = HouseSettings(
            own_url=URLS[name],
            data=self.folder,
            durable=False,
            neighbours={n: Neighbour(url) for n, url in URLS.items()},
            smtp=self._smtp,
            seeds=SEEDS,
        )
        house = self.houses[name] = opener(settings, self._between_houses)
        house.flask.testing = True
        house.dispatcher.close()
        if name == "phone":
            self._mailbox = mock_phone.app.start_smtp(house)
            self._smtp = (self._mailbox.host, self._mailbox.port)

    def close(self) -> None:
        """End every house."""
        self._mailbox.stop()
        for house in self.houses.values():
            house.close()

    @contextmanager
    def cut_off(self, address: str) -> Iterator[None]:
        """Let an address be out of reach of the houses; people and tests still reach it."""
        self._between_houses.mount(address, NobodyAnswers())
        try:
            yield
        finally:
            del self._between_houses.adapters[address]

    def stand_between(self, address: str, adapter: BaseAdapter) -> Callable[[], object]:
        """Let ``adapter`` carry what houses send to an address; return what ends that."""
        self._between_houses.mount(address, adapter)
        return lambda: self._between_houses.adapters.pop(address)

    def a_session(self) -> requests.Session:
        """Return a session that reaches the houses by name."""
        session = requests.Session()
        session.trust_env = False
        for name, url in URLS.items():
            session.mount(url, WsgiAdapter(partial(self._answer, name)))
        return session

    def _answer(self, name: str, environ: Any, start: Any) -> Any:
        """Let a house answer; it may have been opened after the session was made."""
        return self.houses[name].wsgi(environ, start)


class Place:
    """One world of the city, as tests speak of it."""

    def __init__(self, city: City, name: str) -> None:
        """Make the world; its clock stands on a Monday morning."""
        self.city = city
        self.name = name
        self.controls = city.controls
        self.controls.create(name)
        stand_at(self.controls, name, A_MONDAY)

    def url(self, house: str, path: str) -> str:
        """Return an address in this world."""
        return f"{URLS[house]}/w/{self.name}{path}"

    def browser(self) -> Browser:
        """Open a new browser."""
        return Browser(self.city.a_session())

    def without(self, house: str) -> AbstractContextManager[None]:
        """Let a house be out of reach of the others in this world."""
        return self.city.cut_off(self.url(house, ""))

    def settle(self) -> None:
        """Let everything that is due now happen in all houses."""
        self.controls.settle(self.name)

    def pump(self, house: str) -> None:
        """Let what is due now happen in one house, and what follows there."""
        self.controls.call(house, "POST", "pump", world=self.name)

    def ledger(self, house: str) -> dict[str, Any]:
        """Return a house's ledger."""
        return self.controls.call(house, "GET", "ledger", world=self.name)

    def ledgers(self) -> dict[str, dict[str, Any]]:
        """Return all ledgers, to be compared with those of another moment."""
        return self.controls.everywhere("GET", "ledger", self.name)

    def journal(self, house: str) -> list[dict[str, Any]]:
        """Return the messages that a house received and sent, the oldest first."""
        found = self.controls.call(house, "GET", "journal?limit=2000", world=self.name)
        return list(found["entries"])

    def row(self, house: str, table: str, **names: object) -> dict[str, Any]:
        """Return the one row of a ledger that has these values."""
        rows = self.ledger(house)[table]
        (found,) = [r for r in rows if all(r[name] == value for name, value in names.items())]
        return dict(found)

    def audit(self) -> Report:
        """Audit the world."""
        return audit(self.controls, self.name)

    def captcha(self, house: str, token: str) -> str:
        """Return what a security picture shows."""
        answer = self.controls.call(house, "GET", f"captcha/{token}", world=self.name)["answer"]
        return str(answer)

    def messages(self, to: str) -> list[dict[str, Any]]:
        """Return what came to a phone or mailbox."""
        answer = self.city.http.get(self.url("phone", "/api/v1/messages"), params={"to": to})
        answer.raise_for_status()
        return list(answer.json()["messages"])

    def file(self, house: str) -> Path:
        """Return the SQLite file in which a house keeps this world."""
        return max((self.city.folder / house / "worlds" / self.name).glob("[0-9]*.sqlite3"))
