"""State machines as tables."""

from enum import StrEnum

import pytest

from simkit.core.machine import IllegalMove, Machine


class Door(StrEnum):
    """Where a door is."""

    OPEN = "open"
    SHUT = "shut"


class Push(StrEnum):
    """What one does to it."""

    OPEN = "open"
    SHUT = "shut"


DOOR = Machine[Door, Push](
    "door", [(Door.SHUT, Push.OPEN, Door.OPEN), (Door.OPEN, Push.SHUT, Door.SHUT)]
)


def test_a_permitted_event_leads_to_the_next_state() -> None:
    assert DOOR.after(Door.SHUT, Push.OPEN) is Door.OPEN


def test_any_other_event_is_refused_with_state_and_event() -> None:
    with pytest.raises(IllegalMove) as refused:
        DOOR.after(Door.OPEN, Push.OPEN)

    assert refused.value.code == "illegal-move"
    assert refused.value.facts == {"state": "open", "event": "open"}


def test_the_events_of_a_state_are_what_buttons_show() -> None:
    assert DOOR.events_from(Door.OPEN) == {Push.SHUT}


def test_two_rows_for_one_event_in_one_state_are_refused() -> None:
    rows = [(Door.SHUT, Push.OPEN, Door.OPEN), (Door.SHUT, Push.OPEN, Door.SHUT)]

    with pytest.raises(ValueError, match="two rows"):
        Machine("door", rows)


def test_the_rows_come_back_as_they_were_given() -> None:
    assert list(DOOR.rows()) == [
        (Door.SHUT, Push.OPEN, Door.OPEN),
        (Door.OPEN, Push.SHUT, Door.SHUT),
    ]
