"""Where journeys are played: houses of our own, started here, or systems named in a file."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from motcua.control import Controls
from motcua.stack import Stack, StackOptions

LOOK: Mapping[str, Any] = {
    "locale": "vi-VN",
    "timezone_id": "Asia/Ho_Chi_Minh",
    "viewport": {"width": 1280, "height": 900},
}


@dataclass(frozen=True)
class World:
    """One world: the addresses of its houses, without a slash at the end."""

    name: str
    urls: Mapping[str, str]
    look: Mapping[str, Any] = field(default_factory=lambda: LOOK)


class Environment:
    """The systems that journeys meet. ``real`` systems have no worlds and no control room."""

    def __init__(
        self,
        urls: Mapping[str, str],
        real: frozenset[str] = frozenset(),
        stack: Stack | None = None,
    ) -> None:
        """Use ``started`` or ``against``."""
        self._urls = urls
        self.real = real
        self._stack = stack
        self.controls = Controls({n: u for n, u in urls.items() if n not in real})

    @classmethod
    def started(cls) -> "Environment":
        """Start every house in this process, on free ports, with worlds that go at the end."""
        stack = Stack(StackOptions(port_base=0, durable=False)).start()
        return cls(stack.urls, stack=stack)

    @classmethod
    def against(cls, place: Path) -> "Environment":
        """Read the addresses from a file: a table ``[houses]`` and a list ``real``."""
        content = tomllib.loads(place.read_text(encoding="utf-8"))
        urls = {str(k): str(v).rstrip("/") for k, v in content["houses"].items()}
        return cls(urls, frozenset(content.get("real", ())))

    @classmethod
    def chosen(cls) -> "Environment":
        """Return what ``MOTCUA_AGAINST`` names, or start the houses."""
        place = os.environ.get("MOTCUA_AGAINST")
        return cls.against(Path(place)) if place else cls.started()

    def create_world(self, name: str, seed: str) -> World:
        """Make a fresh world in every house that has worlds."""
        self.controls.create(name, seed)
        urls = {
            house: url if house in self.real else f"{url}/w/{name}"
            for house, url in self._urls.items()
        }
        return World(name, urls)

    def delete_world(self, name: str) -> None:
        """Remove a world."""
        self.controls.delete(name)

    def close(self) -> None:
        """Stop what was started here."""
        if self._stack is not None:
            self._stack.stop()
