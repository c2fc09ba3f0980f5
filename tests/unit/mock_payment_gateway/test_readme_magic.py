"""The README's tables are those of the code."""

from pathlib import Path

import pytest

from mock_payment_gateway.domain import magic
from mock_payment_gateway.domain.course import Course, Tamper, When
from mock_payment_gateway.domain.outcome import OUTCOMES

README = (Path(magic.__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def test_the_magic_tables_are_generated_from_the_code() -> None:
    assert magic.renewed(README) == README, "run the command that stands above the tables"


@pytest.mark.parametrize("code", sorted({outcome.code for outcome in OUTCOMES.values()}))
def test_every_response_code_has_a_row(code: str) -> None:
    assert f"| `{code}` |" in magic.tables()


@pytest.mark.parametrize("value", [*When, *Tamper])
def test_every_course_is_told(value: str) -> None:
    assert f"`{value}`" in README


@pytest.mark.parametrize("name", Course().facts())
def test_every_field_of_a_course_is_told(name: str) -> None:
    assert f"`{name}`" in README
