"""The table of magic inputs: three ways to each row, and the README in step with it."""

from pathlib import Path

import pytest

from mock_bank.domain import magic
from mock_bank.domain.errors import UnknownMagic
from mock_bank.domain.magic import MAGIC, Magic, Moment, called_for, magic_of, reached
from mock_bank.domain.payment import PAYMENT, Code, PaymentState
from simkit.core.refs import PhoneNumber

README = (Path(magic.__file__).parents[1] / "README.md").read_text(encoding="utf-8")
rows = pytest.mark.parametrize("row", MAGIC, ids=lambda row: str(row.number))


def test_every_code_but_success_at_once_has_its_own_row() -> None:
    assert {row.code for row in MAGIC} == set(Code)
    assert len({row.number for row in MAGIC}) == len(MAGIC)


def test_the_readme_holds_the_table_as_the_code_has_it() -> None:
    assert magic.markdown() in README, "run tools/make_bank_magic.py"


@rows
def test_each_row_is_reached_by_each_of_its_ways(row: Magic) -> None:
    nothing = {"asked": None, "customer": None, "amount": 150_000, "description": "Lệ phí"}

    assert called_for(**nothing) is None  # type: ignore[arg-type] # a mixed bag on purpose
    for way in (
        {"asked": row.number},
        {"customer": row.number},
        {"amount": row.amount},
        {"description": f"Lệ phí {row.word}."},
    ):
        assert called_for(**{**nothing, **way}) == row  # type: ignore[arg-type] # as above


@rows
def test_each_rows_customer_has_a_phone_that_rings(row: Magic) -> None:
    assert str(PhoneNumber.parse(row.phone)) == row.phone


@rows
def test_each_row_can_happen_to_an_open_payment(row: Magic) -> None:
    if row.ending is not None:
        assert row.ending.event in PAYMENT.events_from(PaymentState.PENDING)


def test_the_control_room_goes_before_the_customer_the_amount_and_the_description() -> None:
    found = called_for(asked=51, customer=12, amount=10_075, description="SIM-99")
    without = called_for(asked=None, customer=12, amount=10_075, description="SIM-99")

    assert (found, without) == (magic_of(51), magic_of(12))


@pytest.mark.parametrize("description", ["SIM-5", "SIM-050", "XSIM-51", "SIM-5100", "sim-51"])
def test_what_only_looks_like_the_word_means_nothing(description: str) -> None:
    assert called_for(asked=None, customer=None, amount=1, description=description) is None


def test_a_moment_that_has_passed_still_counts() -> None:
    assert reached(magic_of(75), Moment.CONFIRM)
    assert not reached(magic_of(99), Moment.CONSENT)


def test_an_unknown_row_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownMagic) as refused:
        magic_of(1)

    assert "51" in refused.value.facts["known"]
