"""The desk's steps, and results that go home by post."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mock_portal.domain.delivery import DeliveryState, PostReport, PostStatus
from mock_portal.domain.dossier import Dossier, DossierEvent, DossierState
from mock_portal.domain.errors import (
    DossierUnknown,
    OtherUnit,
    ParcelUnknown,
    ResultGoesByPost,
)
from mock_portal.domain.officer import OfficerRole
from simkit.core.clock import ICT
from simkit.core.errors import BadInput
from simkit.core.machine import IllegalMove
from simkit.core.messages import Receipt
from tests.builders.dossier_rig import OWNER, Rig
from tests.builders.dossiers import (
    A_MORNING,
    CULTURE,
    FREE,
    JUSTICE,
    PDF,
    WARD,
    a_filing,
    a_home_delivery,
    an_official,
)

E = DossierEvent


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    made = Rig(tmp_path)
    yield made
    made.close()


def a_report(
    dossier: Dossier, status: PostStatus = PostStatus.DELIVERED, key: str = "e-1"
) -> PostReport:
    return PostReport(key, dossier.code, "EA123456785VN", status, "", A_MORNING)


def test_reception_sets_the_day_on_which_the_result_is_due(rig: Rig) -> None:
    dossier = rig.carried_to(rig.sent(), E.RECEIVE)

    found = rig.dossiers.detail(OWNER, dossier.code).dossier
    assert found.state is DossierState.RECEIVED
    assert found.received_at == A_MORNING
    assert found.due_at == datetime(2026, 3, 9, 9, 0, tzinfo=ICT)
    assert rig.dossiers.public(dossier.code).due_at == "2026-03-09T09:00:00.000000+07:00"


def test_the_citizen_is_told_of_each_step_that_matters_once_by_each_way(rig: Rig) -> None:
    dossier = rig.approved()
    rig.carried_to(dossier, E.HAND_OUT)

    keys = [each.key for each in rig.messages("sms")]
    assert keys == [f"dossier:{dossier.code}:{seq}:sms" for seq in (1, 2, 4, 5)]
    assert [each.key.removesuffix("mail") for each in rig.messages("mail")] == [
        key.removesuffix("sms") for key in keys
    ]


def test_the_message_of_reception_says_when_the_result_is_due(rig: Rig) -> None:
    rig.carried_to(rig.sent(), E.RECEIVE)

    assert "09:00 ngày 09/03/2026" in str(rig.messages("sms")[-1].body["text"])


def test_a_refusal_tells_its_reason(rig: Rig) -> None:
    dossier = rig.carried_to(rig.sent(), E.REFUSE)

    assert dossier.state is DossierState.REFUSED
    assert "vì thiếu giấy tờ" in str(rig.messages("sms")[-1].body["text"])


def test_history_names_officer_and_time(rig: Rig) -> None:
    dossier = rig.sent()
    rig.clock.advance(timedelta(hours=1))
    rig.carried_to(dossier, E.RECEIVE)

    row = rig.dossiers.detail(OWNER, dossier.code).dossier.last
    assert (row.seq, row.event, row.who) == (2, E.RECEIVE, "Phạm Minh Đức")
    assert row.at == A_MORNING + timedelta(hours=1)


def test_a_step_that_is_refused_leaves_no_trace(rig: Rig) -> None:
    dossier = rig.sent()
    before = rig.dossiers.ledger(), rig.messages()

    with pytest.raises(IllegalMove):
        rig.carried_to(dossier, E.APPROVE)

    assert (rig.dossiers.ledger(), rig.messages()) == before


def test_an_officer_sees_the_dossiers_of_the_own_unit_only(rig: Rig) -> None:
    mine = rig.sent(a_filing(unit=JUSTICE))
    theirs = rig.sent(a_filing(unit=WARD))
    officer = an_official(unit=JUSTICE)

    assert [view.dossier.code for view in rig.desk.listing(officer)] == [mine.code]
    with pytest.raises(OtherUnit):
        rig.desk.detail(officer, theirs.code)
    with pytest.raises(OtherUnit):
        rig.desk.happen(theirs.code, E.RECEIVE, officer)
    with pytest.raises(OtherUnit):
        rig.desk.file(officer, theirs.code, theirs.attachments[0].ref)
    with pytest.raises(DossierUnknown):
        rig.desk.detail(officer, "000.00.15.H24-260302-0099")


def test_an_administrator_sees_every_unit(rig: Rig) -> None:
    rig.sent(a_filing(unit=JUSTICE))
    rig.sent(a_filing(unit=WARD))

    admin = an_official(OfficerRole.ADMIN, unit=None)
    assert len(rig.desk.listing(admin)) == 2
    assert rig.desk.listing(an_official(unit=CULTURE)) == []


def test_the_list_is_narrowed_by_state_and_day(rig: Rig) -> None:
    first = rig.sent()
    rig.clock.advance(timedelta(days=1))
    second = rig.carried_to(rig.sent(), E.RECEIVE)
    rig.dossiers.save(OWNER, a_filing())
    officer = an_official()

    def codes(**narrow: object) -> list[str]:
        return [v.dossier.code for v in rig.desk.listing(officer, **narrow)]  # type: ignore[arg-type]

    assert codes() == [second.code, first.code]
    assert codes(state=DossierState.RECEIVED) == [second.code]
    assert codes(day=A_MORNING.date()) == [first.code]
    assert codes(state=DossierState.RECEIVED, day=A_MORNING.date()) == []
    assert codes(limit=1) == [second.code]


def test_an_officer_of_the_unit_reads_the_files(rig: Rig) -> None:
    dossier = rig.sent()

    _, content = rig.desk.file(an_official(), dossier.code, dossier.attachments[0].ref)

    with content:
        assert content.read() == PDF


# -- home by post -----------------------------------------------------------------------------


def test_approval_of_a_result_that_goes_home_orders_its_delivery(rig: Rig) -> None:
    dossier = rig.approved(a_filing(delivery=a_home_delivery()))

    (order,) = rig.messages("post-order")
    assert (order.key, order.about) == (dossier.code, dossier.code)
    assert order.body == {
        "CustomerCode": "H24",
        "OrderNumber": dossier.code,
        "ItemKind": "KQ-TTHC",
        "CODAmount": 0,
        "SenderName": "Sở Tư pháp",
        "SenderAddress": "Số 1 Đường Thử",
        "SenderTel": "0225000000",
        "ReceiverName": "Trần Thu Lan",
        "ReceiverAddress": "12 Lê Lợi, Phường Thử",
        "ReceiverTel": "0912345678",
        "ReceiverProvince": "18",
        "ReceiverDistrict": "Phường Thử",
        "Description": f"Kết quả hồ sơ {dossier.code}",
    }
    delivery = rig.dossiers.detail(OWNER, dossier.code).delivery
    assert delivery is not None
    assert delivery.state is DeliveryState.ORDERED


def test_a_result_for_the_counter_orders_nothing(rig: Rig) -> None:
    dossier = rig.approved()

    assert rig.messages("post-order") == []
    assert rig.carried_to(dossier, E.HAND_OUT).state is DossierState.RETURNED


def test_the_counter_does_not_hand_out_what_goes_home(rig: Rig) -> None:
    with pytest.raises(ResultGoesByPost):
        rig.carried_to(rig.approved(a_filing(delivery=a_home_delivery())), E.HAND_OUT)


@pytest.mark.parametrize(
    ("receipt", "kept"),
    [
        (Receipt(accepted=True, answer={"ItemCode": "EA123456785VN"}), "EA123456785VN"),
        (Receipt(accepted=False, answer={"ItemCode": "EA123456785VN"}), ""),
        (Receipt(accepted=True, answer={"ItemCode": 5}), ""),
        (Receipt(accepted=True, answer={"ItemCode": "x" * 41}), ""),
        (Receipt(accepted=True), ""),
    ],
)
def test_the_item_code_comes_with_the_post_s_answer(rig: Rig, receipt: Receipt, kept: str) -> None:
    dossier = rig.approved(a_filing(delivery=a_home_delivery()))
    (order,) = rig.messages("post-order")

    rig.deliveries.order_answered(order, receipt)
    rig.deliveries.order_answered(replace(order, key="khong-co"), receipt)

    delivery = rig.dossiers.detail(OWNER, dossier.code).delivery
    assert delivery is not None
    assert delivery.item_code == kept


def test_the_citizen_sees_what_the_post_reports(rig: Rig) -> None:
    dossier = rig.approved(a_filing(delivery=a_home_delivery()))

    rig.deliveries.report(a_report(dossier, PostStatus.COLLECTED), "H24")

    view = rig.dossiers.detail(OWNER, dossier.code)
    assert view.delivery is not None
    assert (view.delivery.state, view.delivery.item_code) == (
        DeliveryState.COLLECTED,
        "EA123456785VN",
    )
    assert [each.status for each in view.reports] == [PostStatus.COLLECTED]
    assert view.dossier.state is DossierState.DONE


def test_delivery_to_the_door_returns_the_result(rig: Rig) -> None:
    dossier = rig.approved(a_filing(FREE, delivery=a_home_delivery()))

    rig.deliveries.report(a_report(dossier), "H24")

    found = rig.dossiers.detail(OWNER, dossier.code).dossier
    assert found.state is DossierState.RETURNED
    assert (found.last.event, found.last.who) == (E.DELIVER, "Bưu điện")
    assert rig.messages("sms")[-1].key == f"dossier:{dossier.code}:5:sms"


def test_the_same_report_again_changes_nothing(rig: Rig) -> None:
    dossier = rig.approved(a_filing(delivery=a_home_delivery()))
    rig.deliveries.report(a_report(dossier), "H24")
    before = rig.dossiers.ledger(), rig.messages()

    rig.deliveries.report(a_report(dossier), "H24")

    assert (rig.dossiers.ledger(), rig.messages()) == before


def test_the_same_news_under_another_key_is_kept_and_changes_nothing_else(rig: Rig) -> None:
    dossier = rig.approved(a_filing(delivery=a_home_delivery()))
    rig.deliveries.report(a_report(dossier), "H24")
    before, letters = rig.dossiers.ledger(), rig.messages()

    rig.deliveries.report(a_report(dossier, key="e-2"), "H24")

    after = rig.dossiers.ledger()
    assert [row["id"] for row in after.pop("reports")][-1] == "e-2"
    del before["reports"]
    assert (after, rig.messages()) == (before, letters)


def test_a_report_about_an_order_that_was_never_sent_is_refused(rig: Rig) -> None:
    with pytest.raises(ParcelUnknown):
        rig.deliveries.report(a_report(rig.sent()), "H24")


def test_a_report_for_another_customer_is_refused(rig: Rig) -> None:
    dossier = rig.approved(a_filing(delivery=a_home_delivery()))

    with pytest.raises(BadInput):
        rig.deliveries.report(a_report(dossier), "H49")


def test_the_ledger_has_one_legal_path_for_each_dossier(rig: Rig) -> None:
    dossier = rig.carried_to(rig.approved(), E.HAND_OUT)

    (row,) = rig.dossiers.ledger()["dossiers"]
    history = row["history"]
    assert isinstance(history, list)
    assert [(each["from"], each["event"], each["to"]) for each in history] == [
        ("draft", "submit", "new"),
        ("new", "receive", "received"),
        ("received", "start-processing", "in-process"),
        ("in-process", "approve", "done"),
        ("done", "hand-out", "returned"),
    ]
    assert (row["code"], row["unit"], row["day"], row["number"], row["state"]) == (
        dossier.code,
        JUSTICE,
        "2026-03-02",
        1,
        "returned",
    )
