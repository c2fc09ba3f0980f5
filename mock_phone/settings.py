"""What the phone is told when it starts; every default lets it start alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from simkit.core.settings import HouseSettings


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of every house; the phone has none of its own."""

    house: HouseSettings = field(default_factory=HouseSettings)

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "Settings":
        """Read the ``MOTCUA_*`` variables; ``env`` is handed in: tests need no environment."""
        return cls(house=HouseSettings.from_env("phone", env))
