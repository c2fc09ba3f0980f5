"""Runs the portal alone: ``python -m mock_portal --port 8001``."""

import argparse
import logging
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from mock_portal.app import create_app
from mock_portal.settings import PortalSettings
from simkit.core.settings import PORTS, Neighbour
from simkit.flaskkit.server import Server, wait_for_the_end

log = logging.getLogger("mock_portal")


def main(arguments: Sequence[str] | None = None) -> None:
    """Listen, say where, and serve until Ctrl-C or SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m mock_portal", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=PORTS["portal"], help="0: a free one")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")

    def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        answer: Iterable[bytes] = house.wsgi(environ, start_response)
        return answer

    # The port is taken before the house opens: only then are our own addresses known.
    server = Server(app, options.host, options.port)
    house = create_app(_settings(os.environ, f"http://{options.host}:{server.port}"))
    server.start()
    log.info("portal: http://%s:%s/", server.host, server.port)

    def stop() -> None:
        house.close()
        server.stop()

    wait_for_the_end(stop)


def _settings(env: Mapping[str, str], own_url: str) -> PortalSettings:
    """Return the settings; where nobody says how we are reached, it is where we listen."""
    settings = PortalSettings.from_env(env)
    if env.get("MOTCUA_PORTAL_URL"):
        return settings
    neighbours = {**settings.house.neighbours, "portal": Neighbour(own_url)}
    return replace(settings, house=replace(settings.house, own_url=own_url, neighbours=neighbours))


if __name__ == "__main__":
    main()
