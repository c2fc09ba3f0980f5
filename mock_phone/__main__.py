"""Runs the phone alone: ``python -m mock_phone --port 8007 --smtp-port 8025``."""

import argparse
import sys
from collections.abc import Callable, Sequence

from mock_phone.app import open_with, start_smtp
from mock_phone.service import PhoneService
from simkit.core.settings import SMTP_PORT
from simkit.flaskkit.house import House
from simkit.flaskkit.run import run_alone


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve both doors until Ctrl-C or SIGTERM and return the exit code."""
    option = argparse.ArgumentParser(add_help=False)
    usual = f"0 a free one (usual: {SMTP_PORT})"
    option.add_argument("--smtp-port", type=int, default=SMTP_PORT, help=usual)
    return run_alone("phone", open_with, arguments, beside=_mailbox, options=[option])


def _mailbox(
    house: House[PhoneService], given: argparse.Namespace
) -> tuple[str, Callable[[], None]]:
    sink = start_smtp(house, port=given.smtp_port)
    return f", mail at {sink.host}:{sink.port}", sink.stop


if __name__ == "__main__":
    sys.exit(main())
