"""The public post: delivery orders after its NGSP interface."""

from simkit.core.errors import NeighbourDown
from simkit.core.messages import Message, Receipt
from simkit.wire.line import Line

ORDERS_PATH = "/ngsp/v1/orders"
ACCEPTED = frozenset({"100", "101"})
"""Status of an order that was taken now, and of one that was known before [S]."""


class PostCourier:
    """Carries delivery orders; the post judges in its answer's Status, not in HTTP's."""

    def __init__(self, line: Line) -> None:
        """``line`` leads to the post."""
        self._line = line

    def deliver(self, message: Message) -> Receipt:
        """Try once; a refusal in words is tried again, for the post may be put right."""
        try:
            answer = self._line.call(
                "POST", ORDERS_PATH, json_body=message.body, about=message.about
            )
            body = answer.object()
        except NeighbourDown as down:
            return Receipt(accepted=False, detail=f"{down.code}: {down}")
        status = str(body.get("Status", ""))
        return Receipt(
            accepted=answer.good and status in ACCEPTED,
            detail=f"HTTP {answer.status}, Status {status}"[:200],
            answer=body,
        )
