"""Amounts in words, as people say them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_payment_gateway.domain.amount_words import in_words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (1, "Một đồng"),
        (5, "Năm đồng"),
        (10, "Mười đồng"),
        (11, "Mười một đồng"),
        (15, "Mười lăm đồng"),
        (20, "Hai mươi đồng"),
        (21, "Hai mươi mốt đồng"),
        (25, "Hai mươi lăm đồng"),
        (44, "Bốn mươi bốn đồng"),
        (100, "Một trăm đồng"),
        (101, "Một trăm linh một đồng"),
        (105, "Một trăm linh năm đồng"),
        (115, "Một trăm mười lăm đồng"),
        (1_000, "Một nghìn đồng"),
        (1_001, "Một nghìn không trăm linh một đồng"),
        (1_010, "Một nghìn không trăm mười đồng"),
        (15_000, "Mười lăm nghìn đồng"),
        (150_000, "Một trăm năm mươi nghìn đồng"),
        (1_000_000, "Một triệu đồng"),
        (1_050_500, "Một triệu không trăm năm mươi nghìn năm trăm đồng"),
        (2_000_001, "Hai triệu không trăm linh một đồng"),
        (3_000_000_000, "Ba tỷ đồng"),
        (1_000_000_021, "Một tỷ không trăm hai mươi mốt đồng"),
        (12_345_678_000, "Mười hai tỷ ba trăm bốn mươi lăm triệu sáu trăm bảy mươi tám nghìn đồng"),
        (10**18, "Một tỷ tỷ đồng"),
    ],
)
def test_an_amount_is_said_like_this(amount: int, words: str) -> None:
    assert in_words(amount) == words


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_different_amounts_are_said_differently(one: int, other: int) -> None:
    assert (in_words(one) == in_words(other)) == (one == other)


@given(st.integers(0, 10**15))
def test_an_amount_is_one_clean_sentence(amount: int) -> None:
    words = in_words(amount)

    assert words[0].isupper()
    assert words == " ".join(words.split())
    assert words.endswith(" đồng")
