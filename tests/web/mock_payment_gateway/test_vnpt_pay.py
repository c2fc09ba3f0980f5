"""VNPT Pay's dialect, as a merchant's server sees it."""

import json
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask, request

from simkit.wire.in_process import WsgiAdapter
from tests.builders.gateway import SECRET, a_partner, pipe_hash
from tests.web.mock_payment_gateway.neighbours import Street

INIT = "/rest/payment/v1.0.6/init"
QUERY = "/rest/payment/v1.0.6/query"


class VnptMerchant:
    """Hears CONFIRMs as JSON, or in the form field data, and acknowledges them."""

    def __init__(self) -> None:
        """Take everything."""
        self.app = Flask("vnpt")
        self.heard: list[tuple[str, dict[str, Any]]] = []
        self.app.add_url_rule("/confirm", view_func=self._confirm, methods=["POST"])

    def _confirm(self) -> dict[str, str]:
        form = "data" in request.form
        message = json.loads(request.form["data"]) if form else request.get_json()
        self.heard.append(("form" if form else "json", message))
        ack = {
            "RESPONSE_CODE": "00",
            "DESCRIPTION": "ok",
            "MERCHANT_SERVICE_ID": "VN1",
            "MERCHANT_ORDER_ID": message["MERCHANT_ORDER_ID"],
            "CREATE_DATE": message["PAY_DATE"],
        }
        return ack | {"SECURE_CODE": pipe_hash(*ack.values())}


def open_street(street: Street, **changes: Any) -> VnptMerchant:
    merchant = VnptMerchant()
    street.http.mount("http://vnpt.test", WsgiAdapter(merchant.app))
    settings = {"dialect": "vnpt", "confirm_url": "http://vnpt.test/confirm"} | changes
    with street.house.within("main") as service:
        service.register([replace(a_partner("VN1"), **settings)])
    return merchant


def an_order(secret: str = SECRET, **changes: str) -> dict[str, str]:
    fields = {
        "ACTION": "INIT",
        "VERSION": "1.0.6",
        "MERCHANT_SERVICE_ID": "VN1",
        "MERCHANT_ORDER_ID": "ORDER1",
        "SERVICE_ID": "1",
        "AMOUNT": "150000",
        "DEVICE": "1",
        "LOCALE": "vi-VN",
        "CURRENCY_CODE": "VND",
        "PAYMENT_METHOD": "VNPTPAY",
        "DESCRIPTION": "Le phi ho so",
        "CREATE_DATE": "20261123090000",
        "CLIENT_IP": "10.0.0.1",
    } | changes
    return fields | {"SECURE_CODE": pipe_hash(*fields.values(), secret=secret)}


def a_question(**changes: str) -> dict[str, str]:
    fields = {
        "ACTION": "QUERY",
        "VERSION": "1.0.6",
        "MERCHANT_SERVICE_ID": "VN1",
        "MERCHANT_ORDER_ID": "ORDER1",
        "CREATE_DATE": "20261123090000",
    } | changes
    return fields | {"SECURE_CODE": pipe_hash(*fields.values())}


def pay(street: Street, answer: dict[str, Any]) -> None:
    token = str(answer["REDIRECT_URL"]).rpartition("/")[2]
    street.client.post(f"/thanh-toan/{token}", data={"bank": "SAOBIEN"})
    street.notice(street.bank.says(list(street.bank.payments)[-1], "paid"))
    street.pump()


@pytest.mark.parametrize("confirm_as", ["json", "form"])
def test_init_confirm_query(street: Street, confirm_as: str) -> None:
    merchant = open_street(street, confirm_as=confirm_as)
    answer = street.json(INIT, an_order())
    assert list(answer) == ["RESPONSE_CODE", "DESCRIPTION", "REDIRECT_URL", "SECURE_CODE"]
    *values, seal = answer.values()
    assert seal == pipe_hash(*values)

    pay(street, answer)

    ((shape, message),) = merchant.heard
    assert shape == confirm_as
    *values, seal = message.values()
    assert seal == pipe_hash(*values)
    assert list(message)[:5] == [
        "ACTION",
        "RESPONSE_CODE",
        "MERCHANT_SERVICE_ID",
        "MERCHANT_ORDER_ID",
        "AMOUNT",
    ]
    assert (message["ACTION"], message["RESPONSE_CODE"]) == ("CONFIRM", "00")
    found = street.json(QUERY, a_question())
    assert (found["RESPONSE_CODE"], found["TRANSACTION_STATUS"]) == ("00", "1")


def test_a_message_may_come_in_the_form_field_data(street: Street) -> None:
    open_street(street)

    answer = street.client.post(INIT, data={"data": json.dumps(an_order())}).get_json()

    assert answer["RESPONSE_CODE"] == "00"


@pytest.mark.parametrize(
    ("path", "order"),
    [
        ("/rest/payment/v1.0.6/init_m_merch", an_order()),
        (
            "/rest/payment/v1.0.5/init",
            {
                "ACTION": "INIT",
                "VERSION": "1.0.5",
                "MERCHANT_SERVICE_ID": "VN1",
                "MERCHANT_ORDER_ID": "OLD1",
                "AMOUNT": "150000",
                "AMOUNT_DETAIL": "150000",
                "SERVICE_ID": "1",
            },
        ),
    ],
)
def test_the_other_addresses(street: Street, path: str, order: dict[str, str]) -> None:
    open_street(street)
    if "SECURE_CODE" not in order:
        tail = {name: x for name, x in an_order().items() if name not in order}
        tail.pop("SECURE_CODE")
        order = order | tail
        order["SECURE_CODE"] = pipe_hash(*order.values())

    assert street.json(path, order)["RESPONSE_CODE"] == "00"


def test_the_agency_is_hashed_when_it_is_there(street: Street) -> None:
    open_street(street)
    fields = an_order()
    fields.pop("SECURE_CODE")
    head = list(fields.items())
    with_agency = dict([*head[:3], ("AGENCY_ID", "A1"), *head[3:]])
    with_agency["SECURE_CODE"] = pipe_hash(*with_agency.values())

    assert street.json(INIT, with_agency)["RESPONSE_CODE"] == "00"


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        (INIT, an_order(secret="x"), "07"),
        (INIT, an_order(MERCHANT_SERVICE_ID="NOBODY"), "09"),
        (INIT, an_order(MERCHANT_SERVICE_ID="HPG01"), "09"),  # a partner of the platform
        (INIT, an_order(AMOUNT="0"), "02"),
        (INIT, an_order(CURRENCY_CODE="USD"), "02"),
        (INIT, a_question(), "02"),
        (INIT, {}, "02"),
        (INIT, [], "02"),
        (QUERY, a_question(MERCHANT_ORDER_ID="NONE"), "05"),
        (QUERY, a_question(CREATE_DATE="20261123090001"), "05"),
        (QUERY, an_order(), "02"),
    ],
)
def test_refusals(street: Street, path: str, body: Any, code: str) -> None:
    open_street(street)
    street.json(INIT, an_order(MERCHANT_ORDER_ID="ORDER2"))

    answer = street.json(path, body)

    assert answer["RESPONSE_CODE"] == code
    assert "SECURE_CODE" not in answer
    assert ("EXPLANATION" in answer) == (code == "07")


def test_an_order_is_opened_once(street: Street) -> None:
    open_street(street)

    codes = [street.json(INIT, an_order())["RESPONSE_CODE"] for _ in range(2)]

    assert codes == ["00", "03"]
