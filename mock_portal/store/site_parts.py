"""Makes agencies, fields, procedures and the calendar from the tables of a site pack."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time

from mock_portal.domain.agency import Agency, AgencyKind, AgencyLevel, Certainty, Field
from mock_portal.domain.code import UnitStyle, unit_style
from mock_portal.domain.deadline import SATURDAY, Shift, Term, TermUnit, WorkCalendar
from mock_portal.domain.procedure import (
    Channel,
    ChannelTerms,
    Component,
    Elsewhere,
    Fee,
    Procedure,
    ProcedureCertainty,
    ServiceLevel,
)
from mock_portal.store.site_reader import PackFile, Table

PROCEDURE_CODE = re.compile(r"[0-9]\.[0-9]{6}")
CHANNELS = tuple(each.value for each in Channel)


def agencies(departments: PackFile, units: PackFile) -> Iterator[Agency]:
    """Yield what ``agencies.toml`` and ``units.toml`` list, in this order."""
    outer = departments.table()
    for each in outer.tables("agency"):
        yield _agency(each, each.choice("certainty", Certainty))
    outer.done()
    if units.data is not None:
        outer = units.table()
        for each in outer.tables("units"):
            yield _agency(each, Certainty.OURS)
        outer.done()


def fields(file: PackFile) -> Iterator[Field]:
    """Yield what ``fields.toml`` lists."""
    outer = file.table()
    for each in outer.tables("field"):
        yield Field(each.text("key"), each.text("name"), each.maybe_text("department"))
        each.done()
    outer.done()


def procedures(file: PackFile, departments: dict[str, str | None]) -> Iterator[Procedure]:
    """Yield what ``procedures.json`` lists; ``departments`` holds that of each field."""
    for each in file.records("procedure"):
        yield _procedure(each, departments)
        each.done()


def calendar(file: PackFile, office_hours: tuple[Shift, ...]) -> WorkCalendar | None:
    """Return the working calendar, or ``None`` if the office hours cannot be kept."""
    table = file.table()
    first, last = table.whole("first_year", 1), table.whole("last_year", 1)
    table.whole("announced_until", 1)
    off, make_up = _days(table, "days_off"), _days(table, "make_up_days")
    table.done()
    for day in sorted(off | make_up):
        if not first <= day.year <= last:
            table.note("days", f"{day} is not in the years {first} to {last}")
    for day in sorted(make_up):
        if day.weekday() < SATURDAY or day in off:
            table.note("make_up_days", f"{day} is not a Saturday or Sunday without a holiday")
    try:
        return WorkCalendar(office_hours, off, make_up, first, last)
    except ValueError:
        return None


def shifts(office: Table) -> tuple[Shift, ...]:
    """Return the shifts of the office hours: pairs of times of day."""
    found = []
    for pair in office.items("shifts"):
        shift = _shift(pair)
        if shift is None:
            office.note("shifts", f"{pair!r:.60} is not two times of day, the earlier first")
        else:
            found.append(shift)
    if not found:
        office.note("shifts", "there must be one at least")
    office.done()
    return tuple(found)


def _shift(pair: object) -> Shift | None:
    if not isinstance(pair, list):
        return None
    try:
        opens, closes = (time.fromisoformat(each) for each in pair)
        return Shift(opens, closes)
    except (TypeError, ValueError):
        return None


def _agency(table: Table, certainty: Certainty) -> Agency:
    code = table.text("code")
    if code and unit_style(code) is not UnitStyle.CLASSIC:
        table.note("code", f"«{code}» is not a unit code like 000.00.14.H24")
    agency = Agency(
        code=code,
        name=table.text("name"),
        kind=table.choice("kind", AgencyKind),
        address=table.text("address"),
        phone=table.text("phone"),
        email=table.text("email"),
        certainty=certainty,
        place=table.maybe_text("place"),
        active=table.flag("active", default=True),
        note=table.maybe_text("note"),
    )
    table.done()
    return agency


def _procedure(table: Table, departments: dict[str, str | None]) -> Procedure:
    code, field = table.text("code"), table.text("field")
    if code and not PROCEDURE_CODE.fullmatch(code):
        table.note("code", f"«{code}» is not a procedure code like 2.000635")
    if field and field not in departments:
        table.note("field", f"«{field}» is not in fields.toml")
    levels = table.choices("levels", AgencyLevel)
    return Procedure(
        code=code,
        name=table.text("name"),
        field=field,
        service_level=table.choice("service_level", ServiceLevel),
        levels=levels,
        former_levels=table.choices("former_levels", AgencyLevel),
        department=departments.get(field) if AgencyLevel.DEPARTMENT in levels else None,
        channels=_channels(table),
        components=_components(table),
        notes=table.texts("notes"),
        result=table.maybe_text("result"),
        result_codes=table.texts("result_codes"),
        legal_basis=table.texts("legal_basis"),
        decision=table.maybe_text("decision"),
        late_after=_time_of_day(table, "late_after"),
        elsewhere=_elsewhere(table.maybe_inner("elsewhere")),
        certainty=_certainty(table.inner("certainty")),
    )


def _channels(table: Table) -> dict[Channel, ChannelTerms]:
    found = {}
    for name, terms in table.inner_tables("channels").items():
        if name in CHANNELS:
            found[Channel(name)] = ChannelTerms(_term(terms.maybe_inner("term")), _fee(terms))
            terms.done()
        else:
            table.note("channels", f"«{name}» is not one of: {', '.join(CHANNELS)}")
    if not found:
        table.note("channels", "there must be one at least")
    return found


def _term(table: Table | None) -> Term | None:
    if table is None:
        return None
    amount, unit = table.whole("amount"), table.choice("unit", TermUnit)
    table.done()
    try:
        return Term(amount, unit)
    except ValueError as error:
        table.note("amount", f"{error} is not possible")
        return None


def _fee(terms: Table) -> Fee:
    table = terms.inner("fee")
    fee = Fee(table.maybe_whole("amount"), table.maybe_text("per"), table.maybe_text("note"))
    table.done()
    return fee


def _components(table: Table) -> tuple[Component, ...]:
    found: dict[str, Component] = {}
    for each in table.tables("components"):
        component = Component(
            key=each.text("key"),
            name=each.text("name"),
            form=each.maybe_text("form"),
            originals=each.whole("originals"),
            copies=each.whole("copies"),
            required=each.flag("required"),
        )
        if component.key in found:
            each.note("key", f"«{component.key}» is used twice")
        if not component.originals + component.copies:
            each.note("originals", "there must be one paper at least, original or copy")
        each.done()
        found[component.key] = component
    return tuple(found.values())


def _elsewhere(table: Table | None) -> Elsewhere | None:
    if table is None:
        return None
    found = Elsewhere(table.text("who"), table.text("advice"), table.maybe_text("successor"))
    table.done()
    return found


def _certainty(table: Table) -> ProcedureCertainty:
    found = ProcedureCertainty(
        name=table.choice("name", Certainty),
        level=table.choice("level", Certainty),
        executor=table.choice("executor", Certainty),
        term=table.choice("term", Certainty),
        fee=table.choice("fee", Certainty),
        components=table.choice("components", Certainty),
    )
    table.done()
    return found


def _time_of_day(table: Table, key: str) -> time | None:
    text = table.maybe_text(key)
    try:
        return time.fromisoformat(text) if text else None
    except ValueError:
        table.note(key, f"«{text}» is not a time of day like 15:00")
        return None


def _days(table: Table, key: str) -> frozenset[date]:
    found = table.items(key)
    days = [each for each in found if isinstance(each, date) and not isinstance(each, datetime)]
    if len(days) < len(found):
        table.note(key, "must hold days like 2026-09-02 only")
    if len(set(days)) < len(days):
        table.note(key, "names a day twice")
    return frozenset(days)
