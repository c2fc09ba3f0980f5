"""On the world's clock parcels travel by themselves, and their customers hear of every step."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mock_post.domain.parcel import PARCEL
from mock_post.service import PostService
from simkit.core.clock import ICT
from simkit.flaskkit.house import House
from tests.builders.post import an_order_body
from tests.web.mock_post.conftest import Listener

WHOLE_WAY = ["-3", "-2", "1", "2", "3", "12", "-1", "5"]
NUMBER = "000.00.14.H24-261123-0001"
START = datetime(2026, 11, 23, 9, tzinfo=ICT)


def advance(client: FlaskClient, to: datetime, world: str = "") -> None:
    assert client.patch(f"{world}/_sim/clock", json={"now": to.isoformat()}).status_code == 200
    assert client.post(f"{world}/_sim/pump").status_code == 200


def ledger(client: FlaskClient, world: str = "") -> dict[str, Any]:
    found: dict[str, Any] | None = client.get(f"{world}/_sim/ledger").json
    assert found is not None
    return found


def test_a_parcel_is_delivered_within_two_days_and_every_step_is_told(
    client: FlaskClient, portal: Listener
) -> None:
    client.post("/ngsp/v1/orders", json=an_order_body())

    advance(client, START + timedelta(days=2))

    assert portal.codes(NUMBER) == WHOLE_WAY
    assert ledger(client)["orders"][0]["state"] == "delivered"
    assert {m["state"] for m in ledger(client)["outbox"]} == {"delivered"}
    assert client.get("/_sim/due").json == {
        "now": (START + timedelta(days=2)).isoformat(),
        "next": None,
    }


def test_a_report_has_the_shape_of_the_interface(client: FlaskClient, portal: Listener) -> None:
    taken = client.post("/ngsp/v1/orders", json=an_order_body()).json
    assert taken is not None

    client.post("/_sim/pump")

    path, report = portal.told[0]
    assert path == "/post/events"
    assert len(report.pop("_id")) == 24
    assert report == {
        "CustomerCode": "H24",
        "OrderNumber": NUMBER,
        "ItemCode": taken["ItemCode"],
        "StatusCode": "-3",
        "StatusMessage": "Chờ tiếp nhận",
        "EventTime": "2026-11-23T09:00:00+07:00",
        "POSID": "189901",
        "Notes": "",
    }


def test_a_customer_who_is_away_hears_everything_when_he_is_back(
    client: FlaskClient, portal: Listener
) -> None:
    portal.status = "503 Service Unavailable"
    client.post("/ngsp/v1/orders", json=an_order_body())
    advance(client, START + timedelta(hours=1))
    assert portal.told == []

    portal.status = "200 OK"
    advance(client, START + timedelta(days=3))

    assert sorted(portal.codes(NUMBER)) == sorted(WHOLE_WAY)


def test_events_happen_when_they_were_due_however_far_the_clock_jumps(
    client: FlaskClient,
) -> None:
    client.post("/ngsp/v1/orders", json=an_order_body())

    advance(client, START + timedelta(days=30))

    times = [datetime.fromisoformat(e["at"]) for e in ledger(client)["events"]]
    assert times == sorted(times)
    assert times[-1] < START + timedelta(days=2)


def test_the_same_seed_gives_the_same_way(client: FlaskClient, house: House[PostService]) -> None:
    found = []
    for name in ("a", "b"):
        house.worlds.create(name, seed="same")
        world = f"/w/{name}"
        client.patch(f"{world}/_sim/clock", json={"mode": "frozen", "now": START.isoformat()})
        client.post(f"{world}/ngsp/v1/orders", json=an_order_body())
        advance(client, START + timedelta(days=3), world)
        found.append((ledger(client, world)["orders"], ledger(client, world)["events"]))
        house.worlds.delete(name)

    assert found[0] == found[1]


PLACES = st.sampled_from([("18", "Phường Hồng Bàng"), ("18", "Xã Vĩnh Bảo"), ("10", "")])
STEPS = st.lists(st.tuples(st.integers(0, 60 * 40), st.none() | PLACES), min_size=1, max_size=8)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None
)
@given(steps=STEPS)
def test_at_any_time_every_order_is_delivered_or_still_due(
    client: FlaskClient, house: House[PostService], steps: list[tuple[int, Any]]
) -> None:
    house.worlds.reset("main")
    now = START
    client.patch("/_sim/clock", json={"mode": "frozen", "now": now.isoformat()})
    for number, (minutes, place) in enumerate(steps):
        if place is not None:
            body = an_order_body(
                OrderNumber=f"N-{number}", ReceiverProvince=place[0], ReceiverDistrict=place[1]
            )
            assert client.post("/ngsp/v1/orders", json=body).status_code == 200
        now += timedelta(minutes=minutes)
        advance(client, now)

        books = ledger(client)
        with house.worlds.get("main").database.read() as sql:
            due = {key for (key,) in sql.rows('SELECT "key" FROM sim_agenda')}
        assert due == {o["item_code"] for o in books["orders"] if o["state"] != "delivered"}
        assert all(m["state"] == "delivered" for m in books["outbox"])
        assert paths_are_legal(books)


def paths_are_legal(books: dict[str, Any]) -> bool:
    """Tell whether each parcel's reports are one legal path through the table."""
    steps = {(before.code, after.code) for before, _, after in PARCEL.rows()}
    for order in books["orders"]:
        codes = [e["status"] for e in books["events"] if e["item_code"] == order["item_code"]]
        legal = all(pair in steps for pair in pairwise(codes))
        if codes[0] != "-3" or not legal:
            return False
    return True
