"""Fifty callers at the same moment, over the real store: exactly one of them wins."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from mock_bank.domain.payment import PaymentState
from mock_bank.domain.rules import OtpKind
from mock_bank.service.transfers import Sent
from simkit.core.errors import RuleBroken
from tests.builders.bank import A_BROWSER, Desk, a_wanted, an_order

CALLERS = 50


def all_at_once(call: Callable[[int], object]) -> list[object]:
    """Call from fifty threads that set off together; return the answers, refusals among them."""
    start = threading.Barrier(CALLERS)

    def one(number: int) -> object:
        start.wait()
        try:
            return call(number)
        except RuleBroken as refused:
            return refused

    with ThreadPoolExecutor(CALLERS) as pool:
        return list(pool.map(one, range(CALLERS)))


def entries(desk: Desk) -> list[int]:
    booked = desk.service.books.state().booked
    return [each.posting.amount for each in booked if each.about.startswith("payment:")]


def test_fifty_confirmations_debit_once(desk: Desk) -> None:
    payment = desk.order(amount=150_000)
    code = desk.to_the_code(payment.token)

    answers = all_at_once(lambda _: desk.service.checkout.confirm(payment.token, A_BROWSER, code))

    assert answers == [None] * CALLERS
    assert entries(desk) == [-150_000, 150_000]
    assert desk.balance() == 850_000
    assert desk.outbox("notice") == ["req-1"]


def test_fifty_payments_from_one_account_stop_when_it_is_empty(desk: Desk) -> None:
    payments = [desk.order(f"req-{n}", amount=300_000) for n in range(CALLERS)]
    codes = [desk.to_the_code(payment.token) for payment in payments]

    all_at_once(lambda n: desk.service.checkout.confirm(payments[n].token, A_BROWSER, codes[n]))

    states = [p.state for p in desk.service.books.state().payments]
    assert states.count(PaymentState.PAID) == 3
    assert states.count(PaymentState.FAILED) == CALLERS - 3
    assert desk.balance() == 100_000


def test_confirming_and_calling_off_at_once_end_it_in_one_way(desk: Desk) -> None:
    payment = desk.order(amount=150_000)
    code = desk.to_the_code(payment.token)

    def either(number: int) -> None:
        if number % 2:
            desk.service.checkout.confirm(payment.token, A_BROWSER, code)
        else:
            desk.service.checkout.cancel(payment.token)

    all_at_once(either)

    paid = desk.service.orders.payment("req-1").state is PaymentState.PAID
    assert entries(desk) == ([-150_000, 150_000] if paid else [])
    assert desk.outbox("notice") == ["req-1"]


def test_fifty_wrong_codes_are_three_tries(desk: Desk) -> None:
    payment = desk.order()
    wrong = f"{(int(desk.to_the_code(payment.token)) + 1) % 10**6:06d}"

    answers = all_at_once(lambda _: desk.service.checkout.confirm(payment.token, A_BROWSER, wrong))

    assert sum(isinstance(answer, RuleBroken) for answer in answers) == 2
    ended = desk.service.orders.payment("req-1")
    assert (ended.state, ended.code) == (PaymentState.FAILED, "13")


def test_fifty_consents_send_one_code(desk: Desk) -> None:
    payment = desk.order()
    desk.sign_in(payment.token)

    all_at_once(lambda _: desk.service.checkout.agree(payment.token, A_BROWSER, ticked=True))

    assert len(desk.outbox("sms")) == 1


def test_fifty_equal_orders_are_one_payment(desk: Desk) -> None:
    answers = all_at_once(lambda _: desk.service.orders.place(an_order()))

    made = [answer for answer in answers if isinstance(answer, tuple)]
    assert len(made) == CALLERS
    assert sum(is_new for _, is_new in made) == 1
    assert len({payment.token for payment, _ in made}) == 1


def test_fifty_approvals_debit_once(desk: Desk) -> None:
    token = desk.order(amount=150_000).token
    desk.sign_in(token)
    desk.service.checkout.agree(token, A_BROWSER, ticked=True, kind=OtpKind.SMART)
    asked = desk.code(token)

    answers = all_at_once(lambda _: desk.service.approvals.answer(asked, approved=True))

    assert set(answers) == {"passed"}
    assert entries(desk) == [-150_000, 150_000]
    assert desk.outbox("notice") == ["req-1"]


def test_fifty_refunds_never_give_back_more_than_was_paid(desk: Desk) -> None:
    payment = desk.order(amount=150_000)
    desk.service.checkout.confirm(payment.token, A_BROWSER, desk.to_the_code(payment.token))

    answers = all_at_once(lambda n: desk.service.refunds.ask(f"refund-{n}", "req-1", 40_000))
    for number in range(CALLERS):
        desk.service.refunds.finish(f"refund-{number}")

    assert sum(isinstance(answer, tuple) for answer in answers) == 3
    assert desk.balance() == 970_000


def test_fifty_wrong_passwords_are_five_tries(desk: Desk) -> None:
    token = desk.order().token
    typed = [desk.typed(password="wrong") for _ in range(CALLERS)]

    answers = all_at_once(lambda n: desk.service.checkout.sign_in(token, A_BROWSER, typed[n]))

    codes = [answer.code for answer in answers if isinstance(answer, RuleBroken)]
    assert (codes.count("wrong-sign-in"), codes.count("sign-in-locked")) == (4, CALLERS - 4)


def test_fifty_transfers_under_one_key_are_one_transfer(desk: Desk) -> None:
    desk.service.books.seed([a_wanted("binh")])
    customer = desk.service.transfers.owner("VIETCOMBANK", "0912345678")
    other = desk.service.transfers.owner("VIETCOMBANK", "binh")
    assert customer is not None
    assert other is not None
    sent = Sent(other.account, 1000, "Trả tiền")

    answers = all_at_once(lambda _: desk.service.transfers.send("key-1", customer, sent))

    assert sum(answer[1] for answer in answers if isinstance(answer, tuple)) == 1
    assert (desk.balance(), desk.balance("binh")) == (999_000, 1_001_000)


def test_fifty_ways_to_pay_one_order_settle_it_once(desk: Desk) -> None:
    payment = desk.order(amount=15_000)
    customer = desk.service.transfers.owner("VIETCOMBANK", "0912345678")
    assert customer is not None
    code = desk.to_the_code(payment.token)
    sent = Sent(payment.alias, 15_000, "PP0001")

    def either(number: int) -> None:
        if number % 2:
            desk.service.checkout.confirm(payment.token, A_BROWSER, code)
        else:
            desk.service.transfers.send(f"key-{number}", customer, sent)

    all_at_once(either)
    for number in range(CALLERS):
        desk.service.transfers.give_back(f"key-{number}")

    settled = next(
        s for s in desk.service.books.state().standings if s.account.number == "970436-TT"
    )
    assert (settled.balance, desk.balance()) == (15_000, 985_000)
    assert desk.outbox("notice") == ["req-1"]
