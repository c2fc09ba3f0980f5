"""Orders whose result never came: asked for by QUERY, again and again, until it is known."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mock_portal.domain.platform import query_message, read_query_answer
from mock_portal.service.payments import RECONCILE, PaymentService
from simkit.core.errors import BadInput
from simkit.core.messages import Due, Message, Receipt

FEE_QUERY = "fee-query"
"""The kind of the message that asks the platform about an order."""


@dataclass(frozen=True, slots=True)
class ReconcileService:
    """Finds the results of orders without the browser and without a notice.

    The platform is never asked inside a transaction: the appointment puts the question into the
    outbox, and the answer is heard when it was delivered.
    """

    payments: PaymentService = field(repr=False)

    def ask(self, due: Due) -> None:
        """Ask about an order that is still open, and make the next appointment."""
        tools = self.payments.tools
        number = int(due.facts["number"])
        with tools.work.write() as unit:
            order = unit.payments.order(due.key)
            if order is None or not order.state.is_open:
                return
            unit.outbox.put(
                Message(
                    FEE_QUERY,
                    f"{order.reference}:{number}",
                    "gateway",
                    query_message(order, tools.partner),
                    order.dossier,
                )
            )
            following = order.ask_at(number + 1)
            if following is not None:
                facts = {"number": str(number + 1)}
                unit.agenda.put(RECONCILE, order.reference, following, facts)

    def answered(self, message: Message, receipt: Receipt) -> None:
        """Hear what the platform answered; called for each try to ask it."""
        del message
        if receipt.accepted and receipt.answer.get("TrangThaiGD"):
            self._hear(receipt.answer)

    def _hear(self, answer: Mapping[str, object]) -> None:
        try:
            notice = read_query_answer(answer)
        except BadInput:
            return  # the next appointment asks again
        self.payments.hear_answer(notice)
