"""Whose turn it is on the pages of a payment, as the time makes it."""

from datetime import datetime

from mock_bank.domain.account import Customer
from mock_bank.domain.otp import Challenge, ChallengeState
from mock_bank.domain.payment import Payment
from mock_bank.domain.visit import Stage, Step, Visit
from mock_bank.ports import Unit


def turn(unit: Unit, token: str, now: datetime) -> tuple[Visit, Challenge | None]:
    """Return where the customer stands and what was sent last, both as the time makes them."""
    visit, challenge = unit.payments.visit(token), unit.payments.challenge(token)
    if (
        challenge is not None
        and visit.stage is Stage.CONFIRM
        and challenge.state is ChallengeState.OPEN
        and challenge.has_lapsed(now)
    ):
        return visit.happen(Step.LAPSE), challenge.lapse()
    return visit, challenge


def customer_of(unit: Unit, payment: Payment, visit: Visit) -> Customer:
    """Return who signed in; to ask before anybody did is a mistake of ours."""
    customer = unit.customers.find(payment.order.bank, visit.user)
    if customer is None:
        raise LookupError(f"{visit.user} signed in and is no customer any more")
    return customer
