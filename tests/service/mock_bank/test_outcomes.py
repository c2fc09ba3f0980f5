"""Every outcome by each of its ways, and money that was charged and not told."""

from pathlib import Path

import pytest

from mock_bank.domain.magic import MAGIC, Late, Magic, magic_of
from mock_bank.domain.payment import PaymentState
from tests.builders.bank import A_BROWSER, VCB, Desk, a_desk, a_wanted, an_order

WAYS = ("customer", "amount", "description", "request id", "reference", "bank")
START = 1_000_000


def walked(folder: Path, row: Magic, way: str) -> Desk:
    """Return a desk after a customer went through with a payment as far as it goes."""
    desk = a_desk(folder, a_wanted(magic=row.number if way == "customer" else None))
    keys = {
        "request id": "payment:req-1",
        "reference": "payment:PP0001",
        "bank": f"bank:{VCB.code}",
    }
    if way in keys:
        desk.service.books.wish(keys[way], row.number)
    order = an_order(amount=row.amount if way == "amount" else 150_000)
    if way == "description":
        order = an_order(description=f"Lệ phí {row.word}")
    token = desk.service.orders.place(order)[0].token
    desk.sign_in(token)
    desk.service.checkout.agree(token, A_BROWSER, ticked=True)
    if desk.service.checkout.look(token, A_BROWSER).challenge is not None:
        desk.service.checkout.confirm(token, A_BROWSER, desk.code(token))
    return desk


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "row", [row for row in MAGIC if row.late is None], ids=lambda row: row.code.value
)
def test_each_outcome_comes_about_by_each_way(tmp_path: Path, row: Magic, way: str) -> None:
    desk = walked(tmp_path, row, way)

    payment = desk.service.orders.payment("req-1")
    assert payment.code is row.code
    assert desk.outbox("notice") == ["req-1"]
    paid = payment.state is PaymentState.PAID
    assert desk.balance() == START - (payment.order.amount if paid else 0)
    desk.database.close()


@pytest.mark.parametrize("late", list(Late))
def test_a_charged_payment_is_pending_for_the_gateway_and_gone_for_the_customer(
    tmp_path: Path, late: Late
) -> None:
    row = next(row for row in MAGIC if row.late is late)
    desk = walked(tmp_path, row, "amount")

    desk.later(minutes=29)
    payment = desk.service.orders.payment("req-1")
    assert (payment.said, payment.code) == (PaymentState.PENDING, None)
    assert desk.balance() == START - row.amount
    assert desk.outbox("notice") == []
    desk.database.close()


@pytest.mark.parametrize(
    ("number", "said", "code", "left", "left_later"),
    [
        pytest.param(100, "paid", "00", -10_100, -10_100, id="success"),
        pytest.param(104, "failed", "04", 0, 0, id="reversal"),
        pytest.param(199, "failed", "99", -10_199, 0, id="failure"),
    ],
)
def test_a_charged_payment_is_resolved_once_and_the_money_ends_where_it_belongs(  # noqa: PLR0913, PLR0917 - a table
    tmp_path: Path, number: int, said: str, code: str, left: int, left_later: int
) -> None:
    desk = walked(tmp_path, magic_of(number), "amount")
    token = desk.service.books.state().payments[0].token
    late = magic_of(number).late
    assert late is not None

    for _ in range(2):
        desk.service.lateness.resolve(token, late)

    payment = desk.service.orders.payment("req-1")
    assert (payment.said.value, payment.code) == (said, code)
    assert desk.outbox("notice") == ["req-1"]
    assert desk.balance() == START + left

    for _ in range(2):
        desk.service.lateness.give_back(token)
    assert desk.balance() == START + left_later
    held = next(s for s in desk.service.books.state().standings if s.account.number.endswith("-TG"))
    assert held.balance == 0
    assert desk.outbox("notice") == ["req-1"]
    desk.database.close()


def test_a_wish_is_taken_back(desk: Desk) -> None:
    desk.service.books.wish("bank:VIETCOMBANK", 75)
    desk.service.books.wish("bank:VIETCOMBANK", None)
    payment = desk.order()

    desk.service.checkout.confirm(payment.token, A_BROWSER, desk.to_the_code(payment.token))

    assert desk.service.orders.payment("req-1").code == "00"
