"""Playwright's driver: a Node program that needs one library which small Debian systems lack."""

import os
import sys
from collections.abc import MutableMapping
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from motcua.browser import debian
from motcua.browser.model import CannotInstall, NoBrowser, Progress
from motcua.browser.tools import ToolFailed, Tools, missing_library

LIMIT = 60.0  # seconds
PACKAGES = {"libatomic.so.1": "libatomic1"}  # Debian's names for what the driver may miss
VARIABLE = "LD_LIBRARY_PATH"


def playwright_version() -> str:
    """Return the version of the installed Playwright, without importing it."""
    return version("playwright")


def playwright_package() -> Path:
    """Return the folder of Playwright's Node package, without importing Playwright."""
    spec = find_spec("playwright")
    if spec is None or spec.origin is None:
        raise NoBrowser("Playwright is not installed. Start the program by run.py.")
    return Path(spec.origin).parent / "driver" / "package"


def lend_library(state: Path, environ: MutableMapping[str, str]) -> None:
    """Let programs that this process starts find the driver's library, if it was unpacked.

    The folder holds that library and nothing else, so no other program is disturbed by it.
    """
    folder = str(library_folder(state))
    path = environ.get(VARIABLE, "")
    if os.path.isdir(folder) and folder not in path.split(os.pathsep):  # noqa: PTH112 - as text
        environ[VARIABLE] = folder + os.pathsep + path if path else folder


def library_folder(state: Path) -> Path:
    """Return where the driver's library lies when it could not be installed for all."""
    return state / "library"


def ensure_driver(tools: Tools, apt: debian.Apt, state: Path, progress: Progress) -> None:
    """See that Playwright's driver starts, getting its library if need be."""
    failure = refusal(tools)
    if failure is None:
        return
    package = PACKAGES.get(missing_library(failure.output))
    if package is None:
        raise NoBrowser(f"Playwright's driver does not start: {failure}.")
    progress(f"Getting {package}, which Playwright's driver needs")
    try:
        get_library(package, apt, state, progress)
    except CannotInstall as problem:
        raise NoBrowser(
            f"Playwright's driver does not start: {failure}, and it could not be installed"
            f" ({problem}). Install it (Debian: sudo apt-get install {package}) and try again."
        ) from problem
    failure = refusal(tools)
    if failure is not None:
        raise NoBrowser(f"Playwright's driver does not start: {failure}.")


def get_library(package: str, apt: debian.Apt, state: Path, progress: Progress) -> None:
    """Install the library for all as root, else unpack it beside the project."""
    if not apt.here:
        raise CannotInstall("apt-get is not there")
    if apt.root:
        apt.install([package], progress)
        return
    unpacked = apt.unpack([package], state / "library-package", progress)
    folder = library_folder(state)
    folder.mkdir(parents=True, exist_ok=True)
    for file in unpacked.rglob("libatomic.so.*"):
        link = folder / file.name
        link.unlink(missing_ok=True)
        link.symlink_to(file.resolve())
    lend_library(state, os.environ)


def refusal(tools: Tools) -> ToolFailed | None:
    """Start the driver; return why it does not start, or None."""
    try:
        tools.run([sys.executable, "-m", "playwright", "--version"], limit=LIMIT)
    except ToolFailed as failure:
        return failure
    return None
