"""What the control room of the banks does and tells."""

from collections.abc import Mapping

import pytest

from mock_bank.control import FIRST_BALANCE
from mock_bank.domain.magic import MAGIC
from mock_bank.domain.profile import BANKS
from simkit.core.cast import CAST
from tests.web.mock_bank.conftest import Counter


def a_customer(**changes: object) -> dict[str, object]:
    return {
        "name": "Nguyễn Thị An",
        "phone": "0912 345 678",
        "user": "an",
        "password": "Mat-khau-1",
        "bank": "BIDV",
        "balance": 70_000,
    } | changes


def test_every_world_starts_with_the_cast_at_every_bank_and_books_that_sum_to_zero(
    counter: Counter,
) -> None:
    ledger = counter.json("/_sim/ledger")

    customers = [a for a in ledger["accounts"] if a["kind"] == "customer"]
    assert len(customers) == (len(CAST) + len(MAGIC)) * len(BANKS)
    assert {a["balance"] for a in customers} == {FIRST_BALANCE}
    assert {a["owner"] for a in customers} == {p.full_name for p in CAST} | {
        m.holder for m in MAGIC
    }
    assert sum(a["balance"] for a in ledger["accounts"]) == 0
    assert sum(e["amount"] for e in ledger["entries"]) == 0


def test_the_ledger_has_the_fields_of_the_architecture(counter: Counter) -> None:
    path = counter.order()
    counter.post(f"{path}/xac-nhan", data={"otp": counter.to_the_code(path)})

    ledger = counter.json("/_sim/ledger")

    assert set(ledger["accounts"][0]) == {"number", "owner", "kind", "balance"}
    assert set(ledger["entries"][0]) == {"id", "account", "amount", "about", "at"}
    [payment] = ledger["payments"]
    assert set(payment) == {
        "request_id",
        "state",
        "amount",
        "bank_ref",
        "reference",
        "standing",
        "payer",
    }
    assert (payment["state"], payment["amount"], payment["reference"]) == (
        "paid",
        150_000,
        "PP0001",
    )
    assert payment["bank_ref"] == counter.json("/api/v1/payments/req-1")["bank_ref"]


def test_postings_about_one_cause_sum_to_zero(counter: Counter) -> None:
    sums: dict[str, int] = {}
    for entry in counter.json("/_sim/ledger")["entries"]:
        sums[entry["about"]] = sums.get(entry["about"], 0) + entry["amount"]

    assert set(sums.values()) == {0}


def test_the_same_seed_twice_changes_nothing(counter: Counter) -> None:
    body = {"customers": [a_customer(), a_customer(user="binh", name="Bình")]}
    first = counter.post("/_sim/seed", json=body)
    before = counter.json("/_sim/ledger")

    again = counter.post("/_sim/seed", json=body)

    assert (first.status_code, again.status_code) == (200, 200)
    assert again.json == first.json
    assert counter.json("/_sim/ledger") == before


