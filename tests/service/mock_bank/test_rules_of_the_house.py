"""Doors, codes sent again, limits, and the app on the phone."""

from pathlib import Path

import pytest

from mock_bank.domain.errors import ResendTooSoon, SignInLocked, UnknownApproval, WrongSignIn
from mock_bank.domain.rules import OtpKind
from mock_bank.domain.visit import Stage
from mock_bank.service.books import Wanted
from tests.builders.bank import A_BROWSER, Desk, a_desk, a_wanted, an_order

WALLET = a_wanted(bank="VNPTPAY", password="246810")


def tries(desk: Desk, token: str, count: int) -> None:
    for _ in range(count):
        with pytest.raises((WrongSignIn, SignInLocked)):
            desk.service.checkout.sign_in(token, A_BROWSER, desk.typed(password="wrong"))


def at(desk: Desk, bank: str, request_id: str = "req-1", amount: int = 150_000) -> str:
    return desk.service.orders.place(an_order(request_id, bank=bank, amount=amount))[0].token


def code(desk: Desk, request_id: str = "req-1") -> str | None:
    return desk.service.orders.payment(request_id).code


def test_five_wrong_passwords_lock_sign_in_even_for_the_right_one(desk: Desk) -> None:
    token = desk.order().token
    tries(desk, token, 5)

    with pytest.raises(SignInLocked) as refused:
        desk.sign_in(token)

    assert refused.value.facts["until"] == "2026-11-23T09:30:00+07:00"
    assert "09:30:00 ngày 23/11/2026" in str(refused.value)
    assert desk.service.orders.payment("req-1").is_open


def test_the_lock_holds_for_every_payment_and_goes_with_its_time(desk: Desk) -> None:
    tries(desk, desk.order().token, 5)
    with pytest.raises(SignInLocked):
        desk.sign_in(desk.order("req-2").token)

    desk.later(minutes=30)
    later = desk.order("req-3")
    desk.sign_in(later.token)

    assert desk.service.checkout.look(later.token, A_BROWSER).stage is Stage.CONSENT


def test_four_wrong_passwords_and_a_right_one_start_the_count_anew(desk: Desk) -> None:
    tries(desk, desk.order().token, 4)
    desk.sign_in(desk.order("req-2").token)

    third = desk.order("req-3")
    tries(desk, third.token, 4)
    desk.sign_in(third.token)

    assert desk.service.checkout.look(third.token, A_BROWSER).stage is Stage.CONSENT


def test_names_that_nobody_has_are_locked_alike(desk: Desk) -> None:
    token = desk.order().token
    said = []
    for _ in range(6):
        with pytest.raises((WrongSignIn, SignInLocked)) as refused:
            desk.service.checkout.sign_in(token, A_BROWSER, desk.typed("nobody"))
        said.append(refused.value.code)

    assert said == ["wrong-sign-in"] * 4 + ["sign-in-locked"] * 2


def test_a_wallet_ends_the_payment_over_its_pin(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, WALLET)
    token = at(desk, "VNPTPAY")
    tries(desk, token, 4)

    desk.service.checkout.sign_in(token, A_BROWSER, desk.typed(password="wrong"))

    assert code(desk) == "79"
    assert desk.outbox("notice") == ["req-1"]
    desk.database.close()


def test_a_code_can_be_sent_again_after_its_time_and_the_old_one_is_worthless(desk: Desk) -> None:
    token = desk.order().token
    old = desk.to_the_code(token)
    with pytest.raises(ResendTooSoon):
        desk.service.checkout.resend(token, A_BROWSER)

    desk.later(seconds=60)
    desk.service.checkout.resend(token, A_BROWSER)

    assert desk.code(token) != old
    assert len(desk.outbox("sms")) == 2
    desk.service.checkout.confirm(token, A_BROWSER, desk.code(token))
    assert code(desk) == "00"


@pytest.mark.parametrize("steps", ["nothing", "signed in", "another browser", "ended"])
def test_nothing_is_sent_again_when_no_code_is_awaited(desk: Desk, steps: str) -> None:
    token = desk.order().token
    if steps == "signed in":
        desk.sign_in(token)
    elif steps != "nothing":
        desk.to_the_code(token)
    if steps == "ended":
        desk.service.checkout.cancel(token)
    before = desk.outbox("sms")
    desk.later(seconds=60)

    desk.service.checkout.resend(token, "browser-2" if steps == "another browser" else A_BROWSER)

    assert desk.outbox("sms") == before


