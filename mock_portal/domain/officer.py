"""The people behind the counter: who they are, where they sit and what they may do."""

from dataclasses import dataclass
from enum import StrEnum


class OfficerRole(StrEnum):
    """What an officer does at the one-stop desk.

    The roles follow the steps of the law on one-stop service: reception, processing, approval,
    returning the result [S: decree 61/2018]. ``ADMIN`` is ours: one who looks after the system,
    sees every unit and may do whatever the others may.
    """

    RECEPTION = "reception"
    PROCESSING = "processing"
    LEADER = "leader"
    RETURNING = "returning"
    ADMIN = "admin"

    @property
    def label(self) -> str:
        """Return the words that pages show."""
        return _ROLE_LABELS[self]


_ROLE_LABELS = {
    OfficerRole.RECEPTION: "Cán bộ tiếp nhận",
    OfficerRole.PROCESSING: "Chuyên viên thụ lý",
    OfficerRole.LEADER: "Lãnh đạo phê duyệt",
    OfficerRole.RETURNING: "Cán bộ trả kết quả",
    OfficerRole.ADMIN: "Quản trị hệ thống",
}


@dataclass(frozen=True, slots=True)
class Officer:
    """One who works at the desk.

    ``unit`` is the code of the agency that the officer belongs to, ``None`` only for an admin, who
    belongs to all. ``password_hash`` is whatever the password port made of the password.
    """

    user: str
    full_name: str
    unit: str | None
    roles: frozenset[OfficerRole]
    password_hash: str

    def __post_init__(self) -> None:
        """Refuse an officer who belongs nowhere or does nothing."""
        if not self.roles:
            raise ValueError(f"officer {self.user} has no role")
        if self.unit is None and not self.is_admin:
            raise ValueError(f"officer {self.user} belongs to no unit")

    @property
    def is_admin(self) -> bool:
        """Tell whether the officer sees every unit and may do everything."""
        return OfficerRole.ADMIN in self.roles

    @property
    def title(self) -> str:
        """Return the officer's roles in words, for the head of the page."""
        return ", ".join(role.label for role in OfficerRole if role in self.roles)

    def has(self, *roles: OfficerRole) -> bool:
        """Tell whether the officer has one of these roles; an admin has them all."""
        return self.is_admin or not self.roles.isdisjoint(roles)

    def sees(self, unit: str) -> bool:
        """Tell whether the dossiers of that unit are the officer's business."""
        return self.is_admin or self.unit == unit
