"""Programs are run with a limit and leave nothing behind; the browser really shows a page."""

import os
import sys
import threading
from pathlib import Path

import pytest

from motcua import browser
from motcua.browser.memory import fingerprint
from motcua.browser.model import Candidate, DoesNotStart
from motcua.browser.probe import probe, why
from motcua.browser.tools import LoggedTools, ToolFailed, reason
from tests.run import fakes

PYTHON = [sys.executable, "-c"]
UNLOADED = "x: error while loading shared libraries: libnss3.so: cannot open shared object file"
CHILD_THAT_STAYS = (
    "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import signal;"
    " signal.pause()']); print('started', flush=True); import signal; signal.pause()"
)


@pytest.fixture
def tools(tmp_path: Path) -> LoggedTools:
    return LoggedTools(tmp_path / "log" / "setup.log")


def test_what_a_program_says_is_returned_told_and_kept_without_colours(tools: LoggedTools) -> None:
    told: list[str] = []
    text = "print('\\x1b[2mthứ nhất\\x1b[0m'); print('thứ hai')"

    said = tools.run([*PYTHON, text], limit=30, tell=told.append, environment={"PYTHONUTF8": "1"})

    assert told == ["thứ nhất", "thứ hai"]
    assert said == "thứ nhất\nthứ hai\n"
    assert "thứ nhất\nthứ hai\n" in tools.log.read_text(encoding="utf-8")


def test_a_program_that_fails_is_an_error_with_its_words(tools: LoggedTools) -> None:
    with pytest.raises(ToolFailed, match="E: no such package") as failure:
        tools.run([*PYTHON, "print('hello'); print('E: no such package'); exit(4)"], limit=30)

    assert "hello" in failure.value.output


def test_a_program_that_is_not_there_is_an_error(tools: LoggedTools) -> None:
    with pytest.raises(ToolFailed, match="no-such-program"):
        tools.run(["no-such-program"], limit=30)


@pytest.mark.skipif(os.name == "nt", reason="ends a group of processes")
def test_a_program_that_hangs_is_ended_with_all_that_it_started(tools: LoggedTools) -> None:
    # Both hold the pipe: the call could not return if the child were left over.
    with pytest.raises(ToolFailed, match="no end after"):
        tools.run([*PYTHON, CHILD_THAT_STAYS], limit=0.5)


@pytest.mark.parametrize(
    ("output", "told"),
    [
        ("Reading…\nE: Unable to locate package x\ndone\n", "E: Unable to locate package x"),
        (UNLOADED, "the library libnss3.so is missing"),
        ("╔═══╗\n║ box ║\nlast line\n\n", "last line"),
        ("", ""),
        ("e" * 500, "e" * 200 + "…"),
    ],
)
def test_the_line_that_tells_most_is_picked(output: str, told: str) -> None:
    assert reason(output).startswith(told)


@pytest.mark.parametrize(
    ("output", "told"),
    [
        (
            f"BrowserType.launch: closed\n  - [pid=8][err] {UNLOADED}",
            "the library libnss3.so is missing",
        ),
        ("BrowserType.launch: closed\n  - [pid=8][err] No usable sandbox!", "No usable sandbox!"),
        (
            "BrowserType.launch: closed\n<process did exit: exitCode=0, signal=null>",
            "it ended at once, exit code 0",
        ),
        (
            "BrowserType.launch: closed\n<process did exit: exitCode=null, signal=SIGTRAP>",
            "it ended at once, by SIGTRAP",
        ),
        ("BrowserType.launch: spawn EACCES\nCall log:", "spawn EACCES"),
    ],
)
def test_a_failed_launch_is_told_in_one_line(output: str, told: str) -> None:
    assert why(output) == told


def test_a_probe_that_hangs_is_a_browser_that_does_not_start() -> None:
    def hang(_: object) -> str:
        raise ToolFailed("no end after 60 s")

    with pytest.raises(DoesNotStart, match="no end after 60 s"):
        probe(fakes.a_candidate(), root=False, tools=fakes.Tools(hang))


def test_a_program_that_is_no_browser_is_refused(tools: LoggedTools) -> None:
    no_browser = Path(sys.executable)

    with pytest.raises(DoesNotStart):
        probe(Candidate("Python", no_browser, no_browser), root=browser.is_root(), tools=tools)


def test_one_process_at_a_time_gets_a_browser(tmp_path: Path) -> None:
    order: list[str] = []
    second_begins = threading.Event()

    def second() -> None:
        second_begins.set()
        with browser.one_at_a_time(tmp_path):
            order.append("second")

    other = threading.Thread(target=second)
    with browser.one_at_a_time(tmp_path):
        other.start()
        assert second_begins.wait(10)
        order.append("first")
    other.join(10)

    assert order == ["first", "second"]


def test_the_remembered_browser_really_shows_a_page(tools: LoggedTools) -> None:
    chosen = browser.ensure(print)
    file = chosen.executable or Path(sys.executable)

    version = probe(
        Candidate(chosen.name, chosen.executable, file, chosen.environment),
        root=browser.is_root(),
        tools=tools,
    )

    assert version == chosen.version
    assert browser.remembered() == chosen
    assert fingerprint(file)[0] > 0
