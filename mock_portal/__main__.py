"""Runs the portal alone: ``python -m mock_portal --port 8001``."""

import sys

from mock_portal.app import open_with
from simkit.flaskkit.run import run_alone

if __name__ == "__main__":
    sys.exit(run_alone("portal", open_with))
