"""What the gateway is told when it starts; every default lets it start alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from simkit.core.settings import HouseSettings

# Invented, and the same in the neighbours' defaults. They protect nothing but the simulation.
INVENTED_PARTNER_SECRET = "bi-mat-dung-chung-H24"  # noqa: S105 -- invented, see above
INVENTED_VNPAY_SECRET = "BIMATDUNGCHUNGVNPAY0123456789ABC"  # noqa: S105 -- invented, see above
INVENTED_NOTICE_SECRET = "bi-mat-thong-bao-ngan-hang"  # noqa: S105 -- invented, see above


@dataclass(frozen=True, slots=True)
class GatewaySettings:
    """The settings of every house, and the gateway's own.

    ``partner_code``, ``partner_name``, ``partner_secret``: the partner that every world has.
    ``confirm_path``, ``return_path``: where that partner, the portal, listens.
    ``notice_secret``: signs the bank's notices.
    ``vnpay_code``, ``vnpay_secret``, ``vnpay_ipn_url``: the VNPAY merchant that every world has.
    """

    house: HouseSettings = field(default_factory=HouseSettings)
    partner_code: str = "H24"
    partner_name: str = "Cổng Dịch vụ công thành phố Hải Phòng"
    partner_secret: str = INVENTED_PARTNER_SECRET
    confirm_path: str = "/payment-platform/confirm"
    return_path: str = "/thanh-toan/tro-ve"
    notice_secret: str = INVENTED_NOTICE_SECRET
    vnpay_code: str = "HPTEST01"
    vnpay_secret: str = INVENTED_VNPAY_SECRET
    vnpay_ipn_url: str = ""

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "GatewaySettings":
        """Read ``MOTCUA_*`` variables; ``env`` is handed in so that tests need no environment."""
        return cls(
            house=HouseSettings.from_env("gateway", env),
            partner_secret=env.get("MOTCUA_H24_SECRET", INVENTED_PARTNER_SECRET),
            notice_secret=env.get("MOTCUA_BANK_NOTICE_SECRET", INVENTED_NOTICE_SECRET),
            vnpay_secret=env.get("MOTCUA_VNPAY_SECRET", INVENTED_VNPAY_SECRET),
            vnpay_ipn_url=env.get("MOTCUA_VNPAY_IPN_URL", ""),
        )
