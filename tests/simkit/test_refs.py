"""References of the real world."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simkit.core.errors import BadInput
from simkit.core.refs import PROVINCE_CODES, S10, IdNumber, PhoneNumber, fold
from simkit.runtime.people import People


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đăng ký khai sinh", "dang ky khai sinh"),
        ("HỒ SƠ", "ho so"),
        ("  nhiều   khoảng trắng ", "nhieu khoang trang"),
        ("Uỷ ban", "uy ban"),
    ],
)
def test_folding_drops_marks_case_and_spaces(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("text", ["031090123456", "031 090 123 456", "123456789"])
def test_an_id_number_has_nine_or_twelve_digits(text: str) -> None:
    assert str(IdNumber.parse(text)) == text.replace(" ", "")


@pytest.mark.parametrize("text", ["", "12345678", "003090123456", "03109012345x", "٠٣١٠٩٠١٢٣٤٥٦"])
def test_other_id_numbers_are_refused(text: str) -> None:
    with pytest.raises(BadInput):
        IdNumber.parse(text)


def test_there_were_sixty_three_provinces() -> None:
    assert len(PROVINCE_CODES) == 63


@pytest.mark.parametrize("text", ["0912345678", "+84912345678", "84 912 345 678", "091.234.5678"])
def test_a_phone_number_is_kept_in_one_form(text: str) -> None:
    number = PhoneNumber.parse(text)

    assert str(number) == "0912345678"
    assert number.international() == "+84912345678"


@pytest.mark.parametrize("text", ["", "0212345678", "091234567", "09123456789", "+1912345678"])
def test_other_phone_numbers_are_refused(text: str) -> None:
    with pytest.raises(BadInput):
        PhoneNumber.parse(text)


@given(
    st.text(string.ascii_uppercase, min_size=2, max_size=2),
    st.integers(0, 99_999_999),
)
def test_an_item_number_parses_back_to_itself(service: str, serial: int) -> None:
    written = str(S10(service, serial))

    assert S10.parse(written) == S10(service, serial)
    assert S10.check_digit_is_right(written)


def test_the_check_digit_of_a_known_number() -> None:
    assert str(S10("EA", 12345678)) == "EA123456785VN"


def test_the_operators_own_sample_is_taken_though_its_check_digit_is_wrong() -> None:
    assert S10.parse("EN980000239VN").serial == 98000023
    assert not S10.check_digit_is_right("EN980000239VN")


def test_invented_people_have_valid_numbers_that_agree_with_each_other() -> None:
    people = People("a test")
    for person in [people.person() for _ in range(50)]:
        assert str(IdNumber.parse(person.id_number)) == person.id_number
        assert person.id_number[4:6] == f"{person.born.year % 100:02d}"
        assert (int(person.id_number[3]) % 2 == 1) == person.woman
        assert str(PhoneNumber.parse(person.phone)) == person.phone
        assert person.email.endswith(".example")


def test_the_same_seed_gives_the_same_people() -> None:
    assert People("x").person() == People("x").person()
    assert People("x").person() != People("y").person()
