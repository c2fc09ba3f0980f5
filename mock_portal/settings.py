"""What the portal is told when it starts; every default lets it start alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from simkit.core.settings import HouseSettings

# Invented, and the same in the gateway's default. It protects nothing but the simulation.
INVENTED_PARTNER_SECRET = "bi-mat-dung-chung-H24"  # noqa: S105 -- invented, see above

PACKS = Path(__file__).resolve().parent.parent / "sites"
MEBIBYTE = 1024 * 1024
MOST_MEBIBYTES = 200


@dataclass(frozen=True, slots=True)
class PortalSettings:
    """The settings of every house, and the portal's own.

    ``packs``: the folder of site packs; ``house.site`` names the one to be. ``partner_secret``:
    what messages to and from the Payment Platform are hashed with. ``file_limit``: the largest
    file that is taken with a dossier, in bytes.
    """

    house: HouseSettings = field(default_factory=HouseSettings)
    packs: Path = PACKS
    partner_secret: str = INVENTED_PARTNER_SECRET
    file_limit: int = 5 * MEBIBYTE

    @property
    def pack(self) -> Path:
        """The folder of the city that this portal is."""
        return self.packs / self.house.site

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "PortalSettings":
        """Read ``MOTCUA_*`` variables; ``env`` is handed in so that tests need no environment."""
        packs = env.get("MOTCUA_SITES")
        return cls(
            house=HouseSettings.from_env("portal", env),
            packs=Path(packs) if packs else PACKS,
            partner_secret=env.get("MOTCUA_H24_SECRET", INVENTED_PARTNER_SECRET),
            file_limit=_megabytes(env.get("MOTCUA_FILE_LIMIT_MB", "5")) * MEBIBYTE,
        )


def _megabytes(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() else 0
    if not 0 < number <= MOST_MEBIBYTES:
        raise ValueError(f"MOTCUA_FILE_LIMIT_MB is a whole number from 1 to {MOST_MEBIBYTES}")
    return number
