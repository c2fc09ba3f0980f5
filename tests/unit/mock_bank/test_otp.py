"""Rules of the one-time password."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product

import pytest

from mock_bank.domain.otp import (
    CHALLENGE,
    DIGITS,
    MOST_MISSES,
    VALID_FOR,
    Challenge,
    ChallengeEvent,
    ChallengeState,
)
from simkit.core.machine import IllegalMove
from tests.builders.bank import A_MORNING, a_challenge

OPEN, PASSED = ChallengeState.OPEN, ChallengeState.PASSED
LOCKED, LAPSED = ChallengeState.LOCKED, ChallengeState.LAPSED
RIGHT, WRONG = "482913", "000000"


def test_the_figures_are_those_that_the_readme_tells() -> None:
    assert DIGITS == 6
    assert timedelta(seconds=120) == VALID_FOR
    assert MOST_MISSES == 3


def test_the_table_is_the_one_of_the_design() -> None:
    assert set(CHALLENGE.rows()) == {
        (OPEN, ChallengeEvent.PASS, PASSED),
        (OPEN, ChallengeEvent.MISS, OPEN),
        (OPEN, ChallengeEvent.LOCK, LOCKED),
        (OPEN, ChallengeEvent.LAPSE, LAPSED),
        (OPEN, ChallengeEvent.RENEW, OPEN),
        (LAPSED, ChallengeEvent.RENEW, OPEN),
    }


HOW: dict[ChallengeEvent, Callable[[Challenge], Challenge]] = {
    ChallengeEvent.PASS: lambda c: c.answer(RIGHT, A_MORNING),
    ChallengeEvent.MISS: lambda c: c.answer(WRONG, A_MORNING),
    ChallengeEvent.LOCK: lambda c: c.answer(WRONG, A_MORNING),
    ChallengeEvent.LAPSE: lambda c: c.answer(RIGHT, c.valid_until),
    ChallengeEvent.RENEW: lambda c: c.renew("111111", A_MORNING),
}


@pytest.mark.parametrize(
    ("state", "event"),
    [
        pytest.param(s, e, id=f"{s}+{e}")
        for s, e in product(ChallengeState, ChallengeEvent)
        if e not in CHALLENGE.events_from(s)
    ],
)
def test_every_move_outside_the_table_is_refused(
    state: ChallengeState, event: ChallengeEvent
) -> None:
    misses = MOST_MISSES - 1 if event is ChallengeEvent.LOCK else 0

    with pytest.raises(IllegalMove) as refused:
        HOW[event](a_challenge(RIGHT, misses=misses, state=state))

    assert refused.value.facts == {"state": state, "event": event}


def test_the_right_code_passes_once() -> None:
    passed = a_challenge(RIGHT).answer(RIGHT, A_MORNING)

    assert passed.state is PASSED
    with pytest.raises(IllegalMove):
        passed.answer(RIGHT, A_MORNING)


def test_a_code_is_good_until_just_before_120_seconds_have_passed() -> None:
    challenge = a_challenge(RIGHT)
    end = A_MORNING + timedelta(seconds=120)

    assert challenge.answer(RIGHT, end - timedelta(microseconds=1)).state is PASSED
    assert challenge.answer(RIGHT, end).state is LAPSED


def test_a_late_code_costs_no_try_whether_right_or_wrong() -> None:
    late = a_challenge(RIGHT, misses=1).answer(WRONG, A_MORNING + VALID_FOR)

    assert (late.state, late.misses) == (LAPSED, 1)


def test_the_third_wrong_code_locks() -> None:
    once = a_challenge(RIGHT).answer(WRONG, A_MORNING)
    twice = once.answer(WRONG, A_MORNING)
    thrice = twice.answer(WRONG, A_MORNING)

    assert [c.state for c in (once, twice, thrice)] == [OPEN, OPEN, LOCKED]
    assert [c.tries_left for c in (once, twice, thrice)] == [2, 1, 0]


def test_a_new_code_does_not_give_the_tries_back() -> None:
    renewed = a_challenge(RIGHT, misses=2, state=LAPSED).renew("111111", A_MORNING)

    assert (renewed.code, renewed.serial, renewed.tries_left) == ("111111", 2, 1)
    assert renewed.answer(RIGHT, A_MORNING).state is LOCKED


def test_a_new_code_is_valid_for_as_long_as_the_first() -> None:
    later = A_MORNING + timedelta(minutes=5)

    assert a_challenge(state=LAPSED).renew("111111", later).valid_until == later + VALID_FOR
