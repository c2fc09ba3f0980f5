"""What the houses export, read into one object, and what the checks say of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from motcua.control import Controls

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Finding:
    """Something that does not agree.

    ``check``: the stable name of the check. ``row``: which row of which house. ``message``: what is
    wrong with it.
    """

    check: str
    row: str
    message: str

    def __str__(self) -> str:
        """Return one line."""
        return f"{self.check}: {self.row}: {self.message}"


class Ledgers:
    """The ledgers of one world, by house; a house that does not run here has none."""

    def __init__(self, by_house: Mapping[str, Mapping[str, Any]]) -> None:
        """Keep what ``GET /_sim/ledger`` answered."""
        self._by_house = by_house

    @classmethod
    def fetch(cls, controls: Controls, world: str) -> "Ledgers":
        """Ask every house."""
        return cls(controls.everywhere("GET", "ledger", world))

    def has(self, *houses: str) -> bool:
        """Tell whether all of these houses exported a ledger."""
        return all(house in self._by_house for house in houses)

    def houses(self) -> list[str]:
        """Return the houses that exported one."""
        return list(self._by_house)

    def value(self, house: str, name: str, missing: Any = None) -> Any:
        """Return something that is not a table."""
        return self._by_house.get(house, {}).get(name, missing)

    def rows(self, house: str, table: str) -> list[Row]:
        """Return the rows of one table; a house without it has none."""
        return list(self._by_house.get(house, {}).get(table, []))

    def messages(self, house: str, *kinds: str) -> list[Row]:
        """Return the messages of these kinds that a house ever had to deliver."""
        return [m for m in self.rows(house, "outbox") if m["kind"] in kinds]

    def under_way(self, house: str, *kinds: str) -> set[str]:
        """Return keys and business keys of the messages that are still to be delivered.

        Two houses may disagree about what one of them has not heard yet. The excuse ends with the
        delivery: a message that was delivered and changed nothing is a loss.
        """
        due = [m for m in self.messages(house, *kinds) if m["state"] == "due"]
        return {m["key"] for m in due} | {m["about"] for m in due}

    def appointments(self, house: str, kind: str) -> set[str]:
        """Return the keys of the things of a kind that will happen in a house by themselves."""
        return {a["key"] for a in self.rows(house, "agenda") if a["kind"] == kind}


def by(rows: Iterable[Row], *fields: str) -> dict[Any, list[Row]]:
    """Group rows by one field, or by a tuple of several."""
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        key = row[fields[0]] if len(fields) == 1 else tuple(row[f] for f in fields)
        groups.setdefault(key, []).append(row)
    return groups


def gaps(numbers: Iterable[int], last: int) -> list[int]:
    """Return the numbers from 1 to ``last`` that are missing."""
    return sorted(set(range(1, last + 1)).difference(numbers))
