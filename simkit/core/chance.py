"""Chance as the rules see it: handed in, and repeatable from a world's seed."""

from typing import Protocol


class Ids(Protocol):
    """Draws references and codes. ``kind`` says what for, so that a run can be read."""

    def token(self, kind: str) -> str:
        """Return an unguessable URL-safe text of at least 22 characters."""
        ...

    def digits(self, kind: str, length: int) -> str:
        """Return ``length`` decimal digits, leading zeros included."""
        ...

    def number(self, kind: str, low: int, high: int) -> int:
        """Return a whole number with ``low <= number <= high``."""
        ...

    def hex(self, kind: str, length: int) -> str:
        """Return ``length`` random bytes as ``2 * length`` lower-case hexadecimal digits."""
        ...
