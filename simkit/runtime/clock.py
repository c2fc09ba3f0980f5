"""The clock of a world: running beside the real one, or standing still until it is moved."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from simkit.core.clock import ICT
from simkit.core.errors import BadInput


class ClockMode(StrEnum):
    """How time passes."""

    RUNNING = "running"
    FROZEN = "frozen"


@dataclass(frozen=True, slots=True)
class ClockState:
    """What has to be remembered of a clock.

    Running: the world's time is the wall's plus ``offset``. Frozen: it is ``at``.
    """

    mode: ClockMode = ClockMode.RUNNING
    offset: timedelta = timedelta()
    at: datetime | None = None


def wall_clock() -> datetime:
    """Return the real time; the one place where it is read."""
    return datetime.now(UTC)  # noqa: TID251 -- this is the Clock that everybody is told to ask


class WorldClock:
    """One world's time, for one house."""

    def __init__(
        self,
        state: ClockState = ClockState(),
        wall: Callable[[], datetime] = wall_clock,
    ) -> None:
        """Continue from ``state``; ``wall`` is the time outside."""
        self._state = state
        self._wall = wall
        self._lock = threading.Lock()

    @property
    def state(self) -> ClockState:
        """What to remember."""
        return self._state

    def now(self) -> datetime:
        """Return the world's time."""
        state = self._state
        if state.at is not None:
            return state.at.astimezone(ICT)
        return (self._wall() + state.offset).astimezone(ICT)

    def freeze(self, at: datetime | None = None) -> ClockState:
        """Stand still, at ``at`` or now. Time never goes back: an earlier ``at`` is refused."""
        with self._lock:
            now = self.now()
            self._forbid_going_back(now, at or now)
            self._state = ClockState(ClockMode.FROZEN, at=(at or now).astimezone(ICT))
            return self._state

    def run(self, at: datetime | None = None) -> ClockState:
        """Run on, from ``at`` or from where the clock stands."""
        with self._lock:
            now = self.now()
            self._forbid_going_back(now, at or now)
            self._state = ClockState(ClockMode.RUNNING, offset=(at or now) - self._wall())
            return self._state

    @staticmethod
    def _forbid_going_back(now: datetime, at: datetime) -> None:
        if at < now:
            raise BadInput(
                f"The clock stands at {now.isoformat()} and cannot go back to {at.isoformat()}.",
                {"now": "earlier than the world's time; reset the world to go back"},
            )
