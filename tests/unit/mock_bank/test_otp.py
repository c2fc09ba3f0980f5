"""Rules of the one-time password."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product

import pytest

from mock_bank.domain.errors import ResendTooSoon
from mock_bank.domain.otp import (
    CHALLENGE,
    Challenge,
    ChallengeEvent,
    ChallengeState,
)
from mock_bank.domain.profile import bank_of
from mock_bank.domain.rules import OtpKind
from simkit.core.machine import IllegalMove
from tests.builders.bank import A_MORNING, VCB, a_challenge

OPEN, PASSED = ChallengeState.OPEN, ChallengeState.PASSED
LOCKED, LAPSED = ChallengeState.LOCKED, ChallengeState.LAPSED
REFUSED = ChallengeState.REFUSED
RIGHT, WRONG = "482913", "000000"
VALID_FOR, MOST_MISSES = VCB.otp[0].valid_for, VCB.otp[0].most_misses


def test_the_figures_of_vietcombank_are_those_that_the_readme_tells() -> None:
    assert VCB.otp[0].digits == 6
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
        (OPEN, ChallengeEvent.REFUSE, REFUSED),
    }


HOW: dict[ChallengeEvent, Callable[[Challenge], Challenge]] = {
    ChallengeEvent.PASS: lambda c: c.answer(RIGHT, A_MORNING),
    ChallengeEvent.MISS: lambda c: c.answer(WRONG, A_MORNING),
    ChallengeEvent.LOCK: lambda c: c.answer(WRONG, A_MORNING),
    ChallengeEvent.LAPSE: lambda c: c.answer(RIGHT, c.valid_until),
    ChallengeEvent.RENEW: lambda c: c.renew("111111", A_MORNING),
    ChallengeEvent.REFUSE: lambda c: c.refuse(),
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


def test_another_code_may_be_asked_for_after_the_time_of_the_rule_and_not_before() -> None:
    challenge = a_challenge()
    sixty = timedelta(seconds=60)

    with pytest.raises(ResendTooSoon) as refused:
        challenge.must_be_resendable(A_MORNING + timedelta(seconds=58.5))
    challenge.must_be_resendable(A_MORNING + sixty)

    assert refused.value.facts == {"seconds": "2"}


def test_a_renewed_challenge_may_come_under_another_rule() -> None:
    smart = bank_of("BIDV").otp[0]

    renewed = a_challenge().renew("an-approval", A_MORNING, smart)

    assert (renewed.rule, renewed.rule.kind) == (smart, OtpKind.SMART)
