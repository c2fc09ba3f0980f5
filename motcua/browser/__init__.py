"""A browser for tests and demos: found or installed, launched once, remembered.

``ensure`` gets one, whatever it takes; ``remembered`` returns the last choice and starts nothing.
Neither imports Playwright.
"""

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from motcua.browser import choose, debian, driver, find, flags, install, memory, npm, probe
from motcua.browser.model import Browser, Candidate, LaunchOptions, NoBrowser, Progress
from motcua.browser.tools import LoggedTools

__all__ = ["Browser", "LaunchOptions", "NoBrowser", "Progress", "ensure", "forget", "remembered"]

PATIENCE = 900.0  # seconds to wait for another process that gets a browser


def ensure(progress: Progress) -> Browser:
    """Return a browser that works, getting one if need be; ``progress`` is told what happens.

    Raises ``NoBrowser``, whose message says what was tried and what a person can do.
    """
    known = remembered()
    if known is not None:
        return known
    state = state_folder()
    with one_at_a_time(state):
        return remembered() or get(state, progress)


def remembered() -> Browser | None:
    """Return the browser of the last choice if nothing about it has changed; start nothing."""
    state = state_folder()
    driver.lend_library(state, os.environ)
    choice = memory.recall(memory_file(state), circumstances())
    return as_browser(*choice) if choice else None


def forget() -> None:
    """Make the next ``ensure`` choose anew."""
    memory.forget(memory_file(state_folder()))


def get(state: Path, progress: Progress) -> Browser:
    """Choose a browser, launch it, and write the choice down."""
    around = find.Surroundings.real()
    tools = LoggedTools(state / "setup.log")
    apt = debian.Apt.real(tools, root=is_root())
    package = driver.playwright_package()
    try:
        driver.ensure_driver(tools, apt, state, progress)
        options = choose.Options(
            find.asked_for(around),
            there(around, package, state),
            install.ways(tools, around, package, state, apt),
        )
        launch = partial(probe.probe, root=is_root(), tools=tools)
        otherwise = choose.advice(around.system)
        candidate, version = choose.choose(options, launch, progress, otherwise)
    except NoBrowser as problem:
        raise NoBrowser(f"{problem}\nWhat the tools said is in {tools.log}") from problem
    memory.remember(memory_file(state), candidate, version, circumstances())
    return as_browser(candidate, version)


def there(around: find.Surroundings, package: Path, state: Path) -> Iterator[Candidate]:
    """Yield the browsers that need no installing, in the order in which they are tried."""
    yield from find.playwright_managed(around, package)
    yield from find.installed(around)
    yield from filter(None, (npm.unpacked(state), debian.unpacked(state)))


def circumstances() -> memory.Circumstances:
    """Return what the choice depends on, as it is now."""
    return memory.Circumstances(os.environ.get(find.ASKED), driver.playwright_version())


def as_browser(candidate: Candidate, version: str) -> Browser:
    """Add to what was chosen how it is launched by the present user."""
    args = flags.launch_args(root=is_root())
    return Browser(candidate.executable, candidate.name, version, args, candidate.environment)


def is_root() -> bool:
    """Whether packages may be installed, and a sandbox must not be used; never so on Windows."""
    return sys.platform != "win32" and os.geteuid() == 0


def state_folder() -> Path:
    """Return where things are remembered: beside ``run.py``, else in the current folder."""
    root = Path(__file__).resolve().parents[2]
    return (root if (root / "run.py").is_file() else Path.cwd()) / ".motcua"


def memory_file(state: Path) -> Path:
    """Return the file that holds the last choice."""
    return state / "browser.json"


@contextmanager
def one_at_a_time(state: Path) -> Iterator[None]:
    """Let one process at a time get a browser.

    The lock is that of an empty SQLite file: it works alike on every system, waits without
    polling by us, and goes with the process that held it.
    """
    state.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(state / "browser.lock", timeout=PATIENCE)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        yield
