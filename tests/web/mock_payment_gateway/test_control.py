"""What the gateway adds to the control room."""

from typing import Any

import pytest

from tests.builders.gateway import SECRET, an_init
from tests.web.mock_payment_gateway.neighbours import Street

PARTNER: dict[str, Any] = {
    "code": "NEW",
    "name": "Đối tác mới",
    "secret": SECRET,
    "confirm_url": "http://partner.test/confirm",
    "return_url": "http://partner.test/back",
}


def test_partners_are_put_in_place_as_often_as_one_likes(street: Street) -> None:
    for _ in range(2):
        done = street.json("/_sim/seed", {"partners": [PARTNER]})
        assert done == {"partners": ["NEW"]}

    assert street.init(MaDoiTac="NEW")["MaLoi"] == "00"


def test_a_partner_belongs_to_its_world(street: Street) -> None:
    street.client.post("/_sim/worlds", json={"name": "other"})
    street.client.post("/w/other/_sim/seed", json={"partners": [PARTNER]})

    assert street.init(MaDoiTac="NEW")["MaLoi"] == "09"


def test_the_portals_registration_can_be_replaced(street: Street) -> None:
    street.json("/_sim/seed", {"partners": [PARTNER | {"code": "H24", "secret": "mine"}]})

    answer = street.json("/payment-platform/1.0.6/init", an_init(MaDoiTac="H24", secret="mine"))

    assert answer["MaLoi"] == "00"


@pytest.mark.parametrize(
    ("body", "fact"),
    [
        pytest.param({"partner": []}, "partner", id="unknown field"),
        pytest.param({"partners": {}}, "partners", id="no list"),
        pytest.param({"partners": [7]}, "partners[0]", id="no object"),
        pytest.param({"partners": [{}]}, "partners[0].code", id="empty"),
        pytest.param(
            {"partners": [PARTNER, PARTNER | {"confirm_url": "x"}]},
            "partners[1].confirm_url",
            id="address",
        ),
        pytest.param({"partners": [PARTNER | {"x": 1}]}, "partners[0].x", id="unknown in entry"),
    ],
)
def test_wrong_seeds_are_refused_whole(street: Street, body: dict[str, Any], fact: str) -> None:
    answer = street.client.post("/_sim/seed", json=body)

    assert answer.status_code == 400
    assert fact in answer.get_json()["facts"]
    assert street.init(MaDoiTac="NEW")["MaLoi"] == "09"


def test_the_ledger_holds_orders_and_outbox(street: Street) -> None:
    _, request_id = street.at_bank()
    street.notice(street.bank.says(request_id, "paid"))
    street.pump()

    ledger = street.client.get("/_sim/ledger").get_json()

    assert (ledger["house"], ledger["world"]) == ("gateway", "main")
    assert [payment["state"] for payment in ledger["payments"]] == ["paid"]
    assert [(m["kind"], m["state"]) for m in ledger["outbox"]] == [("confirm", "delivered")]
