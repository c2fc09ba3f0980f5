"""What becomes, on the clock, of payments that were charged and not told."""

from datetime import timedelta

from mock_bank.domain.magic import Late
from mock_bank.domain.payment import FAILED_LATE, GIVEN_BACK, REVERSED, Payment, PaymentState
from mock_bank.domain.profile import bank_of
from mock_bank.ports import Unit, Work
from mock_bank.service.endings import close
from mock_bank.service.till import Till, give_held_back, settle_held
from simkit.core.clock import Clock

GIVE_BACK = "payment-give-back"
GIVEN_BACK_AFTER = timedelta(days=1)  # ours


class Lateness:
    """Resolves them; the agenda is the only caller. A second call changes nothing."""

    def __init__(self, work: Work, clock: Clock, till: Till) -> None:
        """Take the ports."""
        self._work = work
        self._clock = clock
        self._till = till

    def resolve(self, token: str, late: Late) -> None:
        """Let the gateway hear of a charged payment: success, failure or reversal."""
        with self._work.write() as unit:
            payment = unit.payments.by_token(token)
            if payment is not None and payment.state is PaymentState.CHARGED:
                self._resolve(unit, payment, late)

    def give_back(self, token: str) -> None:
        """Book the money of a failed payment back to its payer."""
        with self._work.write() as unit:
            payment = unit.payments.by_token(token)
            if payment is not None and payment.state is PaymentState.OWED:
                bank = bank_of(payment.order.bank)
                unit.ledger.book(give_held_back(bank, payment, self._clock.now()))
                unit.payments.put(payment.end(GIVEN_BACK))

    def _resolve(self, unit: Unit, payment: Payment, late: Late) -> None:
        now, bank = self._clock.now(), bank_of(payment.order.bank)
        if late is Late.SUCCESS:
            unit.ledger.book(settle_held(bank, payment, now))
            close(unit, payment.settle(self._till.bank_ref(now), now, payer=payment.payer))
        elif late is Late.REVERSAL:
            unit.ledger.book(give_held_back(bank, payment, now))
            close(unit, payment.end(REVERSED))
        else:
            unit.agenda.put(GIVE_BACK, payment.token, now + GIVEN_BACK_AFTER, {})
            close(unit, payment.end(FAILED_LATE))
