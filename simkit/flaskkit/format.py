"""Writes money, times and masked contacts the way Vietnamese pages show them."""

from datetime import date, datetime, timedelta, timezone

_VIETNAM = timezone(timedelta(hours=7))  # one zone, no summer time
_NO_BREAK_SPACE = "\u00a0"
_MINUS = "\u2212"
_SHOWN = 3  # characters left readable at each end of a masked phone number
_HIDDEN_AT_LEAST = 4
_STEP = 1024  # what upload limits on the portals count with


def dong(amount: int) -> str:
    """Return whole đồng as ``1.250.000 ₫``; sign and currency never part from the figure."""
    sign = _MINUS if amount < 0 else ""
    return f"{sign}{abs(amount):,}".replace(",", ".") + f"{_NO_BREAK_SPACE}₫"


def moment(at: datetime) -> str:
    """Return ``14:05 21/11/2026`` in Vietnamese time; a naive time is taken to be Vietnamese."""
    local = _in_vietnam(at)
    return f"{local:%H:%M} {day(local)}"


def day(on: date) -> str:
    """Return ``21/11/2026``; a moment counts for the day that it is in Vietnam."""
    if isinstance(on, datetime):
        on = _in_vietnam(on)
    return f"{on.day:02}/{on.month:02}/{on.year:04}"


def mask_phone(number: str) -> str:
    """Return ``091****436`` [S: the national portal's OTP page]; a short number is hidden whole."""
    digits = "".join(number.split())
    hidden = len(digits) - 2 * _SHOWN
    if hidden < _HIDDEN_AT_LEAST:
        return "*" * len(digits)
    return digits[:_SHOWN] + "*" * hidden + digits[-_SHOWN:]


def mask_email(address: str) -> str:
    """Return ``ng***@example.vn`` (ours); how long the hidden part is, is hidden too."""
    name, at, host = address.strip().rpartition("@")
    if not at or not name:
        return "***"
    return name[: min(2, len(name) // 2)] + "***@" + host


def size(count: int) -> str:
    """Return a number of bytes as ``120 KB`` or ``1,2 MB``."""
    if count < _STEP:
        return f"{count}{_NO_BREAK_SPACE}B"
    kilobytes = round(count / _STEP)
    if kilobytes < _STEP:
        return f"{kilobytes}{_NO_BREAK_SPACE}KB"
    return f"{count / _STEP / _STEP:.1f}{_NO_BREAK_SPACE}MB".replace(".", ",")


def _in_vietnam(at: datetime) -> datetime:
    return at.astimezone(_VIETNAM) if at.tzinfo else at
