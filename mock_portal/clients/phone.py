"""The citizen's phone and mailbox."""

from simkit.core.messages import Courier
from simkit.wire.couriers import JsonCourier
from simkit.wire.line import Line

SMS_PATH = "/api/v1/sms"


def sms_courier(line: Line) -> Courier:
    """Return the courier of SMS; ``line`` leads to the phone house."""
    return JsonCourier(line, SMS_PATH)
