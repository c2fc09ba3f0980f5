"""Runs the banks alone: ``python -m mock_bank --port 8003``."""

import sys

from mock_bank.app import open_with
from simkit.flaskkit.run import run_alone

if __name__ == "__main__":
    sys.exit(run_alone("bank", open_with))
