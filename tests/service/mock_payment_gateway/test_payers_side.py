"""Choosing a bank, coming back, giving up; notices and time."""

import hmac
from datetime import timedelta
from hashlib import sha256

import pytest

from mock_payment_gateway.domain.bank import BankState, BankWord
from mock_payment_gateway.domain.errors import (
    ForgedNotice,
    NoSuchBank,
    NoSuchOrder,
    OrderClosed,
    OrderExpired,
    WrongAmount,
)
from simkit.core.errors import NeighbourDown
from simkit.core.machine import IllegalMove
from tests.builders.gateway import NOTICE_SECRET, REFERENCE, RIVER_BANK, SEA_BANK, pipe_hash
from tests.service.mock_payment_gateway.rig import Rig, a_notice

A_QUARTER = timedelta(minutes=15)


def tell(rig: Rig, word: BankWord) -> None:
    """Have the bank's notice arrive."""
    raw = a_notice(word)
    mac = hmac.new(NOTICE_SECRET.encode(), raw, sha256).hexdigest()
    rig.service.notice(raw, mac)


def test_the_choice_creates_the_payment_at_the_bank(rig: Rig) -> None:
    token = rig.init()

    pay_url = rig.service.choose(token, SEA_BANK.code)

    payment = rig.payment(token)
    assert pay_url == payment.pay_url == f"http://bank.test/pay/{payment.request_id}"
    assert rig.bank.created[payment.request_id] == (
        f"http://gateway.test/thanh-toan/{token}/ket-qua",
        "http://gateway.test/bank/notices",
    )


def test_a_second_tab_lands_on_the_first_banks_page(rig: Rig) -> None:
    token = rig.init()
    first = rig.service.choose(token, SEA_BANK.code)

    assert rig.service.choose(token, RIVER_BANK.code) == first
    assert len(rig.bank.created) == 1


def test_a_bank_that_is_not_listed_is_refused(rig: Rig) -> None:
    token = rig.init()

    with pytest.raises(NoSuchBank):
        rig.service.choose(token, "NOBANK")

    assert rig.payment(token).state == "created"


def test_a_bank_that_fails_to_answer_gets_the_same_request_again(rig: Rig) -> None:
    token, request_id = rig.at_bank()
    rig.bank.down = True
    other = rig.init("other")
    with pytest.raises(NeighbourDown):
        rig.service.choose(other, SEA_BANK.code)
    rig.bank.down = False
    rig.service.choose(other, SEA_BANK.code)

    assert rig.payment(token).request_id == request_id
    assert len(rig.bank.created) == 2


def test_a_lost_answer_of_the_bank_does_not_make_a_second_payment(rig: Rig) -> None:
    token = rig.init()
    rig.bank.loses_its_answer = True
    with pytest.raises(NeighbourDown):
        rig.service.choose(token, SEA_BANK.code)
    rig.bank.loses_its_answer = False
    rig.service.choose(token, SEA_BANK.code)

    assert rig.bank.calls == 2
    assert list(rig.bank.created) == [rig.payment(token).request_id]


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (BankState.PAID, "00"),
        (BankState.FAILED, "01"),
        (BankState.CANCELLED, "01"),
        (BankState.EXPIRED, "04"),
    ],
)
def test_a_notice_settles_the_order_and_tells_the_partner(
    rig: Rig, state: BankState, code: str
) -> None:
    token, request_id = rig.at_bank()

    tell(rig, rig.says(request_id, state))

    [confirm] = rig.outbox()
    signature = confirm.pop("MaXacThuc")
    assert rig.payment(token).state.value == state.value
    assert (confirm["MaLoi"], confirm["MaThamChieu"]) == (code, REFERENCE)
    assert signature == pipe_hash(*confirm.values())
    assert rig.agenda() == []


def test_a_notice_that_comes_twice_counts_once(rig: Rig) -> None:
    _, request_id = rig.at_bank()
    word = rig.says(request_id, BankState.PAID)

    tell(rig, word)
    tell(rig, word)

    assert len(rig.outbox()) == 1


@pytest.mark.parametrize("signature", ["", "0" * 64, "ả"])
def test_a_forged_notice_changes_nothing(rig: Rig, signature: str) -> None:
    token, request_id = rig.at_bank()

    with pytest.raises(ForgedNotice):
        rig.service.notice(a_notice(rig.says(request_id, BankState.PAID)), signature)

    assert rig.payment(token).state == "bank-chosen"
    assert rig.outbox() == []


def test_a_notice_of_another_amount_changes_nothing(rig: Rig) -> None:
    token, request_id = rig.at_bank()

    with pytest.raises(WrongAmount):
        tell(rig, BankWord(request_id, BankState.PAID, "00", "FT1", 149_999))

    assert rig.payment(token).state == "bank-chosen"


