"""Runs the gateway alone: ``python -m mock_payment_gateway --port 8002``."""

import argparse
import logging
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace

from mock_payment_gateway.app import create_app
from mock_payment_gateway.settings import GatewaySettings
from simkit.core.settings import PORTS, Neighbour
from simkit.flaskkit.server import PortTaken, Server, listen, wait_for_the_end

log = logging.getLogger("mock_payment_gateway")


def main(arguments: Sequence[str] | None = None) -> None:
    """Listen, say where, and serve until Ctrl-C or SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m mock_payment_gateway", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=PORTS["gateway"], help="0: a free one")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")

    try:
        listening = listen(options.host, options.port)
    except PortTaken as taken:
        parser.exit(1, f"{taken}\n")
    # The port is taken before the house opens: only then are our own addresses known.
    address = f"http://{options.host}:{listening.getsockname()[1]}"
    house = create_app(_settings(os.environ, address))
    server = Server(house.wsgi, listening, threads=house.plan.threads).start()
    log.info("gateway: %s/", address)

    def stop() -> None:
        house.close()
        server.stop()

    wait_for_the_end(stop)


def _settings(env: Mapping[str, str], own_url: str) -> GatewaySettings:
    """Return the settings; where nobody says how we are reached, it is where we listen."""
    settings = GatewaySettings.from_env(env)
    if env.get("MOTCUA_GATEWAY_URL"):
        return settings
    neighbours = {**settings.house.neighbours, "gateway": Neighbour(own_url)}
    return replace(settings, house=replace(settings.house, own_url=own_url, neighbours=neighbours))


if __name__ == "__main__":
    main()
