"""What a customer does on the pages of one payment."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mock_bank.domain.errors import ConsentMissing, UnknownPayment, WrongOtp, WrongSignIn
from mock_bank.domain.payment import PaymentState
from mock_bank.domain.profile import BANKS, bank_of
from mock_bank.domain.rules import OtpKind
from mock_bank.domain.visit import Stage
from simkit.core.captcha import CaptchaWrong
from tests.builders.bank import A_BROWSER, Desk, a_desk, a_wanted, an_order

OTHER_BROWSER = "browser-2"


def stage(desk: Desk, token: str, browser: str = A_BROWSER) -> Stage:
    return desk.service.checkout.look(token, browser).stage


def state(desk: Desk, request_id: str = "req-1") -> tuple[str, str | None]:
    payment = desk.service.orders.payment(request_id)
    return payment.state, payment.code


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def test_a_customer_pays_once_and_everybody_hears_of_it(desk: Desk) -> None:
    payment = desk.order(amount=150_000)
    code = desk.to_the_code(payment.token)

    desk.service.checkout.confirm(payment.token, A_BROWSER, code)

    paid = desk.service.orders.payment("req-1")
    assert (paid.state, paid.code, paid.paid_at) == ("paid", "00", desk.clock.now())
    assert paid.bank_ref
    assert desk.balance() == 850_000
    assert desk.outbox("notice") == ["req-1"]
    assert desk.agenda() == 0


def test_the_code_goes_to_the_registered_phone_by_sms(desk: Desk) -> None:
    payment = desk.order()
    desk.to_the_code(payment.token)

    with desk.database.read() as sql:
        row = sql.row("SELECT \"to\", about, body FROM sim_outbox WHERE kind = 'sms'")

    assert row is not None
    assert row[:2] == ("0912345678", "PP0001")
    assert desk.code(payment.token) in row[2]


def test_pages_are_told_nothing_of_the_customer_before_sign_in(desk: Desk) -> None:
    payment = desk.order()
    desk.to_the_code(payment.token)

    sight = desk.service.checkout.look(payment.token, OTHER_BROWSER)

    assert (sight.holder, sight.account, sight.phone, sight.challenge) == ("", "", "", None)


def test_the_account_is_masked_on_the_pages(desk: Desk) -> None:
    payment = desk.order()
    desk.sign_in(payment.token)

    sight = desk.service.checkout.look(payment.token, A_BROWSER)

    assert sight.holder == "Nguyễn Thị An"
    assert sight.account.startswith("**********")


@pytest.mark.parametrize(
    ("user", "password", "picture", "refusal"),
    [
        pytest.param("0912345678", "wrong", "13579", WrongSignIn, id="wrong password"),
        pytest.param("nobody", "Mat-khau-1", "13579", WrongSignIn, id="unknown user"),
        pytest.param("0912345678", "Mat-khau-1", "00000", CaptchaWrong, id="wrong picture"),
    ],
)
def test_who_is_not_let_in_stays_on_the_first_page(
    desk: Desk, user: str, password: str, picture: str, refusal: type[Exception]
) -> None:
    payment = desk.order()

    with pytest.raises(refusal):
        desk.service.checkout.sign_in(payment.token, A_BROWSER, desk.typed(user, password, picture))

    assert stage(desk, payment.token) is Stage.SIGN_IN


def test_an_account_at_another_bank_opens_nothing_here(desk: Desk) -> None:
    payment, _ = desk.service.orders.place(an_order(bank="BIDV"))

    with pytest.raises(WrongSignIn):
        desk.sign_in(payment.token)


def test_signing_in_twice_is_signing_in_once(desk: Desk) -> None:
    payment = desk.order()
    typed = desk.typed()

    desk.service.checkout.sign_in(payment.token, A_BROWSER, typed)
    desk.service.checkout.sign_in(payment.token, A_BROWSER, typed)

    assert stage(desk, payment.token) is Stage.CONSENT


def test_without_the_tick_no_code_is_sent(desk: Desk) -> None:
    payment = desk.order()
    desk.sign_in(payment.token)

    with pytest.raises(ConsentMissing):
        desk.service.checkout.agree(payment.token, A_BROWSER, ticked=False)

    assert stage(desk, payment.token) is Stage.CONSENT
    assert desk.outbox("sms") == []


def test_agreeing_twice_sends_one_code(desk: Desk) -> None:
    payment = desk.order()
    code = desk.to_the_code(payment.token)

    desk.service.checkout.agree(payment.token, A_BROWSER, ticked=True)

    assert desk.code(payment.token) == code
    assert len(desk.outbox("sms")) == 1


def test_a_browser_that_did_not_sign_in_can_neither_agree_nor_confirm(desk: Desk) -> None:
    payment = desk.order()
    desk.sign_in(payment.token)
    desk.service.checkout.agree(payment.token, OTHER_BROWSER, ticked=True)
    assert desk.outbox("sms") == []

    desk.service.checkout.agree(payment.token, A_BROWSER, ticked=True)
    desk.service.checkout.confirm(payment.token, OTHER_BROWSER, desk.code(payment.token))

    assert state(desk) == ("pending", None)


def test_a_step_too_early_changes_nothing(desk: Desk) -> None:
    payment = desk.order()

    desk.service.checkout.agree(payment.token, A_BROWSER, ticked=True)
    desk.service.checkout.confirm(payment.token, A_BROWSER, "123456")

    assert stage(desk, payment.token) is Stage.SIGN_IN
    assert state(desk) == ("pending", None)


def test_a_wrong_code_is_counted_although_it_is_refused(desk: Desk) -> None:
    payment = desk.order()
    code = desk.to_the_code(payment.token)

    for left in ("2", "1"):
        with pytest.raises(WrongOtp) as refused:
            desk.service.checkout.confirm(payment.token, A_BROWSER, wrong(code))
        assert refused.value.facts == {"tries_left": left}

    desk.service.checkout.confirm(payment.token, A_BROWSER, code)
    assert state(desk) == ("paid", "00")


def test_the_third_wrong_code_ends_the_payment(desk: Desk) -> None:
    payment = desk.order()
    code = desk.to_the_code(payment.token)
    for _ in range(2):
        with pytest.raises(WrongOtp):
            desk.service.checkout.confirm(payment.token, A_BROWSER, wrong(code))

    desk.service.checkout.confirm(payment.token, A_BROWSER, wrong(code))
    desk.service.checkout.confirm(payment.token, A_BROWSER, code)

    assert state(desk) == ("failed", "13")
    assert desk.balance() == 1_000_000
    assert desk.outbox("notice") == ["req-1"]


def test_a_code_that_came_too_late_pays_nothing_and_a_new_one_does(desk: Desk) -> None:
    payment = desk.order()
    old = desk.to_the_code(payment.token)

    desk.later(seconds=120)
    desk.service.checkout.confirm(payment.token, A_BROWSER, old)

    sight = desk.service.checkout.look(payment.token, A_BROWSER)
    assert (sight.stage, sight.code_lapsed) == (Stage.CONSENT, True)
    assert state(desk) == ("pending", None)

    desk.service.checkout.agree(payment.token, A_BROWSER, ticked=True)
    assert len(desk.outbox("sms")) == 2
    desk.service.checkout.confirm(payment.token, A_BROWSER, desk.code(payment.token))
    assert state(desk) == ("paid", "00")


def test_a_new_code_does_not_give_the_tries_back(desk: Desk) -> None:
    payment = desk.order()
    code = desk.to_the_code(payment.token)
    for _ in range(2):
        with pytest.raises(WrongOtp):
            desk.service.checkout.confirm(payment.token, A_BROWSER, wrong(code))

    desk.later(seconds=121)
    desk.service.checkout.agree(payment.token, A_BROWSER, ticked=True)
    desk.service.checkout.confirm(payment.token, A_BROWSER, wrong(desk.code(payment.token)))

    assert state(desk) == ("failed", "13")


def test_signing_in_elsewhere_makes_the_code_on_the_way_worthless(desk: Desk) -> None:
    payment = desk.order()
    old = desk.to_the_code(payment.token)

    new = desk.to_the_code(payment.token, OTHER_BROWSER)
    desk.service.checkout.confirm(payment.token, A_BROWSER, new)
    assert state(desk) == ("pending", None)

    with pytest.raises(WrongOtp):
        desk.service.checkout.confirm(payment.token, OTHER_BROWSER, old)
    desk.service.checkout.confirm(payment.token, OTHER_BROWSER, new)
    assert state(desk) == ("paid", "00")


def test_too_little_money_ends_the_payment_before_a_code_is_sent(desk: Desk) -> None:
    payment = desk.order(amount=1_000_001)
    desk.sign_in(payment.token)

    desk.service.checkout.agree(payment.token, A_BROWSER, ticked=True)

    assert state(desk) == ("failed", "51")
    assert desk.outbox("sms") == []
    assert desk.outbox("notice") == ["req-1"]


def test_money_that_went_elsewhere_since_the_consent_is_missed_at_the_end(desk: Desk) -> None:
    first, second = desk.order("req-1", amount=600_000), desk.order("req-2", amount=600_000)
    codes = {p.token: desk.to_the_code(p.token) for p in (first, second)}

    for payment in (first, second):
        desk.service.checkout.confirm(payment.token, A_BROWSER, codes[payment.token])

    assert (state(desk, "req-1"), state(desk, "req-2")) == (("paid", "00"), ("failed", "51"))
    assert desk.balance() == 400_000


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_a_payment_can_be_called_off_on_every_page(desk: Desk, steps: int) -> None:
    payment = desk.order()
    if steps:
        desk.sign_in(payment.token)
    if steps > 1:
        desk.service.checkout.agree(payment.token, A_BROWSER, ticked=True)

    desk.service.checkout.cancel(payment.token)

    assert state(desk) == ("cancelled", "24")
    assert desk.outbox("notice") == ["req-1"]
    assert desk.agenda() == 0


def test_calling_off_what_was_paid_changes_nothing(desk: Desk) -> None:
    payment = desk.order()
    desk.service.checkout.confirm(payment.token, A_BROWSER, desk.to_the_code(payment.token))

    desk.service.checkout.cancel(payment.token)

    assert state(desk) == ("paid", "00")


def test_the_right_code_after_the_end_of_the_payment_moves_no_money(desk: Desk) -> None:
    payment = desk.order()
    desk.later(minutes=14)
    code = desk.to_the_code(payment.token)

    desk.later(minutes=1)
    desk.service.checkout.confirm(payment.token, A_BROWSER, code)

    assert state(desk) == ("expired", "11")
    assert desk.balance() == 1_000_000


def test_whoever_looks_at_a_payment_that_ran_out_ends_it(desk: Desk) -> None:
    payment = desk.order()
    desk.later(minutes=15)

    sight = desk.service.checkout.look(payment.token, A_BROWSER)

    assert sight.payment.state is PaymentState.EXPIRED
    assert desk.outbox("notice") == ["req-1"]


@pytest.mark.parametrize("ask", ["look", "sign_in", "agree", "confirm", "cancel"])
def test_a_link_that_nobody_made_leads_nowhere(desk: Desk, ask: str) -> None:
    checkout = desk.service.checkout
    ways: dict[str, Callable[[], object]] = {
        "look": lambda: checkout.look("none", A_BROWSER),
        "sign_in": lambda: checkout.sign_in("none", A_BROWSER, desk.typed()),
        "agree": lambda: checkout.agree("none", A_BROWSER, ticked=True),
        "confirm": lambda: checkout.confirm("none", A_BROWSER, "123456"),
        "cancel": lambda: checkout.cancel("none"),
    }

    with pytest.raises(UnknownPayment):
        ways[ask]()


@pytest.mark.parametrize("bank", [bank.code for bank in BANKS])
def test_every_bank_takes_the_whole_way(tmp_path: Path, bank: str) -> None:
    desk = a_desk(tmp_path, a_wanted(bank=bank))
    payment, _ = desk.service.orders.place(an_order(bank=bank))

    code = desk.to_the_code(payment.token)
    if bank_of(bank).otp[0].kind is OtpKind.SMART:
        desk.service.approvals.answer(code, approved=True)
    else:
        desk.service.checkout.confirm(payment.token, A_BROWSER, code)

    assert state(desk) == ("paid", "00")
    assert desk.balance(bank=bank) == 850_000
    desk.database.close()
