"""What a browser is here: something that was found, and something that was seen to work."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypedDict

from motcua.browser import flags

Progress = Callable[[str], None]


class NoBrowser(Exception):
    """No browser can be had; the message says what was tried and what to do."""


class DoesNotStart(Exception):
    """A browser was launched and did not show the page; the message says why, in one line."""


class CannotInstall(Exception):
    """A way of installing a browser failed; the message says why, in one line."""


class LaunchOptions(TypedDict, total=False):
    """Keyword arguments for Playwright's ``chromium.launch``."""

    executable_path: str
    args: list[str]
    env: dict[str, str | float | bool]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A browser that may work: ``executable`` is None for the one that Playwright manages.

    ``witness`` is the file by whose size and time a later change of the browser is noticed.
    ``environment`` is what only the browser needs, besides what this process has.
    """

    name: str
    executable: Path | None
    witness: Path
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser that was launched once and showed a page."""

    executable: Path | None
    name: str
    version: str
    launch_args: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)

    def launch_options(self) -> LaunchOptions:
        """Return what to hand to ``chromium.launch(**…)``; headless or not is the caller's."""
        options = LaunchOptions(args=list(self.launch_args))
        if self.executable is not None:
            options["executable_path"] = str(self.executable)
        if self.environment:  # Playwright replaces the whole environment by what it is given
            options["env"] = {**os.environ, **self.environment}
        return options

    def open_to(self, hosts: Iterable[str]) -> "Browser":
        """Return the same browser, allowed to reach ``hosts`` too (real systems under test)."""
        return replace(self, launch_args=flags.opened(self.launch_args, hosts))
