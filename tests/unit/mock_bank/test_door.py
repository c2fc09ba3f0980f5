"""Wrong passwords in a row lock the door for a while."""

from datetime import timedelta
from itertools import product

import pytest

from mock_bank.domain.door import DOOR, Door, DoorState, Knock
from mock_bank.domain.rules import DoorRule
from simkit.core.machine import IllegalMove
from tests.builders.bank import A_MORNING

RULE = DoorRule(3, timedelta(minutes=15))
OPEN, LOCKED = DoorState.OPEN, DoorState.LOCKED


def knocked(*tries: bool) -> Door:
    door = Door()
    for right in tries:
        door = door.knock(A_MORNING, RULE, right=right)
    return door


def test_the_table_is_the_one_of_the_design() -> None:
    assert set(DOOR.rows()) == {
        (OPEN, Knock.ENTER, OPEN),
        (OPEN, Knock.MISS, OPEN),
        (OPEN, Knock.LOCK, LOCKED),
        (LOCKED, Knock.UNLOCK, OPEN),
    }


@pytest.mark.parametrize(
    ("state", "event"),
    [
        pytest.param(s, e, id=f"{s}+{e}")
        for s, e in product(DoorState, Knock)
        if e not in DOOR.events_from(s)
    ],
)
def test_every_move_outside_the_table_is_refused(state: DoorState, event: Knock) -> None:
    with pytest.raises(IllegalMove):
        DOOR.after(state, event)


def test_the_last_wrong_password_locks_for_the_time_of_the_rule() -> None:
    locked = knocked(False, False, False)

    assert (locked.state, locked.until) == (LOCKED, A_MORNING + timedelta(minutes=15))


def test_the_right_password_forgets_the_wrong_ones() -> None:
    assert knocked(False, False, True) == Door()
    assert knocked(False, False, True, False, False).state is OPEN


@pytest.mark.parametrize("right", [True, False])
def test_a_locked_door_hears_nobody_not_even_the_right_password(*, right: bool) -> None:
    with pytest.raises(IllegalMove):
        knocked(False, False, False).knock(A_MORNING, RULE, right=right)


def test_the_lock_goes_with_its_time_and_takes_the_misses_along() -> None:
    locked = knocked(False, False, False)
    end = A_MORNING + timedelta(minutes=15)

    assert locked.at(end - timedelta(microseconds=1)) == locked
    assert locked.at(end) == Door()
