"""What citizens can ask about procedures."""

import pytest

from mock_portal.domain.agency import AgencyLevel
from mock_portal.domain.errors import AgencyUnknown, FieldUnknown, ProcedureUnknown
from mock_portal.domain.procedure import Elsewhere, ServiceLevel
from mock_portal.domain.site import Hint
from mock_portal.service.procedures import ProcedureQuery, ProcedureService
from simkit.core.errors import RuleBroken
from tests.builders.portal import JUSTICE, WARD, a_procedure, a_site

BIRTH = a_procedure("1.000001", "Đăng ký khai sinh", level=AgencyLevel.COMMUNE)
EXTRACT = a_procedure("2.000635", "Cấp bản sao trích lục hộ tịch")
LAND = a_procedure(
    "1.000003",
    "Đăng ký biến động đất đai",
    field="dat-dai",
    service_level=ServiceLevel.INFORMATION,
)
GONE = a_procedure(
    "1.000009", "Cấp giấy cũ", elsewhere=Elsewhere("Bộ", "Hãy hỏi bộ.", successor="2.000635")
)
HINT = Hint("can-cuoc", ("căn cước",), "Căn cước do công an cấp", "Hãy đến công an.", JUSTICE)
SERVICE = ProcedureService(a_site(BIRTH, EXTRACT, LAND, GONE, hints=(HINT,)))


def codes(query: ProcedureQuery) -> list[str]:
    return [each.code for each in SERVICE.find(query).procedures]


@pytest.mark.parametrize("phrase", ["khai sinh", "Khai Sinh", "KHAI SINH", "sinh khai", "khai si"])
def test_an_approximate_phrase_finds_it(phrase: str) -> None:
    assert codes(ProcedureQuery(phrase)) == ["1.000001"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param(ProcedureQuery(agency=WARD), ["1.000001"], id="by agency"),
        pytest.param(ProcedureQuery(field="dat-dai"), ["1.000003"], id="by field"),
        pytest.param(ProcedureQuery("đăng ký", field="ho-tich"), ["1.000001"], id="by both"),
        pytest.param(ProcedureQuery("2.000635"), ["2.000635"], id="by code"),
        pytest.param(ProcedureQuery("không có gì như thế"), [], id="nothing"),
    ],
)
def test_only_what_matches_is_found(query: ProcedureQuery, found: list[str]) -> None:
    assert codes(query) == found


def test_an_empty_phrase_lists_everything_by_page() -> None:
    first = SERVICE.find(ProcedureQuery(size=3))
    second = SERVICE.find(ProcedureQuery(size=3, page=2))

    assert (first.total, first.pages) == (4, 2)
    assert len(first.procedures) == 3
    assert len(second.procedures) == 1
    assert not any(each in first.procedures for each in second.procedures)


def test_a_page_beyond_the_last_is_the_last() -> None:
    assert SERVICE.find(ProcedureQuery(page=99)).procedures


def test_choosing_what_to_file_offers_only_what_can_be_filed_online() -> None:
    assert set(codes(ProcedureQuery(online_only=True))) == {"1.000001", "2.000635"}


def test_a_search_for_what_the_city_does_not_do_is_answered_with_who_does() -> None:
    (hint,) = SERVICE.find(ProcedureQuery("làm căn cước mới")).hints

    assert hint.hint.title == "Căn cước do công an cấp"
    assert hint.agency is not None
    assert hint.agency.code == JUSTICE


@pytest.mark.parametrize(
    ("query", "error"),
    [
        pytest.param(ProcedureQuery(agency="000.00.99.H24"), AgencyUnknown, id="no such agency"),
        pytest.param(ProcedureQuery(agency="000.00.21.H24"), AgencyUnknown, id="a former agency"),
        pytest.param(ProcedureQuery(field="xyz"), FieldUnknown, id="no such field"),
    ],
)
def test_unknown_filters_are_refused(query: ProcedureQuery, error: type[RuleBroken]) -> None:
    with pytest.raises(error):
        SERVICE.find(query)


def test_a_procedure_comes_with_the_counters_that_take_it() -> None:
    assert [each.code for each in SERVICE.detail("1.000001").counters] == [WARD]
    assert [each.code for each in SERVICE.detail("1.000003").counters] == [JUSTICE]


def test_a_replaced_procedure_has_no_counter_and_names_its_successor() -> None:
    detail = SERVICE.detail("1.000009")

    assert detail.counters == ()
    assert detail.successor == EXTRACT


def test_an_unknown_procedure_is_refused() -> None:
    with pytest.raises(ProcedureUnknown):
        SERVICE.detail("9.999999")


def test_the_largest_fields_count_what_can_be_filed_online() -> None:
    assert [(field.key, number) for field, number in SERVICE.largest_fields(5)] == [("ho-tich", 2)]


def test_agencies_that_take_dossiers_are_listed_by_kind() -> None:
    groups = {kind.label: [each.code for each in found] for kind, found in SERVICE.agencies()}

    assert groups == {"Sở, ban, ngành": [JUSTICE], "Phường": [WARD]}
    assert SERVICE.agency("000.00.21.H24").active is False


def test_fields_without_a_procedure_are_not_offered() -> None:
    only_births = ProcedureService(a_site(BIRTH))

    assert [each.key for each in only_births.fields()] == ["ho-tich"]
