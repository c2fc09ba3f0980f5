"""How the partner is told of an outcome, how often, and how often a silent bank is asked."""

from datetime import timedelta

from mock_payment_gateway.domain.partner import Partner
from mock_payment_gateway.domain.payment import Payment
from simkit.core.messages import Message, Schedule

CONFIRM = "confirm"
ASK_BANK = "ask-bank"

CONFIRM_SCHEDULE = Schedule((timedelta(minutes=5),) * 9)
"""Ten calls, five minutes apart: ours, after VNPAY's [S]; the platform's own is not public."""

ASK_SCHEDULE = Schedule((timedelta(minutes=5),) * 12 + (timedelta(hours=1),) * 71)
"""A bank without a final word is asked for three days: as long as partners keep querying (ours)."""


def confirmation(payment: Payment, partner: Partner) -> Message:
    """Return the CONFIRM of an outcome; the key allows one per order and outcome."""
    return Message(
        kind=CONFIRM,
        key=f"{payment.platform_id}:{payment.state}",
        to=partner.confirm_url,
        body=payment.report().confirm(partner.secret),
        about=payment.reference,
    )


def question(payment: Payment) -> Message:
    """Return the note to ask the bank about an order whose time ran out without its word."""
    return Message(
        kind=ASK_BANK,
        key=payment.platform_id,
        to="bank",
        body={"request_id": payment.request_id},
        about=payment.reference,
    )
