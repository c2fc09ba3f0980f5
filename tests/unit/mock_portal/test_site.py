"""Looking things up in a site."""

from dataclasses import replace

import pytest

from mock_portal.domain.agency import AgencyKind, AgencyLevel
from mock_portal.domain.errors import AgencyUnknown, FieldUnknown, ProcedureUnknown
from mock_portal.domain.site import Hint
from tests.builders.portal import JUSTICE, WARD, a_procedure, a_site

BORN_ABROAD = Hint(
    "nuoc-ngoai",
    ("sinh ở nước ngoài", "nhập hộ tịch"),
    "Con sinh ở nước ngoài",
    "Hãy liên hệ Sở Tư pháp.",
    JUSTICE,
)


def test_what_is_in_the_pack_is_found_by_its_code() -> None:
    site = a_site()

    assert site.agency(JUSTICE).name == "Sở Tư pháp"
    assert site.field("ho-tich").department == JUSTICE
    assert site.procedure("1.000001").name == "Đăng ký khai sinh"


def test_what_is_not_in_the_pack_is_refused_by_name() -> None:
    site = a_site()

    with pytest.raises(AgencyUnknown) as agency:
        site.agency("000.00.99.H24")
    with pytest.raises(FieldUnknown) as field:
        site.field("thien-van")
    with pytest.raises(ProcedureUnknown) as procedure:
        site.procedure("9.999999")
    assert agency.value.facts == {"agency": "000.00.99.H24"}
    assert field.value.facts == {"field": "thien-van"}
    assert procedure.value.facts == {"procedure": "9.999999"}


def test_dissolved_agencies_can_be_read_but_take_nothing() -> None:
    site = a_site()

    assert site.agency("000.00.21.H24").name == "Quận cũ"
    assert [each.code for each in site.active_agencies()] == [JUSTICE, WARD]
    assert [each.code for each in site.active_agencies(AgencyKind.WARD)] == [WARD]
    assert site.active_agencies(AgencyKind.FORMER_DISTRICT) == ()


def test_executors_and_what_they_offer_are_two_views_of_one_relation() -> None:
    birth = a_procedure("1.000001", level=AgencyLevel.COMMUNE)
    adoption = a_procedure("1.000002", "Đăng ký nuôi con nuôi")
    both = replace(
        a_procedure("1.000003", "Cấp bản sao"),
        levels=(AgencyLevel.DEPARTMENT, AgencyLevel.COMMUNE),
    )
    site = a_site(birth, adoption, both)

    assert [each.code for each in site.executors_of(birth)] == [WARD]
    assert [each.code for each in site.executors_of(both)] == [JUSTICE, WARD]
    assert site.offered_by(site.agency(JUSTICE)) == (adoption, both)
    assert site.offered_by(site.agency(WARD)) == (birth, both)


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("khai sinh cho con sinh ở nước ngoài", True),
        ("CON O NUOC NGOAI SINH", True),
        ("nhap ho tich cho chau", True),
        ("sinh con", False),
        ("nước ngoài", False),
        ("", False),
    ],
)
def test_a_hint_answers_when_all_words_of_a_phrase_were_asked_for(
    phrase: str, *, found: bool
) -> None:
    site = a_site(hints=(BORN_ABROAD,))

    assert site.hints_for(phrase) == ((BORN_ABROAD,) if found else ())
