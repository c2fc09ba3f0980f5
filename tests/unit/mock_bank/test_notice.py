"""What the bank says of a payment."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import cast

import pytest

from mock_bank.domain.notice import approval, otp_text, purpose, report
from mock_bank.domain.payment import TOO_POOR
from tests.builders.bank import VCB, a_challenge, a_payment, an_order


def test_an_open_payment_has_no_code_no_reference_and_no_time() -> None:
    assert report(a_payment()) == {
        "request_id": "req-1",
        "state": "pending",
        "code": None,
        "bank_ref": None,
        "amount": 150_000,
        "paid_at": None,
    }


def test_a_paid_payment_tells_its_time_in_vietnam() -> None:
    at = datetime(2026, 11, 23, 2, 5, 9, 700, tzinfo=UTC)
    paid = a_payment().settle("FT1", at, payer="4360000000001")

    assert report(paid) == {
        "request_id": "req-1",
        "state": "paid",
        "code": "00",
        "bank_ref": "FT1",
        "amount": 150_000,
        "paid_at": "2026-11-23T09:05:09+07:00",
    }


def test_a_failed_payment_says_why() -> None:
    said = report(a_payment().end(TOO_POOR))

    assert (said["state"], said["code"], said["paid_at"]) == ("failed", "51", None)


def test_the_message_holds_code_amount_and_bank() -> None:
    text = otp_text(VCB, a_payment(an_order(amount=1_250_000)), a_challenge("048291"))

    assert text.startswith("Vietcombank: ")
    assert "048291" in text
    assert "1.250.000 VND" in text
    assert "120 giây" in text


@pytest.mark.parametrize(
    ("description", "said"),
    [
        ("THANH TOAN HO SO H24.1", "Thanh toán lệ phí cho hồ sơ H24.1"),
        (
            "Phi ho so 000.00.24.H24-260101-0001.",
            "Thanh toán lệ phí cho hồ sơ 000.00.24.H24-260101-0001",
        ),
        ("", "Thanh toán lệ phí cho hồ sơ PP0001"),
    ],
)
def test_the_wallets_order_page_names_the_dossier(description: str, said: str) -> None:
    assert purpose(replace(an_order(), description=description)) == said


def test_the_phone_is_asked_with_everything_that_one_must_check() -> None:
    payment = a_payment(an_order(amount=1_250_000))
    asked = approval(
        VCB, payment, a_challenge("ask-1"), to="0912345678", answer_url="http://bank.test/a"
    )

    assert set(asked) == {"id", "to", "from", "title", "lines", "expires_at", "answer_url"}
    assert asked["expires_at"] == "2026-11-23T09:02:00+07:00"
    assert "Số tiền: 1.250.000 VND" in cast("list[str]", asked["lines"])
