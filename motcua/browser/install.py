"""Ways of getting a browser that is not there yet, in the order in which they are tried."""

import socket
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Protocol
from urllib.parse import urlsplit

from motcua.browser import debian, npm
from motcua.browser.find import Surroundings, playwright_managed
from motcua.browser.model import Candidate, CannotInstall, Progress
from motcua.browser.tools import ToolFailed, Tools

PLAYWRIGHT_HOST = "cdn.playwright.dev"
PLAYWRIGHT_LIMIT = 300.0  # seconds
LOOK_UP_LIMIT = 5.0  # seconds for a name, after which there is no network worth waiting for
OWN_HOSTS = ("PLAYWRIGHT_CHROMIUM_DOWNLOAD_HOST", "PLAYWRIGHT_DOWNLOAD_HOST")
PROXIES = ("HTTPS_PROXY", "https_proxy")


class Way(Protocol):
    """One way of getting a browser."""

    @property
    def name(self) -> str:
        """What to call it, in the middle of a sentence."""
        ...

    def obstacle(self) -> str:
        """Say why this way is not open here; empty when it is."""
        ...

    def install(self, progress: Progress) -> Candidate:
        """Get the browser; raise ``CannotInstall``."""
        ...


@dataclass(frozen=True, slots=True)
class PlaywrightDownload:
    """Let Playwright fetch the browser that it was made for; as root with its libraries."""

    tools: Tools
    around: Surroundings
    package: Path
    with_libraries: bool
    resolves: Callable[[str], bool]
    name: str = "Playwright's own Chromium"

    def obstacle(self) -> str:
        """Say why this way is not open here; empty when it is."""
        environ = self.around.environ
        if any(environ.get(proxy) for proxy in PROXIES):  # the proxy resolves the name
            return ""
        host = download_host(environ)
        return "" if self.resolves(host) else f"{host} cannot be reached from here"

    def install(self, progress: Progress) -> Candidate:
        """Download it, within a time limit."""
        told = set[str]()  # it tries again and again, saying the same each time

        def tell(line: str) -> None:
            text = line.partition(" from ")[0]
            if text.startswith("Downloading") and text not in told:
                told.add(text)
                progress(text)

        command = [sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"]
        more = ["--with-deps"] if self.with_libraries else []
        try:
            self.tools.run([*command, *more], limit=PLAYWRIGHT_LIMIT, tell=tell)
        except ToolFailed as failure:
            raise CannotInstall(str(failure)) from failure
        found = next(playwright_managed(self.around, self.package), None)
        if found is None:
            raise CannotInstall("it ended well, but brought no browser")
        return found


def download_host(environ: Mapping[str, str]) -> str:
    """Return the host that Playwright downloads from; a mirror of one's own counts."""
    for name in OWN_HOSTS:
        mirror = environ.get(name)
        if mirror:
            return urlsplit(mirror).hostname or mirror
    return PLAYWRIGHT_HOST


def resolves(host: str) -> bool:
    """Whether a host has an address; a name server that does not answer is not waited for."""
    answers: list[bool] = []

    def ask() -> None:
        try:
            answers.append(bool(socket.getaddrinfo(host, 443)))
        except OSError:
            answers.append(False)

    thread = Thread(target=ask, daemon=True)
    thread.start()
    thread.join(LOOK_UP_LIMIT)
    return bool(answers) and answers[0]


def ways(
    tools: Tools, around: Surroundings, package: Path, state: Path, apt: debian.Apt
) -> list[Way]:
    """Return every way, the most fitting first."""
    with_libraries = apt.here and apt.root
    return [
        PlaywrightDownload(tools, around, package, with_libraries, resolves),
        debian.SystemPackages(apt),
        npm.NpmPackage.real(tools, state),
        debian.UnpackedPackages(apt, state),
    ]
