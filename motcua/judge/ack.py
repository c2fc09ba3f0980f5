"""Reads a listener's acknowledgement as tolerantly as a real platform has to."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from motcua.judge.wire import Answer

CONFIRMED = "00"
ALREADY = "02"


class AckKind(StrEnum):
    """What an acknowledgement amounts to for the sender.

    ``BROKEN``: no code can be read from it (not JSON, not 2xx, or nothing at all), which a sender
    takes for a failure.
    """

    ACCEPTED = "accepted"
    ALREADY = "already confirmed"
    REFUSED = "refused"
    BROKEN = "unreadable"


@dataclass(frozen=True, slots=True)
class Ack:
    """An acknowledgement that was read: ``code`` is empty when there is none."""

    kind: AckKind
    code: str
    fields: Mapping[str, str]
    words: str
    """What came, in a few words for the reason of a verdict."""

    @property
    def takes_it(self) -> bool:
        """Tell whether the listener says that the payment is (or was) booked."""
        return self.kind in {AckKind.ACCEPTED, AckKind.ALREADY}

    @property
    def readable(self) -> bool:
        """Tell whether the sender understands the answer."""
        return self.kind is not AckKind.BROKEN


def read_ack(answer: Answer, code_field: str) -> Ack:
    """Read an answer: keys in any case, fields may be missing, ``return_code`` counts too [S].

    Real listeners answer ``maLoi`` for ``MaLoi``, leave fields out, answer plain text with 500, and
    say ``{"return_code": -1}`` with 200 on an error of their own [S]; all of these are understood.
    """
    if answer.trouble:
        return Ack(AckKind.BROKEN, "", {}, answer.trouble)
    fields = _fields(answer.body)
    if not answer.is_good:
        return Ack(AckKind.BROKEN, "", fields, f"HTTP {answer.status}")
    if not fields:
        return Ack(AckKind.BROKEN, "", {}, f"HTTP {answer.status} without a JSON object")
    own = _lower(fields, "return_code")
    code = _lower(fields, code_field.lower())
    if not code and own:
        code = CONFIRMED if own == "0" else own
    elif own not in {"", "0"}:
        code = own
    if not code:
        return Ack(AckKind.BROKEN, "", fields, f"HTTP {answer.status} without {code_field}")
    kinds = {CONFIRMED: AckKind.ACCEPTED, ALREADY: AckKind.ALREADY}
    return Ack(kinds.get(code, AckKind.REFUSED), code, fields, f"{code_field} {code}")


def _fields(body: bytes) -> dict[str, str]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {
        str(name): str(value)
        for name, value in found.items()
        if isinstance(value, str | int) and not isinstance(value, bool)
    }


def _lower(fields: Mapping[str, str], wanted: str) -> str:
    return next((v.strip() for name, v in fields.items() if name.lower() == wanted), "")
