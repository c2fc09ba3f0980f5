"""Reading a site pack."""

from datetime import date, time
from pathlib import Path

from mock_portal.domain.agency import AgencyKind, AgencyLevel, Certainty
from mock_portal.domain.deadline import Shift, Term, TermUnit
from mock_portal.domain.procedure import Channel, Fee, ServiceLevel
from mock_portal.store.site import load_site
from tests.store.mock_portal.small_pack import birth


def test_a_pack_becomes_a_site(pack: Path) -> None:
    site = load_site(pack)

    assert (site.key, site.level1, site.editions[0].key) == ("nho", "H24", "classic")
    assert site.contact.hotline == "0225 000 1022"
    assert site.calendar.shifts[0] == Shift(time(7), time(11, 30))
    assert site.calendar.days_off == {date(2026, 9, 1), date(2026, 9, 2)}
    assert site.calendar.make_up_days == {date(2026, 8, 22)}
    assert [each.kind for each in site.agencies] == [
        AgencyKind.DEPARTMENT,
        AgencyKind.FORMER_DISTRICT,
        AgencyKind.WARD,
    ]
    assert [each.active for each in site.agencies] == [True, False, True]
    assert site.agencies[2].certainty is Certainty.OURS
    assert site.hints[0].agency == "000.00.15.H24"


def test_a_procedure_arrives_whole(pack: Path) -> None:
    procedure = load_site(pack).procedure("1.001193")

    assert procedure.service_level is ServiceLevel.FULL
    assert procedure.levels == (AgencyLevel.COMMUNE,)
    assert procedure.former_levels == (AgencyLevel.DISTRICT,)
    assert procedure.department is None
    assert procedure.late_after == time(15)
    assert procedure.terms(Channel.ONLINE).term == Term(0, TermUnit.WORKING_DAYS)
    assert procedure.terms(Channel.ONLINE).fee == Fee(0)
    assert procedure.terms(Channel.DIRECT).term is None
    assert procedure.terms(Channel.DIRECT).fee == Fee(None, note="Do thành phố quy định.")
    assert procedure.components[0].form == "Mẫu số 01"
    assert procedure.certainty.fee is Certainty.SEEN
    assert procedure.is_offered


def test_a_procedure_that_others_handle_says_who(pack: Path) -> None:
    procedure = load_site(pack).procedure("1.014061")

    assert procedure.elsewhere is not None
    assert procedure.elsewhere.who == "Công an cấp xã"
    assert not procedure.is_offered


def test_the_department_of_a_procedure_is_that_of_its_field(pack: Path) -> None:
    birth(levels=["department", "commune"])(pack)

    site = load_site(pack)

    assert site.procedure("1.001193").department == "000.00.15.H24"
    executors = [each.code for each in site.executors_of(site.procedure("1.001193"))]
    assert executors == ["000.00.15.H24", "000.01.40.H24"]


def test_a_pack_may_have_no_units(pack: Path) -> None:
    (pack / "units.toml").unlink()
    birth(levels=["department"])(pack)

    assert len(load_site(pack).agencies) == 2
