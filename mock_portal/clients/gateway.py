"""The national Payment Platform, spoken to in its version 1.0.6."""

from collections.abc import Mapping

from mock_portal.domain.fee import Order
from mock_portal.domain.platform import (
    Partner,
    Payee,
    PlatformNotice,
    init_message,
    query_message,
    read_query_answer,
)
from mock_portal.ports.payments import InitAnswer
from simkit.core.errors import BadInput, NeighbourDown
from simkit.core.messages import Message, Receipt
from simkit.wire.line import Line

INIT_PATH = "/payment-platform/1.0.6/init"
QUERY_PATH = "/payment-platform/1.0.6/query"
PATIENCE = 60.0
"""Seconds to wait for the platform, as a public client does [S]."""

_PAY_SCHEMES = ("http://", "https://")


class GatewayPlatform:
    """Implements ``mock_portal.ports.payments.Platform``."""

    def __init__(self, line: Line, partner: Partner) -> None:
        """``line`` leads to the platform; ``partner`` is who we are there."""
        self._line = line
        self._partner = partner

    def init(self, order: Order, payee: Payee) -> InitAnswer:
        """Announce an order; a page that is not a web address is not taken for one."""
        message = init_message(order, payee, self._partner)
        body = self._ask(INIT_PATH, message, order.dossier)
        url = _text(body, "UrlThanhToan")
        return InitAnswer(
            code=_text(body, "MaLoi"),
            pay_url=url if url.startswith(_PAY_SCHEMES) else "",
            text=_text(body, "MoTaLoi"),
        )

    def query(self, order: Order) -> PlatformNotice | None:
        """Ask how an order stands; an answer without a state says that it is not known."""
        body = self._ask(QUERY_PATH, query_message(order, self._partner), order.dossier)
        if not body.get("TrangThaiGD"):
            return None
        try:
            return read_query_answer(body)
        except BadInput as odd:
            raise NeighbourDown("Cổng thanh toán trả lời không đúng định dạng.", odd.facts) from odd

    def _ask(self, path: str, message: Mapping[str, object], about: str) -> Mapping[str, object]:
        """Post a message and return the answer, whatever its status: its MaLoi counts."""
        answer = self._line.call("POST", path, json_body=message, about=about, timeout=PATIENCE)
        return answer.object()


class QueryCourier:
    """Carries questions about orders; any answer in words is one, whatever it says."""

    def __init__(self, line: Line) -> None:
        """``line`` leads to the platform."""
        self._line = line

    def deliver(self, message: Message) -> Receipt:
        """Try once."""
        try:
            answer = self._line.call(
                "POST", QUERY_PATH, json_body=message.body, about=message.about, timeout=PATIENCE
            )
            body = answer.object()
        except NeighbourDown as down:
            return Receipt(accepted=False, detail=f"{down.code}: {down}")
        detail = f"HTTP {answer.status}, TrangThaiGD {body.get('TrangThaiGD', '-')}"
        return Receipt(accepted=True, detail=detail[:200], answer=body)


def _text(body: Mapping[str, object], name: str) -> str:
    value = body.get(name)
    return value if isinstance(value, str) else ""
