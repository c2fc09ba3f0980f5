"""How moments are stored: ISO text in Vietnam's time, so that text order is time order."""

from datetime import datetime

from simkit.core.clock import ICT


def to_text(moment: datetime) -> str:
    """Return an aware moment as sortable text, microseconds always written."""
    return moment.astimezone(ICT).isoformat(timespec="microseconds")


def from_text(text: str) -> datetime:
    """Return the moment that ``to_text`` wrote."""
    return datetime.fromisoformat(text)
