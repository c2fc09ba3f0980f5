"""Reads the files of a site pack key by key and notes everything that is wrong with them.

Nothing here raises at the first fault: whoever writes a pack wants to see all of them at once. A
value that cannot be used is noted and replaced by a harmless one, so that reading can go on.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TypeVar

from simkit.core.errors import RuleBroken

E = TypeVar("E", bound=StrEnum)

SHOWN = 20
"""How many faults the message of ``SitePackBroken`` spells out; ``faults`` has them all."""

_TOML_LINE = re.compile(r"at line ([0-9]+)")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: in which file, where in it, on which line if that is known."""

    file: str
    place: str
    line: int | None
    message: str

    def __str__(self) -> str:
        """Return the fault in one line, as compilers print it."""
        at = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{at}: {self.place}: {self.message}" if self.place else f"{at}: {self.message}"


class SitePackBroken(RuleBroken):
    """A site pack cannot be used; ``faults`` lists everything that is wrong with it."""

    code = "site-pack-broken"

    def __init__(self, folder: Path, faults: list[Fault]) -> None:
        """Show the first faults in the message and keep all of them."""
        more = len(faults) - SHOWN
        lines = [f"  {each}" for each in faults[:SHOWN]] + [f"  … and {more} more"] * (more > 0)
        super().__init__(
            "\n".join([f"The site pack «{folder.name}» has {len(faults)} faults:", *lines]),
            {"pack": folder.name, "faults": str(len(faults))},
        )
        self.faults = tuple(faults)


@dataclass(slots=True)
class PackFile:
    """One file of the pack, parsed; ``data`` is ``None`` if the file is not there."""

    name: str
    data: object
    _text: str
    _faults: list[Fault]

    def note(self, place: str, message: str, record: str = "") -> None:
        """Remember a fault; ``record`` is the code or key of the record that it is in."""
        self._faults.append(Fault(self.name, place, self._line_of(record), message))

    def table(self) -> "Table":
        """Return the whole file as a table."""
        return Table(self, "", "", self.data if isinstance(self.data, dict) else {})

    def records(self, name: str) -> Iterator["Table"]:
        """Yield the tables of a file that is one list."""
        return Table(self, "", "", {name: self.data}).tables(name)

    def _line_of(self, record: str) -> int | None:
        if not record:
            return None
        named = rf'"?(?:code|key)"?\s*[:=]\s*{re.escape(json.dumps(record, ensure_ascii=False))}'
        found = re.search(named, self._text)
        return self._text.count("\n", 0, found.start()) + 1 if found else None


class Pack:
    """The folder of a site pack and what is wrong with it so far."""

    def __init__(self, folder: Path) -> None:
        """Start with no faults."""
        self.folder = folder
        self.faults: list[Fault] = []

    def toml(self, name: str, *, needed: bool = True) -> PackFile:
        """Read a TOML file; a missing one is a fault unless it is not ``needed``."""
        text = self._text(name, needed=needed)
        try:
            data = None if text is None else tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            line = _TOML_LINE.search(str(error))
            self.faults.append(Fault(name, "", int(line[1]) if line else None, str(error)))
            data = None
        return PackFile(name, data, text or "", self.faults)

    def json(self, name: str) -> PackFile:
        """Read a JSON file; a missing one is a fault."""
        text = self._text(name, needed=True)
        try:
            data = None if text is None else json.loads(text)
        except json.JSONDecodeError as error:
            self.faults.append(Fault(name, "", error.lineno, error.msg))
            data = None
        except RecursionError:
            self.faults.append(Fault(name, "", None, "the lists are nested too deeply"))
            data = None
        return PackFile(name, data, text or "", self.faults)

    def _text(self, name: str, *, needed: bool) -> str | None:
        try:
            return (self.folder / name).read_text(encoding="utf-8")
        except FileNotFoundError:
            if needed:
                self.faults.append(Fault(name, "", None, "the file is missing"))
        except (OSError, UnicodeDecodeError) as error:
            self.faults.append(Fault(name, "", None, f"the file cannot be read: {error}"))
        return None


