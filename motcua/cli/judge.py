"""``motcua judge``: fires at somebody's own listener and judges its answers."""

import json
import os
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

import click
import requests

from motcua.judge.books import PLACE, BooksClosed, Pool, SetupDoor, StateDoor
from motcua.judge.dialects import DIALECTS, Order
from motcua.judge.report import INCOMPLETE, Report, lines
from motcua.judge.trial import Trial
from motcua.judge.wire import Line

_ICT_SECONDS = 7 * 3600
_WEB = ("http://", "https://")


class OrderType(click.ParamType[Order]):
    """``REF:AMOUNT``, the amount in whole đồng."""

    name = "REF:AMOUNT"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Order:
        """Read it; a reference may hold a colon itself."""
        if isinstance(value, Order):
            return value
        reference, _, amount = str(value).rpartition(":")
        if not reference or not (amount.isascii() and amount.isdigit()) or int(amount) < 1:
            self.fail(f"{value!r}: write for example HS0001:50000.", param, ctx)
        return Order(reference, int(amount))


class WebAddress(click.ParamType[str]):
    """An address that begins with http:// or https://."""

    name = "URL"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Read it."""
        if not str(value).startswith(_WEB):
            self.fail(f"{value!r} is no address; write http://… or https://…", param, ctx)
        return str(value)


@click.group()
def judge() -> None:
    """Judge how somebody's own system behaves."""


@judge.command("payment-listener")
@click.option("--url", required=True, type=WebAddress(), help="The listener (IPN, CONFIRM).")
@click.option("--dialect", required=True, type=click.Choice(list(DIALECTS)), help="Its language.")
@click.option(
    "--partner",
    "--merchant",
    "partner",
    required=True,
    help="Your code there: MaDoiTac, vnp_TmnCode, MERCHANT_SERVICE_ID.",
)
@click.option(
    "--secret",
    envvar="MOTCUA_JUDGE_SECRET",
    required=True,
    help="The shared secret; better given as MOTCUA_JUDGE_SECRET.",
)
@click.option(
    "--order",
    "orders",
    multiple=True,
    type=OrderType(),
    help="An unpaid order that the listener knows; give about six.",
)
@click.option(
    "--setup-url", type=WebAddress(), help="Makes orders known: POST {reference, amount}."
)
@click.option("--amount", default=50_000, show_default=True, help="Of orders that are set up.")
@click.option(
    "--state-url", type=WebAddress(), help="Tells {paid: true|false}; {reference} stands in it."
)
@click.option("--paid-when", help="FIELD=VALUE in the state's JSON means paid.")
@click.option("--header", "headers", multiple=True, help="«Name: value» for every notice.")
@click.option("--timeout", default=10.0, show_default=True, help="Seconds to wait for an answer.")
@click.option("--insecure", is_flag=True, help="Take a self-signed certificate.")
@click.option("--wire", is_flag=True, help="Show the bytes of every case, not only of problems.")
@click.option("--json", "json_file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--junit", "junit_file", type=click.Path(path_type=Path, dir_okay=False))
def payment_listener(  # noqa: PLR0913 -- one argument per option
    *,
    url: str,
    dialect: str,
    partner: str,
    secret: str,
    orders: tuple[Order, ...],
    setup_url: str | None,
    amount: int,
    state_url: str | None,
    paid_when: str | None,
    headers: tuple[str, ...],
    timeout: float,
    insecure: bool,
    wire: bool,
    json_file: Path | None,
    junit_file: Path | None,
) -> None:
    """Fire correct, wrong and forged payment notices at your listener.

    Exit code 0: every case was judged and none failed. 1: a case failed. 2: not everything could
    be fired, for want of orders. docs/judge.md tells the cases and how to use it in a build.
    """
    if not orders and setup_url is None:
        raise click.UsageError("Give --order REF:AMOUNT (several times) or --setup-url.")
    session = _session(insecure=insecure)
    stamp = time.strftime("%Y%m%d%H%M%S", time.gmtime(time.time() + _ICT_SECONDS))
    setup = setup_url and SetupDoor(
        setup_url, session, f"JUDGE{stamp[2:]}{os.getpid() % 1000:03d}", amount, timeout
    )
    trial = Trial(
        line=Line(url, session, _headers(headers), timeout),
        dialect=DIALECTS[dialect](partner, secret),
        pool=Pool(orders, setup or None),
        stamp=stamp,
        state=_state(state_url, paid_when, session, timeout),
    )
    report = _tell(trial, url, wire=wire)
    _write(report, json_file, junit_file)
    raise SystemExit(report.exit_code)


def _tell(trial: Trial, url: str, *, wire: bool) -> Report:
    found = []
    try:
        for result in trial.run():
            found.append(result)
            click.echo("\n".join(lines(result, wire=wire)))
    except BooksClosed as closed:
        click.echo(f"Error: {closed}", err=True)
        raise SystemExit(INCOMPLETE) from closed
    report = Report(url, trial.dialect.key, found)
    click.echo(f"\n{report.summary()}")
    return report


def _write(report: Report, json_file: Path | None, junit_file: Path | None) -> None:
    if json_file is not None:
        text = json.dumps(report.as_json(), ensure_ascii=False, indent=2)
        json_file.write_text(text + "\n", encoding="utf-8")
    if junit_file is not None:
        junit_file.write_bytes(report.as_junit())


def _session(*, insecure: bool) -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    session.verify = not insecure
    if insecure:
        requests.packages.urllib3.disable_warnings()  # type: ignore[attr-defined]
    return session


def _headers(given: Iterable[str]) -> Mapping[str, str]:
    found = {}
    for line in given:
        name, colon, value = line.partition(":")
        if not colon or not name.strip():
            raise click.BadParameter(f"{line!r}: write «Name: value».", param_hint="--header")
        found[name.strip()] = value.strip()
    return found


def _state(
    url: str | None, paid_when: str | None, session: requests.Session, timeout: float
) -> StateDoor | None:
    if url is None:
        return None
    if PLACE not in url:
        raise click.BadParameter(f"must have {PLACE} in it", param_hint="--state-url")
    if paid_when is None:
        return StateDoor(url, session, timeout=timeout)
    name, equals, value = paid_when.partition("=")
    if not equals or not name:
        raise click.BadParameter("write FIELD=VALUE", param_hint="--paid-when")
    return StateDoor(url, session, name, value, timeout)
