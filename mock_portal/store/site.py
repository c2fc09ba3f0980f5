"""Reads a site pack: the folder of data that makes the portal one city's."""

import re
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from mock_portal.domain.agency import Agency, AgencyKind, Field
from mock_portal.domain.procedure import Channel, Procedure
from mock_portal.domain.search import words_of
from mock_portal.domain.site import Contact, Edition, Hint, Site
from mock_portal.store import site_parts
from mock_portal.store.site_reader import Fault, Pack, PackFile, SitePackBroken, Table

__all__ = ["Fault", "SitePackBroken", "load_site"]

LEVEL1 = re.compile(r"[A-Z][0-9]{2}")


class EditionKey(StrEnum):
    """The faces that the portal can wear."""

    CLASSIC = "classic"
    IGATE = "igate"


class LevelStyle(StrEnum):
    """How an edition writes service levels."""

    NUMBER = "number"
    WORD = "word"


def load_site(folder: Path) -> Site:
    """Return the site that a pack describes, or raise ``SitePackBroken`` with all its faults.

    Files that cannot be read at all are told first and alone: half of what could be said about
    the others would only follow from them.
    """
    pack = Pack(folder)
    main = pack.toml("site.toml")
    files = {name: pack.toml(f"{name}.toml") for name in ("agencies", "fields", "calendar")}
    units = pack.toml("units.toml", needed=False)
    listed = pack.json("procedures.json")
    if pack.faults:
        raise SitePackBroken(folder, pack.faults)
    head = main.table()
    agencies = tuple(site_parts.agencies(files["agencies"], units))
    fields = tuple(site_parts.fields(files["fields"]))
    departments = {each.key: each.department for each in fields}
    procedures = tuple(site_parts.procedures(listed, departments))
    office = head.inner("office")
    calendar = site_parts.calendar(files["calendar"], site_parts.shifts(office))
    if calendar is None:
        office.note("shifts", "they overlap or stand out of order")
    hints = tuple(_hint(each) for each in head.tables("hints"))
    level1 = _level1(head)
    _check_agencies(files["agencies"], agencies, level1)
    _check_fields(files["fields"], fields, agencies)
    _check_procedures(listed, procedures, agencies)
    _check_hints(main, hints, agencies)
    key, name, title = head.text("key"), head.text("name"), head.text("title")
    editions, contact, notes = _editions(head), _contact(head.inner("contact")), head.texts("notes")
    head.done()
    if pack.faults or calendar is None:
        raise SitePackBroken(folder, pack.faults)
    return Site(
        key=key,
        name=name,
        title=title,
        level1=level1,
        editions=editions,
        contact=contact,
        calendar=calendar,
        agencies=agencies,
        fields=fields,
        procedures=procedures,
        hints=hints,
        notes=notes,
    )


def _level1(head: Table) -> str:
    level1 = head.text("level1")
    if level1 and not LEVEL1.fullmatch(level1):
        head.note("level1", f"«{level1}» is not a level-1 unit code like H24")
    return level1


def _editions(head: Table) -> tuple[Edition, ...]:
    found = []
    for each in head.tables("editions"):
        key, levels = each.choice("key", EditionKey), each.choice("levels", LevelStyle)
        found.append(Edition(key, each.text("title"), levels))
        each.done()
    if not found:
        head.note("editions", "there must be one at least")
    for twice in _twice(each.key for each in found):
        head.note("editions", f"«{twice}» is there twice")
    return tuple(found)


def _contact(table: Table) -> Contact:
    contact = Contact(
        table.text("hotline"), table.text("email"), table.text("address"), table.text("hours")
    )
    table.done()
    return contact


def _hint(table: Table) -> Hint:
    hint = Hint(
        key=table.text("key"),
        phrases=table.texts("phrases"),
        title=table.text("title"),
        text=table.text("text"),
        agency=table.maybe_text("agency"),
    )
    table.done()
    if not hint.phrases or not all(words_of(each) for each in hint.phrases):
        table.note("phrases", "there must be one at least, and each must have words")
    return hint


def _check_agencies(file: PackFile, agencies: tuple[Agency, ...], level1: str) -> None:
    """Note codes and places that are used twice, and codes of another province."""
    for code in _twice(each.code for each in agencies):
        file.note("agency", f"the code {code} is used twice, here or in units.toml", code)
    for place in _twice(each.place for each in agencies if each.place):
        file.note("units", f"the place {place} is used twice")
    for each in agencies:
        if each.code and not each.code.endswith(f".{level1}"):
            file.note("agency", f"the code {each.code} does not belong to {level1}", each.code)


def _check_fields(file: PackFile, fields: tuple[Field, ...], agencies: tuple[Agency, ...]) -> None:
    """Note fields that are there twice or name a department that is not there."""
    departments = {each.code for each in agencies if each.kind is AgencyKind.DEPARTMENT}
    for key in _twice(each.key for each in fields):
        file.note("field", f"the key «{key}» is used twice", key)
    for each in fields:
        if each.department is not None and each.department not in departments:
            file.note("field", f"{each.department} is not a department", each.key)


def _check_procedures(
    file: PackFile, procedures: tuple[Procedure, ...], agencies: tuple[Agency, ...]
) -> None:
    """Note codes used twice, successors nobody knows, and procedures that nobody can file."""
    codes = {each.code for each in procedures}
    for code in _twice(each.code for each in procedures):
        file.note("procedure", f"the code {code} is used twice", code)
    for each in procedures:
        successor = each.elsewhere.successor if each.elsewhere else None
        if successor is not None and successor not in codes:
            file.note("elsewhere", f"the successor {successor} is not in the pack", each.code)
        if each.service_level.submittable_online != (Channel.ONLINE in each.channels):
            file.note(
                "service_level",
                f"«{each.service_level}» and the channels disagree about filing online",
                each.code,
            )
        if each.is_offered and not any(each.is_executed_by(agency) for agency in agencies):
            file.note("levels", "no active agency of the pack executes it", each.code)


def _check_hints(file: PackFile, hints: tuple[Hint, ...], agencies: tuple[Agency, ...]) -> None:
    """Note hints that are there twice or send people to an agency that is not there."""
    codes = {each.code for each in agencies}
    for key in _twice(each.key for each in hints):
        file.note("hints", f"the key «{key}» is used twice", key)
    for each in hints:
        if each.agency is not None and each.agency not in codes:
            file.note("hints", f"there is no agency {each.agency}", each.key)


def _twice(values: Iterable[str]) -> list[str]:
    """Return what occurs more than once; empty texts were noted elsewhere."""
    return [value for value, times in Counter(values).items() if times > 1 and value]
