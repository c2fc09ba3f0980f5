"""Runs the banks alone: ``python -m mock_bank --port 8003``."""

import argparse
import logging
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace

from mock_bank.app import create_app
from mock_bank.settings import BankSettings
from simkit.core.settings import PORTS, Neighbour
from simkit.flaskkit.server import Server, listen, wait_for_the_end

log = logging.getLogger("mock_bank")


def main(arguments: Sequence[str] | None = None) -> None:
    """Listen, say where, and serve until Ctrl-C or SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m mock_bank", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=PORTS["bank"], help="0: a free one")
    parser.add_argument("--data", help="folder for worlds; left out: MOTCUA_DATA, or a passing one")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")

    # The port is taken before the house opens: only then is our own address known.
    listening = listen(options.host, options.port)
    own_url = f"http://{options.host}:{listening.getsockname()[1]}"
    house = create_app(_settings({**os.environ, **_data(options.data)}, own_url))
    server = Server(house.wsgi, listening, threads=house.plan.threads).start()
    log.info("bank: %s/", own_url)

    def stop() -> None:
        house.close()
        server.stop()

    wait_for_the_end(stop)


def _data(folder: str | None) -> Mapping[str, str]:
    return {"MOTCUA_DATA": folder} if folder else {}


def _settings(env: Mapping[str, str], own_url: str) -> BankSettings:
    """Return the settings; where nobody says how we are reached, it is where we listen."""
    settings = BankSettings.from_env(env)
    if env.get("MOTCUA_BANK_URL"):
        return settings
    neighbours = {**settings.house.neighbours, "bank": Neighbour(own_url)}
    return replace(settings, house=replace(settings.house, own_url=own_url, neighbours=neighbours))


if __name__ == "__main__":
    main()
