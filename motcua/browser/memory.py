"""The browser that was chosen last time, trusted as long as nothing about it has changed."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from motcua.browser.model import Candidate

FORM = 1  # of the file; another form is not read


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the choice depended on: ``MOTCUA_BROWSER`` (or None) and Playwright's version."""

    asked: str | None
    playwright: str


def fingerprint(witness: Path) -> list[int]:
    """Return size and time of change of a file; launching would tell more, and take a second."""
    seen = witness.stat()
    return [seen.st_size, seen.st_mtime_ns]


def remember(file: Path, candidate: Candidate, version: str, now: Circumstances) -> None:
    """Write the choice down, whole or not at all."""
    facts = {
        "form": FORM,
        "asked": now.asked,
        "playwright": now.playwright,
        "name": candidate.name,
        "version": version,
        "executable": candidate.executable and str(candidate.executable),
        "environment": candidate.environment,
        "witness": str(candidate.witness),
        "fingerprint": fingerprint(candidate.witness),
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    draft.write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    draft.replace(file)


def recall(file: Path, now: Circumstances) -> tuple[Candidate, str] | None:
    """Return the choice and the browser's version, or None when it has to be made anew."""
    try:
        facts = json.loads(file.read_text(encoding="utf-8"))
        known = (facts["form"], facts["asked"], facts["playwright"])
        witness = Path(facts["witness"])
        if known != (FORM, now.asked, now.playwright):
            return None
        if facts["fingerprint"] != fingerprint(witness):
            return None
        executable = Path(facts["executable"]) if facts["executable"] else None
        environment = {str(key): str(value) for key, value in facts["environment"].items()}
        return Candidate(facts["name"], executable, witness, environment), str(facts["version"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def forget(file: Path) -> None:
    """Make the next call choose anew."""
    file.unlink(missing_ok=True)
