"""Rules of partners, of what banks say, and of notices."""

import json
from datetime import timedelta
from typing import Any

import pytest

from mock_payment_gateway.domain import bank
from mock_payment_gateway.domain.bank import BankState, BankWord
from mock_payment_gateway.domain.course import Course
from mock_payment_gateway.domain.errors import ForgedNotice, NoSuchBank
from mock_payment_gateway.domain.notice import (
    ASK_SCHEDULE,
    CONFIRM_SCHEDULE,
    confirmations,
    question,
)
from mock_payment_gateway.domain.partner import Partner
from mock_payment_gateway.domain.payment import Payment, PaymentState
from simkit.core.errors import BadInput
from simkit.core.messages import Message
from tests.builders.gateway import A_MONDAY, RIVER_BANK, SEA_BANK, a_partner, a_payment

REGISTRATION: dict[str, Any] = {
    "code": "HPG01",
    "name": "Cổng thử nghiệm",
    "secret": "SECRET",
    "confirm_url": "http://partner.test/confirm",
    "return_url": "https://partner.test/back",
}
WORD: dict[str, Any] = {
    "request_id": "request-1",
    "state": "paid",
    "code": "00",
    "bank_ref": "FT1",
    "amount": 150000,
    "paid_at": "2026-11-23T09:01:00+07:00",
}


def test_a_partner_is_read() -> None:
    assert Partner.read(REGISTRATION).confirm_url == "http://partner.test/confirm"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("code", "a b"),
        ("code", 7),
        ("name", ""),
        ("name", "x" * 201),
        ("secret", None),
        ("confirm_url", "ftp://partner.test/"),
        ("confirm_url", "/only/a/path"),
        ("confirm_url", "http://"),
        ("return_url", "http://[::1"),
        ("return_url", "http://host:99999/"),
        ("return_url", "http://host/\r\nX: y"),
        ("colour", "red"),
    ],
)
def test_a_wrong_registration_names_the_field(field: str, value: object) -> None:
    with pytest.raises(BadInput) as refused:
        Partner.read(REGISTRATION | {field: value})

    assert set(refused.value.facts) == {field}


@pytest.mark.parametrize("missing", sorted(REGISTRATION))
def test_a_registration_without_a_field_is_refused(missing: str) -> None:
    with pytest.raises(BadInput) as refused:
        Partner.read({name: value for name, value in REGISTRATION.items() if name != missing})

    assert set(refused.value.facts) == {missing}


@pytest.mark.parametrize(
    ("return_url", "way_back"),
    [
        ("http://p.test/back", "http://p.test/back?MaThamChieu=H24%261%2F2"),
        ("http://p.test/back?lang=vi", "http://p.test/back?lang=vi&MaThamChieu=H24%261%2F2"),
    ],
)
def test_the_way_back_names_the_order(return_url: str, way_back: str) -> None:
    assert a_partner(return_url=return_url).way_back("H24&1/2") == way_back


def test_a_bank_is_chosen_from_the_list() -> None:
    assert bank.choose([SEA_BANK, RIVER_BANK], "SONGCAM") is RIVER_BANK


@pytest.mark.parametrize("code", ["", "NOBANK", "songcam"])
def test_a_bank_that_is_not_on_the_list_is_refused(code: str) -> None:
    with pytest.raises(NoSuchBank):
        bank.choose([SEA_BANK, RIVER_BANK], code)


def test_the_banks_word_is_read() -> None:
    word = BankWord.from_bytes(json.dumps(WORD).encode())

    assert word == BankWord("request-1", BankState.PAID, "00", "FT1", 150_000)


def test_a_pending_word_may_leave_things_empty() -> None:
    word = BankWord.read(WORD | {"state": "pending", "code": None, "bank_ref": None})

    assert (word.code, word.bank_ref) == ("", "")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("state", "refunded"),
        ("state", None),
        ("state", ["paid"]),
        ("amount", "150000"),
        ("amount", True),
        ("amount", -1),
        ("amount", 10**15),
        ("amount", 1.5),
        ("code", 0),
        ("bank_ref", "x" * 256),
        ("request_id", "\ud800"),
    ],
)
def test_a_wrong_word_names_the_field(field: str, value: object) -> None:
    with pytest.raises(BadInput) as refused:
        BankWord.read(WORD | {field: value})

    assert set(refused.value.facts) == {field}


@pytest.mark.parametrize("raw", [b"", b"[]", b"null", b"\xff", b"{", b"[" * 100_000])
def test_bytes_that_are_no_object_are_refused(raw: bytes) -> None:
    with pytest.raises(BadInput):
        BankWord.from_bytes(raw)


def test_a_rightly_signed_notice_passes() -> None:
    # HMAC-SHA256 of «what do ya want for nothing?» under «Jefe»: RFC 4231, test case 2.
    mac = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"

    bank.check_notice(b"what do ya want for nothing?", mac, "Jefe")


@pytest.mark.parametrize("signature", ["", "x", "ả", "\ud800", "0" * 64])
def test_any_other_signature_is_a_forgery(signature: str) -> None:
    with pytest.raises(ForgedNotice):
        bank.check_notice(b"{}", signature, "secret")


def first_of(payment: Payment) -> Message:
    return next(confirmations(payment, a_partner(), Course(), A_MONDAY))


def test_a_confirmation_is_one_per_order_and_outcome() -> None:
    payment = a_payment(PaymentState.EXPIRED)
    paid = a_payment(PaymentState.PAID)

    assert first_of(payment).key == "PP0001:expired"
    assert first_of(paid).key == "PP0001:paid"


def test_a_confirmation_goes_to_the_partners_own_address() -> None:
    message = first_of(a_payment(PaymentState.PAID))

    assert (message.kind, message.to) == ("confirm", "http://partner.test/confirm")
    assert message.about == "dvcH24120250101101010"


def test_a_confirmation_is_called_ten_times_five_minutes_apart() -> None:
    waits = [CONFIRM_SCHEDULE.delay_after(tries) for tries in range(1, 11)]

    assert waits == [timedelta(minutes=5)] * 9 + [None]


def test_a_silent_bank_is_asked_for_three_days() -> None:
    assert sum(ASK_SCHEDULE.delays, timedelta()) == timedelta(days=3)
    assert question(a_payment(PaymentState.UNKNOWN)).body == {"request_id": "request-1"}
