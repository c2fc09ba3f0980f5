"""How the bank speaks to its neighbours: signed notices to the gateway, codes to the phone."""

import hmac
import json

from simkit.core.errors import NeighbourDown
from simkit.core.messages import Message, Receipt
from simkit.wire.couriers import JsonCourier
from simkit.wire.line import Line

SIGNATURE = "x-request-signature"
# A receiver that answers these will not take the notice however often it is told.
_REFUSED_FOR_GOOD = frozenset({400, 404, 409, 410, 413, 422})


def signature(secret: str, body: bytes) -> str:
    """Return the HMAC-SHA256 of the bytes as sent, in lower-case hexadecimal.

    That answers carry ``x-request-signature`` is known of the 2026 interface [S]; how it is made
    is not public: this is ours.
    """
    return hmac.digest(secret.encode(), body, "sha256").hex()


class NoticeCourier:
    """Posts how a payment ended to the address that came with the order."""

    def __init__(self, line: Line, secret: str) -> None:
        """``secret`` is shared with the gateway."""
        self._line = line
        self._secret = secret

    def deliver(self, message: Message) -> Receipt:
        """Try once; any 2xx means taken."""
        body = json.dumps(message.body, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json", SIGNATURE: signature(self._secret, body)}
        try:
            answer = self._line.call(
                "POST", message.to, data=body, headers=headers, about=message.about
            )
        except NeighbourDown as down:
            return Receipt(accepted=False, detail=f"{down.code}: {down}")
        return Receipt(
            accepted=answer.good,
            detail=f"HTTP {answer.status}",
            final=answer.status in _REFUSED_FOR_GOOD,
        )


def sms_courier(line: Line) -> JsonCourier:
    """Return who carries messages of kind ``sms`` to the citizen's phone."""
    return JsonCourier(line, "/api/v1/sms")


def approval_courier(line: Line) -> JsonCourier:
    """Return who carries questions to the Smart OTP app on the citizen's phone."""
    return JsonCourier(line, "/api/v1/approvals")
