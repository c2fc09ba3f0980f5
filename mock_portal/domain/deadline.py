"""When a result is due: working hours, days off, make-up days and statutory terms.

The steps follow the due-date calculation of real provincial portals [S: published sources of two
of them]: eight working hours are one working day; what arrives in the lunch break counts from the
next shift, what arrives after closing from the next working morning; a term in plain days counts
the calendar and moves the result off days without work.

Ours, where the sources leave a choice:

- A result is due at the hour at which the dossier counts as received, not at closing time: that is
  where the calculation in hours ends.
- A term of 0 working days means «trong ngày»: due at the closing of that day.
- While a dossier waits for its citizen the working time stands still (``after_pause``). One real
  portal adds whole days instead, which can take working time away from the officer.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from mock_portal.domain.errors import CalendarEnds
from simkit.core.clock import ICT

SATURDAY = 5
LONGEST_TERM = 5_000


class TermUnit(StrEnum):
    """What a statutory term is counted in."""

    HOURS = "hours"
    WORKING_DAYS = "working-days"
    DAYS = "days"
    MONTHS = "months"

    @property
    def label(self) -> str:
        """Return the words that pages show."""
        return {
            "hours": "giờ làm việc",
            "working-days": "ngày làm việc",
            "days": "ngày",
            "months": "tháng",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Term:
    """How long an agency may take; 0 working days means within the day of reception."""

    amount: int
    unit: TermUnit

    def __post_init__(self) -> None:
        """Refuse what no law can mean."""
        least = 0 if self.unit is TermUnit.WORKING_DAYS else 1
        if not least <= self.amount <= LONGEST_TERM:
            raise ValueError(f"a term of {self.amount} {self.unit}")

    @property
    def label(self) -> str:
        """Return the words that pages show."""
        if self.amount == 0:
            return "Trong ngày làm việc"
        return f"{self.amount} {self.unit.label}"


@dataclass(frozen=True, slots=True)
class Shift:
    """One stretch of office hours: open from ``opens`` until just before ``closes``."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        """Refuse a shift that ends before it begins."""
        if self.opens >= self.closes:
            raise ValueError(f"a shift from {self.opens} to {self.closes}")


@dataclass(frozen=True)
class WorkCalendar:
    """Office hours, days off and make-up days of the years ``first_year`` to ``last_year``.

    ``days_off`` are holidays on days that would be worked; ``make_up_days`` are Saturdays or
    Sundays worked in exchange. All times are in ``ICT``.
    """

    shifts: tuple[Shift, ...]
    days_off: frozenset[date]
    make_up_days: frozenset[date]
    first_year: int
    last_year: int

    def __post_init__(self) -> None:
        """Refuse shifts that overlap, stand out of order or are missing."""
        edges = [edge for shift in self.shifts for edge in (shift.opens, shift.closes)]
        if not edges or edges != sorted(edges):
            raise ValueError("shifts must exist, stand in order and not overlap")

    def is_working_day(self, day: date) -> bool:
        """Tell whether offices are open on that day, or refuse a day beyond the calendar."""
        if not self.first_year <= day.year <= self.last_year:
            raise CalendarEnds(
                f"Lịch làm việc chỉ có từ năm {self.first_year} đến năm {self.last_year}. "
                "Hãy chỉnh lại ngày của hệ thống mô phỏng.",
                {"day": day.isoformat()},
            )
        if day in self.make_up_days:
            return True
        return day.weekday() < SATURDAY and day not in self.days_off

    def is_open(self, at: datetime) -> bool:
        """Tell whether offices are open at that moment."""
        here = _here(at)
        if not self.is_working_day(here.date()):
            return False
        return any(shift.opens <= here.time() < shift.closes for shift in self.shifts)

    def working_day_from(self, day: date) -> date:
        """Return that day if it is worked, else the next one that is."""
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day

    def next_working_day(self, day: date) -> date:
        """Return the first working day after that day."""
        return self.working_day_from(day + timedelta(days=1))

    def opening(self, day: date) -> datetime:
        """Return when offices open on a day."""
        return datetime.combine(day, self.shifts[0].opens, ICT)

    def closing(self, day: date) -> datetime:
        """Return when offices close on a day."""
        return datetime.combine(day, self.shifts[-1].closes, ICT)

    def counts_from(self, received_at: datetime, late_after: time | None = None) -> datetime:
        """Return the moment from which a dossier counts as received.

        That is the moment itself in office hours; else the beginning of the next shift. What comes
        later than ``late_after`` counts from the next working morning [S: civil-status procedures].
        """
        here = _here(received_at)
        day = self.working_day_from(here.date())
        if day > here.date():
            return self.opening(day)
        if late_after is not None and here.time() > late_after:
            return self.opening(self.next_working_day(day))
        for shift in self.shifts:
            if here.time() < shift.closes:
                return datetime.combine(day, max(here.time(), shift.opens), ICT)
        return self.opening(self.next_working_day(day))

    def plus_working_time(self, start: datetime, span: timedelta) -> datetime:
        """Return the first moment at which ``span`` of office time has passed since ``start``."""
        here = _here(start)
        stretches = self._stretches(here.date())
        while True:
            opens, closes = next(stretches)
            begin = max(opens, here)
            if begin >= closes:
                continue
            if span <= closes - begin:
                return begin + span
            span -= closes - begin

    def working_time_between(self, start: datetime, end: datetime) -> timedelta:
        """Return how much office time lies between two moments; nothing if ``end`` is earlier."""
        here, until = _here(start), _here(end)
        total = timedelta()
        if until <= here:
            return total
        for begin, close in self._stretches(here.date()):
            if begin >= until:
                break
            total += max(timedelta(), min(close, until) - max(begin, here))
        return total

    def _stretches(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """Yield the shifts from a day on, without end."""
        while True:
            if self.is_working_day(day):
                for shift in self.shifts:
                    yield (
                        datetime.combine(day, shift.opens, ICT),
                        datetime.combine(day, shift.closes, ICT),
                    )
            day += timedelta(days=1)


def due_at(
    received_at: datetime, term: Term, calendar: WorkCalendar, *, late_after: time | None = None
) -> datetime:
    """Return when the result of a dossier received at that moment is due; always a working day."""
    start = calendar.counts_from(received_at, late_after)
    if term.unit is TermUnit.HOURS:
        return calendar.plus_working_time(start, timedelta(hours=term.amount))
    if term.unit is TermUnit.WORKING_DAYS:
        return _after_working_days(start, term.amount, calendar)
    if term.unit is TermUnit.DAYS:
        day = start.date() + timedelta(days=term.amount)
    else:
        day = _months_later(start.date(), term.amount)
    return datetime.combine(calendar.working_day_from(day), start.timetz())


def after_pause(
    due: datetime, paused_at: datetime, resumed_at: datetime, calendar: WorkCalendar
) -> datetime:
    """Return the new due moment after a dossier waited for its citizen.

    The working time that was left at the pause is left at the resumption too. A dossier that was
    overdue when it was paused stays due when it was.
    """
    left = calendar.working_time_between(paused_at, due)
    if not left:
        return due
    return calendar.plus_working_time(resumed_at, left)


def _after_working_days(start: datetime, days: int, calendar: WorkCalendar) -> datetime:
    if days == 0:
        return calendar.closing(start.date())
    day = start.date()
    for _ in range(days):
        day = calendar.next_working_day(day)
    return datetime.combine(day, start.timetz())


def _months_later(day: date, months: int) -> date:
    """Return the same day of a later month, or the last day of a month that is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _here(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a moment needs a zone")
    return at.astimezone(ICT)
