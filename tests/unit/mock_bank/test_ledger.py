"""Double entry: money moves, and is neither made nor lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_bank.domain.account import Account, AccountKind, capital_of, settlement_of
from mock_bank.domain.errors import NotEnoughMoney, UnbalancedEntry
from mock_bank.domain.ledger import Entry, Posting, balance, correction, transfer
from tests.builders.bank import A_MORNING, VCB

CUSTOMER = Account("4360000000001", VCB.code, AccountKind.CUSTOMER, "Nguyễn Thị An")
SETTLEMENT, CAPITAL = settlement_of(VCB), capital_of(VCB)
DONG = st.integers(min_value=1, max_value=10**12)


@pytest.mark.parametrize(
    "postings",
    [
        pytest.param((), id="none"),
        pytest.param((Posting("a", 5),), id="one side only"),
        pytest.param((Posting("a", 5), Posting("b", -4)), id="a đồng is made"),
        pytest.param((Posting("a", 0), Posting("b", 0)), id="nothing moves"),
    ],
)
def test_an_entry_that_does_not_balance_cannot_be_made(postings: tuple[Posting, ...]) -> None:
    with pytest.raises(UnbalancedEntry):
        Entry("payment:req-1", A_MORNING, postings)


@given(held=DONG, amount=DONG)
def test_a_customer_never_owes(held: int, amount: int) -> None:
    try:
        entry = transfer(
            about="t", at=A_MORNING, source=CUSTOMER, held=held, target=SETTLEMENT, amount=amount
        )
    except NotEnoughMoney:
        assert amount > held
    else:
        assert held + balance(entry.postings, CUSTOMER.number) >= 0
        assert balance(entry.postings, SETTLEMENT.number) == amount


def test_the_last_dong_may_be_spent() -> None:
    entry = transfer(
        about="t", at=A_MORNING, source=CUSTOMER, held=150, target=SETTLEMENT, amount=150
    )

    assert balance(entry.postings, CUSTOMER.number) == -150


def test_the_bank_itself_may_owe() -> None:
    entry = transfer(about="t", at=A_MORNING, source=CAPITAL, held=0, target=CUSTOMER, amount=1)

    assert balance(entry.postings, CAPITAL.number) == -1


@given(held=st.integers(0, 10**12), wanted=st.integers(0, 10**12))
def test_a_correction_reaches_the_balance_and_moves_nothing_else(held: int, wanted: int) -> None:
    entry = correction(
        about="c", at=A_MORNING, account=CUSTOMER, held=held, wanted=wanted, capital=CAPITAL
    )

    moved = balance(entry.postings, CUSTOMER.number) if entry else 0
    assert held + moved == wanted
    assert (entry is None) == (held == wanted)
