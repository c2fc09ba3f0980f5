"""Who is there when a world begins: the cast with active accounts, and officers for every unit."""

from collections.abc import Iterable, Iterator, Sequence

from mock_portal.domain.account import EmailAddress, Holder
from mock_portal.domain.agency import Agency
from mock_portal.domain.officer import OfficerRole
from mock_portal.domain.site import Site
from mock_portal.service.accounts import SeedAccount, SeedOfficer
from simkit.core.people import Person
from simkit.core.refs import IdNumber, PhoneNumber

# Every officer of a new world signs in with this word.
OFFICER_PASSWORD = "Can-Bo-123"  # noqa: S105 -- invented, and in the README for everybody to read
ADMIN = "quantri"

_USERS = {
    OfficerRole.RECEPTION: "tiepnhan",
    OfficerRole.PROCESSING: "thuly",
    OfficerRole.LEADER: "lanhdao",
    OfficerRole.RETURNING: "traketqua",
}
# Invented: any of the one with any of the others is a common name that points at nobody.
_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Vũ", "Đặng", "Bùi", "Đỗ", "Hoàng", "Ngô", "Đinh")
_MIDDLE = ("Minh", "Ngọc", "Thanh", "Hải", "Bảo", "Anh", "Kim")
_GIVEN = (
    "An",
    "Bình",
    "Chi",
    "Dũng",
    "Giang",
    "Hà",
    "Khánh",
    "Lan",
    "Nam",
    "Phúc",
    "Quỳnh",
    "Sơn",
    "Yến",
)


def first_citizens(cast: Sequence[Person]) -> list[SeedAccount]:
    """Return the invented people of every world with the user names and passwords they have."""
    return [
        SeedAccount(
            user=each.user,
            holder=Holder(
                each.full_name,
                IdNumber.parse(each.id_number),
                EmailAddress.parse(each.email),
                PhoneNumber.parse(each.phone),
            ),
            password=each.password,
        )
        for each in cast
    ]


def first_officers(site: Site) -> list[SeedOfficer]:
    """Return one officer per role for every active agency, and an administrator.

    The user name is the role and the agency's own part of its unit code: ``tiepnhan.14`` receives
    at ``000.00.14.H24``.
    """
    names = _names()
    admin = SeedOfficer(ADMIN, next(names), None, frozenset({OfficerRole.ADMIN}), OFFICER_PASSWORD)
    return [admin, *_officers(site.active_agencies(), names)]


def _officers(agencies: Iterable[Agency], names: Iterator[str]) -> Iterator[SeedOfficer]:
    for agency in agencies:
        for role, word in _USERS.items():
            user = f"{word}.{short_code(agency.code)}"
            yield SeedOfficer(user, next(names), agency.code, frozenset({role}), OFFICER_PASSWORD)


def short_code(unit: str) -> str:
    """Return what tells a unit from the others of its city: «14» of «000.00.14.H24»."""
    *parts, _province = unit.split(".")
    return ".".join(part for part in parts if part.strip("0"))


def _names() -> Iterator[str]:
    """Yield names without end; the lengths of the lists have no common divisor."""
    number = 0
    while True:
        family = _FAMILY[number % len(_FAMILY)]
        yield f"{family} {_MIDDLE[number % len(_MIDDLE)]} {_GIVEN[number % len(_GIVEN)]}"
        number += 1
