"""Chance that can be repeated: every draw follows from the world's seed."""

import base64
import hashlib
import threading


class SeededIds:
    """Draws by hashing (seed, house, life, kind, count).

    ``life`` counts how often the world was opened, so that a house that starts again does not
    draw yesterday's references once more. Two threads that race for the same kind swap their
    draws and never share one.
    """

    def __init__(self, seed: str, life: int = 0) -> None:
        """Start the stream of ``seed`` in its ``life``-th life."""
        self._base = hashlib.sha256(f"{seed}\x1f{life}".encode())
        self._counts: dict[str, int] = {}
        self._lock = threading.Lock()

    def _draw(self, kind: str, length: int) -> bytes:
        with self._lock:
            count = self._counts[kind] = self._counts.get(kind, 0) + 1
        block = self._base.copy()
        block.update(f"\x1f{kind}\x1f{count}".encode())
        first = block.digest()
        return first[:length] if length <= len(first) else hashlib.shake_256(first).digest(length)

    def token(self, kind: str) -> str:
        """Return 22 URL-safe characters (16 bytes)."""
        return base64.urlsafe_b64encode(self._draw(kind, 16)).rstrip(b"=").decode()

    def hex(self, kind: str, length: int) -> str:
        """Return ``length`` bytes in hexadecimal."""
        return self._draw(kind, length).hex()

    def digits(self, kind: str, length: int) -> str:
        """Return ``length`` decimal digits; sixteen bytes make the bias immeasurable."""
        return f"{int.from_bytes(self._draw(kind, 16 + length), 'big') % 10**length:0{length}d}"

    def number(self, kind: str, low: int, high: int) -> int:
        """Return a whole number between ``low`` and ``high``, both included."""
        return low + int.from_bytes(self._draw(kind, 24), "big") % (high - low + 1)
