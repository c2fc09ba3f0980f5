"""The banks as data."""

import pytest

from mock_bank.domain.account import customer_number, masked
from mock_bank.domain.errors import UnknownBank
from mock_bank.domain.profile import BANKS, BankProfile, bank_by_bin, bank_of
from mock_bank.domain.rules import Limits, OtpKind, Spent


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


def test_the_figures_that_vietcombank_tells_in_public_are_there() -> None:
    bank = bank_of("VIETCOMBANK")
    kinds = {rule.kind: rule.up_to for rule in bank.otp}

    assert kinds == {OtpKind.SMS: 100_000_000, OtpKind.SMART: 3_000_000_000}
    assert bank.limits.times_per_day == 10


def test_above_the_limit_of_sms_only_the_app_is_offered() -> None:
    bank = bank_of("VIETCOMBANK")

    assert [r.kind for r in bank.offers(100_000_000)] == [OtpKind.SMS, OtpKind.SMART]
    assert [r.kind for r in bank.offers(100_000_001)] == [OtpKind.SMART]
    assert bank.offers(3_000_000_001) == ()


def test_no_two_houses_have_the_same_rules() -> None:
    assert len({(b.otp, b.door, b.limits) for b in BANKS}) == len(BANKS)


def test_the_wallet_is_the_only_one_that_ends_a_payment_over_its_pin() -> None:
    assert [b.code for b in BANKS if b.is_wallet] == ["VNPTPAY"]
    assert [b.code for b in BANKS if b.door.ends_payment] == ["VNPTPAY"]


def test_a_number_of_napas_leads_to_its_bank() -> None:
    assert bank_by_bin("970418").code == "BIDV"
    with pytest.raises(UnknownBank):
        bank_by_bin("000000")


@pytest.mark.parametrize(
    ("amount", "today", "allowed"),
    [
        pytest.param(50, Spent(0, 0), True, id="up to the limit of a payment"),
        pytest.param(51, Spent(0, 0), False, id="above it"),
        pytest.param(50, Spent(1, 50), True, id="up to the limit of a day"),
        pytest.param(50, Spent(1, 51), False, id="above that"),
        pytest.param(1, Spent(3, 3), False, id="too many times"),
    ],
)
def test_limits_count_by_payment_by_day_and_by_times(
    amount: int, today: Spent, *, allowed: bool
) -> None:
    assert Limits(50, 100, 3).allow(amount, today) is allowed
