"""What the gateway asks back for a payer."""

from datetime import timedelta

from mock_bank.domain.account import settlement_of
from mock_bank.domain.errors import UnknownPayment, UnknownRefund
from mock_bank.domain.magic import BASE_AMOUNT
from mock_bank.domain.payment import Code
from mock_bank.domain.profile import bank_of
from mock_bank.domain.refund import Refund, RefundState, refund_report, refundable_or_refuse
from mock_bank.domain.transfer import moved
from mock_bank.ports import Unit, Work
from mock_bank.service.endings import NOTICE
from mock_bank.service.till import Till
from simkit.core.clock import Clock
from simkit.core.messages import Message

REFUND = "refund"
DONE_AFTER = timedelta(minutes=5)  # ours
FAILS = BASE_AMOUNT + int(Code.OTHER)
"""The amount, in đồng, of a refund that the bank gives up (ours)."""


class Refunds:
    """Takes refunds on, and books them on the clock."""

    def __init__(self, work: Work, clock: Clock, till: Till) -> None:
        """Take the ports."""
        self._work = work
        self._clock = clock
        self._till = till

    def ask(
        self, refund_id: str, request_id: str, amount: int, notice_url: str = ""
    ) -> tuple[Refund, bool]:
        """Take a refund on and return it, and whether it is new.

        The same id again returns the refund of the first time. What is under way counts as given
        back: all refunds of a payment together never exceed it.
        """
        now = self._clock.now()
        with self._work.write() as unit:
            known = unit.refunds.find(refund_id)
            if known is not None:
                known.same_or_refuse(request_id, amount)
                return known, False
            payment = unit.payments.find(request_id)
            if payment is None:
                raise UnknownPayment(
                    "Không có giao dịch nào mang mã yêu cầu này.", {"request_id": request_id}
                )
            so_far = sum(each.amount for each in unit.refunds.of(request_id) if each.counts)
            refundable_or_refuse(payment, so_far, amount)
            refund = Refund(refund_id, request_id, amount, now, notice_url)
            unit.refunds.add(refund)
            unit.agenda.put(REFUND, refund_id, now + DONE_AFTER, {})
            return refund, True

    def refund(self, refund_id: str) -> Refund:
        """Return how a refund stands."""
        with self._work.read() as unit:
            found = unit.refunds.find(refund_id)
        if found is None:
            raise UnknownRefund(
                "Không có yêu cầu hoàn tiền nào mang mã này.", {"refund_id": refund_id}
            )
        return found

    def finish(self, refund_id: str) -> None:
        """Book a refund whose time has come; a second call changes nothing."""
        with self._work.write() as unit:
            refund = unit.refunds.find(refund_id)
            if refund is not None and refund.state is RefundState.PENDING:
                ended = self._end(unit, refund)
                unit.refunds.put(ended)
                if ended.notice_url:
                    unit.outbox.put(_notice(unit, ended))

    def _end(self, unit: Unit, refund: Refund) -> Refund:
        payment = unit.payments.find(refund.request_id)
        payer = unit.accounts.find(payment.payer) if payment else None
        if payment is None or payer is None or refund.amount == FAILS:
            return refund.fail(Code.OTHER)
        # The payer may be at another bank: a transfer to the order's own account can come from any.
        now, source = self._clock.now(), settlement_of(bank_of(payment.order.bank))
        unit.ledger.book(moved(refund.about, now, source, payer, refund.amount))
        return refund.book(self._till.bank_ref(now), now)


def _notice(unit: Unit, refund: Refund) -> Message:
    payment = unit.payments.find(refund.request_id)
    about = payment.order.reference if payment else refund.request_id
    return Message(
        NOTICE, f"refund-{refund.refund_id}", refund.notice_url, refund_report(refund), about=about
    )
