"""Every real procedure is found by its name, however it is typed."""

from collections.abc import Callable

import pytest

from mock_portal.domain.search import words_of
from mock_portal.domain.site import Site
from simkit.core.refs import fold


def turned_round(name: str) -> str:
    """Return the words of a name, the last first."""
    return " ".join(reversed(name.split()))


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(str, id="as it is"),
        pytest.param(fold, id="without accents"),
        pytest.param(str.upper, id="in capitals"),
        pytest.param(turned_round, id="turned round"),
        pytest.param(lambda name: fold(turned_round(name)).upper(), id="all at once"),
    ],
)
def test_every_name_finds_its_procedure(haiphong: Site, typed: Callable[[str], str]) -> None:
    lost = [
        each.code
        for each in haiphong.procedures
        if each not in haiphong.index.search(typed(each.name))
    ]

    assert lost == []


def test_a_whole_name_puts_its_procedure_first(haiphong: Site) -> None:
    for each in haiphong.procedures:
        first = haiphong.index.search(fold(each.name))[0]

        assert words_of(first.name) == words_of(each.name)


def test_every_code_finds_its_procedure_alone(haiphong: Site) -> None:
    for each in haiphong.procedures:
        assert haiphong.index.search(each.code) == (each,)


@pytest.mark.parametrize(
    "phrase", ["khai sinh", "Khai Sinh", "KHAI SINH", "khai sinh ", "sinh khai"]
)
def test_a_birth_is_found_as_people_type_it(haiphong: Site, phrase: str) -> None:
    assert haiphong.procedure("1.001193") in haiphong.index.search(phrase)


def test_the_plain_birth_comes_before_its_rarer_sisters(haiphong: Site) -> None:
    assert haiphong.index.search("đăng ký khai sinh")[0].code == "1.001193"
    assert haiphong.index.search("dang ky ket hon")[0].code == "1.000894"


def test_an_agency_and_a_field_narrow_a_search(haiphong: Site) -> None:
    ward = haiphong.agency("000.01.40.H24")
    found = haiphong.index.search("dang ky", agency=ward, field="ho-tich")

    assert found
    assert all(each.field == "ho-tich" and each.is_executed_by(ward) for each in found)
