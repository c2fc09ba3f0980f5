"""What the banks are told when they start; every default lets them start alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from simkit.core.settings import HouseSettings

# Invented, and the same in the gateway's default. It protects nothing but the simulation.
INVENTED_NOTICE_SECRET = "bi-mat-thong-bao-ngan-hang"  # noqa: S105 -- invented, see above


@dataclass(frozen=True, slots=True)
class BankSettings:
    """The settings of every house, and ``notice_secret``, with which notices are signed."""

    house: HouseSettings = field(default_factory=HouseSettings)
    notice_secret: str = INVENTED_NOTICE_SECRET

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "BankSettings":
        """Read ``MOTCUA_*`` variables; ``env`` is handed in so that tests need no environment."""
        return cls(
            house=HouseSettings.from_env("bank", env),
            notice_secret=env.get("MOTCUA_BANK_NOTICE_SECRET", INVENTED_NOTICE_SECRET),
        )
