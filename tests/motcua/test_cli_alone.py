"""The command line without a running stack: help, wrong lines, and what cannot be started."""

import subprocess
from pathlib import Path

import pytest

from motcua.cli import VERBS
from motcua.ready import VARIABLE
from motcua.stack import write_ready_file
from tests.motcua.typed import MISSPELT, refused, said

# -- finding one's way ------------------------------------------------------------------------


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_the_help_lists_every_verb_with_a_sentence(flag: str) -> None:
    lines = [line.split(maxsplit=1) for line in said(flag).splitlines() if line.startswith("  ")]
    told = dict(line for line in lines if len(line) == 2)

    assert set(VERBS) <= set(told)
    assert all(told[verb][0].isupper() for verb in VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_helps(verb: str) -> None:
    assert said(verb, "--help").startswith(f"Usage: main {verb} ")


def test_a_verb_that_does_not_exist_is_refused() -> None:
    assert "No such command 'dance'" in refused("dance", code=MISSPELT)


_SPEAKERS = [
    ("world", "list"),
    ("world", "create", "an"),
    ("world", "reset", "an"),
    ("world", "delete", "an"),
    ("world", "snapshot", "an", "kept"),
    ("world", "restore", "an", "kept"),
    ("clock", "show"),
    ("clock", "freeze"),
    ("clock", "run"),
    ("clock", "advance", "1d"),
    ("clock", "set", "2030-01-01"),
    ("journal", "portal"),
    ("audit",),
]


@pytest.mark.parametrize("words", _SPEAKERS, ids=" ".join)
def test_without_a_running_stack_every_verb_says_how_to_start_one(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "ready.json"))

    told = refused(*words)

    assert told.startswith("Error: No running stack was found")
    assert "python3 run.py up" in told


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"houses": []}', '{"houses": '])
def test_a_ready_file_that_says_nothing_is_told(
    content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "ready.json"
    place.write_text(content, encoding="utf-8")
    monkeypatch.setenv(VARIABLE, str(place))

    assert "python3 run.py up" in refused("world", "list")


def test_a_stack_that_ended_without_a_word_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "ready.json"
    write_ready_file(place, {"houses": {"portal": "http://127.0.0.1:1"}})
    monkeypatch.setenv(VARIABLE, str(place))

    assert "portal does not answer at http://127.0.0.1:1/_sim/worlds" in refused("world", "list")


# -- what starts something --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--replace", "nonsense"), "'nonsense' is not HOUSE=URL"),
        (("--replace", "gateway=ftp://x"), "'gateway=ftp://x' is not HOUSE=URL"),
        (("--port-base", "65600"), "is not in the range 0<=x<=65510"),
        (("--port-base", "-1"), "is not in the range 0<=x<=65510"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_is_typed_wrongly_after_up_is_refused(
    words: tuple[str, ...], told: str, tmp_path: Path
) -> None:
    usual = ("up", "--data", str(tmp_path), "--ready-file", str(tmp_path / "ready.json"))

    assert told in refused(*usual, *words, code=MISSPELT)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--replace", "bnak=https://x.example"), "No house is called bnak. Known: portal"),
        (("--only", "bank, bnak"), "No house is called bnak. Known: portal"),
        (("--only", ","), "Nothing is left to start"),
        (("--only", "portal", "--site", "atlantis"), "site.toml: the file is missing"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_started_is_told_in_a_sentence(
    words: tuple[str, ...], told: str, tmp_path: Path
) -> None:
    ready = tmp_path / "ready.json"
    usual = ("up", "--port-base", "0", "--data", str(tmp_path / "d"), "--ready-file", str(ready))

    assert told in refused(*usual, *words)
    assert not ready.exists()


def test_a_journey_that_nobody_wrote_is_refused_with_the_known_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nothing(*_: object, **__: object) -> None:
        pytest.fail("nothing may start")

    monkeypatch.setattr(subprocess, "Popen", nothing)

    told = refused("journeys", "NOPE", "an-03")

    assert "No journey is called NOPE" in told
    known = [line.split() for line in told.splitlines() if line.startswith("  ")]
    assert len(known) > 5
    assert all(len(words) > 1 for words in known)
