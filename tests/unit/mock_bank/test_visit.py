"""The customer's way through the pages."""

from itertools import product

import pytest

from mock_bank.domain.visit import VISIT, Stage, Step, Visit
from simkit.core.machine import IllegalMove


def test_the_table_is_the_one_of_the_design() -> None:
    assert set(VISIT.rows()) == {
        (Stage.SIGN_IN, Step.SIGN_IN, Stage.CONSENT),
        (Stage.CONSENT, Step.AGREE, Stage.CONFIRM),
        (Stage.CONFIRM, Step.LAPSE, Stage.CONSENT),
        (Stage.CONSENT, Step.SIGN_IN, Stage.CONSENT),
        (Stage.CONFIRM, Step.SIGN_IN, Stage.CONSENT),
    }


@pytest.mark.parametrize(
    ("stage", "step"),
    [
        pytest.param(stage, step, id=f"{stage}+{step}")
        for stage, step in product(Stage, Step)
        if step not in VISIT.events_from(stage)
    ],
)
def test_every_step_outside_the_table_is_refused(stage: Stage, step: Step) -> None:
    with pytest.raises(IllegalMove):
        Visit(stage, "an", "browser-1").happen(step)


def test_only_the_browser_that_signed_in_is_past_the_first_page() -> None:
    visit = Visit().sign_in("an", "browser-1")

    assert visit.stage_for("browser-1") is Stage.CONSENT
    assert visit.stage_for("browser-2") is Stage.SIGN_IN


def test_a_browser_without_a_mark_is_never_past_the_first_page() -> None:
    assert Visit(Stage.CONFIRM).stage_for("") is Stage.SIGN_IN


def test_who_signs_in_elsewhere_takes_the_visit_over_from_the_start() -> None:
    mine = Visit().sign_in("an", "browser-1").happen(Step.AGREE)

    taken = mine.sign_in("binh", "browser-2")

    assert (taken.stage, taken.user, taken.browser) == (Stage.CONSENT, "binh", "browser-2")
    assert taken.stage_for("browser-1") is Stage.SIGN_IN
