"""The steps of a procedure, as the citizen is told them."""

from dataclasses import replace

import pytest

from mock_portal.domain.deadline import Term, TermUnit
from mock_portal.domain.procedure import (
    Channel,
    ChannelTerms,
    Elsewhere,
    Fee,
    Procedure,
    ServiceLevel,
)
from mock_portal.domain.sequence import sequence_of
from tests.builders.portal import a_component, a_procedure


def step(procedure: Procedure, title: str) -> str:
    return next(each.text for each in sequence_of(procedure) if each.title == title)


def test_the_steps_lead_from_the_papers_to_the_result() -> None:
    titles = [each.title for each in sequence_of(a_procedure(fee=8000))]

    assert titles == [
        "Chuẩn bị hồ sơ",
        "Nộp hồ sơ",
        "Tiếp nhận",
        "Giải quyết",
        "Nộp phí, lệ phí",
        "Nhận kết quả",
    ]


def test_a_procedure_that_costs_nothing_has_no_step_for_paying() -> None:
    assert "Nộp phí, lệ phí" not in [each.title for each in sequence_of(a_procedure(fee=0))]


def test_a_fee_that_is_not_known_yet_is_a_step_all_the_same() -> None:
    assert "Nộp phí, lệ phí" in [each.title for each in sequence_of(a_procedure(fee=None))]


def test_a_procedure_that_is_not_offered_has_no_steps_here() -> None:
    assert sequence_of(a_procedure(elsewhere=Elsewhere("Bộ", "Hãy hỏi bộ."))) == ()


@pytest.mark.parametrize(
    ("level", "channels", "text"),
    [
        pytest.param(
            ServiceLevel.FULL,
            tuple(Channel),
            "Nộp hồ sơ trực tuyến trên Cổng Dịch vụ công, qua dịch vụ bưu chính công ích hoặc "
            "trực tiếp tại bộ phận Một cửa.",
            id="all three",
        ),
        pytest.param(
            ServiceLevel.INFORMATION,
            (Channel.DIRECT,),
            "Nộp hồ sơ trực tiếp tại bộ phận Một cửa.",
            id="the counter",
        ),
        pytest.param(
            ServiceLevel.INFORMATION,
            (),
            "Nộp hồ sơ trực tiếp tại bộ phận Một cửa.",
            id="nothing known",
        ),
    ],
)
def test_only_ways_that_are_open_are_told(
    level: ServiceLevel, channels: tuple[Channel, ...], text: str
) -> None:
    procedure = a_procedure(service_level=level, channels=channels)

    assert step(procedure, "Nộp hồ sơ") == text


def test_papers_that_not_everybody_needs_are_told_apart() -> None:
    some = a_procedure(components=(a_component("01"), a_component("02", required=False)))

    assert "1 loại giấy tờ bắt buộc trong 2 loại" in step(some, "Chuẩn bị hồ sơ")
    assert "đủ 1 loại giấy tờ" in step(a_procedure(), "Chuẩn bị hồ sơ")


def test_a_procedure_without_papers_says_so() -> None:
    none = replace(a_procedure(), components=())

    assert "không quy định thành phần hồ sơ" in step(none, "Chuẩn bị hồ sơ")


def test_terms_that_differ_by_channel_are_both_told() -> None:
    slow = ChannelTerms(Term(7, TermUnit.WORKING_DAYS), Fee(0))
    procedure = a_procedure()
    procedure = replace(procedure, channels={**procedure.channels, Channel.POSTAL: slow})

    assert "5 ngày làm việc hoặc 7 ngày làm việc, tuỳ hình thức nộp" in step(
        procedure, "Giải quyết"
    )


@pytest.mark.parametrize(
    ("term", "text"),
    [
        pytest.param(Term(5, TermUnit.WORKING_DAYS), "5 ngày làm việc", id="a term"),
        pytest.param(None, "theo giấy hẹn", id="no term"),
    ],
)
def test_the_term_is_told(term: Term | None, text: str) -> None:
    assert text in step(a_procedure(term=term), "Giải quyết")
