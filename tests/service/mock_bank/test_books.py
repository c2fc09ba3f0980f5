"""Who has an account, and how the books stand."""

import pytest

from mock_bank.domain.errors import UnknownBank
from tests.builders.bank import A_BROWSER, Desk, a_wanted


def total(desk: Desk) -> int:
    return sum(each.balance for each in desk.service.books.state().standings)


def test_putting_the_same_customers_in_place_twice_changes_nothing(desk: Desk) -> None:
    wanted = [a_wanted("an", balance=5), a_wanted("binh", balance=0)]
    first = desk.service.books.seed(wanted)
    before = desk.service.books.state()

    again = desk.service.books.seed(wanted)

    assert [each.account for each in again] == [each.account for each in first]
    assert desk.service.books.state() == before


def test_a_balance_is_set_from_the_capital_so_that_the_books_still_sum_to_zero(desk: Desk) -> None:
    for balance in (5_000_000, 10, 0):
        desk.service.books.seed([a_wanted(balance=balance)])

        assert desk.balance() == balance
        assert total(desk) == 0


def test_name_phone_and_password_follow_and_the_account_stays(desk: Desk) -> None:
    before = desk.service.books.seed([a_wanted()])[0]

    after = desk.service.books.seed(
        [a_wanted(name="Trần Thị An", phone="0987654321", password="Moi-123")]
    )[0]

    assert (after.account, after.name, after.phone) == (
        before.account,
        "Trần Thị An",
        "0987654321",
    )
    owners = {
        each.account.number: each.account.owner for each in desk.service.books.state().standings
    }
    assert owners[after.account] == "Trần Thị An"
    payment = desk.order()
    desk.service.checkout.sign_in(payment.token, A_BROWSER, desk.typed(password="Moi-123"))
    assert desk.service.checkout.look(payment.token, A_BROWSER).holder == "Trần Thị An"


def test_one_unknown_bank_and_nobody_is_put_in_place(desk: Desk) -> None:
    with pytest.raises(UnknownBank):
        desk.service.books.seed([a_wanted("an"), a_wanted("binh", bank="NGAN-HANG-LA")])

    payment = desk.order()
    with pytest.raises(Exception, match="Sai tên đăng nhập"):
        desk.sign_in(payment.token, user="an")


def test_opening_the_banks_again_changes_nothing(desk: Desk) -> None:
    before = desk.service.books.state()

    desk.service.books.open_banks()

    assert desk.service.books.state() == before


def test_a_payment_is_one_entry_from_the_customer_to_the_settlement_account(desk: Desk) -> None:
    payment = desk.order(amount=150_000)
    desk.service.checkout.confirm(payment.token, A_BROWSER, desk.to_the_code(payment.token))

    state = desk.service.books.state()
    booked = [each for each in state.booked if each.about == "payment:req-1"]
    settlement = next(s for s in state.standings if s.account.number == "970436-TT")
    assert [each.posting.amount for each in booked] == [-150_000, 150_000]
    assert booked[1].posting.account == "970436-TT"
    assert settlement.balance == 150_000
    assert [each.order.request_id for each in state.payments] == ["req-1"]
