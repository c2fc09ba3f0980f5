"""How the bank answers the gateway."""

import hmac
import json
from collections.abc import Mapping

import pytest

from mock_bank.settings import INVENTED_NOTICE_SECRET
from tests.web.mock_bank.conftest import Counter

HEADERS = {"x-request-id": "req-1"}


def test_an_order_is_answered_with_the_customers_page(counter: Counter) -> None:
    answer = counter.post("/api/v1/payments", json=counter.body(), headers=HEADERS)

    assert answer.status_code == 201
    assert answer.json is not None
    assert set(answer.json) == {"request_id", "state", "pay_url"}
    assert (answer.json["request_id"], answer.json["state"]) == ("req-1", "pending")
    assert answer.json["pay_url"].startswith(f"http://bank.test{counter.prefix}/thanh-toan/")


def test_the_same_order_again_gets_the_same_answer(counter: Counter) -> None:
    body = counter.body()
    first = counter.post("/api/v1/payments", json=body, headers=HEADERS)
    again = counter.post("/api/v1/payments", json=body, headers=HEADERS)

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json == first.json


def test_the_same_id_with_another_amount_is_a_conflict(counter: Counter) -> None:
    counter.order()

    answer = counter.post("/api/v1/payments", json=counter.body(amount=1), headers=HEADERS)

    assert answer.status_code == 409
    assert answer.json is not None
    assert answer.json["code"] == "request-id-taken"
    assert list(answer.json["facts"]) == ["amount"]


def test_the_banks_are_listed_as_the_gateway_expects(counter: Counter) -> None:
    banks = counter.json("/api/v1/banks")["banks"]

    assert banks[0] == {
        "code": "VIETCOMBANK",
        "name": "Vietcombank",
        "bin": "970436",
        "kind": "bank",
    }
    assert [bank["kind"] for bank in banks] == ["bank"] * 5 + ["wallet"]
    assert all(set(bank) == {"code", "name", "bin", "kind"} for bank in banks)


def test_an_open_payment_is_pending_and_nothing_else(counter: Counter) -> None:
    counter.order()

    assert counter.json("/api/v1/payments/req-1") == {
        "request_id": "req-1",
        "state": "pending",
        "code": None,
        "bank_ref": None,
        "amount": 150_000,
        "paid_at": None,
    }


def test_the_notice_is_what_the_status_says_and_is_signed(counter: Counter) -> None:
    path = counter.order(notice_url=f"http://gateway.test{counter.prefix}/bank/notices")
    counter.post(f"{path}/xac-nhan", data={"otp": counter.to_the_code(path)})
    counter.post("/_sim/pump")

    [(_, headers, raw)] = counter.told("/bank/notices")
    right = hmac.digest(INVENTED_NOTICE_SECRET.encode(), raw, "sha256").hex()
    assert headers["X-Request-Signature"] == right
    assert json.loads(raw) == counter.json("/api/v1/payments/req-1")
    assert json.loads(raw)["state"] == "paid"


def test_a_notice_that_is_not_taken_is_told_again(counter: Counter) -> None:
    path = counter.order(notice_url=f"http://gateway.test{counter.prefix}/bank/notices")
    counter.neighbours.status = 503
    counter.post(f"{path}/huy")
    counter.post("/_sim/pump")
    counter.neighbours.status = 200
    counter.later(seconds=5)
    counter.post("/_sim/pump")

    bodies = [json.loads(raw) for _, _, raw in counter.told("/bank/notices")]
    assert len(bodies) == 2
    assert bodies[0] == bodies[1]
    notice = next(m for m in counter.json("/_sim/outbox")["messages"] if m["kind"] == "notice")
    assert (notice["state"], notice["tries"]) == ("delivered", 2)


def test_a_notice_that_is_refused_for_good_is_given_up(counter: Counter) -> None:
    path = counter.order(notice_url=f"http://gateway.test{counter.prefix}/bank/notices")
    counter.neighbours.status = 404
    counter.post(f"{path}/huy")
    counter.post("/_sim/pump")

    notice = next(m for m in counter.json("/_sim/outbox")["messages"] if m["kind"] == "notice")
    assert notice["state"] == "given-up"


def test_the_sms_is_what_the_phone_takes(counter: Counter) -> None:
    counter.to_the_code(counter.order())

    [(_, _, raw)] = counter.told("/api/v1/sms")
    sms = json.loads(raw)
    assert set(sms) == {"id", "to", "from", "text"}
    assert sms["id"] == "otp-req-1-1"
    assert sms["from"] == "Vietcombank"
    assert "150.000 VND" in sms["text"]


