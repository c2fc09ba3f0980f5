"""Payments, with the visit and the challenge of each."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.dialects.sqlite import insert

from mock_bank.domain.otp import Challenge, ChallengeState
from mock_bank.domain.payment import Code, Order, Payment, PaymentState
from mock_bank.domain.rules import OtpKind, OtpRule
from mock_bank.domain.visit import Stage, Visit
from mock_bank.store.tables import CHALLENGE, PAYMENT, VISIT
from simkit.storage.sql import Sql


class PaymentTable:
    """Implements ``ports.Payments`` inside one unit of work."""

    def __init__(self, sql: Sql) -> None:
        """Take the unit."""
        self._sql = sql

    def find(self, request_id: str) -> Payment | None:
        """Return the payment of a request, if there is one."""
        return self._one(PAYMENT.c.request_id == request_id)

    def by_token(self, token: str) -> Payment | None:
        """Return the payment behind a customer's link, if there is one."""
        return self._one(PAYMENT.c.token == token)

    def by_alias(self, number: str) -> Payment | None:
        """Return the payment that an account stands for, if there is one."""
        return self._one(PAYMENT.c.alias == number) if number else None

    def add(self, payment: Payment) -> None:
        """Add a payment; nobody has visited it yet and no code was sent."""
        order = payment.order
        self._sql.run(
            PAYMENT.insert(),
            {
                "request_id": order.request_id,
                "token": payment.token,
                "bank": order.bank,
                "amount": order.amount,
                "description": order.description,
                "reference": order.reference,
                "expires_at": order.expires_at,
                "return_url": order.return_url,
                "notice_url": order.notice_url,
                "created_at": payment.created_at,
                "alias": payment.alias,
                **_standing(payment),
            },
        )

    def put(self, payment: Payment) -> None:
        """Replace what may change of the payment of that request."""
        mine = PAYMENT.c.request_id == payment.order.request_id
        self._sql.run(PAYMENT.update().where(mine).values(**_standing(payment)))

    def visit(self, token: str) -> Visit:
        """Return where the customer is; before anybody signed in that is the first page."""
        row = self._sql.run(select(VISIT).where(VISIT.c.token == token)).first()
        return Visit(Stage(row.stage), row.user, row.browser) if row else Visit()

    def put_visit(self, token: str, visit: Visit) -> None:
        """Remember where the customer is."""
        fresh = {"stage": visit.stage, "user": visit.user, "browser": visit.browser}
        self._sql.run(
            insert(VISIT)
            .values(token=token, **fresh)
            .on_conflict_do_update(index_elements=["token"], set_=fresh)
        )

    def challenge(self, token: str) -> Challenge | None:
        """Return the challenge sent last, if one was sent."""
        row = self._sql.run(select(CHALLENGE).where(CHALLENGE.c.token == token)).first()
        if row is None:
            return None
        return Challenge(
            row.code, row.sent_at, _rule(row), row.serial, row.misses, ChallengeState(row.state)
        )

    def by_approval(self, approval: str) -> str | None:
        """Return the link of the payment whose last challenge has this code, if there is one."""
        smart = CHALLENGE.c.kind == OtpKind.SMART
        found = select(CHALLENGE.c.token).where(CHALLENGE.c.code == approval, smart)
        token: str | None = self._sql.run(found).scalar()
        return token

    def put_challenge(self, token: str, challenge: Challenge) -> None:
        """Remember the challenge sent last."""
        rule = challenge.rule
        fresh = {
            "code": challenge.code,
            "kind": rule.kind,
            "digits": rule.digits,
            "valid_for": int(rule.valid_for.total_seconds()),
            "resend_after": int(rule.resend_after.total_seconds()),
            "most_misses": rule.most_misses,
            "up_to": rule.up_to,
            "sent_at": challenge.sent_at,
            "serial": challenge.serial,
            "misses": challenge.misses,
            "state": challenge.state,
        }
        self._sql.run(
            insert(CHALLENGE)
            .values(token=token, **fresh)
            .on_conflict_do_update(index_elements=["token"], set_=fresh)
        )

    def all(self) -> Sequence[Payment]:
        """Return every payment, the oldest first."""
        return [_payment(row) for row in self._sql.run(select(PAYMENT).order_by(PAYMENT.c.id))]

    def _one(self, condition: ColumnElement[bool]) -> Payment | None:
        row = self._sql.run(select(PAYMENT).where(condition)).first()
        return _payment(row) if row else None


def _standing(payment: Payment) -> dict[str, object]:
    return {
        "state": payment.state,
        "code": payment.code,
        "bank_ref": payment.bank_ref,
        "paid_at": payment.paid_at,
        "payer": payment.payer,
    }


def _rule(row: Row[Any]) -> OtpRule:
    return OtpRule(
        OtpKind(row.kind),
        row.digits,
        timedelta(seconds=row.valid_for),
        timedelta(seconds=row.resend_after),
        row.most_misses,
        row.up_to,
    )


def _payment(row: Row[Any]) -> Payment:
    return Payment(
        order=Order(
            request_id=row.request_id,
            bank=row.bank,
            amount=row.amount,
            description=row.description,
            reference=row.reference,
            expires_at=row.expires_at,
            return_url=row.return_url,
            notice_url=row.notice_url,
        ),
        token=row.token,
        created_at=row.created_at,
        state=PaymentState(row.state),
        code=Code(row.code) if row.code else None,
        bank_ref=row.bank_ref,
        paid_at=row.paid_at,
        payer=row.payer,
        alias=row.alias,
    )
