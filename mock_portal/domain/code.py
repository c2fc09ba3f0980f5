"""Codes of agencies and dossiers: parse, format, and read them from what people type.

The classic code of an agency is ``VVV.ZZ.YY.MXX``: level 4, 3, 2 and 1, zeros where a level is not
used, ``000.00.14.H24`` [S: Circular 01/2018/TT-VPCP, article 19]. Since 2020 the order is turned
round and goes as deep as needed: ``H24.14``, ``G01.837.000.000`` [S: Decision 20/2020/QĐ-TTg].
A dossier adds the day of reception and that day's running number: ``000.00.14.H24-200722-0001``.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mock_portal.domain.errors import DossierCodeMalformed

_CLASSIC = r"[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Z][0-9]{2}"
_REVERSED = r"[A-Z][0-9]{2}(?:\.[0-9]{2,3}){0,3}"
_UNIT = re.compile(f"(?P<classic>{_CLASSIC})|(?P<reversed>{_REVERSED})")
_DOSSIER = re.compile(f"(?P<unit>{_CLASSIC}|{_REVERSED})-(?P<day>[0-9]{{6}})-(?P<n>[0-9]{{4,6}})")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))

DOSSIER_CODE = _DOSSIER.pattern
"""What every dossier code looks like, as a regular expression for forms and tests."""

CENTURY = 2000
DIGITS = 4
LARGEST_NUMBER = 999_999


class UnitStyle(StrEnum):
    """The two ways to write the code of an agency."""

    CLASSIC = "classic"
    REVERSED = "reversed"


def unit_style(unit: str) -> UnitStyle | None:
    """Return how an agency's code is written, or ``None`` if it is not such a code."""
    match = _UNIT.fullmatch(unit)
    if match is None:
        return None
    return UnitStyle.CLASSIC if match["classic"] else UnitStyle.REVERSED


def reversed_unit(classic: str) -> str:
    """Return the newer form of a classic code: ``000.07.22.H24`` becomes ``H24.22.07``."""
    if unit_style(classic) is not UnitStyle.CLASSIC:
        raise ValueError(f"not a classic unit code: {classic}")
    parts = classic.split(".")[::-1]
    while len(parts) > 1 and not int(parts[-1]):
        parts.pop()
    return ".".join(parts)


def classic_unit(unit: str) -> str | None:
    """Return the classic form of a code in either form, or ``None`` if it has no classic form.

    The classic form has three digits at level 4 and two at the others; ``G01.837.000.000`` does not
    fit in.
    """
    style = unit_style(unit)
    if style is not UnitStyle.REVERSED:
        return unit if style else None
    given = unit.split(".")[1:]
    parts = given + ["00", "00", "000"][len(given) :]
    if [len(part) for part in parts] != [2, 2, 3]:
        return None
    return ".".join([*parts[::-1], unit[:3]])


@dataclass(frozen=True, slots=True, order=True)
class DossierCode:
    """The code of a dossier: who received it, on which day, and as the day's how manieth.

    ``unit`` is written as the agency writes it, in either form. After number 9999 of a day the
    number grows a digit (ours: the rule names four).
    """

    unit: str
    day: date
    number: int

    def __post_init__(self) -> None:
        """Refuse parts that no code can hold."""
        if unit_style(self.unit) is None:
            raise ValueError(f"not a unit code: {self.unit}")
        if not CENTURY <= self.day.year < CENTURY + 100:
            raise ValueError(f"the code has two digits for the year: {self.day}")
        if not 1 <= self.number <= LARGEST_NUMBER:
            raise ValueError(f"not a running number: {self.number}")

    def __str__(self) -> str:
        """Return the code as it is printed."""
        return f"{self.unit}-{self.day:%y%m%d}-{self.number:0{DIGITS}}"

    @property
    def agency(self) -> str | None:
        """Return the classic unit code, as a site pack lists agencies, if there is one."""
        return classic_unit(self.unit)

    @classmethod
    def parse(cls, text: str) -> "DossierCode":
        """Return the code that is written exactly so, or refuse."""
        match = _DOSSIER.fullmatch(text)
        if match is None:
            raise _malformed()
        digits = match["n"]
        if int(digits) == 0 or len(digits) > max(DIGITS, len(str(int(digits)))):
            raise _malformed()
        return cls(match["unit"], _day(match["day"]), int(digits))

    @classmethod
    def read(cls, text: str) -> "DossierCode":
        """Return the code that somebody typed: blanks, small letters and long dashes are forgiven.

        For forms and look-ups; what a machine sends goes through ``parse``.
        """
        return cls.parse("".join(text.split()).upper().translate(_DASHES))


def _day(digits: str) -> date:
    try:
        return date(CENTURY + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    except ValueError:
        raise _malformed() from None


def _malformed() -> DossierCodeMalformed:
    return DossierCodeMalformed(
        "Mã hồ sơ không đúng. Hãy nhập đúng mã in trên giấy tiếp nhận, "
        "ví dụ 000.00.14.H24-200722-0001.",
        {"code": "malformed"},
    )
