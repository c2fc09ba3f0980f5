"""Finding out whether a browser works, by launching it once.

That happens in a process of its own (``motcua.browser.look``), because a browser or driver that
hangs, or dies half-way, must not take the caller along.
"""

import json
import re
import sys
from pathlib import Path

from motcua.browser.model import Candidate, DoesNotStart
from motcua.browser.tools import ToolFailed, Tools, missing_library, shortened

LIMIT = 60.0  # seconds, three times what Playwright allows for the launch
IMPORTABLE = Path(__file__).resolve().parents[2]  # the folder from which ``motcua`` is imported


def probe(candidate: Candidate, *, root: bool, tools: Tools) -> str:
    """Launch a candidate and return its version; raise ``DoesNotStart`` with the reason."""
    wish = {
        "executable": candidate.executable and str(candidate.executable),
        "environment": candidate.environment,
        "root": root,
    }
    command = [sys.executable, "-m", "motcua.browser.look", json.dumps(wish)]
    try:
        said = tools.run(command, limit=LIMIT, folder=IMPORTABLE)
    except ToolFailed as failure:
        raise DoesNotStart(why(failure.output) or str(failure)) from failure
    return said.strip().splitlines()[-1]


def why(output: str) -> str:
    """Return in one line what Playwright tells at length about a launch that failed."""
    library = missing_library(output)
    if library:
        return f"the library {library} is missing"
    complaint = re.search(r"\]\[err\] (.+)", output)
    if complaint:
        return shortened(complaint.group(1))
    ended = re.search(r"<process did exit: exitCode=(\w+), signal=(\w+)>", output)
    if ended:
        code, signal = ended.groups()
        return "it ended at once, " + (f"by {signal}" if code == "null" else f"exit code {code}")
    return shortened(next(iter(output.splitlines()), "").removeprefix("BrowserType.launch: "))
