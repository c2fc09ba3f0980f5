"""When results are due."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_portal.domain.deadline import (
    Shift,
    Term,
    TermUnit,
    WorkCalendar,
    after_pause,
    due_at,
)
from mock_portal.domain.errors import CalendarEnds
from simkit.core.clock import ICT

TET_2020 = {date(2020, 1, day) for day in (23, 24, 27, 28, 29)}
REUNIFICATION_2025 = {date(2025, 4, 30), date(2025, 5, 1), date(2025, 5, 2)}
CALENDAR = WorkCalendar(
    shifts=(Shift(time(7), time(11, 30)), Shift(time(13, 30), time(17))),
    days_off=frozenset(TET_2020 | REUNIFICATION_2025),
    make_up_days=frozenset({date(2025, 4, 26)}),
    first_year=2020,
    last_year=2035,
)
LATE = time(15)


def at(text: str) -> datetime:
    """Return a moment in Vietnam."""
    return datetime.fromisoformat(text).replace(tzinfo=ICT)


def hours(amount: int) -> Term:
    return Term(amount, TermUnit.HOURS)


def working_days(amount: int) -> Term:
    return Term(amount, TermUnit.WORKING_DAYS)


def days(amount: int) -> Term:
    return Term(amount, TermUnit.DAYS)


def months(amount: int) -> Term:
    return Term(amount, TermUnit.MONTHS)


@pytest.mark.parametrize(
    ("received", "term", "due"),
    [
        # The two anchors that were worked out by hand from the real calculation.
        pytest.param("2020-01-22 09:00", working_days(5), "2020-02-05 09:00", id="over Tết"),
        pytest.param("2020-07-22 09:00", working_days(5), "2020-07-29 09:00", id="plain week"),
        # Reception outside office hours.
        pytest.param("2020-07-22 06:10", working_days(1), "2020-07-23 07:00", id="too early"),
        pytest.param("2020-07-22 11:30", working_days(1), "2020-07-23 13:30", id="lunch begins"),
        pytest.param("2020-07-22 12:15", working_days(1), "2020-07-23 13:30", id="at lunch"),
        pytest.param("2020-07-22 16:59", working_days(1), "2020-07-23 16:59", id="just in time"),
        pytest.param("2020-07-22 17:00", working_days(1), "2020-07-24 07:00", id="at closing"),
        pytest.param("2020-07-22 21:40", working_days(1), "2020-07-24 07:00", id="evening"),
        pytest.param("2020-07-25 10:00", working_days(1), "2020-07-28 07:00", id="Saturday"),
        pytest.param("2020-01-25 10:00", working_days(1), "2020-01-31 07:00", id="Tết itself"),
        # Hours are working hours, eight to the day.
        pytest.param("2020-07-22 08:00", hours(1), "2020-07-22 09:00", id="an hour"),
        pytest.param("2020-07-22 11:00", hours(1), "2020-07-22 14:00", id="an hour over lunch"),
        pytest.param("2020-07-22 16:30", hours(1), "2020-07-23 07:30", id="an hour over night"),
        pytest.param("2020-07-24 16:30", hours(1), "2020-07-27 07:30", id="over the weekend"),
        pytest.param("2020-07-22 07:00", hours(8), "2020-07-22 17:00", id="a whole day"),
        pytest.param("2020-07-22 09:00", hours(8), "2020-07-23 09:00", id="a day from nine"),
        pytest.param("2020-07-22 09:00", hours(40), "2020-07-29 09:00", id="five days in hours"),
        # Calendar days count everything, and the result moves off days without work.
        pytest.param("2020-07-22 09:00", days(2), "2020-07-24 09:00", id="two days"),
        pytest.param("2020-07-22 09:00", days(3), "2020-07-27 09:00", id="off a Saturday"),
        pytest.param("2020-01-20 09:00", days(5), "2020-01-30 09:00", id="off Tết"),
        pytest.param("2020-07-22 09:00", days(20), "2020-08-11 09:00", id="twenty days"),
        pytest.param("2020-01-31 09:00", months(1), "2020-03-02 09:00", id="a shorter month"),
        pytest.param("2020-11-30 09:00", months(3), "2021-03-01 09:00", id="over new year"),
        pytest.param("2020-12-07 09:00", months(12), "2021-12-07 09:00", id="a year"),
        # Make-up Saturdays are days like others.
        pytest.param("2025-04-25 10:00", working_days(1), "2025-04-26 10:00", id="make-up day"),
        pytest.param("2025-04-26 10:00", working_days(2), "2025-04-29 10:00", id="received on it"),
        pytest.param("2025-04-29 10:00", working_days(1), "2025-05-05 10:00", id="long weekend"),
        # Nought working days mean «trong ngày».
        pytest.param("2020-07-22 09:00", working_days(0), "2020-07-22 17:00", id="the same day"),
        pytest.param("2020-07-22 18:00", working_days(0), "2020-07-23 17:00", id="next day's end"),
    ],
)
def test_a_result_is_due_when_the_term_has_passed(received: str, term: Term, due: str) -> None:
    assert due_at(at(received), term, CALENDAR) == at(due)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        pytest.param("2020-07-22 15:00", "2020-07-22 17:00", id="at three"),
        pytest.param("2020-07-22 15:01", "2020-07-23 17:00", id="after three"),
        pytest.param("2020-07-24 15:30", "2020-07-27 17:00", id="Friday after three"),
        pytest.param("2020-07-22 18:30", "2020-07-23 17:00", id="after closing, not later still"),
    ],
)
def test_civil_status_after_three_counts_from_the_next_working_day(received: str, due: str) -> None:
    assert due_at(at(received), working_days(0), CALENDAR, late_after=LATE) == at(due)


def test_the_zone_of_the_caller_does_not_matter() -> None:
    here = at("2020-07-22 09:00")
    there = here.astimezone(UTC)

    assert due_at(there, working_days(5), CALENDAR) == due_at(here, working_days(5), CALENDAR)
    assert due_at(there, working_days(5), CALENDAR).tzinfo is ICT


def test_a_moment_without_a_zone_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="zone"):
        due_at(at("2020-07-22 09:00").replace(tzinfo=None), working_days(1), CALENDAR)


@pytest.mark.parametrize("received", ["2019-12-31 09:00", "2035-12-31 09:00", "2400-01-01 09:00"])
def test_beyond_the_calendar_nothing_is_promised(received: str) -> None:
    with pytest.raises(CalendarEnds):
        due_at(at(received), working_days(5), CALENDAR)


@pytest.mark.parametrize(
    ("amount", "unit"),
    [(0, TermUnit.HOURS), (0, TermUnit.DAYS), (0, TermUnit.MONTHS), (-1, TermUnit.WORKING_DAYS)],
)
def test_terms_that_no_law_can_mean_are_refused(amount: int, unit: TermUnit) -> None:
    with pytest.raises(ValueError, match="term"):
        Term(amount, unit)


def test_terms_say_themselves_in_vietnamese() -> None:
    assert working_days(5).label == "5 ngày làm việc"
    assert working_days(0).label == "Trong ngày làm việc"
    assert hours(8).label == "8 giờ làm việc"


def test_shifts_must_follow_each_other() -> None:
    with pytest.raises(ValueError, match="shift"):
        Shift(time(11), time(7))
    with pytest.raises(ValueError, match="shifts"):
        replace(CALENDAR, shifts=())
    with pytest.raises(ValueError, match="overlap"):
        replace(CALENDAR, shifts=(Shift(time(7), time(12)), Shift(time(11), time(17))))


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2020-07-22 07:00", True),
        ("2020-07-22 11:30", False),
        ("2020-07-22 13:30", True),
        ("2020-07-22 17:00", False),
        ("2020-07-25 09:00", False),
        ("2020-01-24 09:00", False),
        ("2025-04-26 09:00", True),
    ],
)
def test_offices_are_open_in_their_shifts_only(moment: str, *, is_open: bool) -> None:
    assert CALENDAR.is_open(at(moment)) is is_open


@pytest.mark.parametrize(
    ("due", "paused", "resumed", "new_due"),
    [
        pytest.param(
            "2020-07-29 09:00",
            "2020-07-23 09:00",
            "2020-07-27 10:00",
            "2020-07-31 10:00",
            id="four days were left",
        ),
        pytest.param(
            "2020-07-29 09:00",
            "2020-07-28 17:00",
            "2020-07-30 20:00",
            "2020-07-31 09:00",
            id="resumed in the evening",
        ),
        pytest.param(
            "2020-07-29 09:00",
            "2020-07-29 10:00",
            "2020-08-03 10:00",
            "2020-07-29 09:00",
            id="overdue already",
        ),
        pytest.param(
            "2020-07-29 09:00",
            "2020-07-28 08:00",
            "2020-07-28 08:00",
            "2020-07-29 09:00",
            id="resumed at once",
        ),
    ],
)
def test_the_clock_stands_still_while_the_citizen_is_asked(
    due: str, paused: str, resumed: str, new_due: str
) -> None:
    assert after_pause(at(due), at(paused), at(resumed), CALENDAR) == at(new_due)


RECEIVED = st.datetimes(datetime(2020, 1, 1), datetime(2030, 12, 31), timezones=st.just(ICT))  # noqa: DTZ001 -- the strategy adds the zone
AMOUNTS = {
    TermUnit.HOURS: (1, 400),
    TermUnit.WORKING_DAYS: (0, 200),
    TermUnit.DAYS: (1, 400),
    TermUnit.MONTHS: (1, 24),
}
TERMS = st.sampled_from(TermUnit).flatmap(
    lambda unit: st.builds(Term, st.integers(*AMOUNTS[unit]), st.just(unit))
)
LATE_AFTER = st.sampled_from([None, LATE])


@given(RECEIVED, TERMS, LATE_AFTER)
def test_a_result_is_never_due_on_a_day_off_nor_outside_office_hours(
    received: datetime, term: Term, late_after: time | None
) -> None:
    due = due_at(received, term, CALENDAR, late_after=late_after)

    assert CALENDAR.is_working_day(due.date())
    assert any(shift.opens <= due.time() <= shift.closes for shift in CALENDAR.shifts)


@given(RECEIVED, TERMS, LATE_AFTER)
def test_a_result_is_never_due_before_the_dossier_came(
    received: datetime, term: Term, late_after: time | None
) -> None:
    assert due_at(received, term, CALENDAR, late_after=late_after) >= received


@given(RECEIVED, TERMS, LATE_AFTER)
def test_a_longer_term_is_never_due_earlier(
    received: datetime, term: Term, late_after: time | None
) -> None:
    longer = Term(term.amount + 1, term.unit)

    first = due_at(received, term, CALENDAR, late_after=late_after)
    assert first <= due_at(received, longer, CALENDAR, late_after=late_after)


@given(RECEIVED, st.timedeltas(timedelta(), timedelta(days=30)), TERMS, LATE_AFTER)
def test_what_comes_later_is_never_due_earlier(
    received: datetime, later: timedelta, term: Term, late_after: time | None
) -> None:
    first = due_at(received, term, CALENDAR, late_after=late_after)
    assert first <= due_at(received + later, term, CALENDAR, late_after=late_after)


@given(RECEIVED, st.integers(1, 60))
def test_eight_hours_are_one_working_day(received: datetime, amount: int) -> None:
    by_hours = due_at(received, hours(8 * amount), CALENDAR)
    by_days = due_at(received, working_days(amount), CALENDAR)

    assert by_hours <= by_days
    assert CALENDAR.working_time_between(by_hours, by_days) == timedelta()


@given(RECEIVED, st.timedeltas(timedelta(minutes=1), timedelta(hours=400)))
def test_working_time_added_can_be_measured_again(start: datetime, span: timedelta) -> None:
    end = CALENDAR.plus_working_time(start, span)

    assert CALENDAR.working_time_between(start, end) == span


@given(RECEIVED, st.timedeltas(timedelta(), timedelta(days=60)), TERMS)
def test_a_pause_never_shortens_the_term(received: datetime, pause: timedelta, term: Term) -> None:
    due = due_at(received, term, CALENDAR)
    paused = received + timedelta(hours=1)

    resumed_due = after_pause(due, paused, paused + pause, CALENDAR)

    assert resumed_due >= due or CALENDAR.working_time_between(resumed_due, due) == timedelta()
    if CALENDAR.working_time_between(paused, due):
        left = CALENDAR.working_time_between(paused + pause, resumed_due)
        assert left == CALENDAR.working_time_between(paused, due)
