"""Finds the stack that is running."""

import json
import os
from pathlib import Path
from typing import cast

from motcua.control import ControlError, Controls

READY_FILE = Path(".motcua/ready.json")
VARIABLE = "MOTCUA_READY_FILE"
"""Names the file of the stack that is meant, for whoever starts it and whoever speaks to it."""
TOKEN = "MOTCUA_CONTROL_TOKEN"  # noqa: S105 -- the name of a variable


def read_ready_file(place: Path | None = None) -> dict[str, object]:
    """Return what ``motcua up`` wrote, or raise ``ControlError`` with what to do."""
    place = place or Path(os.environ.get(VARIABLE, READY_FILE))
    try:
        found: object = json.loads(place.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise ControlError(
            f"No running stack was found ({place} is not there). Start one: python3 run.py up",
        ) from None
    if not isinstance(found, dict) or not isinstance(found.get("houses"), dict):
        raise ControlError(f"{place} does not name the houses. Start again: python3 run.py up")
    return found


def running(place: Path | None = None) -> Controls:
    """Return the control rooms of the running stack."""
    houses = cast("dict[str, str]", read_ready_file(place)["houses"])
    return Controls({str(k): str(v) for k, v in houses.items()}, os.environ.get(TOKEN))
