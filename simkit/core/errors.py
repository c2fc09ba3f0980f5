"""The one family of errors that rules may raise."""

from collections.abc import Mapping


class RuleBroken(Exception):
    """A request that the rules refuse.

    Subclasses name the rule. ``code`` is part of the public interface and never changes;
    the message may. People read the message, so in the houses it is Vietnamese.
    """

    code = "rule-broken"

    def __init__(self, message: str, facts: Mapping[str, str] | None = None) -> None:
        """Keep the facts apart from the sentence, so that callers need not parse it."""
        super().__init__(message)
        self.facts = dict(facts or {})


class BadInput(RuleBroken):
    """The request could not be read; ``facts`` maps each field to what is wrong with it."""

    code = "bad-input"


class NotFound(RuleBroken):
    """Nothing is known under that reference."""

    code = "not-found"


class NotSignedIn(RuleBroken):
    """One has to sign in first."""

    code = "not-signed-in"


class NotAllowed(RuleBroken):
    """The caller is known, and this is not theirs to do or see."""

    code = "not-allowed"


class Conflict(RuleBroken):
    """The reference is already used for something else."""

    code = "conflict"


class TooLarge(RuleBroken):
    """More was sent than is taken."""

    code = "too-large"


class NeighbourDown(RuleBroken):
    """Another house, or a real system in its place, gave no usable answer."""

    code = "neighbour-down"


class TooMany(RuleBroken):
    """Too much of this is going on at the moment; it may work in a few seconds."""

    code = "too-many"
