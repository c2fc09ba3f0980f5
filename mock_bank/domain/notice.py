"""What the bank says: to the gateway about a payment, to the customer about a code."""

from mock_bank.domain.otp import VALID_FOR
from mock_bank.domain.payment import Payment
from mock_bank.domain.profile import BankProfile
from simkit.core.clock import ICT


def report(payment: Payment) -> dict[str, object]:
    """Return how a payment stands, in the shape that status and notice share.

    ``code`` is null while the payment is open, ``bank_ref`` and ``paid_at`` are null unless it
    is paid; ``paid_at`` is ISO 8601 in Vietnam's time.
    """
    paid_at = payment.paid_at
    return {
        "request_id": payment.order.request_id,
        "state": payment.state.value,
        "code": payment.code.value if payment.code else None,
        "bank_ref": payment.bank_ref,
        "amount": payment.order.amount,
        "paid_at": paid_at.astimezone(ICT).isoformat(timespec="seconds") if paid_at else None,
    }


def otp_text(bank: BankProfile, payment: Payment, code: str) -> str:
    """Return the SMS that carries a one-time password (wording ours)."""
    amount = f"{payment.order.amount:,}".replace(",", ".")
    return (
        f"{bank.name}: Mã OTP của Quý khách là {code}, hiệu lực {VALID_FOR.seconds} giây, "
        f"để thanh toán {amount} VND trên Cổng Dịch vụ công quốc gia. "
        "Tuyệt đối không cung cấp mã này cho bất kỳ ai, kể cả nhân viên ngân hàng."
    )
