"""Refusing a site pack that cannot be used, with file, place and what is wrong."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mock_portal.store.site import SitePackBroken, load_site
from tests.store.mock_portal.small_pack import (
    BIRTH,
    EDITION,
    HINT,
    SURE,
    UNITS,
    Change,
    birth,
    faults,
    put,
)

ONLINE = {"term": None, "fee": {"amount": 0}}
PAPER = {
    "key": "01",
    "name": "Tờ khai",
    "form": None,
    "originals": 1,
    "copies": 0,
    "required": True,
}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        pytest.param(
            lambda folder: (folder / "fields.toml").unlink(),
            "fields.toml: the file is missing",
            id="no file",
        ),
        pytest.param(
            put("calendar.toml", "2026-09-02", "2026-09-31"),
            "calendar.toml:4: Invalid date",
            id="not TOML",
        ),
        pytest.param(
            put("procedures.json", '"name"', '"name'), "procedures.json:4: ", id="not JSON"
        ),
        pytest.param(
            lambda folder: (folder / "procedures.json").write_text("{}"),
            "procedures.json: procedure: is {}, must be a list",
            id="not a list",
        ),
        pytest.param(
            lambda folder: (folder / "site.toml").write_bytes(b"\xff\xfe"),
            "site.toml: the file cannot be read",
            id="not UTF-8",
        ),
        pytest.param(
            put("site.toml", 'level1 = "H24"', 'level1 = "24"'),
            "site.toml: level1: «24» is not a level-1 unit code like H24",
            id="level-1 code",
        ),
        pytest.param(
            put("site.toml", 'key = "classic"', 'key = "modern"'),
            "site.toml:8: editions 1 > key: is 'modern', must be one of: classic, igate",
            id="unknown edition",
        ),
        pytest.param(
            put("site.toml", "hotline", "hotlin"),
            "site.toml: contact > hotline: is missing, must be a text without blanks around it",
            id="misspelt key",
        ),
        pytest.param(
            put("site.toml", "hotline", "hotlin"),
            "site.toml: contact > hotlin: the key is not known",
            id="unknown key",
        ),
        pytest.param(
            put("site.toml", '"17:00"', '"13:00"'),
            "site.toml: office > shifts: ['13:30', '13:00'] is not two times of day",
            id="a shift turned round",
        ),
        pytest.param(
            put("site.toml", '["07:00", "11:30"]', '["07:00", "14:30"]'),
            "site.toml: office > shifts: they overlap or stand out of order",
            id="shifts that overlap",
        ),
        pytest.param(
            put("site.toml", 'agency = "000.00.15.H24"', 'agency = "000.00.16.H24"'),
            "site.toml:22: hints: there is no agency 000.00.16.H24",
            id="a hint to nowhere",
        ),
        pytest.param(
            put("site.toml", 'phrases = ["sinh ở nước ngoài"]', "phrases = []"),
            "site.toml:22: hints 1 > phrases: there must be one at least",
            id="a hint without phrases",
        ),
        pytest.param(
            put("site.toml", '["sinh ở nước ngoài"]', '["sinh", "?!"]'),
            "site.toml:22: hints 1 > phrases: there must be one at least, and each must have words",
            id="a hint that would always show",
        ),
        pytest.param(
            put("site.toml", "[[hints]]", HINT + "\n[[hints]]"),
            "hints: the key «sinh-o-nuoc-ngoai» is used twice",
            id="a hint twice",
        ),
        pytest.param(
            put("site.toml", EDITION, ""),
            "site.toml: editions: there must be one at least",
            id="no edition",
        ),
        pytest.param(
            put("site.toml", EDITION, EDITION * 2),
            "site.toml: editions: «classic» is there twice",
            id="an edition twice",
        ),
        pytest.param(
            put("site.toml", '["13:30", "17:00"]', '"13:30 – 17:00"'),
            "site.toml: office > shifts: '13:30 – 17:00' is not two times of day",
            id="a shift that is not a pair",
        ),
        pytest.param(
            put("site.toml", 'shifts = [["07:00", "11:30"], ["13:30", "17:00"]]', "shifts = []"),
            "site.toml: office > shifts: there must be one at least",
            id="no shifts",
        ),
        pytest.param(
            put("units.toml", "]\n", UNITS.partition("\n")[2]),
            "agencies.toml: units: the place 10510 is used twice",
            id="a place twice",
        ),
        pytest.param(
            lambda folder: (folder / "procedures.json").write_text("[" * 100_000),
            "procedures.json: the lists are nested too deeply",
            id="a pit of brackets",
        ),
        pytest.param(
            lambda folder: (folder / "procedures.json").write_text('["2.000635"]'),
            "procedures.json: procedure 1: is '2.000635', must be a table",
            id="a record that is a text",
        ),
        pytest.param(
            put("agencies.toml", "000.00.21.H24", "000.00.15.H24"),
            "agencies.toml:2: agency: the code 000.00.15.H24 is used twice",
            id="an agency's code twice",
        ),
        pytest.param(
            put("agencies.toml", "000.00.21.H24", "H24.21"),
            "agencies.toml:11: agency 2 > code: «H24.21» is not a unit code",
            id="an agency's code in the newer form",
        ),
        pytest.param(
            put("units.toml", "000.01.40.H24", "000.01.40.H23"),
            "agencies.toml: agency: the code 000.01.40.H23 does not belong to H24",
            id="an agency of another province",
        ),
        pytest.param(
            put("agencies.toml", "active = false", 'active = "no"'),
            "agencies.toml:11: agency 2 > active: is 'no', must be true or false",
            id="not a truth value",
        ),
        pytest.param(
            put("units.toml", '"ward"', '"village"'),
            "units.toml:2: units 1 > kind: is 'village', must be one of: department, ward",
            id="unknown kind",
        ),
        pytest.param(
            put("fields.toml", 'department = "000.00.15.H24"', 'department = "000.01.40.H24"'),
            "fields.toml:2: field: 000.01.40.H24 is not a department",
            id="a ward as department",
        ),
        pytest.param(
            put("fields.toml", 'key = "can-cuoc"', 'key = "ho-tich"'),
            "fields.toml:2: field: the key «ho-tich» is used twice",
            id="a field twice",
        ),
        pytest.param(
            put("calendar.toml", "[2026-08-22]", "[2026-08-21]"),
            "calendar.toml: make_up_days: 2026-08-21 is not a Saturday or Sunday",
            id="a make-up day in the week",
        ),
        pytest.param(
            put("calendar.toml", "2026-09-01", "2030-09-01"),
            "calendar.toml: days: 2030-09-01 is not in the years 2026 to 2027",
            id="a day beyond the years",
        ),
        pytest.param(
            put("calendar.toml", "2026-09-01", "2026-09-02"),
            "calendar.toml: days_off: names a day twice",
            id="a day twice",
        ),
        pytest.param(
            put("calendar.toml", "2026-09-01", '"2026-09-01"'),
            "calendar.toml: days_off: must hold days",
            id="not a day",
        ),
        pytest.param(
            birth(code="1.14061"),
            "procedures.json:3: procedure 1 > code: «1.14061» is not a procedure code",
            id="procedure code",
        ),
        pytest.param(
            birth(code="1.014061"),
            "procedures.json:3: procedure: the code 1.014061 is used twice",
            id="a procedure twice",
        ),
        pytest.param(
            birth(field="thien-van"),
            "procedures.json:3: procedure 1 > field: «thien-van» is not in fields.toml",
            id="unknown field",
        ),
        pytest.param(
            birth(name=" Đăng ký khai sinh"),
            "procedures.json:3: procedure 1 > name: is ' Đăng ký khai sinh', must be a text",
            id="blanks around a name",
        ),
        pytest.param(
            birth(certainty="gone"),
            "procedures.json:3: procedure 1 > certainty: is missing, must be a table",
            id="no certainty",
        ),
        pytest.param(
            birth(certainty=SURE | {"fee": "certain"}),
            "procedures.json:3: procedure 1 > certainty > fee: is 'certain', must be one of",
            id="unknown certainty",
        ),
        pytest.param(
            birth(late_after="3 pm"),
            "procedures.json:3: procedure 1 > late_after: «3 pm» is not a time of day",
            id="not a time of day",
        ),
        pytest.param(
            birth(levels=["village"]),
            "procedures.json:3: procedure 1 > levels: is 'village', must be one of",
            id="unknown level",
        ),
        pytest.param(
            birth(levels=["district"]),
            "procedures.json:3: levels: no active agency of the pack executes it",
            id="nobody executes it",
        ),
        pytest.param(
            birth(service_level="information"),
            "procedures.json:3: service_level: «information» and the channels disagree",
            id="online at level 2",
        ),
        pytest.param(
            birth(channels={}),
            "procedures.json:3: procedure 1 > channels: there must be one at least",
            id="no channel",
        ),
        pytest.param(
            birth(channels={"online": ONLINE, "pigeon": ONLINE}),
            "procedures.json:3: procedure 1 > channels: «pigeon» is not one of",
            id="unknown channel",
        ),
        pytest.param(
            birth(channels={"online": ONLINE | {"fee": {}}}),
            "procedures.json:3: procedure 1 > channels > online > fee > amount: is missing",
            id="no amount at all",
        ),
        pytest.param(
            birth(channels={"online": ONLINE | {"fee": {"amount": 1.5}}}),
            "channels > online > fee > amount: is 1.5, must be a whole number from 0 on",
            id="half a đồng",
        ),
        pytest.param(
            birth(channels={"online": ONLINE | {"fee": {"amount": True}}}),
            "channels > online > fee > amount: is True, must be a whole number from 0 on",
            id="a truth value as amount",
        ),
        pytest.param(
            birth(channels={"online": ONLINE | {"term": {"amount": 0, "unit": "days"}}}),
            "channels > online > term > amount: a term of 0 days is not possible",
            id="a term of nothing",
        ),
        pytest.param(
            birth(components=[PAPER, PAPER]),
            "procedures.json:3: procedure 1 > components 2 > key: «01» is used twice",
            id="a component twice",
        ),
        pytest.param(
            birth(components=[PAPER | {"originals": 0}]),
            "components 1 > originals: there must be one paper at least",
            id="a component without paper",
        ),
        pytest.param(
            birth(notes=[1]), "procedure 1 > notes: must hold texts only", id="not a text"
        ),
        pytest.param(
            birth(elsewhere={"who": "Ai", "advice": "Đó.", "successor": "1.999999"}),
            "procedures.json:3: elsewhere: the successor 1.999999 is not in the pack",
            id="a successor nobody knows",
        ),
    ],
)
def test_a_fault_is_named_with_its_place(pack: Path, change: Change, fault: str) -> None:
    change(pack)

    found = faults(pack)

    assert any(fault in each for each in found), found


def test_all_faults_are_told_at_once(pack: Path) -> None:
    put("site.toml", 'level1 = "H24"', 'level1 = "24"')(pack)
    put("calendar.toml", "[2026-08-22]", "[2026-08-21]")(pack)
    birth(name="", code="1")(pack)

    files = {each.split(":", 1)[0] for each in faults(pack)}

    assert files == {"site.toml", "agencies.toml", "calendar.toml", "procedures.json"}


def test_files_that_cannot_be_read_hide_what_would_only_follow_from_them(pack: Path) -> None:
    (pack / "fields.toml").unlink()
    put("site.toml", "key", "[key")(pack)

    found = faults(pack)

    assert found[0].startswith("site.toml:1: ")
    assert found[1:] == ["fields.toml: the file is missing"]


def test_an_empty_folder_lacks_every_file_that_is_needed(tmp_path: Path) -> None:
    needed = ["site.toml", "agencies.toml", "fields.toml", "calendar.toml", "procedures.json"]

    assert faults(tmp_path) == [f"{name}: the file is missing" for name in needed]


def test_the_refusal_shows_the_first_faults_and_counts_them_all(pack: Path) -> None:
    birth(**dict.fromkeys((f"unknown_{number}" for number in range(40)), 1))(pack)

    with pytest.raises(SitePackBroken) as refused:
        load_site(pack)

    assert refused.value.facts == {"pack": pack.name, "faults": "40"}
    assert len(refused.value.faults) == 40
    assert str(refused.value).count("the key is not known") == 20
    assert str(refused.value).endswith("… and 20 more")


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(key=st.sampled_from(sorted(BIRTH)), value=ANY_JSON)
def test_whatever_stands_in_a_record_is_read_or_refused(
    pack: Path, key: str, value: object
) -> None:
    birth(**{key: value})(pack)

    try:
        load_site(pack)
    except SitePackBroken as refused:
        assert refused.faults  # noqa: PT017 -- a pack that happens to be right is right too
