"""What a journey leaves behind when it fails, and what it never does."""

import json
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import scenarios.journeys
from scenarios.engine.journey import Journey, journey
from scenarios.engine.regression import Regression
from scenarios.engine.stage import Stage, StepFailed
from scenarios.environment import Environment
from scenarios.pages.portal.accounts import Home


def _play(stage: Stage) -> None:
    home = stage.on(Home)
    with stage.step("Mở trang chủ."):
        home.open()
    with stage.step("Làm một việc không thể làm được."):
        raise AssertionError("the button is not there")


FAILING = Journey("TEST-01", "Hành trình hỏng", (), ("portal",), _play)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("report")


@pytest.fixture(scope="module")
def failure(browser: Browser, environment: Environment, report: Path) -> StepFailed:
    """Play the failing journey once for all tests here."""
    with pytest.raises(StepFailed) as failed:
        Regression(environment, browser, report).play(FAILING, "test-01-1")
    return failed.value


def test_the_failure_names_the_step_and_its_sentence(failure: StepFailed) -> None:
    assert "step 2 «Làm một việc không thể làm được.»" in str(failure)
    assert "the button is not there" in str(failure)


def test_picture_text_and_error_are_kept(failure: StepFailed, report: Path) -> None:
    del failure
    folder = report / "test-01-1"

    assert (folder / "page-0.png").read_bytes().startswith(b"\x89PNG")
    assert "Mô phỏng" in (folder / "page-0.txt").read_text(encoding="utf-8")
    assert "the button is not there" in (folder / "error.txt").read_text(encoding="utf-8")


def test_the_journals_of_all_houses_are_kept(
    failure: StepFailed, report: Path, environment: Environment
) -> None:
    del failure
    kept = {p.name for p in (report / "test-01-1").glob("journal-*.json")}
    portal = json.loads((report / "test-01-1" / "journal-portal.json").read_text(encoding="utf-8"))

    assert kept == {f"journal-{house}.json" for house in environment.controls.urls}
    assert any(entry["url"].endswith("/") for entry in portal["entries"])


def test_the_second_run_leaves_a_trace_and_the_first_failure_stands(
    failure: StepFailed, report: Path
) -> None:
    trace = report / "test-01-1" / "again" / "trace.zip"

    assert zipfile.is_zipfile(trace)
    assert any("failed too" in note for note in failure.__notes__)


def test_progress_is_told_step_by_step(failure: StepFailed, report: Path) -> None:
    del failure
    lines = (report / "progress.jsonl").read_text(encoding="utf-8").splitlines()

    assert [json.loads(line)["what"] for line in lines] == ["step", "step", "failed", "end"]


def test_the_worlds_are_gone_afterwards(failure: StepFailed, environment: Environment) -> None:
    del failure

    assert environment.controls.worlds() == ["main"]


def test_a_sentence_without_a_full_stop_is_refused(
    browser: Browser, environment: Environment, report: Path
) -> None:
    def play(stage: Stage) -> None:
        with stage.step("Không có dấu chấm"):
            raise AssertionError("never reached")

    unfinished = Journey("TEST-02", "Câu cụt", (), ("portal",), play)

    with pytest.raises(ValueError, match="full stop"):
        Regression(environment, browser, report).play(unfinished, "test-02-1")


def test_two_journeys_of_one_id_are_refused() -> None:
    scenarios.journeys.load()

    def play(stage: Stage) -> None:
        raise AssertionError(stage)

    with pytest.raises(ValueError, match="two journeys are called CITY-01"):
        journey(id="CITY-01", title="Trùng", covers=(), needs=("portal",))(play)