@pytest.mark.parametrize("request_id", ["", "unknown"])
def test_a_notice_of_nothing_is_refused(rig: Rig, request_id: str) -> None:
    rig.init()  # its request id is empty as long as no bank is chosen

    with pytest.raises(NoSuchOrder):
        tell(rig, BankWord(request_id, BankState.PAID, "00", "FT1", 150_000))


def test_a_notice_that_takes_a_payment_back_is_refused(rig: Rig) -> None:
    token, request_id = rig.at_bank()
    tell(rig, rig.says(request_id, BankState.PAID))

    with pytest.raises(IllegalMove):
        tell(rig, rig.says(request_id, BankState.FAILED))

    assert rig.payment(token).state == "paid"


def test_the_browser_may_come_back_before_the_notice(rig: Rig) -> None:
    token, request_id = rig.at_bank()
    word = rig.says(request_id, BankState.PAID)

    order = rig.service.come_back(token)
    tell(rig, word)

    assert order.payment.state == "paid"
    assert order.way_back == f"http://partner.test/back?MaThamChieu={REFERENCE}"
    assert len(rig.outbox()) == 1


def test_coming_back_while_the_bank_is_silent_settles_nothing(rig: Rig) -> None:
    token, request_id = rig.at_bank()
    rig.says(request_id, BankState.PAID)
    rig.bank.down = True

    assert rig.service.come_back(token).payment.state == "bank-chosen"


def test_giving_up_tells_the_partner_once(rig: Rig) -> None:
    token = rig.init()

    rig.service.cancel(token)
    rig.service.cancel(token)

    assert [confirm["MaLoi"] for confirm in rig.outbox()] == ["01"]
    with pytest.raises(OrderClosed):
        rig.service.choose(token, SEA_BANK.code)


def test_an_order_at_the_bank_cannot_be_given_up_here(rig: Rig) -> None:
    token, _ = rig.at_bank()

    with pytest.raises(OrderClosed):
        rig.service.cancel(token)


def test_an_order_that_nobody_touches_expires(rig: Rig) -> None:
    token = rig.init()
    rig.clock.advance(A_QUARTER)

    rig.service.time_out(rig.payment(token).platform_id)
    rig.service.time_out(rig.payment(token).platform_id)

    assert rig.payment(token).state == "expired"
    assert [confirm["MaLoi"] for confirm in rig.outbox()] == ["04"]


def test_an_expired_order_takes_no_bank_even_before_it_is_booked(rig: Rig) -> None:
    token = rig.init()
    rig.clock.advance(A_QUARTER)

    with pytest.raises(OrderExpired):
        rig.service.choose(token, SEA_BANK.code)


def test_an_order_at_the_bank_is_unknown_until_the_bank_has_spoken(rig: Rig) -> None:
    token, request_id = rig.at_bank()
    rig.clock.advance(A_QUARTER)

    rig.service.time_out(rig.payment(token).platform_id)

    assert rig.payment(token).state == "unknown"
    assert rig.outbox() == []
    assert rig.outbox("ask-bank") == [{"request_id": request_id}]


def test_both_messages_lost_the_question_to_the_bank_finds_the_money(rig: Rig) -> None:
    token, request_id = rig.at_bank()
    rig.clock.advance(A_QUARTER)
    rig.service.time_out(rig.payment(token).platform_id)
    rig.says(request_id, BankState.PAID)

    rig.service.ask_bank(request_id)

    assert rig.payment(token).state == "paid"
    assert rig.payment(token).late
    assert [confirm["MaLoi"] for confirm in rig.outbox()] == ["00"]


def test_a_settled_order_is_not_asked_about_any_more(rig: Rig) -> None:
    _, request_id = rig.at_bank()
    tell(rig, rig.says(request_id, BankState.PAID))
    rig.bank.down = True

    assert rig.service.ask_bank(request_id).state == "paid"


def test_a_late_notice_after_expiry_is_booked_as_paid_and_told(rig: Rig) -> None:
    token, request_id = rig.at_bank()
    tell(rig, rig.says(request_id, BankState.EXPIRED, "11"))
    rig.clock.advance(timedelta(hours=1))

    tell(rig, rig.says(request_id, BankState.PAID))

    assert rig.payment(token).state == "paid"
    assert rig.payment(token).late
    assert [confirm["MaLoi"] for confirm in rig.outbox()] == ["04", "00"]


def test_an_unknown_token_is_no_order(rig: Rig) -> None:
    with pytest.raises(NoSuchOrder):
        rig.service.order("nobody")
    with pytest.raises(NoSuchOrder):
        rig.service.cancel("nobody")


def test_the_ledger_names_what_the_audit_joins(rig: Rig) -> None:
    _, request_id = rig.at_bank()
    tell(rig, rig.says(request_id, BankState.PAID))

    assert rig.service.ledger() == [
        {
            "reference": REFERENCE,
            "platform_id": "PP26112300000001",
            "request_id": request_id,
            "partner": "HPG01",
            "amount": 150_000,
            "state": "paid",
            "code": "00",
            "bank_ref": "FT1",
            "at_bank": True,
            "notice": "at-once",
        }
    ]
