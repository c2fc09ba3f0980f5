"""How the post answers its customers."""

import json

import pytest
from flask.testing import FlaskClient

from simkit.core.refs import S10
from tests.builders.post import an_order_body


def test_an_order_is_taken_once(client: FlaskClient) -> None:
    first = client.post("/ngsp/v1/orders", json=an_order_body())
    again = client.post("/ngsp/v1/orders", json=an_order_body())

    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json is not None
    assert again.json is not None
    assert (first.json["Status"], again.json["Status"]) == ("100", "101")
    assert first.json["ItemCode"] == again.json["ItemCode"]
    assert S10.check_digit_is_right(first.json["ItemCode"])


def test_the_province_may_be_a_number_as_in_the_older_sdk(client: FlaskClient) -> None:
    answer = client.post("/ngsp/v1/orders", json=an_order_body(ReceiverProvince=18))

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        pytest.param(an_order_body(OrderNumber=""), {"OrderNumber"}, id="no number"),
        pytest.param(an_order_body(OrderNumber=5), {"OrderNumber"}, id="number is no text"),
        pytest.param(an_order_body(ReceiverTel="12"), {"ReceiverTel"}, id="no telephone"),
        pytest.param(an_order_body(SenderTel="x"), {"SenderTel"}, id="no telephone of ours"),
        pytest.param(an_order_body(ReceiverName="x" * 201), {"ReceiverName"}, id="too long"),
        pytest.param(an_order_body(ReceiverAddress="a\x00"), {"ReceiverAddress"}, id="control"),
        pytest.param(an_order_body(Description="\ud800"), {"body"}, id="half a character"),
        pytest.param(an_order_body(CODAmount="0"), {"CODAmount"}, id="money as text"),
        pytest.param(an_order_body(CODAmount=-1), {"CODAmount"}, id="money below nothing"),
        pytest.param(an_order_body(CODAmount=True), {"CODAmount"}, id="money as truth"),
        pytest.param(an_order_body(CODAmount=1.5), {"CODAmount"}, id="half a dong"),
        pytest.param(an_order_body(ReceiverProvince=True), {"ReceiverProvince"}, id="province"),
        pytest.param(an_order_body(FlagConfig=2), {"FlagConfig"}, id="unknown field"),
        pytest.param(
            an_order_body(SenderTel="", SenderName=""), {"SenderTel", "SenderName"}, id="two"
        ),
        pytest.param([], {"body"}, id="a list"),
    ],
)
def test_an_order_that_is_wrong_is_refused_field_by_field(
    client: FlaskClient, body: object, fields: set[str]
) -> None:
    answer = client.post("/ngsp/v1/orders", data=json.dumps(body))

    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["code"] == "bad-input"
    assert set(answer.json["facts"]) >= fields
    assert len(answer.json["facts"]) == len(fields)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        pytest.param(an_order_body(CODAmount=8000), 422, "cod-not-offered", id="money at the door"),
        pytest.param(an_order_body(CustomerCode="X"), 403, "customer-unknown", id="no contract"),
    ],
)
def test_what_the_post_does_not_do_is_refused(
    client: FlaskClient, body: object, status: int, code: str
) -> None:
    answer = client.post("/ngsp/v1/orders", json=body)

    assert answer.status_code == status
    assert answer.json is not None
    assert set(answer.json) == {"code", "message", "facts"}
    assert answer.json["code"] == code


def test_the_latest_status_has_the_real_field_names(client: FlaskClient) -> None:
    taken = client.post("/ngsp/v1/orders", json=an_order_body()).json
    assert taken is not None

    answer = client.get(f"/serviceApi/v1/LayTrangThaiTheoMaBuuGui/{taken['ItemCode']}").json

    assert answer is not None
    assert len(answer.pop("EventIemID")) == 24
    assert answer == {
        "ItemCode": taken["ItemCode"],
        "PosCode": "189901",
        "Status": "-3",
        "CreateTime": "2026-11-23T09:00:00",
    }


@pytest.mark.parametrize("code", ["EA123456785VN", "EA12", "x", "%00", "EA123456785VN%0A"])
def test_an_unknown_code_is_answered_with_something_that_is_no_json(
    client: FlaskClient, code: str
) -> None:
    answer = client.get(f"/serviceApi/v1/LayTrangThaiTheoMaBuuGui/{code}")

    assert answer.status_code == 404
    assert answer.mimetype == "text/plain"
    with pytest.raises(ValueError, match="Expecting value"):
        json.loads(answer.text)


def test_there_is_nothing_to_seed(client: FlaskClient) -> None:
    assert client.post("/_sim/seed", json={}).status_code == 200
    assert client.post("/_sim/seed", json={"orders": []}).status_code == 400
