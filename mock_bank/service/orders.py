"""What the gateway asks of a bank."""

from collections.abc import Sequence

from mock_bank.domain.account import ALIAS_DIGITS, alias_number
from mock_bank.domain.errors import UnknownPayment
from mock_bank.domain.payment import Order, Payment
from mock_bank.domain.profile import BANKS, BankProfile, bank_of
from mock_bank.domain.vietqr import LONGEST_CONTENT, QrTransfer
from mock_bank.ports import Unit, Work
from mock_bank.service.endings import EXPIRY, current
from simkit.core.chance import Ids
from simkit.core.clock import Clock
from simkit.core.errors import BadInput


class Orders:
    """Takes payments on and says how they stand."""

    def __init__(self, work: Work, clock: Clock, ids: Ids) -> None:
        """Take the ports."""
        self._work = work
        self._clock = clock
        self._ids = ids

    def banks(self) -> Sequence[BankProfile]:
        """Return the banks that a payer may choose from."""
        return BANKS

    def place(self, order: Order) -> tuple[Payment, bool]:
        """Take the order on and return its payment, and whether it is new.

        The same request id again returns the payment that it made the first time; with another
        amount, bank or reference it is refused.
        """
        bank_of(order.bank)
        now = self._clock.now()
        with self._work.write() as unit:
            known = unit.payments.find(order.request_id)
            if known is not None:
                known.same_or_refuse(order)
                return known, False
            if order.expires_at <= now:
                raise BadInput("Thời hạn thanh toán đã qua.", {"expires_at": "in the past"})
            alias = self._free_alias(unit, bank_of(order.bank))
            payment = Payment(order, self._ids.token("payment"), now, alias=alias)
            unit.payments.add(payment)
            unit.agenda.put(EXPIRY, payment.token, order.expires_at, {})
            return payment, True

    def _free_alias(self, unit: Unit, bank: BankProfile) -> str:
        while True:
            number = alias_number(bank, self._ids.digits("alias", ALIAS_DIGITS))
            if unit.payments.by_alias(number) is None:
                return number

    def qr(self, request_id: str) -> QrTransfer:
        """Return what a VietQR code for this payment asks: its own account, amount and content."""
        payment = self.payment(request_id)
        bank = bank_of(payment.order.bank)
        content = payment.order.reference[:LONGEST_CONTENT]
        return QrTransfer(bank.bin, payment.alias, payment.order.amount, content)

    def payment(self, request_id: str) -> Payment:
        """Return how a payment stands now."""
        with self._work.read() as unit:
            payment = unit.payments.find(request_id)
        if payment is None:
            raise UnknownPayment(
                "Không có giao dịch nào mang mã yêu cầu này.", {"request_id": request_id}
            )
        return self.expire(payment.token) if payment.is_over_at(self._clock.now()) else payment

    def expire(self, token: str) -> Payment:
        """End the payment if its time is over; the agenda and latecomers both ask for this."""
        with self._work.write() as unit:
            return current(unit, token, self._clock.now())
