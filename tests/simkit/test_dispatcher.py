"""Outbox and agenda: at least once, on the world's clock."""

from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient

from simkit.flaskkit.house import House
from tests.simkit.a_house import Neighbour, Notes


@pytest.fixture
def world(client: FlaskClient) -> str:
    """Return the address of a world whose clock stands."""
    client.post("/_sim/worlds", json={"name": "one"})
    client.patch("/w/one/_sim/clock", json={"mode": "frozen"})
    return "/w/one/_sim"


def advance(client: FlaskClient, world: str, by: timedelta) -> dict[str, int]:
    now = datetime.fromisoformat(client.get(f"{world}/clock").get_json()["now"])
    client.patch(f"{world}/clock", json={"now": (now + by).isoformat()})
    return dict(client.post(f"{world}/pump").get_json())


def states(client: FlaskClient, world: str) -> list[tuple[str, int]]:
    return [(m["state"], m["tries"]) for m in client.get(f"{world}/outbox").get_json()["messages"]]


def test_a_message_is_delivered_by_itself(house: House[Notes], neighbour: Neighbour) -> None:
    with house.within("main") as service:
        service.write("x", tell="k1")

        service.wait_for(lambda notes: "heard k1" in notes)

    assert neighbour.got == ["k1"]


def test_the_same_key_is_told_once(
    house: House[Notes], client: FlaskClient, world: str, neighbour: Neighbour
) -> None:
    with house.within("one") as service:
        service.write("x", tell="k1")
        service.write("y", tell="k1")
    client.post(f"{world}/pump")

    assert neighbour.got == ["k1"]
    assert states(client, world) == [("delivered", 1)]


def test_a_failed_delivery_waits_for_its_schedule(
    house: House[Notes], client: FlaskClient, world: str, neighbour: Neighbour
) -> None:
    neighbour.failures = 1
    with house.within("one") as service:
        service.write("x", tell="k1")
    client.post(f"{world}/pump")
    assert states(client, world) == [("due", 1)]
    assert advance(client, world, timedelta(minutes=4))["delivered"] == 0

    advance(client, world, timedelta(minutes=1))

    assert neighbour.got == ["k1"]
    assert states(client, world) == [("delivered", 2)]


def test_a_message_is_given_up_when_its_schedule_ends(
    house: House[Notes], client: FlaskClient, world: str, neighbour: Neighbour
) -> None:
    neighbour.failures = 3
    with house.within("one") as service:
        service.write("x", tell="k1")
    client.post(f"{world}/pump")
    advance(client, world, timedelta(minutes=5))

    advance(client, world, timedelta(minutes=10))

    assert states(client, world) == [("given-up", 3)]


def test_a_final_refusal_is_not_tried_again(
    house: House[Notes], client: FlaskClient, world: str, neighbour: Neighbour
) -> None:
    neighbour.failures, neighbour.final = 1, True
    with house.within("one") as service:
        service.write("x", tell="k1")
    client.post(f"{world}/pump")

    assert states(client, world) == [("given-up", 1)]


def test_nothing_is_told_of_a_unit_that_was_undone(
    house: House[Notes], client: FlaskClient, world: str
) -> None:
    with house.within("one") as service, pytest.raises(RuntimeError):
        _write_and_fail(service)

    assert client.get(f"{world}/outbox").get_json() == {"messages": []}


def _write_and_fail(service: Notes) -> None:
    with service.world.database.write():
        service.write("x", tell="k1")
        raise RuntimeError


def test_an_appointment_is_kept_at_its_time(
    house: House[Notes], client: FlaskClient, world: str
) -> None:
    with house.within("one") as service:
        service.later("wake up", timedelta(hours=2))
        due = client.get(f"{world}/due").get_json()
        assert datetime.fromisoformat(due["next"]) == datetime.fromisoformat(
            due["now"]
        ) + timedelta(hours=2)
        assert advance(client, world, timedelta(hours=1))["so_far"] == 0

        # Whether this pump did it, or the background that the new time woke, is all the same.
        assert advance(client, world, timedelta(hours=1))["so_far"] == 1

        assert any(note.startswith("wake up at") for note in service.all())
        assert client.get(f"{world}/due").get_json()["next"] is None


def test_an_appointment_that_comes_too_late_is_struck(
    house: House[Notes], client: FlaskClient, world: str
) -> None:
    with house.within("one") as service:
        service.later("refuse", timedelta(hours=1))

        advance(client, world, timedelta(hours=1))

        assert client.get(f"{world}/due").get_json()["next"] is None
        assert service.all() == ["from the seed"]


def test_a_running_clock_keeps_appointments_by_itself(house: House[Notes]) -> None:
    with house.within("main") as service:
        service.later("soon", timedelta(milliseconds=50))

        service.wait_for(lambda notes: any(note.startswith("soon at") for note in notes))


def test_a_message_that_is_put_twice_is_kept_once_and_uses_no_number_up(
    house: House[Notes], client: FlaskClient, world: str
) -> None:
    with house.within("one") as service:
        for key in ("k1", "k1", "k2"):
            service.write("x", tell=key)

    ledger = client.get(f"{world}/ledger").get_json()

    assert [(m["id"], m["key"]) for m in ledger["outbox"]] == [(1, "k1"), (2, "k2")]
    assert ledger["outbox_last"] == 2
