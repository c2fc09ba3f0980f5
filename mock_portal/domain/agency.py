"""Who executes procedures: departments of the city, its wards and communes, and others outside."""

from dataclasses import dataclass
from enum import StrEnum


class Certainty(StrEnum):
    """How well a fact of the real system is known."""

    SEEN = "seen"
    REMEMBERED = "remembered"
    GUESSED = "guessed"
    OURS = "ours"


class AgencyKind(StrEnum):
    """What an agency is; the Vietnamese word is ``label``."""

    DEPARTMENT = "department"
    WARD = "ward"
    COMMUNE = "commune"
    SPECIAL_ZONE = "special-zone"
    FORMER_DISTRICT = "former-district"

    @property
    def label(self) -> str:
        """Return the word that pages show."""
        return _KIND_LABELS[self]

    @property
    def level(self) -> "AgencyLevel":
        """Return the tier of administration that the kind belongs to."""
        return _KIND_LEVELS[self]


class AgencyLevel(StrEnum):
    """A tier of administration, as procedures name their executor."""

    MINISTRY = "ministry"
    DEPARTMENT = "department"
    DISTRICT = "district"
    COMMUNE = "commune"
    OTHER = "other"

    @property
    def label(self) -> str:
        """Return the words that pages show."""
        return _LEVEL_LABELS[self]


_KIND_LABELS = {
    AgencyKind.DEPARTMENT: "Sở, ban, ngành",
    AgencyKind.WARD: "Phường",
    AgencyKind.COMMUNE: "Xã",
    AgencyKind.SPECIAL_ZONE: "Đặc khu",
    AgencyKind.FORMER_DISTRICT: "Quận, huyện (trước 01/7/2025)",
}
_KIND_LEVELS = {
    AgencyKind.DEPARTMENT: AgencyLevel.DEPARTMENT,
    AgencyKind.WARD: AgencyLevel.COMMUNE,
    AgencyKind.COMMUNE: AgencyLevel.COMMUNE,
    AgencyKind.SPECIAL_ZONE: AgencyLevel.COMMUNE,
    AgencyKind.FORMER_DISTRICT: AgencyLevel.DISTRICT,
}
_LEVEL_LABELS = {
    AgencyLevel.MINISTRY: "Cấp bộ",
    AgencyLevel.DEPARTMENT: "Cấp tỉnh (sở)",
    AgencyLevel.DISTRICT: "Cấp huyện",
    AgencyLevel.COMMUNE: "Cấp xã",
    AgencyLevel.OTHER: "Cơ quan khác",
}


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency that a citizen may be sent to.

    ``code`` is its unit code in the classic form (``000.00.14.H24``). ``place`` is the code of the
    general statistics office for a ward, commune or special zone, else ``None``. An agency that is
    not ``active`` takes no dossiers any more; it stays so that old codes can still be read.
    ``certainty`` is that of the *code*; address, phone and e-mail are always invented.
    """

    code: str
    name: str
    kind: AgencyKind
    address: str
    phone: str
    email: str
    certainty: Certainty
    place: str | None = None
    active: bool = True
    note: str | None = None

    @property
    def level(self) -> AgencyLevel:
        """Return the tier of administration."""
        return self.kind.level


@dataclass(frozen=True, slots=True)
class Field:
    """A field of administration (lĩnh vực) and the department that answers for it.

    ``key`` is made for addresses of pages (``ho-tich``). ``department`` is an agency code, or
    ``None`` when no department of the city answers. Which department it is, is ours: no list of
    the city says it.
    """

    key: str
    name: str
    department: str | None
