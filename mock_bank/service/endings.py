"""How a payment ends: the same three things in the same unit of work, whatever the reason."""

from datetime import datetime

from mock_bank.domain.errors import UnknownPayment
from mock_bank.domain.notice import report
from mock_bank.domain.payment import LAPSED, Payment
from mock_bank.ports import Unit
from simkit.core.messages import Message

EXPIRY = "payment-expiry"
NOTICE = "notice"


def close(unit: Unit, payment: Payment) -> None:
    """Keep an ended payment, take its expiry off the agenda and tell the gateway."""
    order = payment.order
    unit.payments.put(payment)
    unit.agenda.drop(EXPIRY, payment.token)
    unit.outbox.put(
        Message(NOTICE, order.request_id, order.notice_url, report(payment), about=order.reference)
    )


def current(unit: Unit, token: str, now: datetime) -> Payment:
    """Return the payment behind a link as it stands now, ending it first if its time is over.

    The agenda would end it too, but who asks before the agenda's turn must not find it open.
    """
    payment = unit.payments.by_token(token)
    if payment is None:
        raise UnknownPayment(
            "Không tìm thấy giao dịch. Hãy quay lại cổng dịch vụ công và thanh toán lại từ đầu.",
            {"token": "unknown"},
        )
    if payment.is_over_at(now):
        payment = payment.end(LAPSED)
        close(unit, payment)
    return payment
