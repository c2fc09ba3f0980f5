"""The customers of the post, who are told of every step."""

from simkit.wire.couriers import JsonCourier
from simkit.wire.line import Line

EVENTS_PATH = "/post/events"


def notices(portal: Line) -> JsonCourier:
    """Return who carries the notices to the portal; 2xx means taken."""
    return JsonCourier(portal, EVENTS_PATH)
