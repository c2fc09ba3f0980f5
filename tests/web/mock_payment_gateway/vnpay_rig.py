"""A payer's browser and a merchant's listener before the VNPAY pages."""

import json
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from flask import Flask, request
from flask.typing import ResponseReturnValue
from werkzeug.test import TestResponse

from mock_payment_gateway.domain.vnpay.merchant import Merchant
from simkit.wire.in_process import WsgiAdapter
from tests.builders import vnpay as v
from tests.web.mock_payment_gateway.neighbours import Street


class IpnListener:
    """Hears notices, checks them as a careful merchant does, answers what the test says."""

    def __init__(self) -> None:
        """Take everything at first."""
        self.app = Flask("ipn")
        self.heard: list[str] = []
        self.answers: list[dict[str, str]] = []  # in place of what a careful merchant says
        self.paid: set[str] = set()
        self.app.add_url_rule("/ipn", view_func=self._ipn, methods=["GET", "POST"])

    def _ipn(self) -> ResponseReturnValue:
        raw = request.query_string if request.method == "GET" else request.get_data()
        self.heard.append(raw.decode())
        if self.answers:
            return self.answers.pop(0)
        return self.judge(raw.decode())

    def judge(self, raw: str) -> dict[str, str]:
        """Answer as the published rules ask."""
        fields = dict(parse_qsl(raw))
        given = fields.pop("vnp_SecureHash")
        if f"vnp_SecureHash={given}" != v.signed_query(fields).rpartition("&")[2]:
            return {"RspCode": "97", "Message": "Invalid signature"}
        if fields["vnp_TxnRef"].startswith("SIM"):
            return {"RspCode": "01", "Message": "Order not found"}
        if fields["vnp_Amount"] != "15000000":
            return {"RspCode": "04", "Message": "Invalid amount"}
        if fields["vnp_TxnRef"] in self.paid:
            return {"RspCode": "02", "Message": "Order already confirmed"}
        if fields["vnp_TransactionStatus"] == "00":
            self.paid.add(fields["vnp_TxnRef"])
        return {"RspCode": "00", "Message": "Confirm Success"}


class Shop:
    """A street with a VNPAY merchant on it."""

    def __init__(self, street: Street, **changes: Any) -> None:
        """Register the merchant, listening unless told otherwise."""
        self.street = street
        self.client = street.client
        self.listener = IpnListener()
        street.http.mount("http://shop.test", WsgiAdapter(self.listener.app))
        settings: dict[str, Any] = {"ipn_url": "http://shop.test/ipn"}
        merchant = Merchant(v.TMN, "Cửa hàng", v.SECRET, **(settings | changes))
        with street.house.within("main") as service:
            service.vnpay.register([merchant])
        now = street.now()
        self.created = f"{now:%Y%m%d%H%M%S}"

    def pay(self, **changes: str) -> TestResponse:
        """Open the pay address."""
        fields = v.pay_fields(**({"CreateDate": self.created} | changes))
        return self.client.get(f"/paymentv2/vpcpay.html?{v.signed_query(fields)}")

    def open(self, **changes: str) -> str:
        """Open a payment and return its token."""
        answer = self.pay(**changes)
        assert answer.status_code == 302, answer.text
        return str(dict(parse_qsl(urlsplit(answer.location).query))["token"])

    def card(self, token: str, number: str = v.GOOD_CARD, **changes: str) -> TestResponse:
        """Send the card form."""
        form = {"cardNumber": number, "cardHolder": "NGUYEN VAN A", "cardDate": "07/15"}
        path = "/paymentv2/Ncb/Transaction/Index.html"
        return self.client.post(path, data=form | {"token": token} | changes)

    def otp(self, token: str, otp: str = "123456") -> dict[str, Any]:
        """Send the OTP as the page's script does."""
        answer = self.client.post(
            "/paymentv2/Ncb/Transaction/AjaxConfirm.html", data={"otpvalue": otp, "token": token}
        )
        found: dict[str, Any] = answer.get_json()
        return found

    def buy(self, number: str = v.GOOD_CARD, **changes: str) -> dict[str, str]:
        """Pay to the end and return the fields with which the browser comes back."""
        token = self.open(**changes)
        answer = self.card(token, number)
        url = answer.location if "Confirm" not in answer.location else self.otp(token)["url"]
        return back(url)

    def told(self) -> str:
        """Return how the notice of the last payment stands."""
        return str(self.ledger()["vnpay_sales"][-1]["notice"])

    def ledger(self) -> dict[str, Any]:
        """Return the books."""
        found: dict[str, Any] = self.client.get("/_sim/ledger").get_json()
        return found

    def seed(self, **body: Any) -> dict[str, Any]:
        """Use the control room's lever."""
        return self.street.json("/_sim/seed", body)

    def api(self, body: dict[str, str]) -> dict[str, Any]:
        """Send a querydr or a refund."""
        return self.street.json("/merchant_webapi/api/transaction", body)

    def query(self, request_id: str, **changes: str) -> dict[str, Any]:
        """Ask how the payment stands."""
        when = {"TransactionDate": self.created, "RequestId": request_id}
        return self.api(v.api_request(v.QUERYDR, **(when | changes)))

    def refund(self, request_id: str, **changes: str) -> dict[str, Any]:
        """Ask for money back."""
        when = {"TransactionDate": self.created, "RequestId": request_id}
        return self.api(v.api_request(v.REFUND, **(when | changes)))


def back(url: str) -> dict[str, str]:
    """Return the signed fields of a return address, after checking their hash as a merchant."""
    query = urlsplit(url).query
    fields = {n: x for n, x in parse_qsl(query) if n.startswith("vnp_")}
    given = fields.pop("vnp_SecureHash")
    assert v.signed_query(fields).endswith(given), json.dumps(fields)
    return fields
