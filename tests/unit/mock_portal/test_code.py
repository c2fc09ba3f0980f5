"""Codes of agencies and dossiers."""

import re
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_portal.domain.code import (
    DOSSIER_CODE,
    DossierCode,
    UnitStyle,
    classic_unit,
    reversed_unit,
    unit_style,
)
from mock_portal.domain.errors import DossierCodeMalformed

CLASSIC_UNITS = st.from_regex(r"[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Z][0-9]{2}", fullmatch=True)
REVERSED_UNITS = st.from_regex(r"[A-Z][0-9]{2}(\.[0-9]{2,3}){0,3}", fullmatch=True)
CODES = st.builds(
    DossierCode,
    unit=CLASSIC_UNITS | REVERSED_UNITS,
    day=st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    number=st.integers(1, 999_999),
)


@pytest.mark.parametrize(
    ("text", "unit", "day", "number"),
    [
        ("000.00.14.H24-200722-0001", "000.00.14.H24", date(2020, 7, 22), 1),
        ("000.07.22.H24-201029-0001", "000.07.22.H24", date(2020, 10, 29), 1),
        ("000.30.27.H23-220928-0001", "000.30.27.H23", date(2022, 9, 28), 1),
        ("G01.837.000.000-230611-0035", "G01.837.000.000", date(2023, 6, 11), 35),
        ("000.00.53.H48-220921-0099", "000.00.53.H48", date(2022, 9, 21), 99),
        ("H21.14.07-250102-0003", "H21.14.07", date(2025, 1, 2), 3),
        ("H24.14-250102-12345", "H24.14", date(2025, 1, 2), 12_345),
    ],
)
def test_codes_seen_in_documents_are_understood(
    text: str, unit: str, day: date, number: int
) -> None:
    code = DossierCode.parse(text)

    assert code == DossierCode(unit, day, number)
    assert str(code) == text


@given(CODES)
def test_what_is_formatted_parses_to_the_same(code: DossierCode) -> None:
    assert DossierCode.parse(str(code)) == code


@given(CODES)
def test_every_code_matches_the_published_pattern(code: DossierCode) -> None:
    assert re.fullmatch(DOSSIER_CODE, str(code))


@given(st.from_regex(DOSSIER_CODE, fullmatch=True))
def test_what_parses_is_written_in_one_way_only(text: str) -> None:
    try:
        code = DossierCode.parse(text)
    except DossierCodeMalformed:
        return

    assert str(code) == text


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(DossierCodeMalformed):
        assert DossierCode.read(text).number


def test_the_ten_thousandth_dossier_of_a_day_gets_a_fifth_digit() -> None:
    day = date(2026, 3, 2)

    assert str(DossierCode("H24.14", day, 9_999)).endswith("-9999")
    assert str(DossierCode("H24.14", day, 10_000)).endswith("-10000")


@pytest.mark.parametrize(
    "typed",
    [
        "  000.00.14.H24-200722-0001 ",
        "000.00.14.h24-200722-0001",
        "000.00.14.H24 – 200722 – 0001",
        "000.00.14.H24\u2011200722\u20110001",
        "000.00.14.H24-\n200722-0001",
    ],
)
def test_what_people_type_is_forgiven(typed: str) -> None:
    assert DossierCode.read(typed) == DossierCode("000.00.14.H24", date(2020, 7, 22), 1)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("000.00.14.H24", id="the agency alone"),
        pytest.param("000.00.14.H24-200722-1", id="a short number"),
        pytest.param("000.00.14.H24-200722-0000", id="number nought"),
        pytest.param("000.00.14.H24-200722-00001", id="a fifth digit that is nought"),
        pytest.param("000.00.14.H24-200732-0001", id="no such day"),
        pytest.param("000.00.14.H24-210229-0001", id="not a leap year"),
        pytest.param("00.00.14.H24-200722-0001", id="a short unit"),
        pytest.param("000.00.14.24H-200722-0001", id="a unit turned round"),
        pytest.param("000.00.14.H24-200722-٠٠٠١", id="digits of another script"),
        pytest.param("000.00.14.H24-200722-0001\n", id="something after it"),
    ],
)
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(DossierCodeMalformed) as refused:
        DossierCode.parse(text)

    assert refused.value.facts == {"code": "malformed"}


@pytest.mark.parametrize(
    ("unit", "day", "number"),
    [
        pytest.param("14", date(2020, 7, 22), 1, id="no unit"),
        pytest.param("H24.14", date(1999, 7, 22), 1, id="another century"),
        pytest.param("H24.14", date(2020, 7, 22), 0, id="number nought"),
        pytest.param("H24.14", date(2020, 7, 22), 1_000_000, id="too many in a day"),
    ],
)
def test_a_code_is_not_made_from_impossible_parts(unit: str, day: date, number: int) -> None:
    with pytest.raises(ValueError, match=r"not a|two digits"):
        DossierCode(unit, day, number)


@pytest.mark.parametrize(
    ("classic", "turned_round"),
    [
        ("000.00.14.H24", "H24.14"),
        ("000.07.22.H24", "H24.22.07"),
        ("001.07.22.H24", "H24.22.07.001"),
        ("000.00.00.G01", "G01"),
    ],
)
def test_both_forms_of_a_unit_code_say_the_same(classic: str, turned_round: str) -> None:
    assert reversed_unit(classic) == turned_round
    assert classic_unit(turned_round) == classic
    assert classic_unit(classic) == classic


@given(CLASSIC_UNITS)
def test_turning_a_unit_code_round_and_back_changes_nothing(classic: str) -> None:
    assert classic_unit(reversed_unit(classic)) == classic


def test_a_code_that_is_wider_than_the_classic_form_has_none() -> None:
    assert classic_unit("G01.837.000.000") is None
    assert classic_unit("nothing") is None
    assert DossierCode.parse("G01.837.000.000-230611-0035").agency is None
    assert DossierCode.parse("H24.14-250102-0001").agency == "000.00.14.H24"


def test_only_a_classic_code_can_be_turned_round() -> None:
    assert unit_style("H24.14") is UnitStyle.REVERSED
    with pytest.raises(ValueError, match="classic"):
        reversed_unit("H24.14")


def test_codes_of_a_unit_sort_by_day_and_number() -> None:
    first = DossierCode("H24.14", date(2026, 3, 2), 2)
    second = DossierCode("H24.14", date(2026, 3, 2), 10)
    third = DossierCode("H24.14", date(2026, 3, 3), 1)

    assert sorted([third, second, first]) == [first, second, third]
