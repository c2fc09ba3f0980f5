"""What the portal adds to the control room."""

import pytest

from tests.web.mock_portal.visitor import Visitor

LAN = {
    "full_name": "Trần Thu Lan",
    "id_number": "031190000001",
    "email": "lan@hop-thu.example",
    "phone": "0912345678",
    "user": "lan.tran",
    "password": "Thu-123456",
}
CLERK = {
    "full_name": "Vũ Minh An",
    "user": "mot-cua",
    "password": "Can-Bo-9",
    "unit": "000.00.15.H24",
    "roles": ["reception", "returning"],
}


def test_seeded_people_sign_in_at_once(visitor: Visitor) -> None:
    answer = visitor.seed({"accounts": [LAN], "officers": [CLERK]})

    assert answer.get_json() == {
        "accounts": {"made": 1, "known": 0},
        "officers": {"made": 1, "known": 0},
    }
    assert visitor.sign_in("lan.tran", "Thu-123456").location == visitor.url("/")
    assert visitor.sign_in_officer("mot-cua", "Can-Bo-9").location == visitor.url("/can-bo")


def test_seeding_twice_is_seeding_once(visitor: Visitor) -> None:
    body = {"accounts": [LAN], "officers": [CLERK]}
    visitor.seed(body)

    again = visitor.seed(body)

    assert again.get_json() == {
        "accounts": {"made": 0, "known": 1},
        "officers": {"made": 0, "known": 1},
    }


@pytest.mark.parametrize(
    ("body", "status", "fact"),
    [
        pytest.param({"people": []}, 400, "people", id="unknown field"),
        pytest.param({"accounts": {}}, 400, "accounts", id="no list"),
        pytest.param({"accounts": [1]}, 400, "accounts[0]", id="no object"),
        pytest.param({"accounts": [{}]}, 400, "accounts[0].user", id="nothing in it"),
        pytest.param({"accounts": [LAN | {"x": 1}]}, 400, "accounts[0].x", id="extra"),
        pytest.param({"accounts": [LAN | {"user": 1}]}, 400, "accounts[0].user", id="no text"),
        pytest.param({"accounts": [LAN | {"user": "a b"}]}, 400, "accounts[0].user", id="spaces"),
        pytest.param(
            {"accounts": [LAN | {"user": "031190000009"}]},
            400,
            "accounts[0].user",
            id="somebody else's number",
        ),
        pytest.param({"accounts": [LAN | {"email": "x"}]}, 400, "accounts[0].email", id="e-mail"),
        pytest.param({"accounts": [LAN | {"phone": "1"}]}, 400, "accounts[0].phone", id="phone"),
        pytest.param(
            {"accounts": [LAN | {"id_number": "1"}]}, 400, "accounts[0].id_number", id="number"
        ),
        pytest.param(
            {"accounts": [LAN | {"password": "\ud800"}]}, 400, "body", id="half a character"
        ),
        pytest.param(
            {"accounts": [LAN | {"password": "a\nb"}]}, 400, "accounts[0].password", id="odd sign"
        ),
        pytest.param(
            {"accounts": [LAN, LAN | {"user": "b", "id_number": "123456789"}]},
            400,
            "accounts[1].user",
            id="a short name",
        ),
        pytest.param(
            {"accounts": [LAN, LAN | {"user": "lan2", "id_number": "123456789"}]},
            409,
            "email",
            id="an address twice",
        ),
        pytest.param({"officers": [CLERK | {"unit": "x"}]}, 400, "officers[0].unit", id="no unit"),
        pytest.param({"officers": [CLERK | {"unit": None}]}, 400, "officers[0].unit", id="nowhere"),
        pytest.param({"officers": [CLERK | {"roles": []}]}, 400, "officers[0].roles", id="no role"),
        pytest.param(
            {"officers": [CLERK | {"roles": ["king"]}]}, 400, "officers[0].roles", id="odd role"
        ),
        pytest.param(
            {"officers": [CLERK | {"roles": [["admin"]]}]}, 400, "officers[0].roles", id="nested"
        ),
    ],
)
def test_a_seed_that_is_refused_names_the_place_and_makes_nobody(
    visitor: Visitor, body: dict[str, object], status: int, fact: str
) -> None:
    answer = visitor.seed(body)

    assert answer.status_code == status
    assert fact in answer.get_json()["facts"]
    assert visitor.sign_in("lan.tran", "Thu-123456").status_code == 422


def test_the_ledger_has_every_table_of_the_audit(visitor: Visitor) -> None:
    ledger = visitor.get("/_sim/ledger").get_json()

    assert {
        "house",
        "world",
        "now",
        "outbox",
        "dossiers",
        "counters",
        "fees",
        "orders",
        "receipts",
        "notices",
        "deliveries",
    } <= set(ledger)
