"""References of the real world: parsed, verified, written the one way.

Sources: design facts collected from public validators; certainty as marked.
"""

import re
import unicodedata
from dataclasses import dataclass

from simkit.core.errors import BadInput


def _codes(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Provinces before the merger of 2025, which renumbered nobody; 63 codes with gaps [seen].
PROVINCE_CODES = _codes(
    "001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 "
    "026 027 030 031 033 034 035 036 037 038 040 042 044 045 046 048 "
    "049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 "
    "077 079 080 082 083 084 086 087 089 091 092 093 094 095 096 ",
)

# Prefixes after the 2018 renumbering [seen], iTel 087 and Wintel 055 [remembered].
PHONE_PREFIXES = _codes(
    "032 033 034 035 036 037 038 039 086 096 097 098 081 082 083 084 "
    "085 088 091 094 070 076 077 078 079 089 090 093 052 056 058 092 "
    "059 099 087 055 ",
)

_S10_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


def fold(text: str) -> str:
    """Return ``text`` in lower case without marks, with đ as d and single spaces."""
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return " ".join("".join(c for c in bare if not unicodedata.combining(c)).split())


@dataclass(frozen=True, slots=True)
class IdNumber:
    """A personal number: CCCD (12 digits) or the older CMND (9 digits).

    CCCD: province (3), century and sex (1), year of birth (2), random (6); it has no check
    digit [seen].
    """

    value: str

    @classmethod
    def parse(cls, text: str) -> "IdNumber":
        """Read a number as people write it, or raise ``BadInput``."""
        digits = re.sub(r"[\s.]", "", text)
        if not re.fullmatch(r"[0-9]{9}|[0-9]{12}", digits):
            raise BadInput("Số giấy tờ phải có 9 hoặc 12 chữ số.", {"id_number": "9 or 12 digits"})
        if len(digits) == len("031090000000") and digits[:3] not in PROVINCE_CODES:
            raise BadInput(
                "Ba chữ số đầu của số căn cước không phải mã tỉnh, thành phố.",
                {"id_number": "unknown province code"},
            )
        return cls(digits)

    def __str__(self) -> str:
        """Return the bare digits."""
        return self.value


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """A Vietnamese mobile number, kept as ten digits from 0."""

    value: str

    @classmethod
    def parse(cls, text: str) -> "PhoneNumber":
        """Read ``0…``, ``+84…`` or ``84…`` with spaces, dots or dashes, or raise ``BadInput``."""
        digits = re.sub(r"[\s.\-()]", "", text)
        digits = re.sub(r"^\+?84(?=[0-9]{9}$)", "0", digits)
        if not re.fullmatch(r"[0-9]{10}", digits) or digits[:3] not in PHONE_PREFIXES:
            raise BadInput(
                "Số điện thoại phải là số di động Việt Nam gồm 10 chữ số.",
                {"phone": "not a Vietnamese mobile number"},
            )
        return cls(digits)

    def international(self) -> str:
        """Return the ``+84`` form."""
        return "+84" + self.value[1:]

    def __str__(self) -> str:
        """Return ten digits."""
        return self.value


@dataclass(frozen=True, slots=True)
class S10:
    """A postal item number of the Universal Postal Union's standard S10: ``EA123456785VN``."""

    service: str
    serial: int
    country: str = "VN"

    @classmethod
    def parse(cls, text: str) -> "S10":
        """Read a number; the check digit is not judged, see ``check_digit_is_right``.

        The operator's own sample carries a wrong check digit [seen], so input is judged by its
        form only.
        """
        match = re.fullmatch(r"([A-Z]{2})([0-9]{8})([0-9])([A-Z]{2})", text.strip().upper())
        if not match:
            raise BadInput(
                "Số hiệu bưu gửi gồm 2 chữ cái, 9 chữ số và 2 chữ cái, ví dụ EA123456785VN.",
                {"item_code": "not an S10 number"},
            )
        return cls(match[1], int(match[2]), match[4])

    @staticmethod
    def check_digit(serial: int) -> int:
        """Return the check digit of an eight-digit serial number."""
        total = sum(int(d) * w for d, w in zip(f"{serial:08d}", _S10_WEIGHTS, strict=True))
        rest = 11 - total % 11
        return {10: 0, 11: 5}.get(rest, rest)

    @classmethod
    def check_digit_is_right(cls, text: str) -> bool:
        """Tell whether a number of the right form also carries the right check digit."""
        return str(cls.parse(text)) == text.strip().upper()

    def __str__(self) -> str:
        """Return the thirteen characters with the right check digit."""
        return f"{self.service}{self.serial:08d}{self.check_digit(self.serial)}{self.country}"
