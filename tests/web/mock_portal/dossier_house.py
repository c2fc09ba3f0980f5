"""The portal of a small city with neighbours of its own, driven through its pages and routes."""

import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
from flask.testing import FlaskClient
from requests.adapters import BaseAdapter
from werkzeug.test import TestResponse

from mock_portal.app import plan
from mock_portal.service.first_people import OFFICER_PASSWORD
from mock_portal.settings import PortalSettings
from simkit.core.cast import CAST
from simkit.core.settings import HouseSettings
from simkit.flaskkit.house import open_house
from tests.builders.dossiers import PAID, PDF, a_confirm, a_query_answer, a_site, an_order

LAN = CAST[0]
OTHER = CAST[1]
FORM = {
    "unit": "000.00.15.H24",
    "full_name": LAN.full_name,
    "id_number": LAN.id_number,
    "email": LAN.email,
    "phone": LAN.phone,
    "address": "12 Lê Lợi",
}
AT_HOME = {
    "at_home": "1",
    "delivery_receiver": LAN.full_name,
    "delivery_phone": LAN.phone,
    "delivery_address": "12 Lê Lợi",
    "delivery_place": "11311",
}


def said(answer: TestResponse) -> Any:
    """Return the JSON of an answer."""
    assert answer.is_json, answer.text
    return answer.json


@dataclass
class Neighbours(BaseAdapter):
    """Gateway, post and phone in one: what each says is set by the test.

    ``init``: the gateway's answer to INIT, ``None`` for its usual one. ``state``: TrangThaiGD of
    its answer to every QUERY. ``down``: nobody answers.
    """

    init: Mapping[str, object] | None = None
    state: int = 3
    down: bool = False
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Be an adapter."""
        super().__init__()

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        """Answer one request."""
        if self.down:
            raise requests.ConnectionError("nobody answers")
        path = str(request.path_url)
        body = json.loads(request.body or "{}")
        self.asked.append((path, body))
        response = requests.Response()
        response.status_code = 200
        response._content = json.dumps(self._answer(path, body)).encode()  # noqa: SLF001 -- as adapters do
        response.request, response.url = request, str(request.url)
        return response

    def close(self) -> None:
        """Hold nothing open."""

    def reset(self) -> None:
        """Be in good order again."""
        self.init, self.state, self.down, self.asked = None, 3, False, []

    def _answer(self, path: str, body: dict[str, Any]) -> Mapping[str, object]:
        if path.endswith("/init"):
            url = f"http://gateway.test/pay/{body['MaThamChieu']}"
            return self.init or {"MaLoi": "00", "UrlThanhToan": url}
        if path.endswith("/query"):
            return a_query_answer(an_order(reference=body["MaThamChieu"]), self.state)
        if path.endswith("/orders"):
            return {"Status": "100", "Message": "ok", "ItemCode": "EA123456785VN"}
        return {}


class DossierHouse:
    """A portal; ``client`` is one browser, ``fresh()`` opens another."""

    def __init__(self, folder: Path) -> None:
        """Open the house in ``folder``."""
        self.neighbours = Neighbours()
        session = requests.Session()
        session.trust_env = False
        session.mount("http://", self.neighbours)
        # Port 9 takes nothing: mail stays in the outbox, which is all that these tests look at.
        house = HouseSettings(data=folder, durable=False, smtp=("127.0.0.1", 9))
        settings = PortalSettings(house=house, file_limit=4096)
        self.house = open_house(plan(settings, a_site()), settings.house, session)
        self.house.flask.testing = True
        # Nothing is delivered in the background: tests say when, by ``pump()``.
        self.house.dispatcher.close()
        self.client = self.fresh()

    def close(self) -> None:
        """End the house."""
        self.house.close()

    def anew(self) -> "DossierHouse":
        """Return the house with a new browser, signed in, and neighbours in good order."""
        self.neighbours.reset()
        self.client = self.sign_in(self.fresh())
        return self

    def fresh(self) -> FlaskClient:
        """Return a browser without cookies."""
        return self.house.flask.test_client()

    def pump(self) -> None:
        """Let everything that is due happen."""
        assert self.client.post("/_sim/pump").status_code == 200

    def ledger(self) -> dict[str, Any]:
        """Return the ledger."""
        found: dict[str, Any] = said(self.client.get("/_sim/ledger"))
        return found

    # -- citizens -----------------------------------------------------------------------------

    def sign_in(self, client: FlaskClient | None = None, who: Any = LAN) -> FlaskClient:
        """Sign a citizen in."""
        client = client or self.client
        form = {"user": who.user, "password": who.password}
        assert client.post("/dang-nhap", data=form).status_code == 303
        return client

    def save(self, procedure: str = PAID, **changed: Any) -> TestResponse:
        """Press «Lưu» on a filled-in form; ``changed`` fields replace the usual ones."""
        data = FORM | {"file_01": (io.BytesIO(PDF), "to-khai.pdf")} | changed
        return self.client.post(
            f"/nop-ho-so/{procedure}", data=data, content_type="multipart/form-data"
        )

    def draft(self, **changed: Any) -> str:
        """Save a draft and return its address."""
        answer = self.save(**changed)
        assert answer.status_code == 303, answer.text
        return answer.location.partition("?")[0]

    def sent(self, **changed: Any) -> str:
        """Save and send a dossier and return its code."""
        answer = self.client.post(f"{self.draft(**changed)}/gui")
        assert answer.status_code == 303, answer.text
        return answer.location.split("/")[2]

    def captcha(self, page: str) -> dict[str, str]:
        """Return the fields of the security picture of a page, answered rightly."""
        text = self.client.get(page).text
        found = re.search(r'name="captcha_token" value="([^"]+)"', text)
        assert found
        answer = said(self.client.get(f"/_sim/captcha/{found[1]}"))
        return {"captcha_token": found[1], "captcha": answer["answer"]}

    # -- money --------------------------------------------------------------------------------

    def an_order(self, code: str) -> str:
        """Press «Cổng thanh toán Quốc Gia» and return the reference."""
        answer = self.client.post(f"/ho-so/{code}/thanh-toan", data={"cong_thanh_toan": "quoc-gia"})
        assert answer.status_code == 303, answer.text
        return answer.location.rpartition("/")[2]

    def confirm(self, reference: str, code: str = "00") -> str:
        """Let the platform tell how an order ended, and return our MaLoi."""
        body = a_confirm(an_order(reference=reference), code)
        answer = self.fresh().post("/payment-platform/confirm", json=body)
        return str(said(answer)["MaLoi"])

    # -- officers -----------------------------------------------------------------------------

    def steps(self, code: str, *events: str) -> None:
        """Let the administrator take these steps."""
        desk = self.fresh()
        form = {"user": "quantri", "password": OFFICER_PASSWORD}
        assert desk.post("/can-bo/dang-nhap", data=form).status_code == 303
        for event in events:
            data = {"event": event, "reason": "thiếu tờ khai"}
            answer = desk.post(f"/can-bo/ho-so/{code}/xu-ly", data=data)
            assert answer.status_code == 303, answer.text
