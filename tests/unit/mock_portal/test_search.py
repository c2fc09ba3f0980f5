"""Searching procedures."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_portal.domain.agency import AgencyKind, AgencyLevel
from mock_portal.domain.procedure import Elsewhere
from mock_portal.domain.search import ProcedureIndex, words_of
from tests.builders.portal import WARD, a_procedure, an_agency

BIRTH = a_procedure("1.001193", "Đăng ký khai sinh", level=AgencyLevel.COMMUNE)
BIRTH_AGAIN = a_procedure("1.004884", "Đăng ký lại khai sinh", level=AgencyLevel.COMMUNE)
ORDER = a_procedure("1.000003", "Khai báo việc sinh và đăng ký", level=AgencyLevel.COMMUNE)
COPY = a_procedure("2.000635", "Cấp bản sao Trích lục hộ tịch, bản sao Giấy khai sinh")
SPLIT = a_procedure("1.012784", "Tách thửa hoặc hợp thửa đất", field="dat-dai")
CARD = a_procedure(
    "1.014061", "Cấp thẻ căn cước", elsewhere=Elsewhere("Công an", "Hãy đến công an.")
)
ALL = (SPLIT, COPY, ORDER, BIRTH_AGAIN, BIRTH, CARD)
INDEX = ProcedureIndex(ALL, {"ho-tich": "Hộ tịch", "dat-dai": "Đất đai"})


def found(phrase: str) -> list[str]:
    """Return the names that a phrase finds, in order."""
    return [each.name for each in INDEX.search(phrase)]


@pytest.mark.parametrize(
    "phrase",
    [
        "Đăng ký khai sinh",
        "đăng ký khai sinh",
        "dang ky khai sinh",
        "DANG KY KHAI SINH",
        "ĐĂNG KÝ KHAI SINH",
        "khai sinh đăng ký",
        "  đăng   ký,  khai sinh! ",
        pytest.param(normalize("NFD", "Đăng ký khai sinh"), id="decomposed, as some files are"),
    ],
)
def test_accents_case_order_and_blanks_do_not_matter(phrase: str) -> None:
    assert "Đăng ký khai sinh" in found(phrase)


@pytest.mark.parametrize(
    ("phrase", "names"),
    [
        pytest.param(
            "khai sinh",
            [BIRTH, BIRTH_AGAIN, COPY, ORDER],
            id="phrase before scattered words, shorter names first",
        ),
        pytest.param("đăng ký khai sinh", [BIRTH, BIRTH_AGAIN, ORDER], id="the whole name first"),
        pytest.param("trích lục", [COPY], id="part of a name"),
        pytest.param("thẻ căn", [CARD], id="what others handle is found too"),
        pytest.param("khai sinh thửa", [], id="every word must match"),
        pytest.param("hop tach", [SPLIT], id="the other way round"),
    ],
)
def test_the_best_answer_comes_first(phrase: str, names: list[object]) -> None:
    assert list(INDEX.search(phrase)) == names


@pytest.mark.parametrize("phrase", ["2.000635", "2.0006", "2.", " 2.000635 "])
def test_a_code_finds_its_procedure(phrase: str) -> None:
    assert COPY in INDEX.search(phrase)


def test_a_name_answers_better_than_a_field() -> None:
    assert found("hộ tịch")[0] == COPY.name
    assert set(found("hộ tịch")) == {each.name for each in ALL if each.field == "ho-tich"}


def test_only_the_last_word_may_be_unfinished() -> None:
    assert found("khai si") == [BIRTH.name, BIRTH_AGAIN.name, COPY.name, ORDER.name]
    assert found("kha sinh") == []


@pytest.mark.parametrize("phrase", ["", "   ", "\n"])
def test_without_a_phrase_everything_is_listed_in_the_order_of_the_pack(phrase: str) -> None:
    assert INDEX.search(phrase) == ALL


@pytest.mark.parametrize("phrase", ["???", "«»", "không-có-gì-như-thế", "khai sinh xyz"])
def test_what_nobody_offers_finds_nothing(phrase: str) -> None:
    assert found(phrase) == []


def test_an_agency_finds_only_what_may_be_filed_with_it() -> None:
    ward = an_agency(WARD, "Phường Thành Đông", AgencyKind.WARD)

    assert INDEX.search("khai sinh", agency=ward) == (BIRTH, BIRTH_AGAIN, ORDER)
    assert INDEX.search(agency=ward) == (ORDER, BIRTH_AGAIN, BIRTH)
    assert COPY in INDEX.search("khai sinh", agency=an_agency())
    assert INDEX.search("căn cước", agency=an_agency()) == ()


def test_a_field_finds_only_what_belongs_to_it() -> None:
    assert INDEX.search(field="dat-dai") == (SPLIT,)
    assert INDEX.search("khai sinh", field="dat-dai") == ()


def test_a_code_is_one_word() -> None:
    assert words_of("Mã 2.000635, mẫu 4x6") == ["ma", "2.000635", "mau", "4x6"]


@given(st.text())
def test_any_phrase_is_answered_with_procedures_of_the_index(phrase: str) -> None:
    assert all(each in ALL for each in INDEX.search(phrase))


@given(st.sampled_from(ALL), st.data())
def test_any_words_of_a_name_in_any_order_find_it(procedure: object, data: st.DataObject) -> None:
    name = next(each.name for each in ALL if each is procedure)
    words = data.draw(st.lists(st.sampled_from(words_of(name)), min_size=1, unique=True))

    assert procedure in INDEX.search(" ".join(words))
