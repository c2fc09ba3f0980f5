"""A browser before the portal of Hải Phòng, and a network without neighbours."""

import json
import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import requests
from flask.testing import FlaskClient
from requests.adapters import BaseAdapter
from werkzeug.test import TestResponse

from mock_portal.service import PortalService
from mock_portal.service.first_people import OFFICER_PASSWORD
from simkit.flaskkit.house import House

HTML = {"Accept": "text/html"}


class NobodyAnswers(BaseAdapter):
    """A network without neighbours."""

    def send(self, *_: Any, **__: Any) -> requests.Response:
        """Fail as a connection does."""
        raise requests.ConnectionError("nobody answers")

    def close(self) -> None:
        """Hold nothing open."""


@dataclass
class Visitor:
    """A browser in one world of the portal; ``fresh()`` is another browser in the same world."""

    house: House[PortalService]
    world: str
    browser: FlaskClient = field(init=False)

    def __post_init__(self) -> None:
        """Open the browser."""
        self.browser = self.house.flask.test_client()

    def fresh(self) -> "Visitor":
        """Open another browser."""
        return Visitor(self.house, self.world)

    @property
    def service(self) -> PortalService:
        """The services of this world."""
        service: PortalService = self.house.worlds.get(self.world).service
        return service

    def url(self, path: str) -> str:
        """Return the path with the world's prefix."""
        return f"/w/{self.world}{path}"

    def get(self, path: str, **more: Any) -> TestResponse:
        """Open a page."""
        return self.browser.get(self.url(path), **({"headers": HTML} | more))

    def post(self, path: str, form: dict[str, str] | None = None, **more: Any) -> TestResponse:
        """Send a form."""
        return self.browser.post(self.url(path), data=form or {}, **({"headers": HTML} | more))

    def seed(self, body: object) -> TestResponse:
        """Put people in place through the control room."""
        raw = json.dumps(body)  # with escapes: halves of characters can be sent too
        return self.browser.post(self.url("/_sim/seed"), data=raw, content_type="application/json")

    def captcha(self) -> dict[str, str]:
        """Return the fields of a security picture, filled in rightly."""
        captchas = self.house.worlds.get(self.world).captchas
        token = captchas.new()
        return {"captcha": captchas.digits(token), "captcha_token": token}

    def messages(self, kind: str) -> list[dict[str, Any]]:
        """Return the bodies of all messages of a kind, the oldest first."""
        world = self.house.worlds.get(self.world)
        with world.database.read() as sql:
            rows = sql.rows("SELECT body FROM sim_outbox WHERE kind = ? ORDER BY id", (kind,))
        return [json.loads(row[0]) for row in rows]

    def sign_in(self, user: str, password: str) -> TestResponse:
        """Sign in as a citizen."""
        return self.post("/dang-nhap", {"user": user, "password": password})

    def sign_in_officer(self, user: str, password: str = OFFICER_PASSWORD) -> TestResponse:
        """Sign in at the desk."""
        return self.post("/can-bo/dang-nhap", {"user": user, "password": password})


def text_of(answer: TestResponse) -> str:
    """Return what a page says, without its markup and with single spaces."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())
