"""The use cases of refunds of platform orders (ours)."""

from collections.abc import Callable
from datetime import datetime

from mock_payment_gateway.domain import notice
from mock_payment_gateway.domain import refund as rules
from mock_payment_gateway.domain.errors import NoSuchOrder
from mock_payment_gateway.domain.partner import Partner
from mock_payment_gateway.domain.payment import Payment
from mock_payment_gateway.domain.platform import Fields, Query
from mock_payment_gateway.domain.refund import Refund, RefundIdTaken, RefundState
from mock_payment_gateway.ports import BankHouse, Work
from simkit.core.chance import Ids
from simkit.core.clock import Clock

Asked = Callable[[Query], tuple[Payment, Partner]]


class Refunds:
    """Takes refunds, and has the bank book them: by the outbox, again until it is done."""

    def __init__(self, work: Work, bank: BankHouse, clock: Clock, ids: Ids, asked: Asked) -> None:
        """``asked`` checks a partner's message and returns the order that it names."""
        self._work = work
        self._bank = bank
        self._clock = clock
        self._ids = ids
        self._asked = asked

    def ask(self, message: Query, name: str, amount: int) -> Fields:
        """Take a refund, or tell how it stands: the same message again changes nothing."""
        payment, partner = self._asked(message)
        with self._work.write() as unit:
            before = unit.refunds.find(partner.code, name)
            if before is None:
                rules.check(payment, amount, unit.refunds.of(payment.platform_id))
                refund_id = self._ids.hex("bank-refund", 16)
                before = Refund(partner.code, name, payment.platform_id, refund_id, amount)
                unit.refunds.put(before)
                unit.outbox.put(notice.refund_request(before, payment))
            elif (before.platform_id, before.amount) != (payment.platform_id, amount):
                raise RefundIdTaken(facts={"MaHoanTien": name})
        return rules.answer(before, payment.reference, partner.secret)

    def push(self, refund_id: str) -> bool:
        """Have the bank book a refund; tell whether it has ended. Raises ``NeighbourDown``."""
        with self._work.read() as unit:
            refund = unit.refunds.by_id(refund_id)
            payment = unit.payments.by_platform_id(refund.platform_id) if refund else None
        if refund is None or payment is None:
            raise NoSuchOrder("Không có khoản hoàn tiền này.", {"refund_id": refund_id})
        state = self._bank.refund(refund, payment)
        with self._work.write() as unit:
            now = unit.refunds.by_id(refund_id)
            if now is not None:
                unit.refunds.put(now.hear(state, self._clock.now()))
        return state is not RefundState.PENDING

    def cancelled_at(self, payment: Payment) -> datetime | None:
        """Return when all of an order was back with its payer: its receipt ended then [S]."""
        with self._work.read() as unit:
            done = [one for one in unit.refunds.of(payment.platform_id) if one.done_at]
        if sum(one.amount for one in done) < payment.amount:
            return None
        return max(one.done_at for one in done if one.done_at)

    def ledger(self) -> list[dict[str, object]]:
        """Return every refund for the audit."""
        with self._work.read() as unit:
            return [
                {
                    "refund_id": one.refund_id,
                    "platform_id": one.platform_id,
                    "name": one.name,
                    "amount": one.amount,
                    "state": one.state,
                }
                for one in unit.refunds.all()
            ]
