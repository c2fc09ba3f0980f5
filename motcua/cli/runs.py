"""``motcua test`` and ``motcua journeys``: run what proves that it works."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

import motcua.browser

ROOT = Path(__file__).resolve().parent.parent.parent
_WAIT_SECONDS = 0.2


def _browser_or_exit() -> None:
    try:
        motcua.browser.ensure(lambda line: click.echo(line, err=True))
    except motcua.browser.NoBrowser as error:
        raise click.ClickException(str(error)) from error


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("pytest_args", nargs=-1, type=click.UNPROCESSED)
def test(pytest_args: tuple[str, ...]) -> None:
    """Run every test: rules, houses, and the journeys in a browser.

    Arguments go to pytest; without any, everything runs on two processes.
    """
    _browser_or_exit()
    usual = ("-n", "2", "--dist", "worksteal", "-q", "tests", "scenarios")
    command = [sys.executable, "-m", "pytest", *(pytest_args or usual)]
    raise SystemExit(subprocess.run(command, cwd=ROOT, check=False).returncode)  # noqa: S603 -- our own command


@click.command()
@click.argument("ids", nargs=-1)
@click.option("-n", "--workers", default=2, show_default=True, help="So many at the same time.")
@click.option("--times", default=1, show_default=True, help="Play each so many times.")
@click.option(
    "--report",
    type=click.Path(path_type=Path),
    default=Path("reports/journeys"),
    show_default=True,
    help="Where progress and evidence of failures go.",
)
@click.option(
    "--against",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A TOML file with the addresses of the systems to meet, instead of starting our own.",
)
def journeys(
    ids: tuple[str, ...],
    workers: int,
    times: int,
    report: Path,
    against: Path | None,
) -> None:
    """Play the journeys in a headless browser, each in a fresh world.

    IDS chooses journeys; without any, all are played. A failure leaves trace, screenshot and the
    journals of the houses in the report's folder.
    """
    _check(ids)
    _browser_or_exit()
    folder = _fresh(report)
    env = os.environ | {
        "MOTCUA_JOURNEYS": " ".join(ids),
        "MOTCUA_TIMES": str(times),
        "MOTCUA_REPORT": str(folder),
    }
    if against is not None:
        env["MOTCUA_AGAINST"] = str(against.resolve())
    total = times * (len(ids) or len(_known()))
    command = [sys.executable, "-m", "pytest", "scenarios", "-q", "-n", str(min(workers, total))]
    began = time.monotonic()
    with (
        (folder / "pytest.txt").open("w", encoding="utf-8") as output,
        subprocess.Popen(  # noqa: S603 -- our own command
            command,
            cwd=ROOT,
            env=env,
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        failed = _follow(process, folder / "progress.jsonl", total)
    _summary(folder, failed, total, process.returncode, time.monotonic() - began)


def _known() -> dict[str, str]:
    import scenarios.journeys as plays  # noqa: PLC0415 -- only these verbs need Playwright
    from scenarios.engine.journey import all_journeys  # noqa: PLC0415 -- as above

    plays.load()
    return {j.id: j.title for j in all_journeys()}


def _check(ids: tuple[str, ...]) -> None:
    known = _known()
    unknown = [i for i in ids if i not in known]
    if unknown:
        names = "\n".join(f"  {name:<10} {title}" for name, title in known.items())
        raise click.ClickException(f"No journey is called {', '.join(unknown)}. Known:\n{names}")


def _fresh(report: Path) -> Path:
    folder = report.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "progress.jsonl").unlink(missing_ok=True)
    return folder


def _follow(
    process: subprocess.Popen[bytes],
    place: Path,
    total: int,
) -> dict[str, dict[str, Any]]:
    """Show what is going on until the process ends; return the failed steps by run."""
    failed: dict[str, dict[str, Any]] = {}
    ended: set[str] = set()
    live = sys.stderr.isatty()
    for line in _lines(process, place):
        run = line["run"]
        if line["what"] == "failed":
            failed[run] = line
        if line["what"] == "end":
            ended.add(run)
            verdict = "FAILED" if run in failed else "ok"
            click.echo(
                f"\r\033[K[{len(ended)}/{total}] {run} {verdict}"
                if live
                else f"[{len(ended)}/{total}] {run} {verdict}",
                err=True,
            )
        elif live and line["what"] == "step":
            text = f"[{len(ended)}/{total}] {run} step {line['number']}: {line['sentence']}"
            click.echo(f"\r\033[K{text[:110]}", nl=False, err=True)
    return failed


def _lines(process: subprocess.Popen[bytes], place: Path) -> Iterator[dict[str, Any]]:
    """Yield the lines of a growing file until the process has ended and all are read."""
    position, rest = 0, ""
    while True:
        running = process.poll() is None
        if place.exists():
            with place.open(encoding="utf-8") as source:
                source.seek(position)
                rest += source.read()
                position = source.tell()
        *whole, rest = rest.split("\n")
        yield from (json.loads(text) for text in whole)
        if not running:
            return
        try:
            process.wait(_WAIT_SECONDS)
        except subprocess.TimeoutExpired:
            continue


def _summary(
    folder: Path,
    failed: dict[str, dict[str, Any]],
    total: int,
    code: int,
    seconds: float,
) -> None:
    for run, line in failed.items():
        click.echo(f"\n{run}: step {line['number']} «{line['sentence']}»\n  {line['error']}")
        click.echo(f"  evidence: {folder / run}")
    if code and not failed:
        text = (folder / "pytest.txt").read_text(encoding="utf-8")
        click.echo("\n".join(text.splitlines()[-30:]))
    good = total - len(failed)
    click.echo(f"\n{good} of {total} journeys went well in {seconds:.1f} s.")
    if code:
        raise SystemExit(1)
