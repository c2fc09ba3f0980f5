"""Worlds: private copies, made on request only."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from simkit.core.settings import HouseSettings
from simkit.flaskkit.house import House
from tests.simkit.a_house import Notes, a_house


def test_a_new_world_begins_with_the_seed(client: FlaskClient) -> None:
    made = client.post("/_sim/worlds", json={"name": "an-03"})

    assert made.status_code == 201
    assert client.get("/w/an-03/api/notes").get_json() == {"notes": ["from the seed"]}


def test_worlds_know_nothing_of_each_other(client: FlaskClient) -> None:
    client.post("/_sim/worlds", json={"name": "one"})
    client.post("/_sim/worlds", json={"name": "two"})

    client.post("/w/one/api/notes", json={"text": "mine"})

    assert client.get("/w/one/api/notes").get_json() == {"notes": ["from the seed", "mine"]}
    assert client.get("/w/two/api/notes").get_json() == {"notes": ["from the seed"]}
    assert client.get("/api/notes").get_json() == {"notes": ["from the seed"]}


def test_asking_for_a_world_never_makes_one(client: FlaskClient) -> None:
    answer = client.get("/w/nowhere/api/notes")

    assert answer.status_code == 404
    assert answer.get_json() is not None
    assert answer.get_json()["code"] == "not-found"
    assert client.get("/_sim/worlds").get_json() == {"worlds": ["main"]}


def test_a_person_sees_a_page_about_an_unknown_world(client: FlaskClient) -> None:
    answer = client.get("/w/nowhere/", headers={"Accept": "text/html"})

    assert answer.status_code == 404
    assert "nowhere" in answer.text
    assert "<h1>" in answer.text


@pytest.mark.parametrize(
    "name",
    ["", "A", "a b", "-a", "a-", "a" * 41, "../x", "%2e%2e", "ä", "a/b", "a.b"],
)
def test_names_that_are_not_fit_for_addresses_are_refused(client: FlaskClient, name: str) -> None:
    answer = client.post("/_sim/worlds", json={"name": name})

    assert answer.status_code == 400
    assert client.get("/_sim/worlds").get_json() == {"worlds": ["main"]}


def test_two_worlds_of_one_name_are_refused(client: FlaskClient) -> None:
    client.post("/_sim/worlds", json={"name": "one"})

    assert client.post("/_sim/worlds", json={"name": "one"}).status_code == 409


def test_a_reset_begins_anew_and_ends_sessions(client: FlaskClient) -> None:
    client.post("/_sim/worlds", json={"name": "one"})
    client.post("/w/one/api/notes", json={"text": "mine"})
    client.post("/w/one/me", data={"me": "Lan"})
    assert client.get("/w/one/me").get_json() == {"me": "Lan"}

    client.post("/_sim/worlds/one/reset")

    assert client.get("/w/one/api/notes").get_json() == {"notes": ["from the seed"]}
    assert client.get("/w/one/me").get_json() == {"me": None}


def test_a_session_holds_in_its_own_world_only(client: FlaskClient) -> None:
    client.post("/_sim/worlds", json={"name": "one"})
    client.post("/me", data={"me": "Lan"})

    assert client.get("/me").get_json() == {"me": "Lan"}
    assert client.get("/w/one/me").get_json() == {"me": None}


def test_a_world_goes_back_to_its_snapshot(client: FlaskClient) -> None:
    client.post("/_sim/worlds", json={"name": "one"})
    client.post("/w/one/api/notes", json={"text": "before"})
    client.post("/_sim/worlds/one/snapshots", json={"snapshot": "step-1"})
    client.post("/w/one/api/notes", json={"text": "after"})

    restored = client.post("/_sim/worlds/one/restore", json={"snapshot": "step-1"})

    assert restored.status_code == 200
    assert client.get("/w/one/api/notes").get_json() == {"notes": ["from the seed", "before"]}
    assert client.get("/_sim/worlds/one/snapshots").get_json() == {"snapshots": ["step-1"]}


def test_a_missing_snapshot_is_refused_and_the_world_stays(client: FlaskClient) -> None:
    client.post("/api/notes", json={"text": "here"})

    answer = client.post("/_sim/worlds/main/restore", json={"snapshot": "never"})

    assert answer.status_code == 404
    assert client.get("/api/notes").get_json() == {"notes": ["from the seed", "here"]}


def test_a_deleted_world_is_gone_with_its_files(house: House[Notes], client: FlaskClient) -> None:
    client.post("/_sim/worlds", json={"name": "one"})

    assert client.delete("/_sim/worlds/one").status_code == 204

    assert client.get("/w/one/api/notes").status_code == 404
    assert house.worlds.names() == ["main"]


def test_the_main_world_can_be_reset_and_not_deleted(client: FlaskClient) -> None:
    client.post("/api/notes", json={"text": "here"})

    assert client.delete("/_sim/worlds/main").status_code == 403
    assert client.post("/_sim/worlds/main/reset").status_code == 200
    assert client.get("/api/notes").get_json() == {"notes": ["from the seed"]}


def test_worlds_survive_the_house_with_their_clock(tmp_path: Path) -> None:
    settings = HouseSettings(data=tmp_path, durable=False)
    first = a_house(settings)
    client = first.flask.test_client()
    client.post("/_sim/worlds", json={"name": "one"})
    client.post("/w/one/api/notes", json={"text": "kept"})
    frozen = client.patch("/w/one/_sim/clock", json={"mode": "frozen"}).get_json()
    first.close()

    second = a_house(settings)
    client = second.flask.test_client()

    assert client.get("/w/one/api/notes").get_json() == {"notes": ["from the seed", "kept"]}
    assert client.get("/w/one/_sim/clock").get_json() == frozen
    second.close()


def test_what_was_due_when_the_house_closed_is_delivered_when_it_opens(tmp_path: Path) -> None:
    settings = HouseSettings(data=tmp_path, durable=False)
    first = a_house(settings)
    first.dispatcher.close()
    with first.within("main") as service:
        service.write("x", tell="k1")
    first.close()

    second = a_house(settings)
    with second.within("main") as service:
        service.wait_for(lambda notes: "heard k1" in notes)
    second.close()


def test_the_same_seed_draws_the_same_and_reopening_draws_anew(tmp_path: Path) -> None:
    settings = HouseSettings(data=tmp_path, durable=False)
    house = a_house(settings)
    one = house.worlds.create("one", seed="s").ids.token("x")
    two = house.worlds.create("two", seed="s").ids.token("x")
    house.close()
    house = a_house(settings)
    again = house.worlds.get("one").ids.token("x")
    house.close()

    assert one == two
    assert again != one
