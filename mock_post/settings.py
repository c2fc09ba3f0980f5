"""What the post is told when it starts; every default lets it start alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from simkit.core.settings import HouseSettings

USUAL_CUSTOMERS = ("H24",)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of every house, and ``customers``: the codes of those who have a contract."""

    house: HouseSettings = field(default_factory=HouseSettings)
    customers: tuple[str, ...] = USUAL_CUSTOMERS

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "Settings":
        """Read ``MOTCUA_*``; ``MOTCUA_POST_CUSTOMERS`` lists codes with commas between them."""
        codes = env.get("MOTCUA_POST_CUSTOMERS", ",".join(USUAL_CUSTOMERS)).split(",")
        return cls(
            house=HouseSettings.from_env("post", env),
            customers=tuple(code.strip() for code in codes if code.strip()),
        )
