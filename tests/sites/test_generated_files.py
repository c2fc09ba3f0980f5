"""The generated files of the pack still say what their sources say."""

import re
import runpy
import tomllib
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from holidays import country_holidays

from simkit.core.refs import fold

ROOT = Path(__file__).parents[2]
PACK = ROOT / "sites" / "haiphong"


# Codes that versions of vietnam-provinces after 2025.10.1 give to units of other codes before.
CORRECTED = {"Ngô Quyền", "Thành Đông", "Nam Đồng", "Tứ Minh", "An Thành"}


def in_pack(name: str) -> str:
    """Return a file of the pack."""
    return (PACK / name).read_text(encoding="utf-8")


def tool(name: str) -> dict[str, Any]:
    """Return what a tool defines."""
    return runpy.run_path(str(ROOT / "tools" / name))


def units(text: str) -> dict[tuple[str, str], str]:
    """Return the place of each unit by kind and name, however the tone marks are placed."""
    rows = tomllib.loads(text)["units"]
    return {(each["kind"], fold(each["name"])): each["place"] for each in rows}


def test_the_calendar_is_what_its_tool_writes_now() -> None:
    assert in_pack("calendar.toml") == tool("make_calendar.py")["text"]()


def test_the_units_are_what_their_tool_writes_now() -> None:
    made_with = re.search(r"vietnam-provinces (\S+):", in_pack("units.toml"))
    assert made_with
    if made_with[1] != version("vietnam-provinces"):
        pytest.skip("another version of vietnam-provinces is compared unit by unit below")

    assert in_pack("units.toml") == tool("make_units.py")["haiphong"]()


def test_the_units_are_those_of_any_version_of_the_package() -> None:
    ours, theirs = units(in_pack("units.toml")), units(tool("make_units.py")["haiphong"]())

    assert ours.keys() == theirs.keys()
    moved = {name for (_, name), place in ours.items() if theirs[_, name] != place}
    assert moved <= {fold(f"{kind} {name}") for name in CORRECTED for kind in ("phường", "xã")}


def test_every_swap_of_days_that_is_known_has_its_saturday() -> None:
    years = range(2020, 2036)
    swaps = country_holidays("VN", years=years, language="vi").get_named("thay cho ngày")
    known = tool("make_calendar.py")["MAKE_UP_DAYS"]

    assert sorted(known.values()) == sorted(swaps)
    names = country_holidays("VN", years=years, language="vi")
    assert [names[off] for off in known.values()] == [
        f"Ngày nghỉ (thay cho ngày {worked:%d/%m/%Y})" for worked in known
    ]


def test_the_saturdays_worked_are_saturdays() -> None:
    known = tool("make_calendar.py")["MAKE_UP_DAYS"]

    assert set(known) == {date(2024, 5, 4), date(2025, 4, 26), date(2026, 8, 22)}
    assert {worked.weekday() for worked in known} == {5}
