"""What the pack of Hải Phòng must hold, whoever edits it next."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from unicodedata import is_normalized

import pytest

from mock_portal.domain.agency import AgencyKind, AgencyLevel, Certainty
from mock_portal.domain.deadline import Term, TermUnit, due_at
from mock_portal.domain.procedure import Channel, ServiceLevel
from mock_portal.domain.site import Site
from simkit.core.clock import ICT

PACK = Path(__file__).parents[2] / "sites" / "haiphong"
FILES = sorted(each.name for each in PACK.iterdir())
LARGEST = 1_500_000


def at(text: str) -> datetime:
    """Return a moment in Vietnam."""
    return datetime.fromisoformat(text).replace(tzinfo=ICT)


def texts(value: object) -> Iterator[str]:
    """Yield every text inside a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts(each)


# Procedures.


def test_all_procedures_are_there_once(haiphong: Site) -> None:
    assert len(haiphong.procedures) == 239
    assert len({each.code for each in haiphong.procedures}) == 239


def test_every_field_is_used_and_has_its_own_name(haiphong: Site) -> None:
    assert {each.field for each in haiphong.procedures} == {each.key for each in haiphong.fields}
    assert max(Counter(each.name for each in haiphong.fields).values()) == 1


def test_a_copy_of_a_civil_status_record_costs_what_the_circular_says(haiphong: Site) -> None:
    copy = haiphong.procedure("2.000635")

    assert copy.name == "Cấp bản sao Trích lục hộ tịch, bản sao Giấy khai sinh"
    assert copy.fee_online() == 8_000
    assert copy.terms(Channel.ONLINE).fee.per == "bản sao"
    assert copy.certainty.fee is Certainty.SEEN
    assert copy.late_after == time(15)
    assert {each.level for each in haiphong.executors_of(copy)} == {
        AgencyLevel.DEPARTMENT,
        AgencyLevel.COMMUNE,
    }


@pytest.mark.parametrize(
    ("code", "channel", "amount"),
    [
        pytest.param("1.001193", Channel.ONLINE, 0, id="birth, free"),
        pytest.param("2.000815", Channel.DIRECT, 2_000, id="certified copy, each page"),
        pytest.param("1.013225", Channel.ONLINE, 75_000, id="building permit for a house"),
        pytest.param("2.000205", Channel.ONLINE, 600_000, id="work permit"),
        pytest.param("1.009811", Channel.ONLINE, 450_000, id="work permit extended"),
        pytest.param("1.001456", Channel.ONLINE, 160_000, id="passport online"),
        pytest.param("1.001456", Channel.DIRECT, 200_000, id="passport at the counter"),
        pytest.param("1.004222", Channel.ONLINE, 10_000, id="residence online"),
        pytest.param("1.004222", Channel.DIRECT, 20_000, id="residence at the counter"),
        pytest.param("1.002010", Channel.ONLINE, 50_000, id="typed in thousands at the source"),
        pytest.param("2.000806", Channel.ONLINE, None, id="set by the council, not known"),
        pytest.param("1.012784", Channel.ONLINE, None, id="«free» was only a place-holder"),
        pytest.param("1.001146", Channel.ONLINE, None, id="in another currency"),
    ],
)
def test_fees_are_known_free_or_unknown(
    haiphong: Site, code: str, channel: Channel, amount: int | None
) -> None:
    assert haiphong.procedure(code).terms(channel).fee.amount == amount


def test_an_unknown_fee_says_why(haiphong: Site) -> None:
    silent = [
        each.code
        for each in haiphong.procedures
        for terms in each.channels.values()
        if terms.fee.amount is None and not terms.fee.note
    ]

    assert silent == []


@pytest.mark.parametrize(
    ("code", "term"),
    [
        pytest.param("1.001193", Term(0, TermUnit.WORKING_DAYS), id="within the day"),
        pytest.param("2.000205", Term(5, TermUnit.WORKING_DAYS), id="working days"),
        pytest.param("1.013225", Term(20, TermUnit.DAYS), id="plain days"),
        pytest.param("1.013083", Term(8, TermUnit.HOURS), id="hours"),
        pytest.param("3.000182", None, id="by the plan of the school year"),
    ],
)
def test_terms_keep_their_unit(haiphong: Site, code: str, term: Term | None) -> None:
    assert haiphong.procedure(code).terms(Channel.ONLINE).term == term


