"""What may become of a transfer, and how much of it pays an order."""

from datetime import timedelta
from itertools import product

import pytest

from mock_bank.domain.account import Account, AccountKind
from mock_bank.domain.errors import OtherTransferSameKey
from mock_bank.domain.payment import Code, PaymentState
from mock_bank.domain.statement import Line
from mock_bank.domain.transfer import (
    TRANSFER,
    Transfer,
    TransferEvent,
    TransferState,
    moved,
    taken_for,
)
from simkit.core.machine import IllegalMove
from tests.builders.bank import A_MORNING, a_payment

PENDING, BOOKED = TransferState.PENDING, TransferState.BOOKED


def a_transfer(state: TransferState = PENDING, **changes: object) -> Transfer:
    facts: dict[str, object] = {
        "key": "key-1", "source": "4360000000001", "target": "4360000000002",
        "amount": 1000, "content": "Trả tiền", "asked_at": A_MORNING,
    }  # fmt: skip
    return Transfer(**{**facts, **changes}, state=state)  # type: ignore[arg-type] # a builder


def test_the_table_is_the_one_of_the_design() -> None:
    assert set(TRANSFER.rows()) == {
        (PENDING, TransferEvent.BOOK, BOOKED),
        (PENDING, TransferEvent.REFUSE, TransferState.REFUSED),
        (BOOKED, TransferEvent.RETURN, TransferState.RETURNED),
    }


@pytest.mark.parametrize(
    ("state", "event"),
    [
        pytest.param(s, e, id=f"{s}+{e}")
        for s, e in product(TransferState, TransferEvent)
        if e not in TRANSFER.events_from(s)
    ],
)
def test_every_move_outside_the_table_is_refused(
    state: TransferState, event: TransferEvent
) -> None:
    transfer = a_transfer(state)
    ways = {
        TransferEvent.BOOK: lambda: transfer.book("FT1"),
        TransferEvent.REFUSE: lambda: transfer.refuse(Code.OVER_LIMIT),
        TransferEvent.RETURN: transfer.give_back,
    }

    with pytest.raises(IllegalMove):
        ways[event]()


@pytest.mark.parametrize(
    "changes", [{"source": "1"}, {"target": "1"}, {"amount": 1}, {"content": "x"}]
)
def test_another_transfer_under_the_same_key_is_refused(changes: dict[str, object]) -> None:
    a_transfer().same_or_refuse(a_transfer(asked_at=A_MORNING + timedelta(hours=1)))
    with pytest.raises(OtherTransferSameKey) as refused:
        a_transfer().same_or_refuse(a_transfer(PENDING, **changes))

    assert list(refused.value.facts) == list(changes)


@pytest.mark.parametrize(
    ("amount", "content", "later", "taken"),
    [
        pytest.param(150_000, "PP0001", 0, 150_000, id="exactly"),
        pytest.param(150_000, "pp-0001 cam on", 0, 150_000, id="signs and case do not count"),
        pytest.param(149_999, "PP0001", 0, 0, id="too little"),
        pytest.param(150_001, "PP0001", 0, 150_000, id="too much"),
        pytest.param(150_000, "PP0002", 0, 0, id="wrong content"),
        pytest.param(150_000, "", 0, 0, id="no content"),
        pytest.param(150_000, "PP0001", 15, 0, id="too late"),
    ],
)
def test_an_order_takes_all_that_it_needs_or_nothing(
    amount: int, content: str, later: int, taken: int
) -> None:
    now = A_MORNING + timedelta(minutes=later)

    assert taken_for(a_payment(), amount, content, now) == taken


def test_an_order_that_is_paid_takes_nothing_more() -> None:
    paid = a_payment(state=PaymentState.PAID)

    assert taken_for(paid, 150_000, "PP0001", A_MORNING) == 0


def test_between_two_banks_the_books_of_each_sum_to_zero() -> None:
    source = Account("4360000000001", "VIETCOMBANK", AccountKind.CUSTOMER, "An")
    target = Account("4180000000001", "BIDV", AccountKind.CUSTOMER, "Bình")

    entry = moved("transfer:key-1", A_MORNING, source, target, 1000)

    at_bank = {posting.account: posting.amount for posting in entry.postings}
    assert at_bank == {
        "4360000000001": -1000,
        "970436-LNH": 1000,
        "970418-LNH": -1000,
        "4180000000001": 1000,
    }


def test_inside_one_bank_nothing_is_cleared() -> None:
    one = Account("4360000000001", "VIETCOMBANK", AccountKind.CUSTOMER, "An")
    other = Account("4360000000002", "VIETCOMBANK", AccountKind.CUSTOMER, "Bình")

    assert len(moved("transfer:key-1", A_MORNING, one, other, 1000).postings) == 2


@pytest.mark.parametrize(
    ("about", "title", "reference"),
    [
        ("payment:req-1", "Thanh toán trực tuyến", "req-1"),
        ("transfer:key:1", "Chuyển tiền", "key:1"),
        ("seed:abc", "Điều chỉnh số dư", ""),
        ("other:1", "Giao dịch khác", "1"),
    ],
)
def test_a_statement_says_what_it_was(about: str, title: str, reference: str) -> None:
    line = Line(1, about, A_MORNING, -1000, 0)

    assert (line.title, line.reference) == (title, reference)
