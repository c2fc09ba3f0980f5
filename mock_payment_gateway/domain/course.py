"""In which order the payer's browser and the notice reach a partner, and what is wrong with them.

All of it is ours: real gateways decide this by themselves and by accident.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from simkit.core.errors import BadInput

MOST_COPIES = 50
LATEST = 7 * 24 * 3600
AFTER_RETURN = 5
"""So many seconds after the outcome a notice leaves that comes after the browser."""


class When(StrEnum):
    """When the notice leaves."""

    AT_ONCE = "at-once"  # with the outcome: browser and notice race, as in the field
    BEFORE = "before"  # the browser waits until the notice was delivered once
    AFTER = "after"  # the browser is back first
    NEVER = "never"


class Way(StrEnum):
    """Whether the browser goes back."""

    USUAL = "usual"
    NEVER = "never"  # the tab is closed


class Tamper(StrEnum):
    """A false notice that is sent once, ahead of the true one."""

    NONE = "none"
    SIGNATURE = "signature"  # the signature is damaged
    AMOUNT = "amount"  # another amount, rightly signed
    FORGED_AMOUNT = "forged-amount"  # another amount, under the signature of the right one
    MERCHANT = "merchant"  # another merchant, rightly signed
    ORDER = "order"  # an order that nobody placed, rightly signed
    OUTCOME = "outcome"  # the opposite outcome, rightly signed
    OLD_FORMAT = "old-format"  # as an older version of the dialect signs


@dataclass(frozen=True, slots=True)
class Course:
    """The order of events of one transaction."""

    notice: When = When.AT_ONCE
    back: Way = Way.USUAL
    copies: int = 1
    late: int = 0  # seconds
    tamper: Tamper = Tamper.NONE
    notice_url: str = ""  # in place of the registered one
    outcome: str = ""  # in place of what card, amount or text ask for

    @property
    def delay(self) -> int:
        """Return after how many seconds the notice leaves."""
        return self.late + (AFTER_RETURN if self.notice is When.AFTER else 0)

    def read(self, body: Mapping[str, object]) -> "Course":
        """Return this course with the given changes, or refuse them naming every wrong field."""
        known = {field.name for field in fields(self)}
        wrong = dict.fromkeys(sorted(body.keys() - known), "không có trường này")
        changes: dict[str, object] = {}
        for name, value in body.items():
            if name not in known:
                continue
            rule = _wrong(name, value)
            if rule:
                wrong[name] = rule
            else:
                changes[name] = _KINDS[name](str(value)) if name in _KINDS else value
        if wrong:
            raise BadInput("Diễn biến giao dịch chưa đúng.", wrong)
        return replace(self, **changes)  # type: ignore[arg-type] # checked field by field above

    def facts(self) -> dict[str, object]:
        """Return the course as JSON keeps it."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


_KINDS: Mapping[str, type[StrEnum]] = {"notice": When, "back": Way, "tamper": Tamper}
_HIGHEST = {"copies": MOST_COPIES, "late": LATEST}
_URL = re.compile(r"https?://[^\s\x00-\x1f]{1,500}")
_OUTCOME = re.compile(r"[a-z0-9-]{0,30}")


def _wrong(name: str, value: object) -> str:
    """Return what the field must be, or nothing when it is so."""
    if name in _KINDS:
        allowed = [str(kind) for kind in _KINDS[name]]
        return "" if value in allowed else f"phải là một trong: {', '.join(allowed)}"
    if name in _HIGHEST:
        lowest = 1 if name == "copies" else 0
        good = isinstance(value, int) and not isinstance(value, bool)
        fits = good and isinstance(value, int) and lowest <= value <= _HIGHEST[name]
        return "" if fits else f"phải là số nguyên từ {lowest} đến {_HIGHEST[name]}"
    pattern = _URL if name == "notice_url" else _OUTCOME
    fits = isinstance(value, str) and (value == "" or pattern.fullmatch(value) is not None)
    return "" if fits else "không đúng dạng"


TOKENS: Mapping[str, tuple[Mapping[str, object], str]] = {
    "SIM-IPN-BEFORE": ({"notice": "before"}, "notice first; the browser waits for it"),
    "SIM-IPN-AFTER": ({"notice": "after"}, "browser first; the notice 5 seconds later"),
    "SIM-IPN-NEVER": ({"notice": "never"}, "no notice at all"),
    "SIM-IPN-TWICE": ({"copies": 2}, "the notice comes twice"),
    "SIM-IPN-TENFOLD": ({"copies": 10}, "the notice comes ten times"),
    "SIM-IPN-LATE-1M": ({"late": 60}, "the notice comes a minute late"),
    "SIM-IPN-LATE-1H": ({"late": 3600}, "the notice comes an hour late"),
    "SIM-IPN-LATE-1D": ({"late": 86400}, "the notice comes a day late"),
    "SIM-RETURN-NEVER": ({"back": "never"}, "the browser is not sent back"),
    "SIM-BAD-SIGNATURE": ({"tamper": "signature"}, "first a notice with a damaged signature"),
    "SIM-BAD-AMOUNT": ({"tamper": "amount"}, "first a signed notice of another amount"),
    "SIM-FORGED-AMOUNT": ({"tamper": "forged-amount"}, "first an amount changed after signing"),
    "SIM-BAD-MERCHANT": ({"tamper": "merchant"}, "first a signed notice of another merchant"),
    "SIM-BAD-ORDER": ({"tamper": "order"}, "first a signed notice of an unknown order"),
    "SIM-BAD-OUTCOME": ({"tamper": "outcome"}, "first a signed notice of the opposite outcome"),
    "SIM-OLD-FORMAT": ({"tamper": "old-format"}, "first a notice in the old format"),
}
"""Words in the order's text that choose its course: token -> changes, what happens."""

_TOKEN = re.compile(r"SIM(?:-[A-Z0-9]+)+")


def tokens(text: str) -> Iterator[str]:
    """Yield the magic words of an order's text."""
    yield from _TOKEN.findall(text)


def course_of(text: str, base: Course) -> Course:
    """Return ``base`` as the magic words of the order's text change it."""
    for token in tokens(text):
        changes, _ = TOKENS.get(token, ({}, ""))
        base = base.read(changes)
    return base
