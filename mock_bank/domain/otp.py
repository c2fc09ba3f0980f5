"""The one-time password of a payment: sent once, valid for a while, few tries."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from simkit.core.machine import Machine

DIGITS = 6  # [R] what Vietnamese banks send today; Vietcombank's public page still says ten [S]
VALID_FOR = timedelta(seconds=120)  # ours: the sources give two to five minutes [R]
MOST_MISSES = 3  # [R] over all codes of one payment


class ChallengeState(StrEnum):
    """How a challenge stands."""

    OPEN = "open"
    PASSED = "passed"
    LOCKED = "locked"
    LAPSED = "lapsed"


class ChallengeEvent(StrEnum):
    """What can happen to it."""

    PASS = "pass"  # noqa: S105 - the name of an event
    MISS = "miss"
    LOCK = "lock"
    LAPSE = "lapse"
    RENEW = "renew"


CHALLENGE = Machine[ChallengeState, ChallengeEvent](
    "challenge",
    [
        (ChallengeState.OPEN, ChallengeEvent.PASS, ChallengeState.PASSED),
        (ChallengeState.OPEN, ChallengeEvent.MISS, ChallengeState.OPEN),
        (ChallengeState.OPEN, ChallengeEvent.LOCK, ChallengeState.LOCKED),
        (ChallengeState.OPEN, ChallengeEvent.LAPSE, ChallengeState.LAPSED),
        # Someone signs in anew and consents again: the code on the way is worth nothing any more.
        (ChallengeState.OPEN, ChallengeEvent.RENEW, ChallengeState.OPEN),
        (ChallengeState.LAPSED, ChallengeEvent.RENEW, ChallengeState.OPEN),
    ],
)


@dataclass(frozen=True, slots=True)
class Challenge:
    """The code sent for a payment. ``serial`` counts the codes, ``misses`` the wrong tries."""

    code: str
    sent_at: datetime
    serial: int = 1
    misses: int = 0
    state: ChallengeState = ChallengeState.OPEN

    @property
    def valid_until(self) -> datetime:
        """Return the first moment at which the code is worth nothing."""
        return self.sent_at + VALID_FOR

    @property
    def tries_left(self) -> int:
        """Return how many wrong codes the bank would still stand."""
        return MOST_MISSES - self.misses

    def has_lapsed(self, now: datetime) -> bool:
        """Tell whether the time of the code is over."""
        return now >= self.valid_until

    def answer(self, code: str, at: datetime) -> "Challenge":
        """Return the challenge after an answer, or raise ``IllegalMove`` when none is awaited.

        Too late is looked at before right or wrong, so that a late code costs no try.
        """
        if self.has_lapsed(at):
            return self.lapse()
        if code == self.code:
            return self._happen(ChallengeEvent.PASS)
        last = self.misses + 1 >= MOST_MISSES
        missed = self._happen(ChallengeEvent.LOCK if last else ChallengeEvent.MISS)
        return replace(missed, misses=self.misses + 1)

    def lapse(self) -> "Challenge":
        """Return the challenge after its time ran out, or raise ``IllegalMove``."""
        return self._happen(ChallengeEvent.LAPSE)

    def renew(self, code: str, at: datetime) -> "Challenge":
        """Return the next challenge of the same payment: a new code, the misses stay counted."""
        fresh = self._happen(ChallengeEvent.RENEW)
        return replace(fresh, code=code, sent_at=at, serial=self.serial + 1)

    def _happen(self, event: ChallengeEvent) -> "Challenge":
        return replace(self, state=CHALLENGE.after(self.state, event))
