"""Fixtures: the browser, the environment, the reading."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

import motcua.browser
from scenarios.engine.regression import Regression
from scenarios.environment import Environment


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Launch the browser that was found and remembered."""
    found = motcua.browser.remembered()
    if found is None:
        pytest.fail("No browser is set up. Run: python3 run.py journeys", pytrace=False)
    launch: dict[str, Any] = {**browser_type_launch_args, "args": list(found.launch_args)}
    if found.executable is not None:
        launch["executable_path"] = str(found.executable)
    if found.environment:
        launch["env"] = {**os.environ, **found.environment}
    return launch


@pytest.fixture(scope="session")
def environment() -> Iterator[Environment]:
    """Lend the systems that the journeys meet."""
    chosen = Environment.chosen()
    yield chosen
    chosen.close()


@pytest.fixture(scope="session")
def report() -> Path:
    """Return where evidence goes."""
    place = Path(os.environ.get("MOTCUA_REPORT", "reports/journeys"))
    place.mkdir(parents=True, exist_ok=True)
    return place


@pytest.fixture
def regression(environment: Environment, browser: Browser, report: Path) -> Regression:
    """Return the regression reading."""
    return Regression(environment, browser, report)
