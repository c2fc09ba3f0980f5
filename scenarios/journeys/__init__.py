"""The journeys. Each module registers its own; ``load`` imports them all."""

import importlib
import pkgutil


def load() -> None:
    """Import every journey module, so that the registry knows them."""
    for module in pkgutil.walk_packages(__path__, f"{__name__}."):
        importlib.import_module(module.name)
