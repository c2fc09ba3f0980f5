"""Runs the post alone: ``python -m mock_post --port 8004``."""

import sys

from mock_post.app import open_with
from simkit.flaskkit.run import run_alone

if __name__ == "__main__":
    sys.exit(run_alone("post", open_with))
