"""Browsers that are there already, in the order in which they are tried."""

import json
import os
import platform
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from motcua.browser.model import Candidate, NoBrowser

ASKED = "MOTCUA_BROWSER"

# Headless shells come first: with them a journey takes two thirds of the time (measured).
LINUX_SHELLS = ("/usr/lib/chromium/chromium-headless-shell", "/usr/bin/chromium-headless-shell")
LINUX_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
)
MAC_APPS = (
    "Chromium.app/Contents/MacOS/Chromium",
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
WINDOWS_PROGRAMS = (
    "Chromium/Application/chrome.exe",
    "Google/Chrome/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
WINDOWS_FOLDERS = ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is asked of the machine: its system, variables, search path and files."""

    system: str
    environ: Mapping[str, str]
    home: Path
    which: Callable[[str], str | None]
    is_file: Callable[[Path], bool]

    @classmethod
    def real(cls) -> "Surroundings":
        """Return those of this process."""
        return cls(platform.system(), os.environ, Path.home(), shutil.which, Path.is_file)


def asked_for(around: Surroundings) -> Candidate | None:
    """Return the browser that ``MOTCUA_BROWSER`` names: a path, or a name on the search path."""
    wish = around.environ.get(ASKED)
    if not wish:
        return None
    path = around.which(wish) or wish
    if not around.is_file(Path(path)):
        raise NoBrowser(
            f"{ASKED} is set to {wish}, and there is no such program. Correct it, or unset it."
        )
    return Candidate(f"{Path(path).name} ({ASKED})", Path(path), Path(path))


def playwright_managed(around: Surroundings, package: Path) -> Iterator[Candidate]:
    """Yield Playwright's own headless shell when it is on disk; ``package`` is its Node package.

    Only the revision that this Playwright was made for counts: it launches no other.
    """
    listed = json.loads((package / "browsers.json").read_text(encoding="utf-8"))["browsers"]
    for browser in listed:
        if browser["name"] == "chromium-headless-shell":
            folder = f"chromium_headless_shell-{browser['revision']}"
            complete = playwright_folder(around, package) / folder / "INSTALLATION_COMPLETE"
            if around.is_file(complete):
                yield Candidate("Playwright's Chromium", None, complete)


def playwright_folder(around: Surroundings, package: Path) -> Path:
    """Return the folder where Playwright keeps browsers on this system."""
    chosen = around.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    if chosen:
        return package / ".local-browsers" if chosen == "0" else Path(chosen)
    if around.system == "Darwin":
        return around.home / "Library" / "Caches" / "ms-playwright"
    if around.system == "Windows":
        local = around.environ.get("LocalAppData", str(around.home / "AppData" / "Local"))
        return Path(local) / "ms-playwright"
    cache = around.environ.get("XDG_CACHE_HOME", str(around.home / ".cache"))
    return Path(cache) / "ms-playwright"


def installed(around: Surroundings) -> Iterator[Candidate]:
    """Yield the Chromium, Chrome and Edge that the machine has, each once."""
    seen = set[Path]()
    for path in places(around):
        if path not in seen and around.is_file(path):
            seen.add(path)
            yield Candidate(f"the installed {path.stem}", path, path)


def places(around: Surroundings) -> Iterator[Path]:
    """Yield where the browsers of this system may lie, the quickest first."""
    if around.system == "Darwin":
        for folder in (Path("/Applications"), around.home / "Applications"):
            yield from (folder / app for app in MAC_APPS)
    elif around.system == "Windows":
        folders = (around.environ.get(name) for name in WINDOWS_FOLDERS)
        for name in filter(None, folders):
            yield from (Path(name) / program for program in WINDOWS_PROGRAMS)
    else:
        yield from map(Path, LINUX_SHELLS)
        yield from map(Path, filter(None, map(around.which, LINUX_NAMES)))
