"""Rules of the dossier: its table, its history, and whose step is whose."""

from itertools import product

import pytest

from mock_portal.domain.dossier import (
    DESK,
    DOSSIER,
    REASON_LENGTH,
    DossierEvent,
    DossierState,
)
from mock_portal.domain.errors import OtherUnit, ReasonMissing, ResultGoesByPost, RoleMissing
from mock_portal.domain.officer import OfficerRole
from simkit.core.machine import IllegalMove
from tests.builders.dossiers import (
    A_MORNING,
    CULTURE,
    a_dossier,
    a_home_delivery,
    an_official,
)

S, E = DossierState, DossierEvent

PERMITTED = {
    (S.DRAFT, E.SUBMIT, S.NEW),
    (S.NEW, E.RECEIVE, S.RECEIVED),
    (S.NEW, E.REFUSE, S.REFUSED),
    (S.RECEIVED, E.START, S.IN_PROCESS),
    (S.IN_PROCESS, E.APPROVE, S.DONE),
    (S.DONE, E.HAND_OUT, S.RETURNED),
    (S.DONE, E.DELIVER, S.RETURNED),
}


def test_the_table_is_the_one_that_was_specified() -> None:
    assert set(DOSSIER.rows()) == PERMITTED


@pytest.mark.parametrize(
    ("state", "event"),
    [
        pytest.param(s, e, id=f"{s}+{e}")
        for s, e in product(DossierState, DossierEvent)
        if e not in DOSSIER.events_from(s)
    ],
)
def test_every_move_outside_the_table_is_refused(state: DossierState, event: DossierEvent) -> None:
    dossier = a_dossier(state)

    with pytest.raises(IllegalMove) as refused:
        dossier.happen(event, A_MORNING, "ai đó")

    assert refused.value.facts == {"state": state, "event": event}


@pytest.mark.parametrize(
    ("state", "number", "words"),
    [
        (S.DRAFT, 0, "Bản nháp"),
        (S.NEW, 1, "Mới đăng ký"),
        (S.RECEIVED, 2, "Được tiếp nhận"),
        (S.REFUSED, 3, "Không được tiếp nhận"),
        (S.IN_PROCESS, 4, "Đang xử lý"),
        (S.DONE, 9, "Đã xử lý xong"),
        (S.RETURNED, 10, "Đã trả kết quả"),
    ],
)
def test_states_carry_the_words_and_numbers_of_the_national_list(
    state: DossierState, number: int, words: str
) -> None:
    assert (state.national, state.label) == (number, words)


def test_every_state_can_be_reached() -> None:
    assert {after for _, _, after in DOSSIER.rows()} | {S.DRAFT} == set(S)


def test_each_step_adds_one_row_of_history() -> None:
    dossier = a_dossier().submitted("000.00.15.H24-260302-0001", A_MORNING, "Trần Thu Lan")
    dossier = dossier.happen(E.REFUSE, A_MORNING, "Phạm Minh Đức", "thiếu tờ khai")

    assert [(row.seq, row.event, row.before, row.after) for row in dossier.history] == [
        (1, E.SUBMIT, S.DRAFT, S.NEW),
        (2, E.REFUSE, S.NEW, S.REFUSED),
    ]
    assert dossier.last.reason == "thiếu tờ khai"


def test_a_result_that_goes_home_is_not_handed_out_at_the_counter() -> None:
    dossier = a_dossier(S.DONE, delivery=a_home_delivery())

    with pytest.raises(ResultGoesByPost):
        dossier.decided(E.HAND_OUT, an_official(), A_MORNING)


def test_the_post_cannot_deliver_what_is_handed_out_at_the_counter() -> None:
    with pytest.raises(IllegalMove):
        a_dossier(S.DONE).happen(E.DELIVER, A_MORNING, "Bưu điện")


@pytest.mark.parametrize(
    ("state", "role", "events"),
    [
        (S.NEW, OfficerRole.RECEPTION, (E.RECEIVE, E.REFUSE)),
        (S.NEW, OfficerRole.LEADER, ()),
        (S.RECEIVED, OfficerRole.PROCESSING, (E.START,)),
        (S.IN_PROCESS, OfficerRole.LEADER, (E.APPROVE,)),
        (S.DONE, OfficerRole.RETURNING, (E.HAND_OUT,)),
        (S.RETURNED, OfficerRole.RETURNING, ()),
    ],
)
def test_an_officer_is_offered_the_steps_of_the_own_role(
    state: DossierState, role: OfficerRole, events: tuple[DossierEvent, ...]
) -> None:
    assert a_dossier(state).events_for(an_official(role)) == events


def test_an_officer_of_another_unit_is_offered_nothing() -> None:
    assert a_dossier(S.NEW).events_for(an_official(unit=CULTURE)) == ()


def test_the_counter_is_not_offered_a_result_that_goes_home() -> None:
    assert a_dossier(S.DONE, delivery=a_home_delivery()).events_for(an_official()) == ()


@pytest.mark.parametrize("event", [e for e in E if e not in DESK])
def test_no_officer_does_what_citizen_or_post_do(event: DossierEvent) -> None:
    admin = an_official(OfficerRole.ADMIN, unit=None)

    with pytest.raises(RoleMissing):
        a_dossier(S.DONE, delivery=a_home_delivery()).decided(event, admin, A_MORNING)


def test_a_step_of_another_role_is_refused() -> None:
    with pytest.raises(RoleMissing):
        a_dossier(S.NEW).decided(E.RECEIVE, an_official(OfficerRole.LEADER), A_MORNING)


def test_a_dossier_of_another_unit_is_refused() -> None:
    with pytest.raises(OtherUnit):
        a_dossier(S.NEW).decided(E.RECEIVE, an_official(unit=CULTURE), A_MORNING)


@pytest.mark.parametrize("reason", ["", "   ", "x" * (REASON_LENGTH + 1)])
def test_a_refusal_needs_a_reason_that_can_be_told(reason: str) -> None:
    with pytest.raises(ReasonMissing):
        a_dossier(S.NEW).decided(E.REFUSE, an_official(), A_MORNING, reason)


def test_what_happened_before_is_not_changed_by_what_happens_next() -> None:
    dossier = a_dossier(S.NEW)

    dossier.decided(E.RECEIVE, an_official(), A_MORNING)

    assert (dossier.state, dossier.history) == (S.NEW, ())
