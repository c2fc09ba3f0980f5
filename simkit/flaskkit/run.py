"""``python -m mock_x``: one house alone."""

import argparse
import contextlib
import dataclasses
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from simkit.core.settings import PORTS, HouseSettings, Neighbour
from simkit.flaskkit.house import House
from simkit.flaskkit.server import PortTaken, Server, listen, wait_for_the_end


def run_alone(
    name: str,
    open_with: Callable[[HouseSettings], House[Any]],
    argv: Sequence[str] | None = None,
    beside: Callable[[House[Any]], Callable[[], None]] | None = None,
) -> int:
    """Serve a house until Ctrl-C or SIGTERM and return the exit code.

    ``beside`` starts what else the house offers (the phone's SMTP) and returns how to end it.
    Settings come from ``MOTCUA_*`` variables, then from the command line.
    """
    given = _arguments(name, argv)
    settings = HouseSettings.from_env(name, os.environ)
    try:
        listening = listen(given.host, given.port)
    except PortTaken as taken:
        sys.stderr.write(f"{taken}: another program listens there. Choose another --port.\n")
        return 1
    port = listening.getsockname()[1]
    own = f"http://{given.host}:{port}"
    settings = dataclasses.replace(
        settings,
        own_url=own,
        data=given.data or settings.data,
        neighbours={**settings.neighbours, name: Neighbour(own)},
    )
    house = open_with(settings)
    server = Server(house.wsgi, listening, threads=house.plan.threads).start()
    end_beside = beside(house) if beside else None
    sys.stdout.write(f"{name} is up at {own}. Ctrl-C ends it.\n")
    sys.stdout.flush()

    def stop() -> None:
        server.stop()
        if end_beside is not None:
            end_beside()
        house.close()
        with contextlib.suppress(OSError):
            listening.close()

    wait_for_the_end(stop)
    return 0


def _arguments(name: str, argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=f"Start the house «{name}» alone.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=PORTS[name], help="0 takes a free one")
    parser.add_argument("--data", type=Path, help="folder for worlds; left out: they go at the end")
    return parser.parse_args(argv)