@pytest.mark.parametrize("code", ["1.014061", "1.014063", "2.000200", "1.001456", "1.004222"])
def test_what_the_police_handle_is_explained_and_not_offered(haiphong: Site, code: str) -> None:
    procedure = haiphong.procedure(code)

    assert procedure.elsewhere is not None
    assert "Cổng dịch vụ công Bộ Công an" in procedure.elsewhere.advice
    assert not procedure.submittable_online
    assert haiphong.executors_of(procedure) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1.009994", "1.013225"),
        ("1.002809", "3.000347"),
        ("1.002820", "3.000348"),
        ("2.000488", "3.000333"),
    ],
)
def test_old_codes_lead_to_the_new_ones(haiphong: Site, old: str, new: str) -> None:
    elsewhere = haiphong.procedure(old).elsewhere

    assert elsewhere is not None
    assert elsewhere.successor == new
    assert new in elsewhere.advice
    assert haiphong.procedure(new).name


def test_only_what_has_a_level_of_three_or_four_can_be_filed_online(haiphong: Site) -> None:
    levels = Counter(each.service_level for each in haiphong.procedures)
    submittable = [each for each in haiphong.procedures if each.submittable_online]

    assert levels == {
        ServiceLevel.FULL: 174,
        ServiceLevel.PARTIAL: 46,
        ServiceLevel.INFORMATION: 19,
    }
    assert len(submittable) > 150
    assert all(each.is_offered and each.service_level.number >= 3 for each in submittable)


def test_what_can_be_filed_asks_for_at_least_one_paper(haiphong: Site) -> None:
    bare = [
        each.code
        for each in haiphong.procedures
        if each.submittable_online and not each.required_components
    ]

    assert bare == []


def test_what_is_conditional_is_not_required(haiphong: Site) -> None:
    conditional = re.compile(r"\((nếu (?!có công)|khi |đối với (người|tổ chức|trường hợp))")
    wrong = [
        (each.code, component.name)
        for each in haiphong.procedures
        for component in each.required_components
        if conditional.search(component.name)
    ]

    assert wrong == []


def test_notes_did_not_become_papers(haiphong: Site) -> None:
    note_like = re.compile(r"^(Lưu ý|Ghi chú|Trường hợp|Ngoài|Nếu|Đối với|\W)", re.IGNORECASE)
    wrong = [
        (each.code, component.name)
        for each in haiphong.procedures
        for component in each.components
        if note_like.search(component.name)
    ]

    assert wrong == []


def test_a_birth_asks_for_the_declaration_and_the_certificate_of_birth(haiphong: Site) -> None:
    papers = [each.name for each in haiphong.procedure("1.001193").required_components]

    assert papers == [
        "Tờ khai đăng ký khai sinh",
        "Giấy chứng sinh, hoặc văn bản của người làm chứng, giấy cam đoan về việc sinh",
    ]


# Texts.


@pytest.mark.parametrize("name", FILES)
def test_texts_are_clean(name: str) -> None:
    text = (PACK / name).read_text(encoding="utf-8")

    assert is_normalized("NFC", text)
    assert not re.search(r"…|&\w+;|<\w|\t|\u00a0|\u200b|\r", text)
    assert len(text.encode()) < LARGEST


def test_no_text_of_a_procedure_is_ragged() -> None:
    ragged = re.compile(r"^\s|\s$|\s\s|\( | \)| ,|,,|\.\.|[;,:]$")
    found = json.loads((PACK / "procedures.json").read_text(encoding="utf-8"))

    assert [each for each in texts(found) if ragged.search(each)] == []
    assert [each for each in texts(found) if each.count("(") != each.count(")")] == []


@pytest.mark.parametrize("name", FILES)
def test_no_number_can_be_called_and_no_mail_arrives(name: str) -> None:
    text = (PACK / name).read_text(encoding="utf-8")

    assert re.findall(r"(?<![0-9./-])0[0-9]{9,11}(?![0-9])", text) == []
    assert [each for each in re.findall(r"@[\w.-]+", text) if not each.endswith(".example")] == []


def test_invented_numbers_cannot_exist(haiphong: Site) -> None:
    numbers = [haiphong.contact.hotline, *(each.phone for each in haiphong.agencies)]

    assert all(re.fullmatch(r"0225 000 [0-9]{4}", each) for each in numbers)
    assert len(set(numbers)) == len(numbers)


# Agencies.


