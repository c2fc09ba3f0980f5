"""The houses by name: folder, port, and how one is opened."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from simkit.core.settings import PORTS, HouseSettings

PACKAGES: Mapping[str, str] = {
    "portal": "mock_portal",
    "gateway": "mock_payment_gateway",
    "bank": "mock_bank",
    "post": "mock_post",
    "phone": "mock_phone",
}
BASE = 8000
OFFSETS: Mapping[str, int] = {name: PORTS[name] - BASE for name in PACKAGES}
SMTP_OFFSET = 25


@dataclass(frozen=True, slots=True)
class Opened:
    """A house that is open in this process, and its module ``app``."""

    name: str
    house: Any
    module: Any


def open_house(name: str, settings: HouseSettings) -> Opened:
    """Open a house; its code is imported only now."""
    module = import_module(f"{PACKAGES[name]}.app")
    return Opened(name, module.open_with(settings), module)
