"""The banks as data."""

import pytest

from mock_bank.domain.account import customer_number, masked
from mock_bank.domain.errors import UnknownBank
from mock_bank.domain.profile import BANKS, BankProfile, bank_of


def test_the_sentence_of_vietcombank_is_the_one_of_the_training_deck() -> None:
    assert bank_of("VIETCOMBANK").consent == (
        "Tôi đã đọc, hiểu và chấp thuận các quy định thanh toán điện tử của Vietcombank"
    )


@pytest.mark.parametrize(
    ("code", "bin_"),
    [
        ("VIETCOMBANK", "970436"),
        ("VIETINBANK", "970415"),
        ("BIDV", "970418"),
        ("AGRIBANK", "970405"),
        ("MBBANK", "970422"),
    ],
)
def test_the_numbers_are_those_of_napas(code: str, bin_: str) -> None:
    assert bank_of(code).bin == bin_


@pytest.mark.parametrize("bank", BANKS, ids=lambda bank: bank.code)
def test_every_sentence_names_its_own_bank(bank: BankProfile) -> None:
    assert bank.consent.endswith(bank.name)


def test_no_two_banks_share_a_code_a_number_or_the_front_of_their_account_numbers() -> None:
    assert len({b.code for b in BANKS}) == len({b.bin for b in BANKS}) == len(BANKS)
    assert len({customer_number(b, "0" * 10) for b in BANKS}) == len(BANKS)


def test_an_unknown_bank_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownBank) as refused:
        bank_of("NGAN-HANG-LA")

    assert refused.value.facts["bank"] == "NGAN-HANG-LA"
    assert "BIDV" in refused.value.facts["known"]


@pytest.mark.parametrize(
    ("digits", "shown"),
    [("4360123456789", "**********789"), ("123", "123"), ("", "")],
)
def test_only_the_last_three_figures_are_shown(digits: str, shown: str) -> None:
    assert masked(digits) == shown
