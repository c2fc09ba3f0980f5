"""How money, times and masked contacts are written."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simkit.flaskkit.format import day, dong, mask_email, mask_phone, moment, size

ICT = timezone(timedelta(hours=7))
MOMENTS = st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1))  # noqa: DTZ001 -- the zone is given beside it


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (0, "0\u00a0₫"),
        (999, "999\u00a0₫"),
        (8000, "8.000\u00a0₫"),
        (1_250_000, "1.250.000\u00a0₫"),
        (-30_500, "\u221230.500\u00a0₫"),
    ],
)
def test_money_has_points_and_a_currency_that_never_parts(amount: int, written: str) -> None:
    assert dong(amount) == written


@given(st.integers())
def test_money_reads_back_to_the_same_amount(amount: int) -> None:
    figure = dong(amount).removesuffix("\u00a0₫").replace(".", "").replace("\u2212", "-")

    assert int(figure) == amount


@given(st.integers(min_value=1))
def test_money_has_groups_of_three(amount: int) -> None:
    first, *rest = dong(amount).removesuffix("\u00a0₫").split(".")

    assert 1 <= len(first) <= 3
    assert all(len(group) == 3 for group in rest)


def test_a_moment_from_elsewhere_is_told_in_vietnamese_time() -> None:
    late = datetime(2026, 11, 21, 20, 30, tzinfo=UTC)

    assert moment(late) == "03:30 22/11/2026"
    assert day(late) == "22/11/2026"


def test_a_day_is_told_with_two_digits_each() -> None:
    assert day(date(2027, 1, 5)) == "05/01/2027"


@given(MOMENTS)
def test_a_moment_reads_back_to_the_same_minute(at: datetime) -> None:
    written = moment(at.replace(tzinfo=ICT))

    assert datetime.strptime(written, "%H:%M %d/%m/%Y") == at.replace(second=0, microsecond=0)  # noqa: DTZ007 -- compared without zone


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("0912345436", "091****436"),
        ("0912 345 436", "091****436"),
        ("+84912345436", "+84******436"),
        ("113", "***"),
        ("", ""),
    ],
)
def test_a_phone_number_shows_its_ends_only(number: str, shown: str) -> None:
    assert mask_phone(number) == shown


@given(st.text(alphabet="0123456789", min_size=7))
def test_a_masked_phone_number_hides_at_least_four_digits(number: str) -> None:
    masked = mask_phone(number)

    assert len(masked) == len(number)
    assert masked.count("*") >= 4


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("thu.hang@vidu.vn", "th***@vidu.vn"),
        ("an@vidu.vn", "a***@vidu.vn"),
        ("x@vidu.vn", "***@vidu.vn"),
        ("no address", "***"),
        ("@vidu.vn", "***"),
    ],
)
def test_an_address_shows_its_beginning_and_its_host(address: str, shown: str) -> None:
    assert mask_email(address) == shown


@given(st.emails())
def test_a_masked_address_never_holds_the_whole_name(address: str) -> None:
    name, _, host = address.rpartition("@")

    assert mask_email(address).endswith("***@" + host)
    assert not mask_email(address).startswith(name + "***")


@pytest.mark.parametrize(
    ("count", "written"),
    [
        (0, "0 B"),
        (1023, "1023 B"),
        (1024, "1 KB"),
        (128_000, "125 KB"),
        (1_048_575, "1,0 MB"),
        (2_300_000, "2,2 MB"),
    ],
)
def test_sizes_are_written_with_a_comma(count: int, written: str) -> None:
    assert size(count) == written.replace(" ", "\u00a0")
