"""``motcua load``: Locust against the core of a started world; the audit has the last word."""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import requests

from motcua.audit.report import audit
from motcua.control import ControlError, Controls
from motcua.ready import running
from motcua.stack import Stack, StackOptions

ROOT = Path(__file__).resolve().parent.parent.parent
_OFFERS = 12
_MOST_PROCEDURES = 100


@click.command()
@click.option("--users", default=20, show_default=True)
@click.option(
    "--spawn-rate", default=10.0, show_default=True, help="Users per second at the start."
)
@click.option("--time", "duration", default="60s", show_default=True)
@click.option("--world", help="Use this world instead of a fresh one.")
@click.option("--keep", is_flag=True, help="Keep the fresh world for a look afterwards.")
def load(*, users: int, spawn_rate: float, duration: str, world: str | None, keep: bool) -> None:
    """Let citizens submit and visitors look up; thresholds and the audit decide the exit code.

    Uses the stack that is running, or starts one for the time of the test.
    """
    with _stack() as controls:
        name = world or time.strftime("load-%Y%m%d-%H%M%S")
        if world is None:
            controls.create(name)
        code = _locust(controls, name, users, spawn_rate, duration)
        click.echo("Waiting until everything is delivered, then auditing …")
        report = audit(controls, name)
        for line in report.lines():
            click.echo(line)
        if world is None and not keep and report.clean:
            controls.delete(name)
    if code or not report.clean:
        raise SystemExit(1)


@contextlib.contextmanager
def _stack() -> Iterator[Controls]:
    try:
        controls = running()
        controls.worlds()
    except ControlError:
        click.echo("No stack is running: starting one for this test.")
        with tempfile.TemporaryDirectory(prefix="motcua-load-") as folder:
            stack = Stack(StackOptions(port_base=0, data=Path(folder))).start()
            try:
                yield Controls(stack.urls)
            finally:
                stack.stop()
    else:
        yield controls


def _locust(
    controls: Controls,
    world: str,
    users: int,
    spawn_rate: float,
    duration: str,
) -> int:
    host = f"{controls.urls['portal']}/w/{world}"
    with tempfile.TemporaryDirectory(prefix="motcua-load-") as folder:
        offers = Path(folder) / "offers.json"
        offers.write_text(json.dumps(_offers(host)), encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "locust",
            "--locustfile",
            str(ROOT / "load" / "locustfile.py"),
            "--headless",
            "--host",
            host,
            "--users",
            str(users),
            "--spawn-rate",
            str(spawn_rate),
            "--run-time",
            duration,
            "--stop-timeout",
            "10",
        ]
        env = os.environ | {"MOTCUA_OFFERS": str(offers), "PYTHONPATH": str(ROOT)}
        return subprocess.run(command, env=env, cwd=ROOT, check=False).returncode  # noqa: S603 -- ours


def _offers(host: str) -> list[dict[str, Any]]:
    """Return a few procedures that can be filed online, as the portal itself tells them."""
    session = requests.Session()
    session.trust_env = False

    def ask(path: str, **params: object) -> dict[str, Any]:
        answer = session.get(f"{host}/api/v1/{path}", params=params, timeout=30)  # type: ignore[arg-type]
        answer.raise_for_status()
        return dict(answer.json())

    listed = ask("procedures", limit=_MOST_PROCEDURES)["procedures"]
    codes = [p["code"] for p in listed if p["submittable_online"]][:_OFFERS]
    details = [ask(f"procedures/{code}") for code in codes]
    found = [
        {
            "procedure": p["code"],
            "agency": p["agencies"][0]["code"],
            "components": [c["key"] for c in p["components"] if c["required"]],
        }
        for p in details
    ]
    if not found:
        raise click.ClickException("The portal offers nothing that can be filed online.")
    return found
