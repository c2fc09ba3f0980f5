"""The customer's way through the pages of one payment."""

from dataclasses import dataclass, replace
from enum import StrEnum

from simkit.core.machine import Machine


class Stage(StrEnum):
    """Which page is the customer's turn."""

    SIGN_IN = "sign-in"
    CONSENT = "consent"
    CONFIRM = "confirm"


class Step(StrEnum):
    """What moves the customer from page to page."""

    SIGN_IN = "sign-in"
    AGREE = "agree"
    LAPSE = "lapse"


VISIT = Machine[Stage, Step](
    "visit",
    [
        (Stage.SIGN_IN, Step.SIGN_IN, Stage.CONSENT),
        (Stage.CONSENT, Step.AGREE, Stage.CONFIRM),
        # The code's time is over: consenting once more sends a new one.
        (Stage.CONFIRM, Step.LAPSE, Stage.CONSENT),
        # Another browser signs in on the same link: it takes the visit over from the start.
        (Stage.CONSENT, Step.SIGN_IN, Stage.CONSENT),
        (Stage.CONFIRM, Step.SIGN_IN, Stage.CONSENT),
    ],
)


@dataclass(frozen=True, slots=True)
class Visit:
    """Where the customer of a payment is.

    ``browser`` is the mark of the browser that signed in and ``user`` who did; both are empty
    before. Any other browser with the same link stands at the sign-in page.
    """

    stage: Stage = Stage.SIGN_IN
    user: str = ""
    browser: str = ""

    def stage_for(self, browser: str) -> Stage:
        """Return the page that this browser is to see."""
        return self.stage if browser and browser == self.browser else Stage.SIGN_IN

    def sign_in(self, user: str, browser: str) -> "Visit":
        """Return the visit after ``user`` signed in at ``browser``."""
        return Visit(VISIT.after(self.stage, Step.SIGN_IN), user, browser)

    def happen(self, step: Step) -> "Visit":
        """Return the visit after a step, or raise ``IllegalMove``."""
        return replace(self, stage=VISIT.after(self.stage, step))
