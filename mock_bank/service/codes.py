"""Sends what proves the customer to be the one: a code by SMS, or a question to the phone's app."""

from collections.abc import Callable
from datetime import datetime

from mock_bank.domain.account import Customer
from mock_bank.domain.notice import approval, otp_text
from mock_bank.domain.otp import Challenge
from mock_bank.domain.payment import Payment
from mock_bank.domain.profile import BankProfile, bank_of
from mock_bank.domain.rules import OtpKind, OtpRule
from mock_bank.ports import Unit
from simkit.core.chance import Ids
from simkit.core.messages import Message

SMS = "sms"
APPROVAL = "approval"


class Codes:
    """Makes challenges and puts them into the outbox, inside somebody else's unit of work."""

    def __init__(self, ids: Ids, own_url: Callable[[str], str]) -> None:
        """``own_url`` makes the absolute address of a path of this house."""
        self._ids = ids
        self._own_url = own_url

    def send(  # noqa: PLR0913, PLR0917 - the facts of one challenge
        self,
        unit: Unit,
        payment: Payment,
        customer: Customer,
        before: Challenge | None,
        rule: OtpRule,
        now: datetime,
    ) -> None:
        """Send a challenge under ``rule``; the one ``before`` it is worth nothing any more."""
        smart = rule.kind is OtpKind.SMART
        code = self._ids.token("approval") if smart else self._ids.digits("otp", rule.digits)
        challenge = before.renew(code, now, rule) if before else Challenge(code, now, rule)
        unit.payments.put_challenge(payment.token, challenge)
        bank = bank_of(payment.order.bank)
        make = self._approval if smart else _sms
        unit.outbox.put(make(bank, payment, customer, challenge))

    def _approval(
        self, bank: BankProfile, payment: Payment, customer: Customer, challenge: Challenge
    ) -> Message:
        answer_url = self._own_url(f"/api/v1/approvals/{challenge.code}")
        body = approval(bank, payment, challenge, to=customer.phone, answer_url=answer_url)
        key = challenge.code
        return Message(APPROVAL, key, customer.phone, body, about=payment.order.reference)


def _sms(bank: BankProfile, payment: Payment, customer: Customer, challenge: Challenge) -> Message:
    key = f"otp-{payment.order.request_id}-{challenge.serial}"
    body = {
        "id": key,
        "to": customer.phone,
        "from": bank.name,
        "text": otp_text(bank, payment, challenge),
    }
    return Message(SMS, key, customer.phone, body, about=payment.order.reference)
