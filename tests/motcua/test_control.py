"""The control rooms of all houses as one: worlds, copies and time that stay together."""

import itertools
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests

from motcua.control import MAIN, ControlError, Controls
from motcua.houses import PACKAGES, open_house
from motcua.stack import Stack, StackOptions
from simkit.core.cast import CAST
from simkit.core.clock import ICT
from simkit.core.settings import HouseSettings
from simkit.wire.in_process import WsgiAdapter
from tests.builders.post import an_order_body
from tests.wiring.city import A_MONDAY, City, Place, stand_at
from tests.wiring.conftest import place
from tests.wiring.story import DAYS_OF_THE_POST, Citizen, a_paid_dossier, work_through

__all__ = ["place"]

A_DAY = timedelta(days=1)
TIME_TO_PAY = timedelta(minutes=15)
SOMEBODY = CAST[0].phone
_NUMBERS = itertools.count(1)


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    with Stack(StackOptions(port_base=0, durable=False)) as running:
        yield running


@pytest.fixture
def controls(stack: Stack) -> Controls:
    return Controls(stack.urls)


@pytest.fixture
def world(controls: Controls) -> Iterator[str]:
    """Return a fresh world, whose clock stands on a Monday morning."""
    name = f"c-{next(_NUMBERS)}"
    controls.create(name)
    stand_at(controls, name, A_MONDAY)
    yield name
    controls.delete(name)


def who_has(controls: Controls, name: str) -> set[str]:
    answers = controls.everywhere("GET", "worlds")
    return {house for house, answer in answers.items() if name in answer["worlds"]}


def clocks(controls: Controls, world: str) -> set[tuple[str, datetime]]:
    answers = controls.everywhere("GET", "clock", world).values()
    return {(clock["mode"], datetime.fromisoformat(clock["now"])) for clock in answers}


def modes(controls: Controls, world: str) -> set[str]:
    return {mode for mode, _ in clocks(controls, world)}


def ledgers(controls: Controls, world: str) -> dict[str, dict[str, Any]]:
    return controls.everywhere("GET", "ledger", world)