@dataclass(slots=True)
class Table:
    """A table of a pack file; call ``done`` when all keys that mean something were read.

    ``record`` is the code or key of the record that the table is or is in: it finds the line.
    """

    file: PackFile
    place: str
    record: str
    _values: Mapping[str, object]
    broken: bool = False
    _read: set[str] = field(default_factory=set)

    def note(self, key: str, message: str) -> None:
        """Note a fault at a key of this table."""
        self.file.note(self._at(key), message, self.record)

    def text(self, key: str) -> str:
        """Return a text that must be there and say something."""
        value = self._take(key)
        if isinstance(value, str) and value and value == value.strip():
            return value
        self._wrong(key, value, "a text without blanks around it")
        return ""

    def maybe_text(self, key: str) -> str | None:
        """Return a text, or ``None`` if it is missing or null."""
        return None if self._values.get(key) is None and self._skip(key) else self.text(key)

    def whole(self, key: str, least: int = 0) -> int:
        """Return a whole number of at least ``least``."""
        value = self._take(key)
        if isinstance(value, int) and not isinstance(value, bool) and value >= least:
            return value
        self._wrong(key, value, f"a whole number from {least} on")
        return least

    def maybe_whole(self, key: str) -> int | None:
        """Return a whole number, or ``None`` if it is null; the key must be there."""
        if key in self._values and self._values[key] is None and self._skip(key):
            return None
        return self.whole(key)

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        """Return true or false; without ``default`` the key must be there."""
        if default is not None and key not in self._values and self._skip(key):
            return default
        value = self._take(key)
        if isinstance(value, bool):
            return value
        self._wrong(key, value, "true or false")
        return False

    def choice(self, key: str, kind: type[E]) -> E:
        """Return one of the values of an enumeration."""
        return self._chosen(key, self._take(key), kind)

    def choices(self, key: str, kind: type[E]) -> tuple[E, ...]:
        """Return a list of them; a missing list is empty."""
        return tuple(self._chosen(key, each, kind) for each in self.items(key))

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; a missing list is empty."""
        found = self.items(key)
        if all(isinstance(each, str) and each for each in found):
            return tuple(str(each) for each in found)
        self.note(key, "must hold texts only")
        return ()

    def items(self, key: str) -> list[object]:
        """Return a list of anything; a missing list is empty."""
        value = self._values.get(key)
        self._skip(key)
        if value is None or isinstance(value, list):
            return value or []
        self._wrong(key, value, "a list")
        return []

    def inner(self, key: str) -> "Table":
        """Return a table inside this one; a missing one is a fault."""
        return self._table(key, self._take(key), self.record)

    def maybe_inner(self, key: str) -> "Table | None":
        """Return a table inside this one, or ``None`` if it is missing or null."""
        return None if self._values.get(key) is None and self._skip(key) else self.inner(key)

    def inner_tables(self, key: str) -> dict[str, "Table"]:
        """Return the tables inside a table inside this one, by their keys."""
        outer = self.inner(key)
        return {name: outer.inner(name) for name in outer.names()}

    def tables(self, key: str) -> Iterator["Table"]:
        """Yield the tables of a list; a missing list is empty."""
        for number, value in enumerate(self.items(key), 1):
            record = self.record or _identity(value)
            yield self._table(f"{key} {number}", value, record)

    def names(self) -> tuple[str, ...]:
        """Return the keys that are there, known or not."""
        return tuple(self._values)

    def done(self) -> None:
        """Note every key that nobody read: most often it is misspelt."""
        for key in self._values.keys() - self._read:
            self.note(key, "the key is not known")

    def _take(self, key: str) -> object:
        self._read.add(key)
        return self._values.get(key)

    def _skip(self, key: str) -> bool:
        self._read.add(key)
        return True

    def _wrong(self, key: str, value: object, wanted: str) -> None:
        if not self.broken:
            found = "is missing" if value is None else f"is {value!r:.60}"
            self.note(key, f"{found}, must be {wanted}")

    def _chosen(self, key: str, value: object, kind: type[E]) -> E:
        members: Mapping[str, E] = _by_value(kind)
        if isinstance(value, str) and value in members:
            return members[value]
        self._wrong(key, value, "one of: " + ", ".join(kind))
        return next(iter(kind))

    def _table(self, key: str, value: object, record: str) -> "Table":
        if isinstance(value, dict):
            return Table(self.file, self._at(key), record, value)
        self._wrong(key, value, "a table")
        return Table(self.file, self._at(key), record, {}, broken=True)

    def _at(self, key: str) -> str:
        return f"{self.place} > {key}" if self.place else key


@cache
def _by_value(kind: type[E]) -> Mapping[str, E]:
    """Return the members of an enumeration by what stands in files: quicker than to call it."""
    return {each.value: each for each in kind}


def _identity(value: object) -> str:
    """Return the code or key of a record, if it has one."""
    if not isinstance(value, dict):
        return ""
    found = value.get("code", value.get("key"))
    return found if isinstance(found, str) else ""
