"""The door of a bank: wrong passwords in a row lock it for a while."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mock_bank.domain.rules import DoorRule
from simkit.core.machine import Machine


class DoorState(StrEnum):
    """Whether a customer may try to sign in."""

    OPEN = "open"
    LOCKED = "locked"


class Knock(StrEnum):
    """What can happen at the door."""

    ENTER = "enter"
    MISS = "miss"
    LOCK = "lock"
    UNLOCK = "unlock"


DOOR = Machine[DoorState, Knock](
    "door",
    [
        (DoorState.OPEN, Knock.ENTER, DoorState.OPEN),
        (DoorState.OPEN, Knock.MISS, DoorState.OPEN),
        (DoorState.OPEN, Knock.LOCK, DoorState.LOCKED),
        (DoorState.LOCKED, Knock.UNLOCK, DoorState.OPEN),
    ],
)


@dataclass(frozen=True, slots=True)
class Door:
    """One user name's door at one bank; ``until`` is there while it is locked."""

    misses: int = 0
    state: DoorState = DoorState.OPEN
    until: datetime | None = None

    def at(self, now: datetime) -> "Door":
        """Return the door as the time makes it: a lock that ran out is gone, and so are misses."""
        if self.until is None or now < self.until:
            return self
        return Door(state=DOOR.after(self.state, Knock.UNLOCK))

    def knock(self, now: datetime, rule: DoorRule, *, right: bool) -> "Door":
        """Return the door after a password was tried, or raise ``IllegalMove`` while locked."""
        if right:
            return Door(state=DOOR.after(self.state, Knock.ENTER))
        misses = self.misses + 1
        if misses < rule.most_misses:
            return Door(misses, DOOR.after(self.state, Knock.MISS))
        return Door(misses, DOOR.after(self.state, Knock.LOCK), now + rule.locked_for)
