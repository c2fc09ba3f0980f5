"""What the bank says: to the gateway about a payment, to the customer about a code."""

import re

from mock_bank.domain.account import COLLECTOR
from mock_bank.domain.otp import Challenge
from mock_bank.domain.payment import Order, Payment
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
        "state": payment.said.value,
        "code": payment.code.value if payment.code else None,
        "bank_ref": payment.bank_ref,
        "amount": payment.order.amount,
        "paid_at": paid_at.astimezone(ICT).isoformat(timespec="seconds") if paid_at else None,
    }


_DOSSIER = re.compile(r"[A-Z0-9]+(?:\.[A-Z0-9]+)+(?:-[0-9]+)*|[A-Z0-9]+(?:-[0-9]+)+")


def purpose(order: Order) -> str:
    """Return what is paid for, as the wallet's order page says it [S]: «… cho hồ sơ …».

    The dossier's code is looked for in the description; where there is none, the gateway's
    reference stands for it.
    """
    found = _DOSSIER.search(order.description)
    return f"Thanh toán lệ phí cho hồ sơ {found[0] if found else order.reference}"


def dong(amount: int) -> str:
    """Return an amount as Vietnamese banks write it in messages: ``1.250.000 VND``."""
    return f"{amount:,} VND".replace(",", ".")


def otp_text(bank: BankProfile, payment: Payment, challenge: Challenge) -> str:
    """Return the SMS that carries a one-time password (wording ours)."""
    return (
        f"{bank.name}: Mã OTP của Quý khách là {challenge.code}, "
        f"hiệu lực {int(challenge.rule.valid_for.total_seconds())} giây, "
        f"để thanh toán {dong(payment.order.amount)} trên Cổng Dịch vụ công quốc gia. "
        "Tuyệt đối không cung cấp mã này cho bất kỳ ai, kể cả nhân viên ngân hàng."
    )


def approval(
    bank: BankProfile, payment: Payment, challenge: Challenge, *, to: str, answer_url: str
) -> dict[str, object]:
    """Return what the Smart OTP app on the phone is to show (ours); times are ISO 8601."""
    return {
        "id": challenge.code,
        "to": to,
        "from": bank.name,
        "title": "Phê duyệt thanh toán",
        "lines": [
            f"Số tiền: {dong(payment.order.amount)}",
            f"Nhà cung cấp: {COLLECTOR}",
            f"Nội dung: {payment.order.description or payment.order.reference}",
            f"Mã tham chiếu: {payment.order.reference}",
        ],
        "expires_at": challenge.valid_until.astimezone(ICT).isoformat(timespec="seconds"),
        "answer_url": answer_url,
    }
