"""Pages about procedures, over the pack of Hải Phòng."""

import re

import pytest

from tests.web.mock_portal.visitor import Visitor, text_of

BIRTH = "1.001193"


def codes(page: str) -> list[str]:
    return re.findall(r"Mã thủ tục: ([0-9.]+)", page)


def procedures_of(visitor: Visitor) -> dict[str, list[str]]:
    """Return codes of the pack by what may be done with them."""
    site = visitor.service.site
    return {
        "online": [each.code for each in site.procedures if each.submittable_online],
        "counter": [
            each.code for each in site.procedures if each.is_offered and not each.submittable_online
        ],
        "elsewhere": [each.code for each in site.procedures if not each.is_offered],
    }


@pytest.mark.parametrize("phrase", ["khai sinh", "Khai Sinh", "khai sinh đăng ký", "dang ky khai"])
def test_an_approximate_phrase_finds_the_registration_of_a_birth(
    visitor: Visitor, phrase: str
) -> None:
    page = text_of(visitor.get("/thu-tuc", query_string={"q": phrase}))

    assert BIRTH in codes(page)


def test_an_empty_phrase_lists_everything_by_page(visitor: Visitor) -> None:
    first, second = visitor.get("/thu-tuc"), visitor.get("/thu-tuc?page=2")

    total = len(visitor.service.site.procedures)
    assert f"Tìm thấy {total} thủ tục" in text_of(first)
    assert not set(codes(text_of(first))) & set(codes(text_of(second)))


def test_agency_and_field_narrow_the_list_down(visitor: Visitor) -> None:
    site = visitor.service.site
    justice = site.agency("000.00.15.H24")
    query = {"agency": justice.code, "field": "ho-tich"}

    found = codes(text_of(visitor.get("/thu-tuc", query_string=query)))

    assert found
    for code in found:
        procedure = site.procedure(code)
        assert procedure.field == "ho-tich"
        assert procedure.is_executed_by(justice)


def test_choosing_what_to_file_shows_only_what_can_be_filed(visitor: Visitor) -> None:
    page = text_of(visitor.get("/nop-ho-so"))

    assert set(codes(page)) <= set(procedures_of(visitor)["online"])


def test_the_chosen_agency_stays_chosen_up_to_the_form(visitor: Visitor) -> None:
    listing = visitor.get("/nop-ho-so?agency=000.00.15.H24").text
    link = re.search(r'href="([^"]*/thu-tuc/[^"]*agency=000.00.15.H24)"', listing)
    assert link

    detail = visitor.browser.get(link[1]).text

    assert re.search(r'href="[^"]*/nop-ho-so/[^"]*unit=000.00.15.H24"', detail)


def test_a_procedure_shows_all_that_the_citizen_has_to_know(visitor: Visitor) -> None:
    page = text_of(visitor.get(f"/thu-tuc/{BIRTH}"))

    for each in (
        "Thành phần hồ sơ",
        "Trình tự thực hiện",
        "Thời hạn giải quyết",
        "Phí, lệ phí",
        "Kết quả",
        "Căn cứ pháp lý",
        "Trực tuyến",
        "Mức độ 4",
    ):
        assert each in page


def has_file_button(visitor: Visitor, code: str) -> bool:
    return visitor.url(f"/nop-ho-so/{code}") in visitor.get(f"/thu-tuc/{code}").text


def test_every_procedure_has_a_page_and_the_button_exactly_where_it_can_be_filed(
    visitor: Visitor,
) -> None:
    known = procedures_of(visitor)

    with_button = {
        each for group in known.values() for each in group if has_file_button(visitor, each)
    }

    assert with_button == set(known["online"])


def test_a_procedure_for_the_counter_gives_the_counters_address(visitor: Visitor) -> None:
    code = procedures_of(visitor)["counter"][0]
    counter = visitor.service.procedures.detail(code).counters[0]

    page = text_of(visitor.get(f"/thu-tuc/{code}"))

    assert "chưa nộp trực tuyến được" in page
    assert counter.address in page
    assert counter.phone in page


def test_a_procedure_that_others_handle_says_who(visitor: Visitor) -> None:
    for code in procedures_of(visitor)["elsewhere"]:
        elsewhere = visitor.service.site.procedure(code).elsewhere
        assert elsewhere is not None
        page = text_of(visitor.get(f"/thu-tuc/{code}"))
        assert elsewhere.who in page
        assert elsewhere.advice in page


def test_a_search_for_the_identity_card_is_answered_with_the_police(visitor: Visitor) -> None:
    page = text_of(visitor.get("/thu-tuc", query_string={"q": "làm căn cước công dân"}))

    assert "cơ quan công an" in page


@pytest.mark.parametrize("path", ["/thu-tuc", "/nop-ho-so"])
@pytest.mark.parametrize(
    ("query", "status", "field"),
    [
        pytest.param({"agency": "x"}, 404, "agency", id="no such agency"),
        pytest.param({"agency": "000.00.21.H24"}, 404, "agency", id="a former district"),
        pytest.param({"field": "x"}, 404, "field", id="no such field"),
        pytest.param({"q": "x" * 300}, 400, "q", id="an endless phrase"),
    ],
)
def test_a_search_that_cannot_be_is_refused_at_the_field(
    visitor: Visitor, path: str, query: dict[str, str], status: int, field: str
) -> None:
    answer = visitor.get(path, query_string=query)

    assert answer.status_code == status
    assert f'id="f-{field}-error"' in answer.text


@pytest.mark.parametrize("page", ["0", "-1", "1.5", "hai", "9" * 20, "٣"])
def test_a_page_number_that_is_none_is_refused(visitor: Visitor, page: str) -> None:
    assert visitor.get("/thu-tuc", query_string={"page": page}).status_code == 400


def test_an_unknown_procedure_is_not_found(visitor: Visitor) -> None:
    answer = visitor.get("/thu-tuc/9.999999")

    assert answer.status_code == 404
    assert "Không có thủ tục nào mang mã này" in text_of(answer)
