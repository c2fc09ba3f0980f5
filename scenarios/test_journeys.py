"""The regression reading of every journey, as tests."""

import os

import pytest

import scenarios.journeys
from scenarios.engine.journey import Journey, all_journeys
from scenarios.engine.regression import Regression

scenarios.journeys.load()
_WANTED = os.environ.get("MOTCUA_JOURNEYS", "").split()
_TIMES = int(os.environ.get("MOTCUA_TIMES", "1"))
_RUNS = [
    pytest.param(journey, f"{journey.id.lower()}-{copy}", id=f"{journey.id}-{copy}")
    for journey in all_journeys()
    if not _WANTED or journey.id in _WANTED
    for copy in range(1, _TIMES + 1)
]


@pytest.mark.parametrize(("journey", "run"), _RUNS)
def test_journey(journey: Journey, run: str, regression: Regression) -> None:
    """Play it in a fresh world."""
    regression.play(journey, run)
