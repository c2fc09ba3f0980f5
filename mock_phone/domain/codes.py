"""Finds the one-time codes in a message, so that people can read and copy them at a glance."""

import re
from dataclasses import dataclass

from simkit.core.refs import fold

# A message that carries a code says so, in one of these words (ours, after common SMS texts).
_WORDS = re.compile(
    r"\b(otp|ma (xac|kich|bao|dang|khoi|kiem)|kich hoat|code)\b|\bma\b.{0,40}\bla\b"
)

# Four to eight digits that stand alone: not an amount (1.250.000, 8000 đồng), a date, a time, a
# phone number or a part of a dossier code.
_CODE = re.compile(
    r"(?<![\w.,:/+\-])(?<!\d )([0-9]{4,8})(?![\w:/\-]|[.,][0-9]| [0-9]|\s*(?:đ|₫|vnd|vnđ|%))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a message: plain text or a code."""

    text: str
    is_code: bool = False


def pieces(text: str) -> tuple[Piece, ...]:
    """Cut ``text`` into plain stretches and codes; joined again they give ``text``."""
    if not _WORDS.search(fold(text)):
        return (Piece(text),) if text else ()
    found: list[Piece] = []
    done = 0
    for match in _CODE.finditer(text):
        if match.start() > done:
            found.append(Piece(text[done : match.start()]))
        found.append(Piece(match[1], is_code=True))
        done = match.end()
    if done < len(text):
        found.append(Piece(text[done:]))
    return tuple(found)


def codes(text: str) -> tuple[str, ...]:
    """Return the codes in ``text`` in reading order."""
    return tuple(piece.text for piece in pieces(text) if piece.is_code)
