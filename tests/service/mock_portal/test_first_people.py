"""Who is there when a world begins."""

from mock_portal.domain.officer import OfficerRole
from mock_portal.service.first_people import (
    ADMIN,
    OFFICER_PASSWORD,
    first_citizens,
    first_officers,
    short_code,
)
from simkit.core.cast import CAST
from tests.builders.portal import JUSTICE, WARD, AccountStage, a_site


def test_the_cast_signs_in_with_the_names_and_passwords_it_has(stage: AccountStage) -> None:
    done = stage.service.seed(first_citizens(CAST))

    assert done.accounts_made == len(CAST)
    for person in CAST:
        account = stage.service.sign_in(person.user, person.password)
        assert account.holder.full_name == person.full_name


def test_every_active_unit_has_one_officer_per_role_and_there_is_one_admin() -> None:
    officers = first_officers(a_site())

    assert {each.user for each in officers} == {
        ADMIN,
        *(f"{role}.15" for role in ("tiepnhan", "thuly", "lanhdao", "traketqua")),
        *(f"{role}.01.40" for role in ("tiepnhan", "thuly", "lanhdao", "traketqua")),
    }
    assert {each.unit for each in officers} == {None, JUSTICE, WARD}
    assert {role for each in officers for role in each.roles} == set(OfficerRole)
    assert {each.password for each in officers} == {OFFICER_PASSWORD}


def test_the_short_code_of_a_unit_leaves_out_what_all_units_share() -> None:
    assert short_code("000.00.14.H24") == "14"
    assert short_code("000.07.22.H24") == "07.22"
