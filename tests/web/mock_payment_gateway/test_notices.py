"""Notices of the bank in, CONFIRMs to partners out."""

import json
from datetime import timedelta
from typing import Any

import pytest

from tests.builders.gateway import pipe_hash
from tests.web.mock_payment_gateway.neighbours import Street

FIVE_MINUTES = timedelta(minutes=5)


def test_a_notice_ends_in_a_confirm_at_the_partner(street: Street) -> None:
    token, request_id = street.at_bank()

    answer = street.notice(street.bank.says(request_id, "paid"))
    street.pump()

    [confirm] = street.listener.heard
    signature = confirm.pop("MaXacThuc")
    assert answer.get_json() == {"request_id": request_id, "state": "paid"}
    assert street.state(token) == "paid"
    assert confirm["LoaiBanTin"] == "CONFIRM"
    assert confirm["SoTien"] == 150_000
    assert signature == pipe_hash(*confirm.values())


def test_a_repeated_notice_is_taken_and_told_once(street: Street) -> None:
    _, request_id = street.at_bank()
    word = street.bank.says(request_id, "paid")

    statuses = [street.notice(word).status_code for _ in range(3)]
    street.pump()

    assert statuses == [200, 200, 200]
    assert len(street.listener.heard) == 1


@pytest.mark.parametrize(
    ("changes", "secret", "status", "code"),
    [
        pytest.param({}, "forged", 403, "forged-notice", id="signature"),
        pytest.param({"amount": 1}, "", 409, "wrong-amount", id="amount"),
        pytest.param({"request_id": "other"}, "", 404, "no-such-order", id="request"),
        pytest.param({"request_id": ""}, "", 404, "no-such-order", id="no request"),
        pytest.param({"state": "flown"}, "", 400, "bad-input", id="state"),
        pytest.param({"amount": "150000"}, "", 400, "bad-input", id="amount as text"),
    ],
)
def test_refused_notices_change_nothing(
    street: Street, changes: dict[str, Any], secret: str, status: int, code: str
) -> None:
    token, request_id = street.at_bank()
    word = street.bank.says(request_id, "paid") | changes

    answer = street.notice(word, **({"secret": secret} if secret else {}))

    assert answer.status_code == status
    assert set(answer.get_json()) == {"code", "message", "facts"}
    assert answer.get_json()["code"] == code
    assert street.state(token) == "bank-chosen"
    assert street.outbox("confirm") == []


def test_a_notice_that_takes_money_back_is_refused(street: Street) -> None:
    token, request_id = street.at_bank()
    street.notice(street.bank.says(request_id, "paid"))

    answer = street.notice(street.bank.says(request_id, "failed", "51"))

    assert (answer.status_code, answer.get_json()["code"]) == (409, "illegal-move")
    assert street.state(token) == "paid"


@pytest.mark.parametrize(
    ("status", "body"),
    [
        pytest.param(200, {"MaLoi": "00"}, id="taken"),
        pytest.param(200, {"MaLoi": "02"}, id="confirmed before"),
        pytest.param(200, {"maLoi": "00"}, id="camel case"),
        pytest.param(201, {"MALOI": "00"}, id="created"),
    ],
)
def test_a_confirm_that_is_taken_is_not_repeated(
    street: Street, status: int, body: dict[str, object]
) -> None:
    _, request_id = street.at_bank()
    street.listener.answer = (status, json.dumps(body))

    street.notice(street.bank.says(request_id, "paid"))
    street.advance(timedelta(days=1))

    [message] = street.outbox("confirm")
    assert (message["state"], message["tries"]) == ("delivered", 1)


@pytest.mark.parametrize(
    ("status", "text"),
    [
        pytest.param(200, '{"MaLoi": "97"}', id="bad signature"),
        pytest.param(200, '{"MaLoi": "99"}', id="other"),
        pytest.param(200, '{"return_code": -1}', id="a real client's failure"),
        pytest.param(200, "OK", id="no JSON"),
        pytest.param(200, '["00"]', id="a list"),
        pytest.param(200, "[" * 50_000, id="nested without end"),
        pytest.param(500, '{"MaLoi": "00"}', id="error"),
        pytest.param(404, "", id="not found"),
        pytest.param(302, "", id="redirect"),
    ],
)
def test_everything_else_is_tried_ten_times_five_minutes_apart(
    street: Street, status: int, text: str
) -> None:
    _, request_id = street.at_bank()
    street.listener.answer = (status, text)

    street.notice(street.bank.says(request_id, "paid"))
    street.pump()
    heard = [len(street.listener.heard)]
    for _ in range(10):
        street.advance(FIVE_MINUTES)
        heard.append(len(street.listener.heard))

    [message] = street.outbox("confirm")
    assert heard == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10]
    assert (message["state"], message["tries"]) == ("given-up", 10)


def test_a_partner_that_recovers_hears_it_at_the_next_try(street: Street) -> None:
    _, request_id = street.at_bank()
    taken = street.listener.answer
    street.listener.answer = (503, "")
    street.notice(street.bank.says(request_id, "paid"))
    street.pump()
    street.listener.answer = taken

    street.advance(FIVE_MINUTES)

    assert street.outbox("confirm")[0]["state"] == "delivered"


def test_both_ways_lost_the_gateway_asks_until_the_bank_speaks(street: Street) -> None:
    token, request_id = street.at_bank()
    street.bank.instead = (500, b"")
    street.advance(timedelta(minutes=15))
    street.advance(FIVE_MINUTES)
    street.bank.instead = None
    street.advance(FIVE_MINUTES)  # «pending»
    street.bank.says(request_id, "paid")

    street.advance(FIVE_MINUTES)

    [question] = street.outbox("ask-bank")
    assert (question["state"], question["tries"]) == ("delivered", 4)
    assert street.state(token) == "paid"
    assert [confirm["MaLoi"] for confirm in street.listener.heard] == ["00"]


def test_a_bank_that_answers_nonsense_keeps_the_order_unknown(street: Street) -> None:
    token, request_id = street.at_bank()
    street.bank.payments[request_id]["amount"] = 1
    street.bank.says(request_id, "paid")

    street.advance(timedelta(minutes=15))

    assert street.state(token) == "unknown"
    assert street.outbox("ask-bank")[0]["state"] == "due"
