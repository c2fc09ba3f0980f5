"""Writes ``simkit/core/cast.py``: the invented people that every world starts with."""

from pathlib import Path

from simkit.runtime.people import People

HEAD = '''"""The invented people that every world starts with. Written by ``tools/make_cast.py``.

Names come from Faker, numbers are valid in form; none is taken from a real document.
"""

from datetime import date

from simkit.core.people import Person

'''
PLACE = Path(__file__).parent.parent / "simkit" / "core" / "cast.py"
SIZE = 12


def text() -> str:
    """Return the module's source."""
    people = People("the cast of every world")
    rows = []
    for _ in range(SIZE):
        p = people.person()
        born = f"date({p.born.year}, {p.born.month}, {p.born.day})"
        fields = [
            f'full_name="{p.full_name}"',
            f"woman={p.woman}",
            f"born={born}",
            f'id_number="{p.id_number}"',
            f'phone="{p.phone}"',
            f'email="{p.email}"',
            f'address="{p.address}"',
            f'user="{p.user}"',
            f'password="{p.password}",  # noqa: S106 -- invented, for everybody to read',
        ]
        lines = ",\n        ".join(fields)
        rows.append(f"    Person(\n        {lines}\n    ),")
    return HEAD + "CAST: tuple[Person, ...] = (\n" + "\n".join(rows) + "\n)\n"


if __name__ == "__main__":
    PLACE.write_text(text(), encoding="utf-8")
    print(f"wrote {PLACE.name}")
