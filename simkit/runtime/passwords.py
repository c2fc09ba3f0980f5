"""Passwords, hashed with Argon2id, a memory-hard function."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argon2

_NOBODY = "$argon2id$v=19$m=7168,t=5,p=1$QUFBQUFBQUFBQUFBQUFBQQ$AzHzpmYNP7uXS6HLd0eI1g"


class Argon2Passwords:
    """Hashes and verifies.

    RFC 9106's second recommendation asks for 64 MiB and three passes. A simulator on a laptop,
    with load tests that sign in, takes OWASP's smallest allowed set instead: 7 MiB, five passes.
    """

    def __init__(self) -> None:
        """Load nothing yet: starting hashes nothing."""
        self._made: argon2.PasswordHasher | None = None

    def hash(self, password: str) -> str:
        """Return a salted hash."""
        return self._hasher().hash(password)

    def matches(self, password: str, hashed: str | None) -> bool:
        """Tell whether it fits; ``None`` (nobody has that name) costs as much and is false."""
        from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415 -- late

        try:
            self._hasher().verify(hashed or _NOBODY, password)
        except (VerificationError, InvalidHashError):
            return False
        return hashed is not None

    def _hasher(self) -> "argon2.PasswordHasher":
        if self._made is None:
            from argon2 import PasswordHasher  # noqa: PLC0415 -- see __init__

            self._made = PasswordHasher(time_cost=5, memory_cost=7168, parallelism=1)
        return self._made
