"""The gateway with small real neighbours in one process: a bank and a partner's listener."""

import hmac
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import requests
from flask import Flask, request
from flask.testing import FlaskClient
from flask.typing import ResponseReturnValue
from werkzeug.test import TestResponse

from mock_payment_gateway.app import create_app
from mock_payment_gateway.settings import GatewaySettings
from simkit.core.settings import HouseSettings, Neighbour
from simkit.wire.in_process import WsgiAdapter
from tests.builders.gateway import (
    NOTICE_SECRET,
    REFERENCE,
    RIVER_BANK,
    SEA_BANK,
    SECRET,
    a_partner,
    an_init,
)


class BankNextDoor:
    """A bank behind the interface between the houses."""

    def __init__(self) -> None:
        """Begin with two banks and no payments."""
        self.app = Flask("bank")
        self.payments: dict[str, dict[str, object]] = {}
        self.asked: list[Mapping[str, object]] = []
        self.instead: tuple[int, bytes] | None = None  # an answer to everything
        self.refunds: dict[str, dict[str, object]] = {}
        self.app.before_request(self._interrupt)
        self.app.add_url_rule("/api/v1/refunds", view_func=self._refund, methods=["POST"])
        self.app.add_url_rule("/api/v1/banks", view_func=self._banks)
        self.app.add_url_rule("/api/v1/payments", view_func=self._create, methods=["POST"])
        self.app.add_url_rule("/api/v1/payments/<request_id>", view_func=self._payment)

    def says(self, request_id: str, state: str, code: str = "00") -> dict[str, object]:
        """Hold this of a payment from now on."""
        self.payments[request_id] |= {"state": state, "code": code, "bank_ref": "FT1"}
        return self.payments[request_id]

    def _interrupt(self) -> ResponseReturnValue | None:
        return None if self.instead is None else (self.instead[1], self.instead[0])

    def _banks(self) -> ResponseReturnValue:
        banks = [{"code": b.code, "name": b.name, "bin": b.bin} for b in (SEA_BANK, RIVER_BANK)]
        return {"banks": banks}

    def _create(self) -> ResponseReturnValue:
        body = request.get_json()
        self.asked.append({**body, "header": request.headers["x-request-id"]})
        new = body["request_id"] not in self.payments
        self.payments.setdefault(
            body["request_id"],
            {
                "request_id": body["request_id"],
                "state": "pending",
                "code": "",
                "bank_ref": "",
                "amount": body["amount"],
                "paid_at": None,
            },
        )
        url = f"http://bank.test/pay/{body['request_id']}"
        answer = {"request_id": body["request_id"], "state": "pending", "pay_url": url}
        return answer, 201 if new else 200

    def _refund(self) -> ResponseReturnValue:
        body = request.get_json()
        return self.refunds.setdefault(body["refund_id"], body | {"state": "pending"})

    def _payment(self, request_id: str) -> ResponseReturnValue:
        return self.payments[request_id]


class Listener:
    """A partner's listener: hears CONFIRMs and answers what the test says."""

    def __init__(self) -> None:
        """Take everything at first."""
        self.app = Flask("listener")
        self.answer: tuple[int, str] = (200, json.dumps({"MaLoi": "00", "MoTaLoi": "Thành công"}))
        self.heard: list[dict[str, Any]] = []
        self.app.add_url_rule("/confirm", view_func=self._confirm, methods=["POST"])

    def _confirm(self) -> ResponseReturnValue:
        self.heard.append(request.get_json())
        return self.answer[1], self.answer[0]


class Street:
    """The gateway's house with its neighbours; its clock stands still."""

    def __init__(self) -> None:
        """Open everything; the vector's partner is registered."""
        self.bank = BankNextDoor()
        self.listener = Listener()
        self.http = http = requests.Session()
        http.mount("http://bank.test", WsgiAdapter(self.bank.app))
        http.mount("http://partner.test", WsgiAdapter(self.listener.app))
        neighbours = {
            "gateway": Neighbour("http://gateway.test"),
            "bank": Neighbour("http://bank.test", worlds=False),
            "portal": Neighbour("http://portal.test"),
        }
        settings = GatewaySettings(
            house=HouseSettings(
                own_url="http://gateway.test", durable=False, neighbours=neighbours
            ),
            notice_secret=NOTICE_SECRET,
        )
        self.house = create_app(settings, http)
        self.house.flask.testing = True
        self.house.dispatcher.close()  # things happen when a test pumps, never beside it
        self.client: FlaskClient = self.house.flask.test_client()
        self.world = self.house.worlds.get("main")
        self.world.clock.freeze()
        with self.house.within("main") as service:
            service.register([a_partner()])

    def close(self) -> None:
        """Close the house."""
        self.house.close()

    def init(self, **changes: object) -> dict[str, Any]:
        """Send an INIT and return its answer."""
        return self.json("/payment-platform/1.0.6/init", an_init(secret=SECRET, **changes))

    def json(self, path: str, body: object) -> dict[str, Any]:
        """Post JSON and return the JSON object that came back with 200."""
        answer = self.client.post(path, json=body)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.get_json()
        return found

    def order(self, reference: str = REFERENCE) -> str:
        """Open an order and return its token."""
        return str(self.init(MaThamChieu=reference)["UrlThanhToan"]).rpartition("/")[2]

    def at_bank(self, reference: str = REFERENCE) -> tuple[str, str]:
        """Open an order, choose a bank and return token and request id."""
        token = self.order(reference)
        self.client.post(f"/thanh-toan/{token}", data={"bank": SEA_BANK.code})
        return token, list(self.bank.payments)[-1]

    def notice(self, word: Mapping[str, object], secret: str = NOTICE_SECRET) -> TestResponse:
        """Bring the bank's notice."""
        raw = json.dumps(word).encode()
        mac = hmac.new(secret.encode(), raw, sha256).hexdigest()
        return self.client.post(
            "/bank/notices",
            data=raw,
            headers={"x-request-signature": mac, "Content-Type": "application/json"},
            buffered=True,  # read to the end, as a bank does: only then is it in the journal
        )

    def advance(self, by: timedelta) -> None:
        """Move the clock on, and let happen what is due."""
        self.world.clock.freeze(self.world.clock.now() + by)
        self.pump()

    def pump(self) -> None:
        """Let happen what is due."""
        self.client.post("/_sim/pump")

    def now(self) -> datetime:
        """Return the world's time."""
        return self.world.clock.now()

    def state(self, token: str) -> str:
        """Return where an order is."""
        with self.house.within("main") as service:
            return str(service.order(token).payment.state)

    def outbox(self, kind: str) -> list[dict[str, Any]]:
        """Return the messages of a kind as the control room shows them."""
        messages = self.client.get("/_sim/outbox").get_json()["messages"]
        return [message for message in messages if message["kind"] == kind]
