"""Writes ``calendar.toml`` of a site pack: days off and Saturdays worked in exchange.

Days off come from the package ``holidays``. Up to ``ANNOUNCED_UNTIL`` they are as announced; later
years follow the rule of the Labour Code only, because swaps of days are decided year by year. The
Saturdays are listed here: the package knows the day off of a swap, but not as data what it costs.
"""

import sys
from datetime import date
from pathlib import Path

from holidays import country_holidays

PLACE = Path(__file__).parent.parent / "sites" / "haiphong" / "calendar.toml"
FIRST_YEAR = 2020
LAST_YEAR = 2035
ANNOUNCED_UNTIL = 2027
SATURDAY = 5

# Worked Saturday -> the day off that it pays for, as announced.
MAKE_UP_DAYS = {
    date(2024, 5, 4): date(2024, 4, 29),
    date(2025, 4, 26): date(2025, 5, 2),
    date(2026, 8, 22): date(2026, 8, 31),
}
HEAD = f"""\
# Written by tools/make_calendar.py from the package holidays: change the tool, not this file.
# {FIRST_YEAR} to {ANNOUNCED_UNTIL} as announced [seen], later ones by the Labour Code [guessed].
# Only days that would be worked are listed: a holiday on a Saturday or Sunday takes nothing away.

first_year = {FIRST_YEAR}
last_year = {LAST_YEAR}
announced_until = {ANNOUNCED_UNTIL}
"""


def days_off() -> dict[date, str]:
    """Return the weekdays off with their Vietnamese names, in order."""
    known = country_holidays("VN", years=range(FIRST_YEAR, LAST_YEAR + 1), language="vi")
    return {day: known[day] for day in sorted(known) if day.weekday() < SATURDAY}


def text() -> str:
    """Return the file."""
    rows = [HEAD, "days_off = ["]
    rows += [f"  {day.isoformat()}, # {name}" for day, name in days_off().items()]
    rows += ["]", "", "# Saturdays worked in exchange for a day off.", "make_up_days = ["]
    rows += [f"  {day.isoformat()}, # for {off.isoformat()}" for day, off in MAKE_UP_DAYS.items()]
    return "\n".join([*rows, "]", ""])


if __name__ == "__main__":
    PLACE.write_text(text(), encoding="utf-8", newline="\n")
    print(f"wrote {PLACE.name}", file=sys.stderr)
