"""The simulated time as the rules see it."""

from datetime import datetime, timedelta, timezone
from typing import Protocol

ICT = timezone(timedelta(hours=7), "ICT")
"""Vietnam's time, GMT+7 all year round; every wire format of the real systems uses it."""


class Clock(Protocol):
    """Tells the time of one world."""

    def now(self) -> datetime:
        """Return the present moment in ``ICT``."""
        ...
