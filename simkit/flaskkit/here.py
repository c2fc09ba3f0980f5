"""What the present request knows: its world, and its business key."""

from typing import cast

from flask import request

from simkit.flaskkit.layer import ABOUT, WORLD
from simkit.flaskkit.world import World


def current_world() -> World:
    """Return the world that the present request is in."""
    return cast("World", request.environ[WORLD])


def about(key: str) -> None:
    """Name the business key (dossier code, payment reference) of the present request."""
    request.environ[ABOUT] = key
