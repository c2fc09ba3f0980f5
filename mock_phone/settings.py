"""What the phone is told when it starts; every default lets it start alone."""

from collections.abc import Mapping

from simkit.core.settings import HouseSettings

HOUSE = "phone"
TITLE = "Điện thoại và hộp thư"


def from_env(env: Mapping[str, str]) -> HouseSettings:
    """Read the ``MOTCUA_*`` variables; ``env`` is handed in so that tests need no environment."""
    return HouseSettings.from_env(HOUSE, env)
