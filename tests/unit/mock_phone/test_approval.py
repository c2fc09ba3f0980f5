"""A question in the Smart OTP app: answered once, in time."""

from datetime import timedelta
from itertools import product

import pytest

from mock_phone.domain.approval import APPROVAL, ApprovalEvent, ApprovalState
from mock_phone.domain.errors import IdTaken
from simkit.core.machine import IllegalMove
from tests.builders.phone import A_MORNING, a_question, an_approval

PENDING, LAPSED = ApprovalState.PENDING, ApprovalState.LAPSED


def test_the_table_is_the_one_of_the_design() -> None:
    assert set(APPROVAL.rows()) == {
        (PENDING, ApprovalEvent.APPROVE, ApprovalState.APPROVED),
        (PENDING, ApprovalEvent.REFUSE, ApprovalState.REFUSED),
        (PENDING, ApprovalEvent.LAPSE, LAPSED),
    }


@pytest.mark.parametrize(
    ("state", "event"),
    [
        pytest.param(s, e, id=f"{s}+{e}")
        for s, e in product(ApprovalState, ApprovalEvent)
        if e not in APPROVAL.events_from(s)
    ],
)
def test_every_move_outside_the_table_is_refused(
    state: ApprovalState, event: ApprovalEvent
) -> None:
    with pytest.raises(IllegalMove):
        an_approval(state=state).answer(event, A_MORNING)


def test_an_answer_has_its_time() -> None:
    approved = an_approval().answer(ApprovalEvent.APPROVE, A_MORNING)

    assert (approved.state, approved.answered_at) == (ApprovalState.APPROVED, A_MORNING)


def test_a_question_lapses_at_the_very_moment_that_was_set_unless_it_is_answered() -> None:
    asked = an_approval()
    ends = asked.question.expires_at

    assert asked.at(ends - timedelta(microseconds=1)) == asked
    assert asked.at(ends).state is LAPSED
    assert an_approval(state=ApprovalState.REFUSED).at(ends).state is ApprovalState.REFUSED


def test_another_question_under_the_same_id_is_refused() -> None:
    an_approval().must_be(a_question())
    with pytest.raises(IdTaken):
        an_approval().must_be(a_question(title="Another one"))