def without_time(books: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {house: book | {"now": None} for house, book in books.items()}


def a_text_comes(controls: Controls, world: str, text: str) -> None:
    url = f"{controls.urls['phone']}/w/{world}/api/v1/sms"
    body = {"id": text, "to": SOMEBODY, "from": "MOTCUA", "text": text}
    assert controls.session.post(url, json=body, timeout=30).status_code == 201


def a_parcel_is_ordered(controls: Controls, world: str) -> None:
    url = f"{controls.urls['post']}/w/{world}/ngsp/v1/orders"
    assert controls.session.post(url, json=an_order_body(), timeout=30).ok


def parcel(controls: Controls, world: str) -> list[str]:
    book = controls.call("post", "GET", "ledger", world=world)
    return [event["status"] for event in book["events"]]


# -- worlds -----------------------------------------------------------------------------------


def test_a_world_is_made_in_every_house_and_removed_from_every_house(controls: Controls) -> None:
    controls.create("everywhere")
    made = who_has(controls, "everywhere")
    listed = controls.worlds()
    controls.delete("everywhere")

    assert made == set(PACKAGES)
    assert listed == sorted([MAIN, "everywhere"])
    assert who_has(controls, "everywhere") == set()


@pytest.mark.parametrize("house", PACKAGES)
def test_a_name_that_one_house_has_given_away_is_given_by_none(
    controls: Controls, house: str
) -> None:
    controls.call(house, "POST", "worlds", {"name": "given"})

    with pytest.raises(ControlError, match=rf"^{house}: There is a world given already\."):
        controls.create("given")

    assert who_has(controls, "given") == {house}
    controls.delete("given")
    assert who_has(controls, "given") == set()


@pytest.mark.parametrize("name", ["", "A", "-a", "a-", "a b", "a/b", "../a", "đ", "a" * 41])
def test_a_name_that_fits_no_address_is_refused_by_all(controls: Controls, name: str) -> None:
    with pytest.raises(ControlError, match="The name of a world has"):
        controls.create(name)

    assert who_has(controls, name) == set()


def test_when_a_house_does_not_answer_no_other_house_keeps_the_world(controls: Controls) -> None:
    broken = Controls({**controls.urls, "phone": "http://127.0.0.1:1"})

    with pytest.raises(ControlError, match=r"phone does not answer .*`motcua up`"):
        broken.create("half")

    assert who_has(controls, "half") == set()


def test_the_main_world_cannot_be_deleted(controls: Controls) -> None:
    with pytest.raises(ControlError, match="The main world cannot be deleted, only reset"):
        controls.delete(MAIN)

    assert who_has(controls, MAIN) == set(PACKAGES)


@pytest.mark.parametrize("tail", ["#x", "?x", "/reset#", "/../", "%23"])
def test_whatever_is_typed_after_a_name_makes_it_another_name(
    controls: Controls, world: str, tail: str
) -> None:
    before = ledgers(controls, world)

    with pytest.raises(ControlError):
        controls.delete(world + tail)
    with pytest.raises(ControlError):
        controls.reset(world + tail)
    with pytest.raises(ControlError):
        controls.freeze(world + tail, at=A_MONDAY + A_DAY)

    assert ledgers(controls, world) == before


def test_a_reset_begins_the_world_anew_in_every_house(controls: Controls, world: str) -> None:
    fresh = without_time(ledgers(controls, world))
    a_text_comes(controls, world, "Xin chào")
    a_parcel_is_ordered(controls, world)
    controls.advance(A_DAY, world)
    assert without_time(ledgers(controls, world)) != fresh

    controls.reset(world)

    assert without_time(ledgers(controls, world)) == fresh
    assert modes(controls, world) == {"running"}


def test_a_house_with_a_token_answers_who_has_it() -> None:
    opened = open_house("post", HouseSettings(control_token="of-this-test", durable=False))
    session = requests.Session()
    session.mount("http://post.test", WsgiAdapter(opened.house.wsgi))
    urls = {"post": "http://post.test"}
    try:
        assert Controls(urls, "of-this-test", session).worlds() == [MAIN]
        with pytest.raises(ControlError, match=r"The control room asks for its token"):
            Controls(urls, "another", session).worlds()
    finally:
        opened.house.close()


# -- copies -----------------------------------------------------------------------------------


def test_a_copy_brings_every_house_back_to_the_moment_when_it_was_taken(
    controls: Controls, world: str
) -> None:
    a_text_comes(controls, world, "before")
    a_parcel_is_ordered(controls, world)
    controls.snapshot(world, "kept")
    kept = ledgers(controls, world)
    a_text_comes(controls, world, "after")
    controls.advance(2 * A_DAY, world)
    assert ledgers(controls, world) != kept

    controls.restore(world, "kept")

    assert ledgers(controls, world) == kept
    assert clocks(controls, world) == {("frozen", A_MONDAY)}


def test_a_world_goes_the_same_way_again_after_a_copy_was_restored(
    controls: Controls, world: str
) -> None:
    a_parcel_is_ordered(controls, world)
    controls.snapshot(world, "kept")
    controls.advance(2 * A_DAY, world)
    first = ledgers(controls, world)

    controls.restore(world, "kept")
    controls.advance(2 * A_DAY, world)

    again = ledgers(controls, world)
    assert first["post"]["orders"] == again["post"]["orders"]
    assert [e["status"] for e in first["post"]["events"]] == parcel(controls, world)


@pytest.mark.parametrize("lacking", PACKAGES)
def test_a_copy_that_one_house_lacks_is_restored_in_none(
    controls: Controls, world: str, lacking: str
) -> None:
    for house in set(PACKAGES) - {lacking}:
        controls.call(house, "POST", f"worlds/{world}/snapshots", {"snapshot": "kept"})
    a_text_comes(controls, world, "since then")
    before = ledgers(controls, world)

    with pytest.raises(ControlError, match=rf"{world} has no copy kept in: {lacking}\."):
        controls.restore(world, "kept")

    assert ledgers(controls, world) == before


def test_a_copy_needs_a_name_that_fits_a_file(controls: Controls, world: str) -> None:
    with pytest.raises(ControlError, match="The name of a snapshot has"):
        controls.snapshot(world, "../kept")


# -- time -------------------------------------------------------------------------------------


def test_a_clock_that_is_frozen_stands_at_one_moment_in_every_house(controls: Controls) -> None:
    controls.create("freezing")
    moment = controls.freeze("freezing")

    assert clocks(controls, "freezing") == {("frozen", moment)}
    controls.delete("freezing")


def test_a_clock_runs_on_from_where_it_stood(controls: Controls, world: str) -> None:
    controls.run(world)

    assert modes(controls, world) == {"running"}
    assert timedelta() <= controls.now(world) - A_MONDAY < timedelta(minutes=5)


def test_a_clock_that_ran_runs_on_after_it_was_moved(controls: Controls, world: str) -> None:
    a_parcel_is_ordered(controls, world)
    controls.run(world)

    assert controls.advance(2 * A_DAY, world) > 0

    assert modes(controls, world) == {"running"}
    assert timedelta() <= controls.now(world) - (A_MONDAY + 2 * A_DAY) < timedelta(minutes=5)
    assert parcel(controls, world)[-1] == "5"


def test_a_clock_that_stood_stands_at_the_moment_it_was_moved_to(
    controls: Controls, world: str
) -> None:
    later = A_MONDAY + timedelta(hours=3)

    controls.set_time(later.astimezone(UTC), world)

    assert clocks(controls, world) == {("frozen", later)}


@pytest.mark.parametrize("running", [True, False], ids=["running", "frozen"])
@pytest.mark.parametrize("back", [timedelta(microseconds=1), timedelta(days=400)], ids=str)
def test_no_clock_goes_back_and_a_refused_one_goes_on_as_it_did(
    controls: Controls, world: str, back: timedelta, *, running: bool
) -> None:
    if running:
        controls.run(world)
    mode = modes(controls, world)
    now = controls.now(world)
    told = r"The clock stands at 2026-11-23T\S+ and cannot go back.*Only a reset or a copy"

    with pytest.raises(ControlError, match=told):
        controls.set_time(A_MONDAY - back, world)
    with pytest.raises(ControlError, match=told):
        controls.freeze(world, at=A_MONDAY - back)
    with pytest.raises(ControlError, match=told):
        controls.advance(-back - timedelta(minutes=5), world)

    assert modes(controls, world) == mode
    assert timedelta() <= controls.now(world) - now < timedelta(minutes=5)


def test_a_running_clock_can_be_moved_by_nothing_at_all(controls: Controls, world: str) -> None:
    controls.run(world)

    assert controls.advance(timedelta(), world) == 0

    assert modes(controls, world) == {"running"}


def test_a_moment_beyond_the_calendar_is_refused(controls: Controls, world: str) -> None:
    with pytest.raises(ControlError, match="the calendar does not reach that far"):
        controls.advance(timedelta(days=9_999_999), world)

    assert clocks(controls, world) == {("frozen", A_MONDAY)}


def test_what_happened_on_the_way_is_counted_and_nothing_else(
    controls: Controls, world: str
) -> None:
    a_parcel_is_ordered(controls, world)
    before = controls.settle(world)

    way = [controls.advance(timedelta(hours=1), world) for _ in range(2)]
    still = controls.advance(timedelta(), world)

    assert way[0] > 0
    assert sum(way) == controls.settle(world) - before
    assert still == 0


def test_time_stops_in_the_middle_of_a_parcels_way(controls: Controls, world: str) -> None:
    a_parcel_is_ordered(controls, world)
    noon = A_MONDAY + timedelta(hours=3)

    controls.set_time(noon, world)

    book = controls.call("post", "GET", "ledger", world=world)
    coming = controls.call("post", "GET", "due", world=world)["next"]
    assert all(datetime.fromisoformat(event["at"]) <= noon for event in book["events"])
    assert book["events"][-1]["status"] not in {"-3", "5"}
    assert datetime.fromisoformat(coming) > noon


def test_things_happen_in_order_over_all_houses(city: City, place: Place) -> None:
    code, _ = a_paid_dossier(place)
    work_through(place, code)
    late = Citizen(place, CAST[1]).sign_in()
    abandoned = late.walk_to_otp(late.file())
    began = city.controls.now(place.name)

    city.controls.advance(DAYS_OF_THE_POST, place.name)

    heard = [e for e in place.journal("portal") if e["direction"] == "in"]
    moments = [datetime.fromisoformat(entry["at"]) for entry in heard]
    reports = [e for e in heard if e["url"].endswith("/post/events")]
    (end,) = [e for e in heard if e["about"] == abandoned and e["url"].endswith("/confirm")]
    assert moments == sorted(moments)
    assert heard.index(end) < heard.index(reports[-1])
    assert datetime.fromisoformat(end["at"]) == began + TIME_TO_PAY
    assert [e["at"][:19] for e in reports] == [told_at(e)[:19] for e in reports]
    assert place.row("portal", "deliveries", dossier=code)["state"] == "delivered"


def told_at(entry: dict[str, Any]) -> str:
    """Return the moment, Vietnam's, at which a parcel moved as a report says."""
    event = json.loads(entry["request"]["text"])
    return datetime.fromisoformat(event["EventTime"]).replace(tzinfo=ICT).isoformat()
