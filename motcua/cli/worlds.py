"""Verbs that speak to a running stack: worlds, clock, journal, audit."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, ParamSpec
from urllib.parse import urlencode

import click

from motcua.audit.report import audit as run_audit
from motcua.control import MAIN, ControlError, Controls
from motcua.ready import running
from simkit.core.clock import ICT

P = ParamSpec("P")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}

world_option = click.option("--world", default=MAIN, show_default=True, help="Which world.")


def _plainly(verb: Callable[P, None]) -> Callable[P, None]:
    """Turn what a house refuses into a message and exit code 1."""

    @wraps(verb)
    def told(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            verb(*args, **kwargs)
        except ControlError as error:
            raise click.ClickException(str(error)) from error

    return told


class Duration(click.ParamType[timedelta]):
    """``90s``, ``15m``, ``3d``, ``1d12h``."""

    name = "duration"

    def convert(
        self,
        value: object,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> timedelta:
        """Read it."""
        if isinstance(value, timedelta):
            return value
        parts = re.findall(r"([0-9]+)([smhdw])", str(value))
        if not parts or "".join(n + u for n, u in parts) != str(value):
            self.fail(f"{value!r} is no duration; write for example 90s, 15m, 1d12h.", param, ctx)
        try:
            return sum((timedelta(**{_UNITS[u]: int(n)}) for n, u in parts), timedelta())
        except (OverflowError, ValueError):
            self.fail(f"{value!r:.60} is longer than any calendar.", param, ctx)


@click.group()
def world() -> None:
    """List, make, reset, delete, copy and restore worlds."""


@world.command("list")
@_plainly
def world_list() -> None:
    """Print the names of all worlds."""
    for name in running().worlds():
        click.echo(name)


@world.command("create")
@click.argument("name")
@click.option("--seed", help="Fixes the world's chance; its name if not given.")
@_plainly
def world_create(name: str, seed: str | None) -> None:
    """Make a world and print where it is."""
    controls = running()
    controls.create(name, seed)
    for house, url in controls.urls.items():
        click.echo(f"  {house:<8} {url}/w/{name}/")


def _told(action: Callable[[Controls], None], done: str) -> None:
    action(running())
    click.echo(done)


@world.command("reset")
@click.argument("name")
@_plainly
def world_reset(name: str) -> None:
    """Begin a world anew."""
    _told(lambda c: c.reset(name), f"World {name} begins anew.")


@world.command("delete")
@click.argument("name")
@_plainly
def world_delete(name: str) -> None:
    """Remove a world with all that it knows."""
    _told(lambda c: c.delete(name), f"World {name} is gone.")


@world.command("snapshot")
@click.argument("name")
@click.argument("snapshot")
@_plainly
def world_snapshot(name: str, snapshot: str) -> None:
    """Keep a copy of a world as it is now."""
    _told(lambda c: c.snapshot(name, snapshot), f"Copy {snapshot} of world {name} is kept.")


@world.command("restore")
@click.argument("name")
@click.argument("snapshot")
@_plainly
def world_restore(name: str, snapshot: str) -> None:
    """Put a world back to a copy."""
    _told(lambda c: c.restore(name, snapshot), f"World {name} is back at copy {snapshot}.")


@click.group()
def clock() -> None:
    """Show or move the simulated time of a world."""


def _show(controls: Controls, name: str) -> None:
    modes = {c["mode"] for c in controls.everywhere("GET", "clock", name).values()}
    click.echo(f"{controls.now(name):%Y-%m-%d %H:%M:%S} ({' and '.join(sorted(modes))})")


@clock.command("show")
@world_option
@_plainly
def clock_show(world: str) -> None:
    """Print the world's time."""
    _show(running(), world)


@clock.command("freeze")
@world_option
@_plainly
def clock_freeze(world: str) -> None:
    """Stop the clock."""
    controls = running()
    controls.freeze(world)
    _show(controls, world)


@clock.command("run")
@world_option
@_plainly
def clock_run(world: str) -> None:
    """Let the clock run on."""
    controls = running()
    controls.run(world)
    _show(controls, world)


@clock.command("advance")
@click.argument("duration", type=Duration())
@world_option
@_plainly
def clock_advance(duration: timedelta, world: str) -> None:
    """Move the clock forward; what is due until then happens in order."""
    controls = running()
    click.echo(f"{controls.advance(duration, world)} things happened.")
    _show(controls, world)


@clock.command("set")
@click.argument("when", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]))
@world_option
@_plainly
def clock_set(when: datetime, world: str) -> None:
    """Move the clock forward to a moment (Vietnam's time)."""
    controls = running()
    happened = controls.set_time(when.replace(tzinfo=ICT), world)
    click.echo(f"{happened} things happened.")
    _show(controls, world)


def _entries(
    controls: Controls, house: str, about: str, after: int, world: str
) -> Iterator[dict[str, Any]]:
    """Yield all entries: a house hands out a page at a time."""
    while True:
        query = urlencode({"after": after, "about": about})
        page = controls.call(house, "GET", f"journal?{query}", world=world)["entries"]
        yield from page
        if not page:
            return
        after = page[-1]["number"]


@click.command()
@click.argument("house")
@click.option("--about", default="", help="Only this dossier code or payment reference.")
@click.option("--after", default=0, help="Only entries younger than this number.")
@click.option("--json", "as_json", is_flag=True, help="Everything, raw bytes included.")
@world_option
@_plainly
def journal(*, house: str, about: str, after: int, as_json: bool, world: str) -> None:
    """Print the messages that a house received and sent."""
    controls = running()
    if house not in controls.urls:
        raise click.ClickException(f"No house is called {house}: {', '.join(controls.urls)}.")
    entries = list(_entries(controls, house, about, after, world))
    if as_json:
        click.echo(json.dumps(entries, ensure_ascii=False, indent=1))
        return
    for e in entries:
        click.echo(
            f"{e['number']:>5} {e['at'][11:19]} {e['direction']:<3} {e['method']:<5}"
            f" {e['url']} {e['status'] or e['note']} {e['about']}",
        )


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@world_option
@_plainly
def audit(*, as_json: bool, world: str) -> None:
    """Prove that nothing in a world was lost or doubled; exit code 1 names what was."""
    report = run_audit(running(), world)
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
    else:
        for line in report.lines():
            click.echo(line)
    if not report.clean:
        raise SystemExit(1)
