"""What can be asked for, by which channel, for how much, and of whom."""

from dataclasses import replace
from datetime import datetime, time

import pytest

from mock_portal.domain.agency import AgencyKind, AgencyLevel
from mock_portal.domain.deadline import Term, TermUnit
from mock_portal.domain.errors import ChannelNotOffered, FeeNotFixed
from mock_portal.domain.procedure import Channel, Elsewhere, Fee, ServiceLevel
from simkit.core.clock import ICT
from tests.builders.portal import WARD, a_component, a_procedure, a_site, an_agency

POLICE = Elsewhere("Công an cấp xã", "Hãy nộp trên Cổng dịch vụ công Bộ Công an.")
A_WARD = an_agency(WARD, "Phường Thành Đông", AgencyKind.WARD)


@pytest.mark.parametrize(
    ("level", "number", "label", "online"),
    [
        (ServiceLevel.INFORMATION, 2, "Cung cấp thông tin", False),
        (ServiceLevel.PARTIAL, 3, "Một phần", True),
        (ServiceLevel.FULL, 4, "Toàn trình", True),
    ],
)
def test_service_levels_have_a_number_a_word_and_a_consequence(
    level: ServiceLevel, number: int, label: str, *, online: bool
) -> None:
    assert (level.number, level.label, level.submittable_online) == (number, label, online)


@pytest.mark.parametrize(
    ("level", "elsewhere", "channels", "submittable"),
    [
        pytest.param(ServiceLevel.FULL, None, tuple(Channel), True, id="level 4"),
        pytest.param(ServiceLevel.PARTIAL, None, (Channel.ONLINE,), True, id="level 3"),
        pytest.param(ServiceLevel.INFORMATION, None, tuple(Channel), False, id="level 2"),
        pytest.param(ServiceLevel.FULL, POLICE, tuple(Channel), False, id="not this city's"),
        pytest.param(ServiceLevel.FULL, None, (Channel.DIRECT,), False, id="counter only"),
    ],
)
def test_only_what_the_city_takes_online_can_be_submitted(
    level: ServiceLevel,
    elsewhere: Elsewhere | None,
    channels: tuple[Channel, ...],
    *,
    submittable: bool,
) -> None:
    procedure = a_procedure(service_level=level, elsewhere=elsewhere, channels=channels)

    assert procedure.submittable_online is submittable


def test_a_fee_that_is_free_is_not_a_fee_that_is_unknown() -> None:
    free, unknown = Fee(0), Fee(None)

    assert free.is_known
    assert not unknown.is_known
    assert free != unknown


def test_an_unknown_fee_asks_for_nothing_when_filing_and_refuses_to_be_a_number() -> None:
    procedure = a_procedure(fee=None)

    assert procedure.terms(Channel.ONLINE).fee.at_submission == 0
    with pytest.raises(FeeNotFixed) as refused:
        procedure.fee_online()
    assert refused.value.facts == {"procedure": procedure.code}


@pytest.mark.parametrize("amount", [0, 8_000, 1_200_000])
def test_a_known_fee_is_asked_for_as_it_is(amount: int) -> None:
    procedure = a_procedure(fee=amount)

    assert procedure.fee_online() == amount
    assert procedure.terms(Channel.ONLINE).fee.at_submission == amount


def test_a_channel_that_is_not_offered_is_refused() -> None:
    procedure = a_procedure(channels=(Channel.DIRECT,))

    with pytest.raises(ChannelNotOffered) as refused:
        procedure.fee_online()

    assert refused.value.facts == {"procedure": procedure.code, "channel": "online"}


def test_required_components_are_those_without_which_nothing_goes() -> None:
    form, proxy = a_component(), a_component("02", "Văn bản ủy quyền", required=False)
    procedure = a_procedure(components=(form, proxy))

    assert procedure.required_components == (form,)
    assert procedure.component("02") is proxy
    assert procedure.component("99") is None


def test_a_department_executes_what_it_is_in_charge_of() -> None:
    procedure = a_procedure(level=AgencyLevel.DEPARTMENT)

    assert procedure.is_executed_by(an_agency())
    assert not procedure.is_executed_by(an_agency("000.00.14.H24", "Sở khác"))
    assert not procedure.is_executed_by(A_WARD)


@pytest.mark.parametrize("kind", [AgencyKind.WARD, AgencyKind.COMMUNE, AgencyKind.SPECIAL_ZONE])
def test_every_ward_commune_and_special_zone_executes_what_communes_do(kind: AgencyKind) -> None:
    procedure = a_procedure(level=AgencyLevel.COMMUNE)

    assert procedure.is_executed_by(an_agency("000.09.41.H24", "Một đơn vị", kind))
    assert not procedure.is_executed_by(an_agency())


def test_nobody_here_executes_what_is_done_elsewhere_or_was_dissolved() -> None:
    ward = A_WARD

    assert not a_procedure(level=AgencyLevel.COMMUNE, elsewhere=POLICE).is_executed_by(ward)
    assert not a_procedure(level=AgencyLevel.COMMUNE).is_executed_by(replace(ward, active=False))


def test_the_due_moment_is_that_of_the_channel() -> None:
    calendar = a_site().calendar
    received = datetime(2026, 3, 2, 9, 0, tzinfo=ICT)
    procedure = a_procedure(term=Term(5, TermUnit.WORKING_DAYS))

    assert procedure.due_at(received, Channel.ONLINE, calendar) == received.replace(day=9)


def test_what_comes_too_late_in_the_day_counts_from_the_next_one() -> None:
    calendar = a_site().calendar
    received = datetime(2026, 3, 2, 15, 30, tzinfo=ICT)
    procedure = replace(a_procedure(term=Term(0, TermUnit.WORKING_DAYS)), late_after=time(15))

    due = procedure.due_at(received, Channel.ONLINE, calendar)

    assert due == datetime(2026, 3, 3, 17, 0, tzinfo=ICT)


def test_a_procedure_without_a_term_is_never_due() -> None:
    received = datetime(2026, 3, 2, 9, 0, tzinfo=ICT)

    assert a_procedure(term=None).due_at(received, Channel.ONLINE, a_site().calendar) is None
