"""The verbs that speak to a running stack, as people type them."""

import itertools
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from motcua.cli.worlds import Duration
from motcua.control import Controls
from motcua.houses import PACKAGES
from motcua.ready import TOKEN, VARIABLE, running
from motcua.stack import Stack, StackOptions, write_ready_file
from simkit.core.cast import CAST
from tests.motcua import books
from tests.motcua.typed import MISSPELT, REFUSED, motcua, refused, said
from tests.wiring.city import A_MONDAY, stand_at

PLACED = "2026-11-23 09:00:00 (frozen)\n"
SOMEBODY = CAST[0].phone
PAGE = 200
_NUMBERS = itertools.count(1)


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Run the houses and return their ready file."""
    place = tmp_path_factory.mktemp("ready") / "ready.json"
    with Stack(StackOptions(port_base=0, durable=False)) as started:
        write_ready_file(place, started.ready())
        yield place


@pytest.fixture
def controls(stack: Path, monkeypatch: pytest.MonkeyPatch) -> Controls:
    """Return the control rooms of the stack that the command line finds, too."""
    monkeypatch.setenv(VARIABLE, str(stack))
    return running()


@pytest.fixture
def world(controls: Controls) -> Iterator[str]:
    """Return a fresh world, whose clock stands on a Monday morning."""
    name = f"v-{next(_NUMBERS)}"
    controls.create(name)
    stand_at(controls, name, A_MONDAY)
    yield name
    controls.delete(name)


def a_text_comes(controls: Controls, world: str, id_: str = "sms-1") -> None:
    url = f"{controls.urls['phone']}/w/{world}/api/v1/sms"
    body = {"id": id_, "to": SOMEBODY, "from": "MOTCUA", "text": "Xin chào"}
    assert controls.session.post(url, json=body, timeout=30).ok


def messages(controls: Controls, world: str) -> int:
    return len(controls.call("phone", "GET", "ledger", world=world)["messages"])


# -- who speaks -------------------------------------------------------------------------------


def test_the_token_is_taken_from_outside(
    controls: Controls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(TOKEN, "of-this-test")

    assert controls.token is None
    assert running().token == "of-this-test"


# -- worlds -----------------------------------------------------------------------------------


def test_a_world_that_is_created_is_listed_until_it_is_deleted(controls: Controls) -> None:
    addresses = said("world", "create", "mine", "--seed", "an-03").splitlines()
    listed = said("world", "list").splitlines()
    gone = said("world", "delete", "mine")

    assert [line.split() for line in addresses] == [
        [house, f"{url}/w/mine/"] for house, url in controls.urls.items()
    ]
    assert {"main", "mine"} <= set(listed)
    assert gone == "World mine is gone.\n"
    assert "mine" not in said("world", "list").splitlines()


def test_a_world_comes_back_as_it_was_copied(controls: Controls, world: str) -> None:
    a_text_comes(controls, world)
    kept = said("world", "snapshot", world, "kept")
    a_text_comes(controls, world, "sms-2")
    restored = said("world", "restore", world, "kept")

    assert kept == f"Copy kept of world {world} is kept.\n"
    assert restored == f"World {world} is back at copy kept.\n"
    assert messages(controls, world) == 1


def test_a_world_begins_anew(controls: Controls, world: str) -> None:
    a_text_comes(controls, world)

    assert said("world", "reset", world) == f"World {world} begins anew.\n"
    assert messages(controls, world) == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("create", "main"), "portal: There is a world main already"),
        (("create", "Hải Phòng"), "The name of a world has 1 to 40"),
        (("delete", "main"), "The main world cannot be deleted, only reset"),
        (("delete", "nowhere"), "No house has a world nowhere"),
        (("reset", "nowhere"), "«nowhere»"),
        (("snapshot", "nowhere", "kept"), "«nowhere»"),
        (("restore", "nowhere", "kept"), "«nowhere»"),
        (("restore", "main", "never"), "World main has no copy never"),
        (("snapshot", "main", "a/b"), "The name of a snapshot has 1 to 40"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_done_with_a_world_is_told_in_a_sentence(
    controls: Controls, words: tuple[str, ...], told: str
) -> None:
    before = controls.worlds()

    assert told in refused("world", *words)
    assert controls.worlds() == before


# -- the clock --------------------------------------------------------------------------------


def test_the_clock_is_shown_with_how_it_goes(world: str) -> None:
    assert said("clock", "show", "--world", world) == PLACED


def test_a_clock_runs_and_is_frozen_again(world: str) -> None:
    assert said("clock", "run", "--world", world).endswith("(running)\n")
    assert said("clock", "freeze", "--world", world).endswith("(frozen)\n")
    assert said("clock", "show", "--world", world).startswith("2026-11-23 09:0")


@pytest.mark.parametrize(
    ("words", "then"),
    [
        (("advance", "90s"), "2026-11-23 09:01:30"),
        (("advance", "1d12h"), "2026-11-24 21:00:00"),
        (("set", "2026-11-24"), "2026-11-24 00:00:00"),
        (("set", "2026-11-23T09:00"), "2026-11-23 09:00:00"),
        (("set", "2026-12-01T08:30:15"), "2026-12-01 08:30:15"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_the_clock_is_moved_and_says_what_happened(
    world: str, words: tuple[str, ...], then: str
) -> None:
    told = said("clock", *words, "--world", world)

    assert told == f"0 things happened.\n{then} (frozen)\n"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("0s", timedelta()),
        ("15m", timedelta(minutes=15)),
        ("2h", timedelta(hours=2)),
        ("3d", timedelta(days=3)),
        ("1w", timedelta(weeks=1)),
        ("1d12h", timedelta(days=1, hours=12)),
        ("1d1d", timedelta(days=2)),
        ("1h90m5s", timedelta(hours=2, minutes=30, seconds=5)),
    ],
)
def test_a_duration_is_read(typed: str, meant: timedelta) -> None:
    assert Duration().convert(typed, None, None) == meant


@pytest.mark.parametrize(
    "typed",
    [
        *("", "5", "d", "5x", "1,5h", "1.5h", " 5m", "5m ", "5 m", "1d-2h", "٣d", "9" * 12 + "d"),
        pytest.param("9" * 5000 + "s", id="endless"),
    ],
)
def test_what_is_no_duration_is_refused_before_anything_moves(world: str, typed: str) -> None:
    told = refused("clock", "advance", "--world", world, "--", typed, code=MISSPELT)

    assert "is no duration; write for example 90s" in told or "longer than any calendar" in told
    assert said("clock", "show", "--world", world) == PLACED


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("set", "2026-11-22"), "cannot go back to 2026-11-22T00:00:00+07:00"),
        (("advance", "9999999d"), "the calendar does not reach that far"),
    ],
    ids=["back", "beyond"],
)
def test_a_moment_where_no_clock_goes_is_refused(
    world: str, words: tuple[str, ...], told: str
) -> None:
    assert told in refused("clock", *words, "--world", world)
    assert said("clock", "show", "--world", world) == PLACED


@pytest.mark.parametrize("typed", ["tomorrow", "2026-13-01", "23/11/2026", ""])
def test_what_is_no_moment_is_refused(typed: str) -> None:
    assert "Invalid value for" in refused("clock", "set", typed, code=MISSPELT)


def test_the_clock_of_a_world_that_is_not_there_is_not_shown(controls: Controls) -> None:
    assert "nowhere" not in controls.worlds()
    assert "«nowhere»" in refused("clock", "show", "--world", "nowhere")


# -- journal and audit ------------------------------------------------------------------------


def test_the_journal_tells_a_message_in_a_line(controls: Controls, world: str) -> None:
    a_text_comes(controls, world)

    (line,) = said("journal", "phone", "--world", world).splitlines()

    assert line.split()[:6] == ["1", "09:00:00", "in", "POST", f"/w/{world}/api/v1/sms", "201"]


def test_the_journal_for_machines_has_the_bytes(controls: Controls, world: str) -> None:
    a_text_comes(controls, world)

    (entry,) = json.loads(said("journal", "phone", "--world", world, "--json"))

    assert json.loads(entry["request"]["text"])["text"] == "Xin chào"
    assert entry["status"] == 201


def test_the_journal_is_told_to_its_end_and_from_where_one_likes(
    controls: Controls, world: str
) -> None:
    for _ in range(PAGE + 1):
        a_text_comes(controls, world)

    assert len(said("journal", "phone", "--world", world).splitlines()) == PAGE + 1
    assert len(said("journal", "phone", "--after", "199", "--world", world).splitlines()) == 2


@pytest.mark.parametrize("about", ["HS-1", "a&after=1", "#", "Hải Phòng"])
def test_the_journal_of_a_thing_that_never_was_is_empty(
    controls: Controls, world: str, about: str
) -> None:
    a_text_comes(controls, world)

    assert said("journal", "phone", "--about", about, "--world", world) == ""


@pytest.mark.usefixtures("controls")
def test_the_journal_of_a_house_that_nobody_knows_names_the_known_ones() -> None:
    told = refused("journal", "townhall")

    assert "No house is called townhall" in told
    assert all(house in told for house in PACKAGES)


@pytest.mark.usefixtures("controls")
def test_a_journal_begins_at_no_negative_number() -> None:
    assert "after is a whole number" in refused("journal", "phone", "--after", "-1")


def test_an_audit_of_a_whole_world_ends_well(world: str) -> None:
    told = said("audit", "--world", world)

    assert told.startswith(f"World {world}: looked at 0 dossiers, 0 payments")
    assert told.endswith("Everything agrees.\n")


def test_an_audit_for_machines_is_one_object(world: str) -> None:
    report = json.loads(said("audit", "--world", world, "--json"))

    assert report["world"] == world
    assert report["clean"] is True
    assert report["findings"] == []


@pytest.mark.parametrize("flags", [(), ("--json",)], ids=["plain", "json"])
def test_an_audit_that_finds_a_loss_ends_with_one(
    world: str, flags: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched = Controls.everywhere

    def forged(self: Controls, method: str, path: str, world: str) -> dict[str, Any]:
        whole = fetched(self, method, path, world)
        lost = {"bank": whole["bank"] | books.the_bank()} if path == "ledger" else {}
        return whole | lost

    monkeypatch.setattr(Controls, "everywhere", forged)
    result = motcua("audit", "--world", world, *flags)

    assert result.exit_code == REFUSED
    assert books.REQUEST in result.stdout
