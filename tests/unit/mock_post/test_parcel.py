"""Rules of the parcel."""

from itertools import product

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from mock_post.domain.parcel import (
    PARCEL,
    STAGES,
    STATUS_CODES,
    Parcel,
    ParcelEvent,
    ParcelState,
)
from simkit.core.machine import IllegalMove
from tests.builders.post import A_MONDAY, a_parcel

# Typed out from the post's status list and the order in which its reports come.
PERMITTED = [
    ("awaiting", "accept", "accepted"),
    ("accepted", "collect", "collected"),
    ("collected", "depart", "left"),
    ("left", "arrive", "arrived"),
    ("arrived", "depart", "left"),
    ("arrived", "hand-over", "with-postman"),
    ("with-postman", "go-out", "out-for-delivery"),
    ("out-for-delivery", "deliver", "delivered"),
]


def test_the_table_is_the_one_of_the_specification() -> None:
    assert [tuple(map(str, row)) for row in PARCEL.rows()] == PERMITTED


@pytest.mark.parametrize(
    ("state", "event"),
    [
        pytest.param(s, e, id=f"{s}+{e}")
        for s, e in product(ParcelState, ParcelEvent)
        if e not in PARCEL.events_from(s)
    ],
)
def test_every_move_outside_the_table_is_refused(state: ParcelState, event: ParcelEvent) -> None:
    parcel = a_parcel(state=state)

    with pytest.raises(IllegalMove) as refused:
        parcel.happen(event, A_MONDAY)

    assert refused.value.facts == {"state": state, "event": event}
    assert parcel.state is state


def test_only_a_delivered_parcel_has_no_way_on() -> None:
    assert {s for s in ParcelState if not PARCEL.events_from(s)} == {ParcelState.DELIVERED}


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (ParcelState.AWAITING, "-3"),
        (ParcelState.ACCEPTED, "-2"),
        (ParcelState.COLLECTED, "1"),
        (ParcelState.LEFT, "2"),
        (ParcelState.ARRIVED, "3"),
        (ParcelState.WITH_POSTMAN, "12"),
        (ParcelState.OUT, "-1"),
        (ParcelState.DELIVERED, "5"),
    ],
)
def test_every_state_has_the_number_of_the_posts_list(state: ParcelState, code: str) -> None:
    assert state.code == code
    assert len(STATUS_CODES) == len(ParcelState)
    assert state.label


def test_stages_never_go_back() -> None:
    assert all(after.stage >= before.stage for before, _, after in PARCEL.rows())
    assert {state.stage for state in ParcelState} == set(range(len(STAGES)))


class ParcelLife(RuleBasedStateMachine):
    """Any order of permitted events keeps the parcel accounted for."""

    def __init__(self) -> None:
        """Announce a parcel."""
        super().__init__()
        self.parcel: Parcel = a_parcel()
        self.happened: list[ParcelEvent] = []

    def _may(self, event: ParcelEvent) -> bool:
        return event in PARCEL.events_from(self.parcel.state)

    def _happen(self, event: ParcelEvent) -> None:
        self.parcel = self.parcel.happen(event, A_MONDAY)
        self.happened.append(event)

    @precondition(lambda self: self.parcel.state is not ParcelState.DELIVERED)
    @rule()
    def go_on(self) -> None:
        """Let the way to the door happen, which is always open."""
        self._happen(
            ParcelEvent.HAND_OVER
            if self._may(ParcelEvent.HAND_OVER)
            else min(PARCEL.events_from(self.parcel.state))
        )

    @precondition(lambda self: self._may(ParcelEvent.DEPART))
    @rule()
    def depart(self) -> None:
        """Send it on to one more office."""
        self._happen(ParcelEvent.DEPART)

    @precondition(lambda self: self.parcel.state is ParcelState.DELIVERED)
    @rule(event=st.sampled_from(ParcelEvent))
    def nothing_more(self, event: ParcelEvent) -> None:
        """Refuse whatever comes after the delivery."""
        with pytest.raises(IllegalMove):
            self.parcel.happen(event, A_MONDAY)

    @invariant()
    def on_the_road_or_not(self) -> None:
        """Be on the road exactly when it departed once more often than it arrived."""
        roads = self.happened.count(ParcelEvent.DEPART) - self.happened.count(ParcelEvent.ARRIVE)
        assert (roads == 1) == (self.parcel.state is ParcelState.LEFT)
        assert self.parcel.legs_done == len(self.happened)

    @invariant()
    def every_other_event_happens_once_at_most(self) -> None:
        """Travel as often as needed, and do everything else once."""
        once = set(ParcelEvent) - {ParcelEvent.DEPART, ParcelEvent.ARRIVE}
        assert all(self.happened.count(event) <= 1 for event in once)


TestParcelLife = ParcelLife.TestCase
