"""Makes losses by hand in the file of one house; ``losses/<house>.toml`` lists them.

The world they are made in has four dossiers of one day: the first was paid, worked through and
delivered; the second was paid at the second try, and its result is at the post; the third was
refused, and its fee was never paid; the payer of the fourth is at the bank.
"""

import sqlite3
import tomllib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

FIRST, SECOND, THIRD, FOURTH = (f"000.00.14.H24-261123-000{number}" for number in range(1, 5))
_LOSSES = Path(__file__).parent / "losses"


@dataclass(frozen=True)
class Loss:
    """One loss. ``check`` and ``row`` are those of the finding that has to be there."""

    house: str
    name: str
    find: str
    plant: list[str]
    check: str
    row: str

    def make(self, place: Path) -> str:
        """Make it in the house's file and return the name that the row has to be called by."""
        with closing(sqlite3.connect(place, isolation_level=None)) as file:
            (it,) = file.execute(self.find).fetchone()
            for statement in self.plant:
                done = file.execute(statement, {"it": it} if ":it" in statement else {})
                assert done.rowcount != 0, f"nothing was lost by: {statement}"
        return self.row.format(it=it)


def all_losses() -> Iterator[Loss]:
    """Yield every loss of every house."""
    for place in sorted(_LOSSES.glob("*.toml")):
        for loss in tomllib.loads(place.read_text(encoding="utf-8"))["loss"]:
            yield Loss(house=place.stem, **loss)
