"""The control room: the same in every house, refuses what it does not know."""

import pytest
from flask.testing import FlaskClient

from simkit.core.settings import HouseSettings
from tests.simkit.a_house import a_house


def test_health_names_house_world_and_time(client: FlaskClient) -> None:
    answer = client.get("/_sim/health").get_json()

    assert answer["house"] == "bank"
    assert answer["world"] == "main"
    assert answer["clock"] == "running"
    assert answer["now"].endswith("+07:00")


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        pytest.param("PATCH", "clock", {"mode": "fast"}, 400, "bad-input", id="unknown mode"),
        pytest.param("PATCH", "clock", {"now": "soon"}, 400, "bad-input", id="no moment"),
        pytest.param("PATCH", "clock", {"now": 5}, 400, "bad-input", id="a number as moment"),
        pytest.param("PATCH", "clock", {"speed": 2}, 400, "bad-input", id="unknown field"),
        pytest.param(
            "PATCH", "clock", {"now": "2001-01-01T00:00:00+07:00"}, 400, "bad-input", id="back"
        ),
        pytest.param("PATCH", "clock", [], 400, "bad-input", id="a list"),
        pytest.param("POST", "worlds", {}, 400, "bad-input", id="no name"),
        pytest.param("POST", "worlds", {"name": 7}, 400, "bad-input", id="a number as name"),
        pytest.param("POST", "seed", {"notes": "x"}, 400, "bad-input", id="seed of wrong type"),
        pytest.param("POST", "seed", {"other": []}, 400, "bad-input", id="seed of unknown field"),
        pytest.param("GET", "journal?after=x", None, 400, "bad-input", id="no number"),
        pytest.param("GET", "captcha/made.up.token", None, 400, "captcha-wrong", id="no captcha"),
        pytest.param("POST", "worlds/nowhere/reset", None, 404, "not-found", id="no world"),
        pytest.param("GET", "nothing", None, 404, "http-404", id="no such thing"),
        pytest.param("DELETE", "clock", None, 405, "http-405", id="no such method"),
    ],
)
def test_refusals_share_one_shape(  # noqa: PLR0913, PLR0917 -- a row of the table
    client: FlaskClient, method: str, path: str, body: object, status: int, code: str
) -> None:
    answer = client.open(f"/_sim/{path}", method=method, json=body)

    assert answer.status_code == status
    assert answer.get_json() is not None
    assert set(answer.get_json()) == {"code", "message", "facts"}
    assert answer.get_json()["code"] == code


def test_a_patch_changes_only_what_it_names(client: FlaskClient) -> None:
    frozen = client.patch("/_sim/clock", json={"mode": "frozen"}).get_json()

    moved = client.patch("/_sim/clock", json={"now": "2030-01-01T09:00:00+07:00"}).get_json()

    assert frozen["mode"] == moved["mode"] == "frozen"
    assert moved["now"] == "2030-01-01T09:00:00+07:00"


def test_the_journal_keeps_raw_bytes_and_business_key(client: FlaskClient) -> None:
    assert client.post("/api/notes", data=b'{"text": "x"}', content_type="application/json").data
    assert client.get("/api/notes?page=1").data

    entries = client.get("/_sim/journal").get_json()["entries"]

    assert [(e["method"], e["url"], e["status"], e["about"]) for e in entries] == [
        ("POST", "/api/notes", 201, ""),
        ("GET", "/api/notes?page=1", 200, "all-notes"),
    ]
    assert entries[0]["request"]["text"] == '{"text": "x"}'
    assert "from the seed" in entries[1]["response"]["text"]
    assert client.get("/_sim/journal?about=all-notes").get_json()["entries"] == entries[1:]


def test_a_question_about_dropped_entries_is_an_error() -> None:
    house = a_house()
    world = house.worlds.get("main")
    world.journal._ring = type(world.journal._ring)(maxlen=2)  # noqa: SLF001 -- a small ring
    client = house.flask.test_client()
    for _ in range(3):
        assert client.get("/api/notes").data

    refused = client.get("/_sim/journal?after=0")
    allowed = client.get("/_sim/journal?after=1")
    house.close()

    assert refused.status_code == 410
    assert refused.get_json()["code"] == "journal-dropped"
    assert [e["number"] for e in allowed.get_json()["entries"]] == [2, 3]


def test_a_conversation_keeps_its_trace(client: FlaskClient) -> None:
    trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

    assert client.get("/api/notes", headers={"traceparent": trace}).data

    assert client.get("/_sim/journal").get_json()["entries"][-1]["trace"] == trace


def test_the_ledger_holds_outbox_and_the_houses_own_books(client: FlaskClient) -> None:
    ledger = client.get("/_sim/ledger").get_json()

    assert ledger["house"] == "bank"
    assert ledger["outbox"] == []
    assert ledger["notes"] == ["from the seed"]


def test_the_control_room_is_not_there_when_it_is_switched_off() -> None:
    house = a_house(HouseSettings(durable=False, controls=False))

    answer = house.flask.test_client().get("/_sim/health")
    house.close()

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("token", "address", "sent", "status"),
    [
        pytest.param(None, "127.0.0.1", "", 200, id="loopback"),
        pytest.param(None, "::1", "", 200, id="loopback of IPv6"),
        pytest.param(None, "192.0.2.7", "", 403, id="another machine"),
        pytest.param("secret", "192.0.2.7", "Bearer secret", 200, id="another machine with token"),
        pytest.param("secret", "192.0.2.7", "Bearer wrong", 403, id="a wrong token"),
        pytest.param("secret", "127.0.0.1", "", 403, id="loopback without the token"),
    ],
)
def test_who_may_enter(token: str | None, address: str, sent: str, status: int) -> None:
    house = a_house(HouseSettings(durable=False, control_token=token))
    headers = {"Authorization": sent} if sent else {}

    answer = house.flask.test_client().get(
        "/_sim/health", headers=headers, environ_base={"REMOTE_ADDR": address}
    )
    house.close()

    assert answer.status_code == status
