"""Limits that a load test has to keep; a breach makes the exit code 1.

``MOTCUA_P95_MS`` (default 1000) is for a small machine that runs load and houses at once; it asks
whether people would wait, not how fast the houses can be (that is ``load/bench``).
"""

import os
from typing import Any

from locust import events

USUAL_P95_MS = 1000.0
BREACH = 1


@events.quitting.add_listener  # type: ignore[untyped-decorator]
def watch(environment: Any, **_: object) -> None:
    """Print each breach and set the exit code."""
    limit = float(os.environ.get("MOTCUA_P95_MS", USUAL_P95_MS))
    breaches = [
        *(_failures(environment.stats)),
        *(_slow(environment.stats, limit)),
        *(_nothing(environment.stats)),
    ]
    for breach in breaches:
        print(f"THRESHOLD {breach}")  # noqa: T201 -- read by the command line
    if environment.runner is not None and environment.runner.cpu_warning_emitted:
        print("NOTE the load generator was at its own limit: figures are a lower bound")  # noqa: T201
    environment.process_exit_code = BREACH if breaches else 0


def _failures(stats: Any) -> list[str]:
    return [
        f"{entry.method} {entry.name}: {entry.num_failures} failures"
        for entry in stats.entries.values()
        if entry.num_failures
    ]


def _slow(stats: Any, limit: float) -> list[str]:
    slow = []
    for entry in stats.entries.values():
        p95 = entry.get_response_time_percentile(0.95)
        if p95 > limit:
            slow.append(f"{entry.method} {entry.name}: p95 {p95:.0f} ms, limit {limit:.0f} ms")
    return slow


def _nothing(stats: Any) -> list[str]:
    return [] if stats.total.num_requests else ["no request was made at all"]
