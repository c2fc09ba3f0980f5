"""How the phone answers machines."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask.testing import FlaskClient

from mock_phone.app import SEATS, THREADS
from mock_phone.service import PhoneService
from simkit.flaskkit.house import House
from tests.builders.phone import an_sms_body


def test_an_sms_is_taken_once(client: FlaskClient) -> None:
    first = client.post("/api/v1/sms", json=an_sms_body(to="+84 912 345 678"))
    again = client.post("/api/v1/sms", json=an_sms_body())

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json is not None
    assert first.json["to"] == "0912345678"
    assert first.json == again.json


def test_a_message_is_told_with_all_that_is_known_of_it(client: FlaskClient) -> None:
    client.post("/api/v1/sms", json=an_sms_body())

    answer = client.get("/api/v1/messages?to=0912345678").json

    assert answer is not None
    (message,) = answer["messages"]
    assert message.pop("at").endswith("+07:00")
    assert message == {
        "id": "sms-1",
        "seq": 1,
        "kind": "sms",
        "to": "0912345678",
        "from": "NH SAO BIEN",
        "subject": "",
        "text": "Mã OTP của quý khách là 482913.",
        "html": "",
    }
    assert answer["last"] == 1


def test_after_the_last_there_is_nothing(client: FlaskClient) -> None:
    client.post("/api/v1/sms", json=an_sms_body())

    assert client.get("/api/v1/messages?after=1").json == {"messages": [], "last": 1}


def test_a_long_poll_is_answered_by_the_message(client: FlaskClient) -> None:
    other = client.application.test_client()
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(client.get, "/api/v1/messages?to=0912345678&wait=30")
        other.post("/api/v1/sms", json=an_sms_body())

        answer = waiting.result().json
    assert answer is not None
    assert [m["id"] for m in answer["messages"]] == ["sms-1"]


def test_resetting_the_world_ends_the_long_polls_in_it(
    client: FlaskClient, house: House[PhoneService]
) -> None:
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(client.get, "/api/v1/messages?wait=30")
        house.worlds.reset("main")

        assert waiting.result().json == {"messages": [], "last": 0}


def test_some_threads_are_left_when_every_seat_is_taken() -> None:
    assert THREADS - SEATS >= 4


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        pytest.param(an_sms_body(to="12345"), {"to"}, id="no number"),
        pytest.param(an_sms_body(to="an@hop-thu.example"), {"to"}, id="sms to an address"),
        pytest.param(an_sms_body(id=""), {"id"}, id="no id"),
        pytest.param(an_sms_body(id=7), {"id"}, id="id is no text"),
        pytest.param(an_sms_body(id="a\nb"), {"id"}, id="id of two lines"),
        pytest.param(an_sms_body(text=" "), {"text"}, id="blank text"),
        pytest.param(an_sms_body(text="x" * 1601), {"text"}, id="text too long"),
        pytest.param(an_sms_body(text="a\x00b"), {"text"}, id="control character"),
        pytest.param(an_sms_body(text="\ud800"), {"body"}, id="half a character"),
        pytest.param(an_sms_body(html="<b>"), {"html"}, id="unknown field"),
        pytest.param({}, {"id", "to", "from", "text"}, id="empty"),
        pytest.param([], {"body"}, id="a list"),
        pytest.param(None, {"body"}, id="null"),
    ],
)
def test_an_sms_that_is_wrong_is_refused_field_by_field(
    client: FlaskClient, body: object, fields: set[str]
) -> None:
    answer = client.post("/api/v1/sms", data=json.dumps(body))

    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["code"] == "bad-input"
    assert set(answer.json["facts"]) == fields


def test_half_a_character_for_a_name_is_refused(client: FlaskClient) -> None:
    assert client.post("/api/v1/sms", data=b'{"\\ud800": 1}').status_code == 400


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("to=nobody", "to"),
        ("after=-1", "after"),
        ("after=1.5", "after"),
        ("after=99999999999999999", "after"),
        ("after=", "after"),
        ("wait=31", "wait"),
        ("wait=-1", "wait"),
        ("wait=nan", "wait"),
        ("wait=1e1", "wait"),
        ("number=0912345678", "number"),
    ],
)
def test_a_question_that_is_wrong_is_refused(client: FlaskClient, query: str, field: str) -> None:
    answer = client.get(f"/api/v1/messages?{query}")

    assert answer.status_code == 400
    assert answer.json is not None
    assert set(answer.json["facts"]) == {field}


def test_the_same_id_with_another_text_is_a_conflict(client: FlaskClient) -> None:
    client.post("/api/v1/sms", json=an_sms_body())

    answer = client.post("/api/v1/sms", json=an_sms_body(text="Mã khác: 111222"))

    assert answer.status_code == 409
    assert answer.json is not None
    assert answer.json["code"] == "message-id-taken"


def test_no_seat_is_a_polite_refusal(client: FlaskClient, house: House[PhoneService]) -> None:
    taken = 0
    with house.within("main") as service:
        seats = service._bell._seats.free  # type: ignore[attr-defined]  # noqa: SLF001 - to fill them without sixteen threads
        while seats.acquire(blocking=False):
            taken += 1
        answer = client.get("/api/v1/messages?wait=1")
        for _ in range(taken):
            seats.release()

    assert taken == SEATS
    assert answer.status_code == 429
    assert answer.json is not None
    assert answer.json["code"] == "too-many-waiting"
    assert answer.headers["Retry-After"]


def test_worlds_do_not_see_each_others_messages(
    client: FlaskClient, house: House[PhoneService]
) -> None:
    house.worlds.create("an-03")
    client.post("/w/an-03/api/v1/sms", json=an_sms_body())

    assert client.get("/api/v1/messages").json == {"messages": [], "last": 0}
    found = client.get("/w/an-03/api/v1/messages").json
    house.worlds.delete("an-03")
    assert found is not None
    assert len(found["messages"]) == 1


def test_the_ledger_is_in_the_control_room(client: FlaskClient) -> None:
    client.post("/api/v1/sms", json=an_sms_body())

    ledger = client.get("/_sim/ledger").json

    assert ledger is not None
    assert [(m["id"], m["kind"], m["to"]) for m in ledger["messages"]] == [
        ("sms-1", "sms", "0912345678"),
    ]


def test_there_is_nothing_to_seed(client: FlaskClient) -> None:
    assert client.post("/_sim/seed", json={}).status_code == 200
    assert client.post("/_sim/seed", json={"sms": []}).status_code == 400
