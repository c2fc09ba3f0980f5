"""Who sees and may do what at the desk."""

import pytest

from mock_portal.domain.officer import Officer, OfficerRole
from tests.builders.accounts import an_officer


def test_an_officer_sees_the_own_unit_only() -> None:
    officer = an_officer(unit="000.00.14.H24")

    assert officer.sees("000.00.14.H24")
    assert not officer.sees("000.00.15.H24")


def test_an_admin_sees_every_unit_and_has_every_role() -> None:
    admin = an_officer("quantri", OfficerRole.ADMIN, unit=None)

    assert admin.sees("000.00.15.H24")
    assert all(admin.has(role) for role in OfficerRole)


def test_an_officer_has_the_roles_given_and_no_other() -> None:
    officer = an_officer("a", OfficerRole.RECEPTION, OfficerRole.RETURNING)

    assert officer.has(OfficerRole.RETURNING)
    assert not officer.has(OfficerRole.LEADER, OfficerRole.PROCESSING)
    assert officer.title == "Cán bộ tiếp nhận, Cán bộ trả kết quả"


def test_nobody_but_an_admin_is_without_a_unit() -> None:
    with pytest.raises(ValueError, match="no unit"):
        an_officer(unit=None)


def test_an_officer_without_a_role_is_none() -> None:
    with pytest.raises(ValueError, match="no role"):
        Officer("a", "Nguyễn Minh An", "000.00.14.H24", frozenset(), "hash")