def test_the_eleventh_payment_of_a_day_is_over_the_limit_and_the_next_day_is_free(
    desk: Desk,
) -> None:
    for number in range(1, 12):
        payment = desk.order(f"req-{number}", amount=1000)
        desk.sign_in(payment.token)
        desk.service.checkout.agree(payment.token, A_BROWSER, ticked=True)
        if number < 11:
            desk.service.checkout.confirm(payment.token, A_BROWSER, desk.code(payment.token))
    assert (code(desk, "req-10"), code(desk, "req-11")) == ("00", "65")

    desk.later(hours=15)  # midnight in Vietnam
    payment = desk.order("req-12", amount=1000)
    desk.service.checkout.confirm(payment.token, A_BROWSER, desk.to_the_code(payment.token))
    assert code(desk, "req-12") == "00"


@pytest.mark.parametrize(
    ("bank", "amount", "expected"),
    [
        pytest.param("AGRIBANK", 25_000_000, None, id="up to the limit of a payment"),
        pytest.param("AGRIBANK", 25_000_001, "65", id="above it"),
        pytest.param("AGRIBANK", 90_000_001, "51", id="more than there is"),
    ],
)
def test_a_bank_looks_at_the_money_first_and_at_its_limits_then(
    tmp_path: Path, bank: str, amount: int, expected: str | None
) -> None:
    desk = a_desk(tmp_path, a_wanted(bank=bank, balance=90_000_000))
    token = at(desk, bank, amount=amount)
    desk.sign_in(token)

    desk.service.checkout.agree(token, A_BROWSER, ticked=True)

    assert code(desk) == expected
    desk.database.close()


@pytest.fixture
def smart() -> Wanted:
    return a_wanted(bank="BIDV")


def test_a_payment_is_approved_on_the_phone_once(tmp_path: Path, smart: Wanted) -> None:
    desk = a_desk(tmp_path, smart)
    asked = desk.to_the_code(at(desk, "BIDV"))
    assert (desk.outbox("approval"), desk.outbox("sms")) == ([asked], [])

    first = desk.service.approvals.answer(asked, approved=True)
    again = desk.service.approvals.answer(asked, approved=False)

    assert (first, again, code(desk)) == ("passed", "passed", "00")
    assert desk.balance(bank="BIDV") == 850_000
    desk.database.close()


def test_who_refuses_on_the_phone_calls_the_payment_off(tmp_path: Path, smart: Wanted) -> None:
    desk = a_desk(tmp_path, smart)
    asked = desk.to_the_code(at(desk, "BIDV"))

    assert desk.service.approvals.answer(asked, approved=False) == "refused"

    assert (code(desk), desk.balance(bank="BIDV")) == ("24", 1_000_000)
    desk.database.close()


def test_an_approval_that_comes_too_late_moves_no_money(tmp_path: Path, smart: Wanted) -> None:
    desk = a_desk(tmp_path, smart)
    token = at(desk, "BIDV")
    asked = desk.to_the_code(token)
    desk.later(seconds=120)

    assert desk.service.approvals.answer(asked, approved=True) == "lapsed"

    sight = desk.service.checkout.look(token, A_BROWSER)
    assert (sight.stage, sight.code_lapsed, code(desk)) == (Stage.CONSENT, True, None)
    desk.database.close()


def test_what_must_be_approved_cannot_be_typed(tmp_path: Path, smart: Wanted) -> None:
    desk = a_desk(tmp_path, smart)
    token = at(desk, "BIDV")
    asked = desk.to_the_code(token)

    desk.service.checkout.confirm(token, A_BROWSER, asked)

    assert code(desk) is None
    desk.database.close()


def test_an_sms_code_is_no_approval(desk: Desk) -> None:
    sent = desk.to_the_code(desk.order().token)

    with pytest.raises(UnknownApproval):
        desk.service.approvals.answer(sent, approved=True)


def test_where_both_are_offered_the_customer_chooses(desk: Desk) -> None:
    token = desk.order().token
    desk.sign_in(token)

    desk.service.checkout.agree(token, A_BROWSER, ticked=True, kind=OtpKind.SMART)

    assert desk.outbox("approval") == [desk.code(token)]
    assert desk.service.approvals.answer(desk.code(token), approved=True) == "passed"
