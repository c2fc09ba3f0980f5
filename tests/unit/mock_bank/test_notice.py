"""What the bank says of a payment."""

from datetime import UTC, datetime

from mock_bank.domain.notice import otp_text, report
from mock_bank.domain.payment import TOO_POOR
from tests.builders.bank import VCB, a_payment, an_order


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
    paid = a_payment().settle("FT1", datetime(2026, 11, 23, 2, 5, 9, 700, tzinfo=UTC))

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
    text = otp_text(VCB, a_payment(an_order(amount=1_250_000)), "048291")

    assert text.startswith("Vietcombank: ")
    assert "048291" in text
    assert "1.250.000 VND" in text
    assert "120 giây" in text
