"""Choosing a browser: the wish first, then what is there, then what can be got."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from motcua.browser.find import ASKED
from motcua.browser.install import Way
from motcua.browser.model import Candidate, CannotInstall, DoesNotStart, NoBrowser, Progress

Probe = Callable[[Candidate], str]
Choice = tuple[Candidate, str]

ADVICE = {
    "Darwin": "Install Google Chrome or Chromium into /Applications",
    "Windows": "Install Microsoft Edge or Google Chrome",
    "Linux": (
        "Install Chromium (Debian: sudo apt-get install --no-install-recommends"
        " chromium-headless-shell fonts-dejavu-core libatomic1)"
    ),
}


@dataclass(frozen=True, slots=True)
class Options:
    """What there is to choose from: the wish, what is there, and the ways to get more."""

    asked: Candidate | None
    found: Iterable[Candidate]
    ways: Iterable[Way]


def choose(options: Options, probe: Probe, progress: Progress, otherwise: str) -> Choice:
    """Return the first browser that works, and its version.

    Raises ``NoBrowser`` if none does, with the advice ``otherwise``; and if one was asked for
    that does not work: another is no substitute.
    """
    asked = options.asked
    if asked is not None:
        try:
            return asked, probe(asked)
        except DoesNotStart as problem:
            text = f"{ASKED} names {asked.executable}, which does not work: {problem}."
            raise NoBrowser(f"{text} Correct it, or unset it.") from problem
    tried: list[str] = []
    choice = try_found(options.found, probe, progress, tried)
    choice = choice or try_ways(options.ways, probe, progress, tried)
    if choice is None:
        lines = "".join(f"\n  - {line}" for line in tried)
        raise NoBrowser(f"There is no browser that works.{lines}\n{otherwise}")
    return choice


def try_found(
    found: Iterable[Candidate], probe: Probe, progress: Progress, tried: list[str]
) -> Choice | None:
    """Launch what is there, one after the other."""
    for candidate in found:
        progress(f"Trying {candidate.name}")
        try:
            return candidate, probe(candidate)
        except DoesNotStart as problem:
            tried.append(f"{candidate.name}: {problem}")
    return None


def try_ways(
    ways: Iterable[Way], probe: Probe, progress: Progress, tried: list[str]
) -> Choice | None:
    """Get a browser, by one way after the other, and launch it."""
    for way in ways:
        obstacle = way.obstacle()
        if obstacle:
            tried.append(f"{way.name}: {obstacle}")
            continue
        progress(f"Getting {way.name}")
        try:
            candidate = way.install(progress)
            return candidate, probe(candidate)
        except (CannotInstall, DoesNotStart) as problem:
            tried.append(f"{way.name}: {problem}")
    return None


def advice(system: str) -> str:
    """Say what a person can do who was left without a browser on this ``system``."""
    what = ADVICE.get(system, "Install Chromium")
    return f"{what} and try again, or set {ASKED} to the path of a Chromium, Chrome or Edge."
