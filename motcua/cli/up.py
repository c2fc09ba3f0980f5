"""``motcua up``: start the houses and say where they are."""

import os
import sys
import time
from pathlib import Path

import click

from motcua.houses import BASE, PACKAGES, SMTP_OFFSET
from motcua.ready import READY_FILE, TOKEN, VARIABLE
from motcua.stack import Stack, StackError, StackOptions, remove_ready_file, write_ready_file
from simkit.flaskkit.server import wait_for_the_end

TITLES = {
    "portal": "the city portal",
    "gateway": "the payment gateway",
    "bank": "the banks",
    "post": "the post",
    "phone": "the citizen's phone",
}
_HIGHEST_BASE = 65535 - SMTP_OFFSET


def _names(_: click.Context, __: click.Parameter, value: str | None) -> tuple[str, ...]:
    return tuple(n.strip() for n in value.split(",") if n.strip()) if value else tuple(PACKAGES)


def _pairs(_: click.Context, __: click.Parameter, value: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for text in value:
        house, equals, url = text.partition("=")
        if not equals or not url.startswith(("http://", "https://")):
            raise click.BadParameter(f"{text!r} is not HOUSE=URL, for example gateway=https://…")
        pairs[house] = url
    return pairs


@click.command()
@click.option("--only", callback=_names, help="Start these houses only (names with commas).")
@click.option("--replace", multiple=True, callback=_pairs, metavar="HOUSE=URL")
@click.option(
    "--port-base",
    type=click.IntRange(0, _HIGHEST_BASE),
    default=BASE,
    show_default=True,
    help="0 takes free ports.",
)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--data", type=click.Path(path_type=Path), default=Path(".motcua/data"))
@click.option("--ready-file", type=click.Path(path_type=Path), envvar=VARIABLE, default=READY_FILE)
@click.option("--site", default="haiphong", show_default=True, help="The site pack.")
def up(  # noqa: PLR0913 -- one parameter per option
    *,
    only: tuple[str, ...],
    replace: dict[str, str],
    port_base: int,
    host: str,
    data: Path,
    ready_file: Path,
    site: str,
) -> None:
    """Start everything on SQLite and print the addresses. Ctrl-C ends it."""
    began = time.monotonic()
    options = StackOptions(
        host=host,
        port_base=port_base,
        only=only,
        replace=replace,
        data=data,
        site=site,
        control_token=os.environ.get(TOKEN),
    )
    try:
        stack = Stack(options).start()
    except StackError as error:
        raise click.ClickException(str(error)) from error

    def begin() -> None:
        write_ready_file(ready_file, stack.ready())
        click.echo(f"Một Cửa is up ({time.monotonic() - began:.1f} s). Ctrl-C ends it.")
        for name, url in stack.urls.items():
            note = " (replaced)" if name in replace else ""
            click.echo(f"  {TITLES[name]:<22} {url}{note}")
        if "phone" in stack.options.houses():
            click.echo(f"  {'the mailbox (SMTP)':<22} {stack.smtp}")
        sys.stdout.flush()
        stack.warm_up()

    def end() -> None:
        remove_ready_file(ready_file)
        stack.stop()

    wait_for_the_end(end, begin)
