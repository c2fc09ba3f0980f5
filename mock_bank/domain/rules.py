"""What a bank asks of its customers, as data: one-time passwords, sign-in, limits."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class OtpKind(StrEnum):
    """How a customer proves to be the one: a code by SMS, or a press on the phone's own app."""

    SMS = "sms"
    SMART = "smart"


@dataclass(frozen=True, slots=True)
class OtpRule:
    """How a bank sends and judges one kind of one-time password.

    ``digits`` of the code (0: nothing is typed). ``resend_after``: how soon another one may be
    asked for. ``most_misses`` over all codes of one payment. ``up_to``: the largest payment, in
    đồng, for which the bank offers this kind.
    """

    kind: OtpKind
    digits: int
    valid_for: timedelta
    resend_after: timedelta
    most_misses: int
    up_to: int


@dataclass(frozen=True, slots=True)
class DoorRule:
    """How many wrong passwords in a row lock sign-in, and for how long.

    ``ends_payment``: whether the lock also ends the payment in hand (a wallet asks for the PIN
    on the order itself, a bank for the password of a whole service).
    """

    most_misses: int
    locked_for: timedelta
    ends_payment: bool = False


@dataclass(frozen=True, slots=True)
class Spent:
    """What has left an account on one day: how many times and how many đồng."""

    times: int
    amount: int


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that may leave one account, in đồng and in times."""

    per_payment: int
    per_day: int
    times_per_day: int

    def allow(self, amount: int, today: Spent) -> bool:
        """Tell whether ``amount`` đồng may still leave after what left ``today``."""
        return (
            amount <= self.per_payment
            and today.amount + amount <= self.per_day
            and today.times < self.times_per_day
        )


def sms(*, digits: int, valid: int, resend: int, misses: int, up_to: int) -> OtpRule:
    """Return a rule for codes by SMS; ``valid`` and ``resend`` in seconds."""
    return OtpRule(
        OtpKind.SMS, digits, timedelta(seconds=valid), timedelta(seconds=resend), misses, up_to
    )


def smart(*, valid: int, resend: int, up_to: int) -> OtpRule:
    """Return a rule for approvals on the phone: nothing is typed, so nothing can be missed."""
    return OtpRule(OtpKind.SMART, 0, timedelta(seconds=valid), timedelta(seconds=resend), 1, up_to)
