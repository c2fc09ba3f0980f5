"""Runs the phone alone: ``python -m mock_phone --port 8007 --smtp-port 8025``."""

import argparse
import logging
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace

from mock_phone.app import create_app, start_smtp
from mock_phone.settings import Settings
from simkit.core.settings import PORTS, SMTP_PORT, Neighbour
from simkit.flaskkit.server import Server, listen, wait_for_the_end

log = logging.getLogger("mock_phone")


def main(arguments: Sequence[str] | None = None) -> None:
    """Open both doors, say where they are, and serve until Ctrl-C or SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m mock_phone", description=main.__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=PORTS["phone"], help="0: a free one")
    parser.add_argument("--smtp-port", type=int, default=SMTP_PORT, help="0: a free one")
    parser.add_argument("--data", help="folder for worlds; left out: MOTCUA_DATA, or a passing one")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    logging.getLogger("mail.log").setLevel(logging.ERROR)  # aiosmtpd tells of every command

    listening = listen(options.host, options.port)
    own_url = f"http://{options.host}:{listening.getsockname()[1]}"
    house = create_app(_settings({**os.environ, **_data(options.data)}, own_url))
    sink = start_smtp(house, port=options.smtp_port)
    server = Server(house.wsgi, listening, threads=house.plan.threads).start()
    log.info("phone: %s/ smtp: %s:%s", own_url, sink.host, sink.port)

    def stop() -> None:
        sink.stop()
        house.close()
        server.stop()

    wait_for_the_end(stop)


def _data(folder: str | None) -> dict[str, str]:
    return {} if folder is None else {"MOTCUA_DATA": folder}


def _settings(env: Mapping[str, str], own_url: str) -> Settings:
    """Return the settings; where nobody says how we are reached, it is where we listen."""
    found = Settings.from_env(env)
    if env.get("MOTCUA_PHONE_URL"):
        return found
    neighbours = {**found.house.neighbours, "phone": Neighbour(own_url)}
    return Settings(replace(found.house, own_url=own_url, neighbours=neighbours))


if __name__ == "__main__":
    main()
