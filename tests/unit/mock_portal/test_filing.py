"""What is asked of an applicant."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_portal.domain.filing import LINE_LENGTH, MISSING, check, check_applicant, one_line
from tests.builders.dossiers import a_dossier, a_home_delivery, a_procedure, an_applicant


def test_answers_are_kept_in_one_way_of_writing() -> None:
    kept, wrong = check_applicant(
        an_applicant(
            full_name="  Trần   Thu Lan ", phone="+84 912 345 678", email="Lan@Hop-Thu.Example"
        )
    )

    assert wrong == {}
    assert (kept.full_name, kept.phone, kept.email) == (
        "Trần Thu Lan",
        "0912345678",
        "lan@hop-thu.example",
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("full_name", "R2-D2"),
        ("id_number", "12345"),
        ("email", "lan tại hộp thư"),
        ("phone", "113"),
        ("address", "123"),
        ("full_name", ""),
        ("address", "   "),
    ],
)
def test_each_wrong_answer_is_named_by_its_field(field: str, value: str) -> None:
    _, wrong = check_applicant(replace(an_applicant(), **{field: value}))

    assert list(wrong) == [field]
    assert (wrong[field] == MISSING) == (not value.strip())


def test_everything_that_is_wrong_is_told_at_once() -> None:
    dossier = replace(a_dossier(), delivery=a_home_delivery(phone="113", place=""))

    _, wrong = check(replace(dossier, applicant=an_applicant(phone="1")), a_procedure())

    assert set(wrong) == {"phone", "delivery_phone", "delivery_place", "component_01"}


@given(st.text())
def test_any_text_becomes_one_line_that_can_be_kept(text: str) -> None:
    line = one_line(text)

    assert len(line) <= LINE_LENGTH
    assert line.isprintable()
    assert line == line.strip()
    line.encode()
