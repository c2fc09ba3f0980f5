"""Finds the stack that is running."""

import json
import os
from pathlib import Path

from motcua.control import ControlError, Controls

READY_FILE = Path(".motcua/ready.json")
_VARIABLE = "MOTCUA_READY_FILE"


def read_ready_file(place: Path | None = None) -> dict[str, object]:
    """Return what ``motcua up`` wrote, or raise ``ControlError`` with what to do."""
    place = place or Path(os.environ.get(_VARIABLE, READY_FILE))
    try:
        found: dict[str, object] = json.loads(place.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise ControlError(
            f"No running stack was found ({place} is not there). Start one: python3 run.py up",
        ) from None
    return found


def running(place: Path | None = None) -> Controls:
    """Return the control rooms of the running stack."""
    houses = read_ready_file(place)["houses"]
    if not isinstance(houses, dict):
        raise ControlError(f"{place} does not name the houses.")
    token = os.environ.get("MOTCUA_CONTROL_TOKEN")
    return Controls({str(k): str(v) for k, v in houses.items()}, token)
