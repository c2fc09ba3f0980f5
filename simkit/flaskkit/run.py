"""``python -m mock_x``: one house alone."""

import argparse
import contextlib
import dataclasses
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from simkit.core.errors import RuleBroken
from simkit.core.settings import PORTS, HouseSettings, Neighbour
from simkit.flaskkit.house import House
from simkit.flaskkit.server import PortTaken, Server, listen, wait_for_the_end

Beside = Callable[[House[Any], argparse.Namespace], tuple[str, Callable[[], None]]]
"""Starts what else a house offers; returns what to say of it, and how to end it."""


def run_alone(
    name: str,
    open_with: Callable[[HouseSettings], House[Any]],
    argv: Sequence[str] | None = None,
    beside: Beside | None = None,
    options: Sequence[argparse.ArgumentParser] = (),
) -> int:
    """Serve a house until Ctrl-C or SIGTERM and return the exit code.

    Settings come from ``MOTCUA_*`` variables, then from the command line. Where nobody says how we
    are reached, it is where we listen. ``beside`` may raise ``PortTaken``, too, and is given what
    the command line says, with the house's own ``options``.
    """
    given = _arguments(name, argv, options)
    with contextlib.ExitStack() as ends:
        try:
            # The port is taken before the house opens: only then is our own address known.
            listening = listen(given.host, given.port)
            ends.callback(listening.close)
            where = f"http://{given.host}:{listening.getsockname()[1]}"
            house = open_with(_settings(name, where, given.data))
            ends.callback(house.close)
            more, end_beside = beside(house, given) if beside else ("", _nothing)
            ends.callback(end_beside)
        except PortTaken as taken:
            sys.stderr.write(f"{taken}: another program listens there. Choose another port.\n")
            return 1
        except RuleBroken as refused:
            sys.stderr.write(f"{name} does not open. {refused}\n")
            return 1
        server = Server(house.wsgi, listening, threads=house.plan.threads).start()
        ends.callback(server.stop)

        def begin() -> None:
            sys.stdout.write(f"{name} is up at {where}{more}. Ctrl-C ends it.\n")
            sys.stdout.flush()

        wait_for_the_end(_nothing, begin)
    return 0


def _nothing() -> None:
    return None


def _settings(name: str, where: str, data: Path | None) -> HouseSettings:
    settings = HouseSettings.from_env(name, os.environ)
    own = os.environ.get(f"MOTCUA_{name.upper()}_URL", where)
    return dataclasses.replace(
        settings,
        own_url=own,
        data=data or settings.data,
        neighbours={**settings.neighbours, name: Neighbour(own)},
    )


def _arguments(
    name: str, argv: Sequence[str] | None, options: Sequence[argparse.ArgumentParser]
) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=f"Start the house «{name}» alone.", parents=list(options)
    )
    parser.add_argument("--host", default="127.0.0.1")
    usual = PORTS[name]
    parser.add_argument("--port", type=int, default=usual, help=f"0 a free one (usual: {usual})")
    parser.add_argument("--data", type=Path, help="folder for worlds; left out: they go at the end")
    return parser.parse_args(argv)
