"""How the phone speaks to its neighbours: it tells a bank what its owner answered."""

from collections.abc import Mapping
from typing import Protocol

from simkit.core.errors import NeighbourDown
from simkit.core.messages import Message, Receipt

_REFUSED_FOR_GOOD = frozenset({400, 404, 409, 410, 413, 422})


class Answer(Protocol):
    """What came back: the part of it that matters here."""

    @property
    def status(self) -> int:
        """Return the HTTP status."""
        ...

    @property
    def good(self) -> bool:
        """Tell whether it is a 2xx."""
        ...


class Wire(Protocol):
    """A telephone line to a neighbour: the part of the kernel's that is needed here."""

    def call(
        self,
        method: str,
        path: str,
        *,
        json_body: Mapping[str, object] | None = None,
        about: str = "",
    ) -> Answer:
        """Send one request and return the answer, or raise ``NeighbourDown``."""
        ...


class AnswerCourier:
    """Posts an answer to the address that came with the question; 2xx means taken."""

    def __init__(self, wire: Wire) -> None:
        """``wire`` leads to a bank."""
        self._wire = wire

    def deliver(self, message: Message) -> Receipt:
        """Try once."""
        try:
            answer = self._wire.call(
                "POST", message.to, json_body=message.body, about=message.about
            )
        except NeighbourDown as down:
            return Receipt(accepted=False, detail=f"{down.code}: {down}")
        return Receipt(
            accepted=answer.good,
            detail=f"HTTP {answer.status}",
            final=answer.status in _REFUSED_FOR_GOOD,
        )