def test_a_customer_put_in_place_has_account_name_and_money(counter: Counter) -> None:
    answer = counter.post("/_sim/seed", json={"customers": [a_customer()]})

    assert answer.json is not None
    [told] = answer.json["customers"]
    assert (told["user"], told["bank"]) == ("an", "BIDV")
    account = next(
        a for a in counter.json("/_sim/ledger")["accounts"] if a["number"] == told["account"]
    )
    assert (account["owner"], account["balance"]) == ("Nguyễn Thị An", 70_000)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"phone": "113"}, "phone", id="no mobile number"),
        pytest.param({"phone": 912345678}, "phone", id="phone as number"),
        pytest.param({"bank": "NGAN-HANG-LA"}, "bank", id="unknown bank"),
        pytest.param({"bank": ["BIDV"]}, "bank", id="bank as list"),
        pytest.param({"balance": -1}, "balance", id="debt"),
        pytest.param({"balance": "70000"}, "balance", id="balance as text"),
        pytest.param({"balance": True}, "balance", id="balance as truth"),
        pytest.param({"name": ""}, "name", id="no name"),
        pytest.param({"user": " an"}, "user", id="blank in front"),
        pytest.param({"password": "a\u0000b"}, "password", id="control character"),
    ],
)
def test_a_customer_that_cannot_be_read_is_named_by_place_and_field(
    counter: Counter, changes: Mapping[str, object], field: str
) -> None:
    body = {"customers": [a_customer(), a_customer(**changes)]}

    answer = counter.post("/_sim/seed", json=body)

    assert answer.status_code == 400
    assert answer.json is not None
    assert list(answer.json["facts"]) == [f"customers[1].{field}"]
    owners = {a["owner"] for a in counter.json("/_sim/ledger")["accounts"]}
    assert "Nguyễn Thị An" not in owners


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"customers": {}}, id="no list"),
        pytest.param({"customers": ["an"]}, id="a name only"),
        pytest.param({"customers": [], "people": []}, id="unknown field"),
        pytest.param({"customers": [a_customer(colour="red")]}, id="unknown field of a customer"),
        pytest.param({"customers": [{"name": "An"}]}, id="fields missing"),
        pytest.param({"customers": [a_customer()] * 1001}, id="too many"),
    ],
)
def test_a_seed_that_cannot_be_read_is_refused(counter: Counter, body: object) -> None:
    answer = counter.post("/_sim/seed", json=body)

    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["code"] == "bad-input"


def test_the_control_room_asks_for_an_outcome_and_takes_it_back(counter: Counter) -> None:
    for number, code in ((75, "75"), (None, "00")):
        asked = counter.post(
            "/_sim/seed", json={"outcomes": [{"bank": "VIETCOMBANK", "magic": number}]}
        )
        assert asked.status_code == 200
        path = counter.order(request_id=f"req-{number}")
        counter.sign_in(path)
        if number is None:
            counter.post(f"{path}/chap-thuan", data={"agree": "1"})
            counter.post(f"{path}/xac-nhan", data={"otp": counter.codes()[-1]})
        assert counter.state(f"req-{number}")[1] == code


@pytest.mark.parametrize(
    "outcome",
    [
        pytest.param({"magic": 51}, id="about nothing"),
        pytest.param({"magic": 51, "bank": "BIDV", "payment": "x"}, id="about two things"),
        pytest.param({"magic": 1, "bank": "BIDV"}, id="no such row"),
        pytest.param({"magic": True, "bank": "BIDV"}, id="no number"),
        pytest.param({"magic": 51, "bank": "NGAN-HANG-LA"}, id="no such bank"),
        pytest.param({"magic": 51, "payment": ""}, id="no payment"),
        pytest.param({"bank": "BIDV"}, id="no outcome"),
        pytest.param("51", id="no object"),
    ],
)
def test_an_outcome_that_cannot_be_read_is_refused(counter: Counter, outcome: object) -> None:
    assert counter.post("/_sim/seed", json={"outcomes": [outcome]}).status_code == 400


def test_charged_and_not_told_shows_in_the_ledger_and_ends_on_the_clock(counter: Counter) -> None:
    path = counter.order(amount=10_104)
    counter.post(f"{path}/xac-nhan", data={"otp": counter.to_the_code(path)})
    [payment] = counter.json("/_sim/ledger")["payments"]
    assert (payment["state"], payment["standing"]) == ("pending", "charged")
    assert counter.state() == ("pending", None)

    counter.later(minutes=30)
    counter.post("/_sim/pump")

    assert counter.state() == ("failed", "04")
    sums: dict[str, int] = {}
    for entry in counter.json("/_sim/ledger")["entries"]:
        sums[entry["about"]] = sums.get(entry["about"], 0) + entry["amount"]
    assert {"hold:req-1", "reversal:req-1"} <= set(sums)
    assert set(sums.values()) == {0}
