"""Runs the post alone: ``python -m mock_post --port 8004``."""

import argparse
import logging
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace

from mock_post.app import create_app
from mock_post.settings import Settings
from simkit.core.settings import PORTS, Neighbour
from simkit.flaskkit.server import Server, listen, wait_for_the_end

log = logging.getLogger("mock_post")


def main(arguments: Sequence[str] | None = None) -> None:
    """Listen, say where, and serve until Ctrl-C or SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m mock_post", description=main.__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=PORTS["post"], help="0: a free one")
    parser.add_argument("--data", help="folder for worlds; left out: MOTCUA_DATA, or a passing one")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")

    listening = listen(options.host, options.port)
    own_url = f"http://{options.host}:{listening.getsockname()[1]}"
    house = create_app(_settings({**os.environ, **_data(options.data)}, own_url))
    server = Server(house.wsgi, listening, threads=house.plan.threads).start()
    log.info("post: %s/", own_url)

    def stop() -> None:
        house.close()
        server.stop()

    wait_for_the_end(stop)


def _data(folder: str | None) -> dict[str, str]:
    return {} if folder is None else {"MOTCUA_DATA": folder}


def _settings(env: Mapping[str, str], own_url: str) -> Settings:
    """Return the settings; where nobody says how we are reached, it is where we listen."""
    found = Settings.from_env(env)
    if env.get("MOTCUA_POST_URL"):
        return found
    neighbours = {**found.house.neighbours, "post": Neighbour(own_url)}
    house = replace(found.house, own_url=own_url, neighbours=neighbours)
    return replace(found, house=house)


if __name__ == "__main__":
    main()
