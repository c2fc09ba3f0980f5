"""The one-time password of a payment: typed from an SMS or approved on the phone, few tries."""

import hmac
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from mock_bank.domain.errors import ResendTooSoon
from mock_bank.domain.rules import OtpRule
from simkit.core.machine import Machine


class ChallengeState(StrEnum):
    """How a challenge stands."""

    OPEN = "open"
    PASSED = "passed"
    LOCKED = "locked"
    LAPSED = "lapsed"
    REFUSED = "refused"


class ChallengeEvent(StrEnum):
    """What can happen to it."""

    PASS = "pass"  # noqa: S105 - the name of an event
    MISS = "miss"
    LOCK = "lock"
    LAPSE = "lapse"
    RENEW = "renew"
    REFUSE = "refuse"


CHALLENGE = Machine[ChallengeState, ChallengeEvent](
    "challenge",
    [
        (ChallengeState.OPEN, ChallengeEvent.PASS, ChallengeState.PASSED),
        (ChallengeState.OPEN, ChallengeEvent.MISS, ChallengeState.OPEN),
        (ChallengeState.OPEN, ChallengeEvent.LOCK, ChallengeState.LOCKED),
        (ChallengeState.OPEN, ChallengeEvent.LAPSE, ChallengeState.LAPSED),
        # Only on the phone: the owner says no.
        (ChallengeState.OPEN, ChallengeEvent.REFUSE, ChallengeState.REFUSED),
        # Another code is asked for, or someone signs in anew: the one before is worth nothing.
        (ChallengeState.OPEN, ChallengeEvent.RENEW, ChallengeState.OPEN),
        (ChallengeState.LAPSED, ChallengeEvent.RENEW, ChallengeState.OPEN),
    ],
)


@dataclass(frozen=True, slots=True)
class Challenge:
    """What was sent for a payment, and the rule that it was sent under.

    ``code`` is what has to come back: digits from an SMS, or the id of the approval on the phone.
    ``serial`` counts what was sent, ``misses`` the wrong tries.
    """

    code: str
    sent_at: datetime
    rule: OtpRule
    serial: int = 1
    misses: int = 0
    state: ChallengeState = ChallengeState.OPEN

    @property
    def valid_until(self) -> datetime:
        """Return the first moment at which the code is worth nothing."""
        return self.sent_at + self.rule.valid_for

    @property
    def resend_from(self) -> datetime:
        """Return the first moment at which another one may be asked for."""
        return self.sent_at + self.rule.resend_after

    @property
    def tries_left(self) -> int:
        """Return how many wrong codes the bank would still stand."""
        return max(self.rule.most_misses - self.misses, 0)

    def has_lapsed(self, now: datetime) -> bool:
        """Tell whether the time of the code is over."""
        return now >= self.valid_until

    def answer(self, code: str, at: datetime) -> "Challenge":
        """Return the challenge after an answer, or raise ``IllegalMove`` when none is awaited.

        Too late is looked at before right or wrong, so that a late code costs no try.
        """
        if self.has_lapsed(at):
            return self.lapse()
        if hmac.compare_digest(code.encode(), self.code.encode()):
            return self._happen(ChallengeEvent.PASS)
        last = self.misses + 1 >= self.rule.most_misses
        missed = self._happen(ChallengeEvent.LOCK if last else ChallengeEvent.MISS)
        return replace(missed, misses=self.misses + 1)

    def lapse(self) -> "Challenge":
        """Return the challenge after its time ran out, or raise ``IllegalMove``."""
        return self._happen(ChallengeEvent.LAPSE)

    def refuse(self) -> "Challenge":
        """Return the challenge after the owner of the phone said no, or raise ``IllegalMove``."""
        return self._happen(ChallengeEvent.REFUSE)

    def renew(self, code: str, at: datetime, rule: OtpRule | None = None) -> "Challenge":
        """Return the next challenge of the same payment: a new code, the misses stay counted."""
        fresh = self._happen(ChallengeEvent.RENEW)
        return replace(fresh, code=code, sent_at=at, serial=self.serial + 1, rule=rule or self.rule)

    def must_be_resendable(self, now: datetime) -> None:
        """Refuse to send another one before its time; the refusal says how many seconds to wait."""
        left = (self.resend_from - now).total_seconds()
        if left > 0:
            seconds = int(left) + (left != int(left))
            raise ResendTooSoon(
                f"Quý khách có thể gửi lại mã OTP sau {seconds} giây nữa.",
                {"seconds": str(seconds)},
            )

    def _happen(self, event: ChallengeEvent) -> "Challenge":
        return replace(self, state=CHALLENGE.after(self.state, event))
