"""The journal: every message that came in or went out, in a ring that knows what it has dropped."""

import itertools
import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from simkit.core.errors import RuleBroken

Headers = list[tuple[str, str]]
BODY_KEPT = 64 * 1024
"""So many bytes of each body are kept; ``size`` fields tell the whole length."""


class JournalDropped(RuleBroken):
    """The question reaches back to entries that the ring has dropped: the answer is not known."""

    code = "journal-dropped"


@dataclass(frozen=True, slots=True)
class Entry:
    """One message. ``direction`` is "in" or "out"; ``peer`` names the other side if known."""

    direction: str
    at: datetime
    peer: str
    method: str
    url: str
    request_headers: Headers
    request: bytes
    request_size: int
    status: int
    response_headers: Headers
    response: bytes
    response_size: int
    trace: str
    about: str
    note: str = ""


class Journal:
    """A bounded ring of entries with rising numbers from 1."""

    def __init__(self, capacity: int = 5000) -> None:
        """Keep the newest ``capacity`` entries."""
        self._ring: deque[tuple[int, Entry]] = deque(maxlen=capacity)
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()

    def add(self, entry: Entry) -> None:
        """Write an entry."""
        with self._lock:
            self._ring.append((next(self._numbers), entry))

    def after(self, number: int, about: str = "", limit: int = 500) -> list[tuple[int, Entry]]:
        """Return up to ``limit`` entries younger than ``number``, oldest first.

        Raise ``JournalDropped`` when some of those asked for are gone.
        """
        with self._lock:
            ring = list(self._ring)
        if ring and ring[0][0] > number + 1:
            raise JournalDropped(
                f"Entries {number + 1} to {ring[0][0] - 1} are dropped; ask for later ones.",
                {"oldest": str(ring[0][0])},
            )
        return list(itertools.islice(self._matching(ring, number, about), limit))

    @staticmethod
    def _matching(
        ring: list[tuple[int, Entry]],
        number: int,
        about: str,
    ) -> Iterator[tuple[int, Entry]]:
        return (
            (n, entry) for n, entry in ring if n > number and (not about or entry.about == about)
        )
