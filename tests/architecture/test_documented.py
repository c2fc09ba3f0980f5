"""The journeys say what they cover in the words of one list, and the documents keep step."""

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

import scenarios.journeys
from motcua.audit.report import CHECKS
from scenarios.engine.journey import Journey, all_journeys
from simkit.core.settings import PORTS, SMTP_PORT

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTED = tomllib.loads((ROOT / "scenarios" / "documented.toml").read_text(encoding="utf-8"))
IDS = [name for group in DOCUMENTED.values() for name in group]
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")

scenarios.journeys.load()


def test_the_list_of_documented_journeys_names_each_once_and_in_words() -> None:
    titles = [title for group in DOCUMENTED.values() for title in group.values()]

    assert [name for name, count in Counter(IDS).items() if count > 1] == []
    assert all(re.fullmatch(r"[A-Z]+-F?[0-9]{1,2}", name) for name in IDS)
    assert len(set(titles)) == len(IDS)


@pytest.mark.parametrize("journey", all_journeys(), ids=str)
def test_a_journey_covers_what_is_documented_and_needs_houses_that_exist(journey: Journey) -> None:
    assert set(journey.covers) <= set(IDS)
    assert journey.needs
    assert set(journey.needs) <= set(PORTS)


def test_the_table_of_houses_names_their_ports_and_no_other_house() -> None:
    table = re.findall(r"^\| `(\w+)` \| `mock_\w+/` \| (\d+)", ARCHITECTURE, re.MULTILINE)

    assert {name: int(port) for name, port in table} == PORTS
    assert f"SMTP {SMTP_PORT}" in ARCHITECTURE


def test_the_readme_of_each_house_names_its_port() -> None:
    folders = dict(re.findall(r"^\| `(\w+)` \| `(mock_\w+)/`", ARCHITECTURE, re.MULTILINE))

    silent = [
        name
        for name, folder in folders.items()
        if str(PORTS[name]) not in (ROOT / folder / "README.md").read_text(encoding="utf-8")
    ]

    assert silent == []


def test_every_check_of_the_audit_says_in_its_first_line_what_it_proves() -> None:
    lines = [(check.__doc__ or "").partition("\n")[0] for check in CHECKS]

    assert all(line.startswith("Prove that ") and line.endswith(".") for line in lines), lines
    assert len(set(lines)) == len(CHECKS)
