"""The Smart OTP app: a bank asks over HTTP, the owner answers on the page, the bank hears of it."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from flask.testing import FlaskClient
from werkzeug.wrappers import Request, Response

from mock_phone.app import create_app
from mock_phone.settings import Settings
from simkit.core.settings import HouseSettings
from simkit.wire.in_process import WsgiAdapter
from tests.builders.phone import a_question_body

PAGE = "/phone/0912345678/smart-otp"


@dataclass
class Bank:
    """Writes down what it is told and answers with ``status``."""

    told: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    status: int = 200

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answer as a WSGI application."""
        asked = Request(environ)
        self.told.append((asked.url, json.loads(asked.get_data())))
        return Response("{}", self.status, mimetype="application/json")(environ, start_response)


@dataclass
class Hand:
    """A phone in somebody's hand, and the bank that asks it."""

    client: FlaskClient
    bank: Bank

    def ask(self, **changes: object) -> tuple[int, dict[str, Any]]:
        """Let the bank ask."""
        body = a_question_body(expires_at=(self.now() + timedelta(minutes=2)).isoformat())
        answer = self.client.post("/api/v1/approvals", json={**body, **changes})
        assert answer.json is not None
        return answer.status_code, answer.json

    def press(self, button: str, question: str = "ask-1") -> int:
        """Press a button of the app."""
        return self.client.post(f"{PAGE}/{question}", data={"answer": button}).status_code

    def now(self) -> datetime:
        """Return the world's time."""
        clock = self.client.get("/_sim/clock").json
        assert clock is not None
        return datetime.fromisoformat(clock["now"])

    def later(self, **by: float) -> None:
        """Move the world's time on."""
        self.client.patch("/_sim/clock", json={"now": (self.now() + timedelta(**by)).isoformat()})


@pytest.fixture
def hand(tmp_path: Path) -> Iterator[Hand]:
    bank = Bank()
    http = requests.Session()
    http.mount("http://", WsgiAdapter(bank))
    house = create_app(Settings(HouseSettings(data=tmp_path, durable=False)), http)
    house.flask.testing = True
    made = Hand(house.flask.test_client(), bank)
    made.client.patch("/_sim/clock", json={"mode": "frozen"})
    yield made
    house.close()


def test_the_app_shows_what_a_bank_asks_with_two_buttons(hand: Hand) -> None:
    status, answer = hand.ask()
    page = hand.client.get(PAGE).text

    assert (status, answer["state"], answer["page"]) == (201, "pending", PAGE)
    for landmark in ("Phê duyệt thanh toán", "BIDV", "Số tiền: 150.000 VND", "Từ chối"):
        assert landmark in page
    assert "1 yêu cầu đang chờ" in hand.client.get("/phone/0912345678").text


@pytest.mark.parametrize(
    ("button", "answer", "word"),
    [("approve", "approved", "Đã phê duyệt"), ("refuse", "refused", "Đã từ chối")],
)
def test_the_answer_goes_to_the_bank_once(hand: Hand, button: str, answer: str, word: str) -> None:
    _, asked = hand.ask()

    assert [hand.press(button), hand.press("approve"), hand.press("refuse")] == [303] * 3
    hand.client.post("/_sim/pump")

    [(url, body)] = hand.bank.told
    assert url == "http://bank.test/api/v1/approvals/ask-1"
    assert (body["id"], body["answer"]) == (asked["id"], answer)
    page = hand.client.get(PAGE).text
    assert word in page
    assert ">Phê duyệt<" not in page


def test_a_bank_that_is_away_hears_of_it_later(hand: Hand) -> None:
    hand.ask()
    hand.bank.status = 503
    hand.press("approve")
    hand.client.post("/_sim/pump")

    hand.bank.status = 200
    hand.later(seconds=10)
    hand.client.post("/_sim/pump")

    assert [body["answer"] for _, body in hand.bank.told] == ["approved"] * 2


def test_a_question_that_ran_out_cannot_be_answered(hand: Hand) -> None:
    hand.ask()
    hand.later(minutes=2)

    assert hand.press("approve") == 303

    hand.client.post("/_sim/pump")
    assert hand.bank.told == []
    assert "Hết hiệu lực" in hand.client.get(PAGE).text


def test_the_same_question_again_is_known_and_another_under_its_id_is_refused(hand: Hand) -> None:
    expires_at = (hand.now() + timedelta(minutes=2)).isoformat()
    first, _ = hand.ask(expires_at=expires_at)
    again, _ = hand.ask(expires_at=expires_at)
    other, refusal = hand.ask(expires_at=expires_at, title="Another one")

    assert (first, again, other) == (201, 200, 409)
    assert refusal["code"] == "message-id-taken"


def test_machines_ask_for_what_is_new(hand: Hand) -> None:
    hand.ask()
    hand.ask(id="ask-2")
    hand.ask(id="ask-3", to="0987654321")

    found = hand.client.get("/api/v1/approvals?to=0912345678&after=1").json

    assert found is not None
    assert [each["id"] for each in found["approvals"]] == ["ask-2"]
    assert found["last"] == 2


@pytest.mark.parametrize(
    ("field_", "value"),
    [
        ("id", ""),
        ("id", "a/b"),
        ("to", "113"),
        ("from", "\x00"),
        ("title", None),
        ("lines", []),
        ("lines", ["x"] * 13),
        ("lines", [1]),
        ("expires_at", "2026-01-01"),
        ("expires_at", "soon"),
        ("answer_url", "javascript:alert(1)"),
        ("answer_url", 5),
        ("more", "x"),
    ],
)
def test_what_cannot_be_read_is_refused_by_field(hand: Hand, field_: str, value: object) -> None:
    status, refusal = hand.ask(**{field_: value})

    assert status == 400
    assert list(refusal["facts"]) == [field_]


@pytest.mark.parametrize(
    ("path", "form", "status"),
    [
        pytest.param(f"{PAGE}/ask-9", {"answer": "approve"}, 404, id="no such question"),
        pytest.param(
            "/phone/0987654321/smart-otp/ask-1", {"answer": "approve"}, 404, id="another phone"
        ),
        pytest.param(f"{PAGE}/ask-1", {"answer": "perhaps"}, 400, id="neither yes nor no"),
        pytest.param("/phone/113/smart-otp/ask-1", {"answer": "approve"}, 400, id="no phone"),
    ],
)
def test_what_cannot_be_answered_is_refused(
    hand: Hand, path: str, form: dict[str, str], status: int
) -> None:
    hand.ask()

    assert hand.client.post(path, data=form).status_code == status
    hand.client.post("/_sim/pump")
    assert hand.bank.told == []


@pytest.mark.parametrize("query", ["", "to=113", "to=0912345678&after=x", "to=0912345678&x=1"])
def test_an_odd_query_is_refused(hand: Hand, query: str) -> None:
    assert hand.client.get(f"/api/v1/approvals?{query}").status_code == 400


def test_a_number_written_otherwise_leads_to_the_app(hand: Hand) -> None:
    answer = hand.client.get("/phone/+84912345678/smart-otp")

    assert (answer.status_code, answer.location) == (301, PAGE)


def test_a_silent_app_says_so(hand: Hand) -> None:
    assert "Không có yêu cầu nào đang chờ" in hand.client.get(PAGE).text
