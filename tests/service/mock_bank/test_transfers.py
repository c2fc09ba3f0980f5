"""Money from account to account, and into the account that stands for one order."""

from pathlib import Path

import pytest

from mock_bank.domain.account import Customer
from mock_bank.domain.errors import OtherTransferSameKey, UnknownAccount, UnknownTransfer
from mock_bank.domain.payment import Payment
from mock_bank.service.transfers import Sent
from tests.builders.bank import Desk, a_desk, a_wanted

START = 1_000_000


@pytest.fixture
def two(tmp_path: Path) -> Desk:
    """Return a desk with a customer at each of two banks."""
    return a_desk(tmp_path, a_wanted(), a_wanted("binh", bank="BIDV"))


def who(desk: Desk, user: str = "0912345678", bank: str = "VIETCOMBANK") -> Customer:
    found = desk.service.transfers.owner(bank, user)
    assert found is not None
    return found


def to_order(
    desk: Desk, payment: Payment, key: str = "key-1", amount: int = 150_000, content: str = "PP0001"
) -> str:
    sent = Sent(payment.alias, amount, content)
    return desk.service.transfers.send(key, who(desk, "binh", "BIDV"), sent)[0].state


def clearing(desk: Desk) -> int:
    standings = desk.service.books.state().standings
    return sum(s.balance for s in standings if s.account.number.endswith("-LNH"))


def test_money_goes_to_another_bank_once_per_key(two: Desk) -> None:
    sent = Sent(who(two, "binh", "BIDV").account, 300_000, "Trả tiền")

    first, is_new = two.service.transfers.send("key-1", who(two), sent)
    again, is_new_again = two.service.transfers.send("key-1", who(two), sent)

    assert (first.state, is_new, again, is_new_again) == ("booked", True, first, False)
    assert (two.balance(), two.balance("binh", "BIDV"), clearing(two)) == (700_000, 1_300_000, 0)


def test_the_same_key_for_something_else_is_refused(two: Desk) -> None:
    target = who(two, "binh", "BIDV").account
    two.service.transfers.send("key-1", who(two), Sent(target, 1, "x"))

    with pytest.raises(OtherTransferSameKey):
        two.service.transfers.send("key-1", who(two), Sent(target, 2, "x"))


@pytest.mark.parametrize(("amount", "code"), [(START + 1, "51"), (25_000_001, "65")])
def test_lack_of_money_and_limits_refuse_a_transfer_for_good(
    tmp_path: Path, amount: int, code: str
) -> None:
    rich = 90_000_000 if code == "65" else START
    desk = a_desk(tmp_path, a_wanted(bank="AGRIBANK", balance=rich), a_wanted("binh"))
    sent = Sent(who(desk, "binh").account, amount, "x")
    for _ in range(2):
        refused, _ = desk.service.transfers.send("key-1", who(desk, bank="AGRIBANK"), sent)
        assert (refused.state, refused.code) == ("refused", code)

    assert desk.balance(bank="AGRIBANK") == rich
    desk.database.close()


@pytest.mark.parametrize("target", ["4360000000009", "970436-TT", "own"])
def test_money_goes_to_no_unknown_account_to_no_banks_own_and_not_to_oneself(
    two: Desk, target: str
) -> None:
    number = who(two).account if target == "own" else target

    with pytest.raises(UnknownAccount):
        two.service.transfers.send("key-1", who(two), Sent(number, 1, "x"))

    with pytest.raises(UnknownTransfer):
        two.service.transfers.transfer("key-1", who(two).account)


def test_nobody_sees_the_transfers_of_others(two: Desk) -> None:
    target = who(two, "binh", "BIDV").account
    two.service.transfers.send("key-1", who(two), Sent(target, 1, "x"))

    assert two.service.transfers.transfer("key-1", who(two).account).amount == 1
    with pytest.raises(UnknownTransfer):
        two.service.transfers.transfer("key-1", target)


def test_a_transfer_of_the_right_amount_and_content_pays_the_order(two: Desk) -> None:
    payment = two.order(amount=150_000)

    assert to_order(two, payment) == "booked"

    paid = two.service.orders.payment("req-1")
    assert (paid.state, paid.code, paid.payer) == ("paid", "00", who(two, "binh", "BIDV").account)
    assert two.outbox("notice") == ["req-1"]
    assert (two.balance("binh", "BIDV"), two.agenda()) == (850_000, 0)


@pytest.mark.parametrize(
    ("amount", "content", "state", "kept"),
    [
        pytest.param(149_999, "PP0001", "pending", 0, id="under"),
        pytest.param(200_000, "PP0001", "paid", 150_000, id="over"),
        pytest.param(150_000, "le phi", "pending", 0, id="wrong content"),
    ],
)
def test_what_does_not_fit_comes_back_after_an_hour(
    two: Desk, amount: int, content: str, state: str, kept: int
) -> None:
    payment = two.order(amount=150_000)
    to_order(two, payment, amount=amount, content=content)

    assert two.service.orders.payment("req-1").state == state
    assert two.balance("binh", "BIDV") == START - amount
    for _ in range(2):
        two.service.transfers.give_back("key-1")

    assert two.balance("binh", "BIDV") == START - kept
    assert two.service.transfers.transfer("key-1", who(two, "binh", "BIDV").account).state == (
        "returned"
    )
    assert clearing(two) == 0


def test_a_second_and_a_late_transfer_come_back_whole(two: Desk) -> None:
    paid, late = two.order("req-1", amount=150_000), two.order("req-2", amount=150_000)
    to_order(two, paid, "key-1")
    to_order(two, paid, "key-2")
    two.later(minutes=15)
    to_order(two, late, "key-3")
    for key in ("key-1", "key-2", "key-3"):
        two.service.transfers.give_back(key)

    assert two.balance("binh", "BIDV") == START - 150_000
    assert two.service.orders.payment("req-2").state == "expired"
    assert two.outbox("notice") == ["req-1", "req-2"]


def test_what_a_transfer_paid_is_refunded_to_the_sender(two: Desk) -> None:
    to_order(two, two.order(amount=150_000))

    two.service.refunds.ask("refund-1", "req-1", 150_000)
    two.service.refunds.finish("refund-1")

    assert two.balance("binh", "BIDV") == START
    per_bank: dict[str, int] = {}
    for each in two.service.books.state().standings:
        per_bank[each.account.bank] = per_bank.get(each.account.bank, 0) + each.balance
    assert set(per_bank.values()) == {0}


def test_a_statement_is_read_by_key_the_newest_first(two: Desk) -> None:
    target = who(two, "binh", "BIDV").account
    two.service.books.seed([a_wanted(balance=START + 1)])
    for number in range(1, 11):
        two.service.transfers.send(f"key-{number}", who(two), Sent(target, number, "x"))
    two.later(days=1)
    for number in range(11, 21):
        two.service.transfers.send(f"key-{number}", who(two), Sent(target, number, "x"))

    first = two.service.transfers.statement(who(two).account)
    two.service.transfers.send("key-21", who(two, "binh", "BIDV"), Sent(who(two).account, 5, "x"))
    assert first.older is not None
    rest = two.service.transfers.statement(who(two).account, first.older)

    seen = [line.reference for line in (*first.lines, *rest.lines)]
    assert seen == [f"key-{n}" for n in range(20, 0, -1)] + ["", ""]
    assert rest.older is None
    assert first.lines[0].balance == first.balance
    assert [first.lines[0].amount, first.lines[0].balance - first.lines[1].balance] == [-20, -20]