def test_the_city_has_114_units_of_three_kinds(haiphong: Site) -> None:
    kinds = Counter(each.kind for each in haiphong.agencies if each.place)

    assert kinds == {
        AgencyKind.WARD: 45,
        AgencyKind.COMMUNE: 67,
        AgencyKind.SPECIAL_ZONE: 2,
    }


@pytest.mark.parametrize(
    ("code", "name", "place"),
    [
        ("000.01.42.H24", "Đặc khu Cát Hải", "11914"),
        ("000.02.42.H24", "Đặc khu Bạch Long Vĩ", "11948"),
        ("000.67.41.H24", "Xã Nguyễn Bỉnh Khiêm", "11911"),
    ],
)
def test_units_have_the_codes_of_the_rule(haiphong: Site, code: str, name: str, place: str) -> None:
    agency = haiphong.agency(code)

    assert (agency.name, agency.certainty) == (name, Certainty.OURS)
    assert agency.place == place


def test_the_only_code_of_a_department_that_was_seen_is_marked_so(haiphong: Site) -> None:
    seen = [each for each in haiphong.agencies if each.certainty is Certainty.SEEN]

    assert [(each.code, each.name) for each in seen] == [
        ("000.00.14.H24", "Sở Thông tin và Truyền thông")
    ]


def test_everything_offered_has_a_counter(haiphong: Site) -> None:
    orphans = [
        each.code
        for each in haiphong.procedures
        if each.is_offered and not haiphong.executors_of(each)
    ]

    assert orphans == []


def test_a_child_born_abroad_is_sent_to_the_department_of_justice(haiphong: Site) -> None:
    hints = haiphong.hints_for("nhập hộ tịch cho con sinh ở nước ngoài")

    assert [each.key for each in hints] == ["sinh-o-nuoc-ngoai"]
    assert haiphong.agency(str(hints[0].agency)).name == "Sở Tư pháp"


@pytest.mark.parametrize("phrase", ["căn cước công dân", "lam can cuoc", "đổi CMND", "CCCD"])
def test_a_search_for_the_identity_card_names_the_police(haiphong: Site, phrase: str) -> None:
    hints = haiphong.hints_for(phrase)

    assert hints[0].key == "can-cuoc"
    assert hints[0].agency is None
    assert "công an" in hints[0].text


# Calendar: days that were announced.


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2020-01-22", True),
        ("2020-01-23", False),
        ("2020-01-29", False),
        ("2020-01-30", True),
        ("2020-04-02", False),
        ("2021-02-10", False),
        ("2021-04-21", False),
        ("2021-09-03", False),
        ("2022-01-31", False),
        ("2022-02-04", False),
        ("2022-04-11", False),
        ("2022-09-01", False),
        ("2023-01-26", False),
        ("2023-05-02", False),
        ("2023-09-04", False),
        ("2024-02-14", False),
        ("2024-04-18", False),
        ("2024-04-29", False),
        ("2024-05-04", True),
        ("2024-09-03", False),
        ("2025-01-27", False),
        ("2025-04-07", False),
        ("2025-04-26", True),
        ("2025-05-02", False),
        ("2025-09-01", False),
        ("2026-02-16", False),
        ("2026-02-20", False),
        ("2026-04-27", False),
        ("2026-08-22", True),
        ("2026-08-31", False),
        ("2026-11-24", False),
        ("2026-11-25", True),
    ],
)
def test_days_off_are_those_announced(haiphong: Site, day: str, *, works: bool) -> None:
    assert haiphong.calendar.is_working_day(date.fromisoformat(day)) is works


@pytest.mark.parametrize("year", range(2020, 2036))
def test_every_year_has_its_fixed_holidays(haiphong: Site, year: int) -> None:
    fixed = [date(year, 1, 1), date(year, 4, 30), date(year, 5, 1), date(year, 9, 2)]

    assert not any(haiphong.calendar.is_working_day(each) for each in fixed)
    off = [each for each in haiphong.calendar.days_off if each.year == year]
    assert 8 <= len(off) <= 14


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2020-01-22 09:00", "2020-02-05 09:00"),
        ("2020-07-22 09:00", "2020-07-29 09:00"),
        ("2026-08-28 10:00", "2026-09-09 10:00"),
    ],
)
def test_five_working_days_over_real_holidays(haiphong: Site, received: str, due: str) -> None:
    term = Term(5, TermUnit.WORKING_DAYS)

    assert due_at(at(received), term, haiphong.calendar) == at(due)