def test_time_ends_an_order_without_anybody_asking(counter: Counter) -> None:
    path = counter.order(notice_url=f"http://gateway.test{counter.prefix}/bank/notices")
    assert path

    counter.later(minutes=15)
    counter.post("/_sim/pump")

    [(_, _, raw)] = counter.told("/bank/notices")
    assert (json.loads(raw)["state"], json.loads(raw)["code"]) == ("expired", "11")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"amount": 0}, "amount", id="nothing to pay"),
        pytest.param({"amount": -1}, "amount", id="negative"),
        pytest.param({"amount": "150000"}, "amount", id="amount as text"),
        pytest.param({"amount": 1.5}, "amount", id="half a đồng"),
        pytest.param({"amount": True}, "amount", id="amount as truth"),
        pytest.param({"amount": 10**13}, "amount", id="too much"),
        pytest.param({"currency": "USD"}, "currency", id="dollars"),
        pytest.param({"reference": ""}, "reference", id="no reference"),
        pytest.param({"reference": ["PP1"]}, "reference", id="reference as list"),
        pytest.param({"description": "x" * 501}, "description", id="long text"),
        pytest.param({"description": "a\nb"}, "description", id="two lines"),
        pytest.param({"expires_at": "tomorrow"}, "expires_at", id="no moment"),
        pytest.param({"expires_at": "2099-01-01T00:00:00"}, "expires_at", id="no zone"),
        pytest.param({"expires_at": "0001-01-01T00:00:00+14:00"}, "expires_at", id="year nought"),
        pytest.param({"expires_at": "2020-01-01T00:00:00+07:00"}, "expires_at", id="in the past"),
        pytest.param({"return_url": "/back"}, "return_url", id="not absolute"),
        pytest.param({"return_url": "javascript:alert(1)"}, "return_url", id="a script"),
        pytest.param({"return_url": "http://a.test/\r\nX: 1"}, "return_url", id="a header"),
        pytest.param({"notice_url": "http://[::1"}, "notice_url", id="half an address"),
        pytest.param({"notice_url": "http://a.test:99999/"}, "notice_url", id="no such port"),
        pytest.param({"notice_url": "file:///etc/passwd"}, "notice_url", id="a file"),
        pytest.param({"request_id": "a/b"}, "request_id", id="a slash in the id"),
        pytest.param({"request_id": "req-2"}, "x-request-id", id="another id in the header"),
        pytest.param({"colour": "red"}, "colour", id="unknown field"),
    ],
)
def test_an_order_that_cannot_be_read_names_the_field(
    counter: Counter, changes: Mapping[str, object], field: str
) -> None:
    body = json.dumps(counter.body(**changes))
    answer = counter.post("/api/v1/payments", data=body, headers=HEADERS)

    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["code"] == "bad-input"
    assert field in answer.json["facts"]


@pytest.mark.parametrize("missing", ["request_id", "amount", "return_url", "expires_at"])
def test_an_order_without_a_field_is_refused(counter: Counter, missing: str) -> None:
    body = counter.body()
    del body[missing]

    answer = counter.post("/api/v1/payments", json=body, headers=HEADERS)

    assert answer.status_code == 400
    assert answer.json is not None
    assert missing in answer.json["facts"]


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        pytest.param("GET", "/api/v1/payments/req-9", None, 404, "unknown-payment", id="unknown"),
        pytest.param("POST", "/api/v1/payments", ["x"], 400, "bad-input", id="a list"),
        pytest.param("POST", "/api/v1/payments", None, 400, "bad-input", id="null"),
        pytest.param("DELETE", "/api/v1/payments/req-1", None, 405, "http-405", id="no such verb"),
        pytest.param("GET", "/api/v1/nowhere", None, 404, "http-404", id="no such page"),
    ],
)
def test_refusals_share_one_shape(  # noqa: PLR0913, PLR0917 - one parameter per column of the table
    counter: Counter, method: str, path: str, body: object, status: int, code: str
) -> None:
    answer = counter.client.open(counter.prefix + path, method=method, json=body)

    assert answer.status_code == status
    assert answer.json is not None
    assert set(answer.json) == {"code", "message", "facts"}
    assert answer.json["code"] == code


def test_a_bank_that_nobody_knows_is_refused(counter: Counter) -> None:
    answer = counter.post(
        "/api/v1/payments", json=counter.body(bank="NGAN-HANG-LA"), headers=HEADERS
    )

    assert answer.status_code == 422
    assert answer.json is not None
    assert answer.json["code"] == "unknown-bank"


def paid(counter: Counter) -> str:
    """Return the path of a payment of 150.000 đồng that was paid."""
    path = counter.order()
    counter.post(f"{path}/xac-nhan", data={"otp": counter.to_the_code(path)})
    return path


def test_a_refund_is_taken_on_told_and_done_on_the_clock(counter: Counter) -> None:
    paid(counter)
    body = {"refund_id": "refund-1", "request_id": "req-1", "amount": 50_000}

    first = counter.post("/api/v1/refunds", json=body)
    again = counter.post("/api/v1/refunds", json=body)
    assert (first.status_code, again.status_code, again.json) == (201, 200, first.json)
    assert first.json is not None
    assert (first.json["state"], first.json["code"]) == ("pending", None)

    counter.later(minutes=5)
    counter.post("/_sim/pump")

    found = counter.json("/api/v1/refunds/refund-1")
    assert (found["state"], found["code"], found["amount"]) == ("done", "00", 50_000)
    [listed] = counter.json("/_sim/ledger")["refunds"]
    assert (listed["refund_id"], listed["state"]) == ("refund-1", "done")


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        pytest.param({"amount": 150_001}, 409, "refund-too-much", id="more than was paid"),
        pytest.param({"request_id": "req-9"}, 404, "unknown-payment", id="no such payment"),
        pytest.param({"amount": 0}, 400, "bad-input", id="nothing"),
        pytest.param({"refund_id": "a/b"}, 400, "bad-input", id="an id that fits no address"),
        pytest.param({"notice_url": "x"}, 400, "bad-input", id="no address"),
        pytest.param({"why": "x"}, 400, "bad-input", id="an unknown field"),
    ],
)
def test_a_refund_that_cannot_be_is_refused(
    counter: Counter, changes: dict[str, object], status: int, code: str
) -> None:
    paid(counter)
    body = {"refund_id": "refund-1", "request_id": "req-1", "amount": 50_000} | changes

    answer = counter.post("/api/v1/refunds", json=body)

    assert answer.json is not None
    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert counter.get("/api/v1/refunds/refund-1").status_code == 404
