"""Runs the gateway alone: ``python -m mock_payment_gateway --port 8002``."""

import sys

from mock_payment_gateway.app import open_with
from simkit.flaskkit.run import run_alone

if __name__ == "__main__":
    sys.exit(run_alone("gateway", open_with))
