"""Paying fees: whatever arrives in whatever order, a fee is settled once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from mock_portal.domain.errors import (
    DossierUnknown,
    FeeNotDue,
    OrderUnknown,
    PlatformRefused,
    ReceiptUnknown,
)
from mock_portal.domain.fee import FeeState, Order, OrderState
from mock_portal.domain.platform import CONFIRM_FIELDS, hash_of
from simkit.core.clock import ICT
from simkit.core.errors import NeighbourDown
from tests.builders.dossier_rig import OWNER, Rig
from tests.builders.dossiers import (
    FREE,
    PARTNER,
    PRICE,
    a_confirm,
    a_filing,
    a_query_answer,
)


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    made = Rig(tmp_path)
    yield made
    made.close()


def fee_of(rig: Rig, code: str) -> tuple[FeeState, str | None]:
    fee = rig.payments.page(OWNER, code).fee
    assert fee is not None
    return fee.state, fee.settled_by


def state_of(rig: Rig, order: Order) -> OrderState:
    orders = rig.payments.page(OWNER, order.dossier).orders
    return next(each.state for each in orders if each.reference == order.reference)


def test_paying_begins_with_an_order_that_the_platform_takes(rig: Rig) -> None:
    dossier = rig.sent()

    url = rig.payments.start(OWNER, dossier.code)

    (order,) = rig.payments.page(OWNER, dossier.code).orders
    assert url == order.pay_url == f"http://gateway.test/pay/{order.reference}"
    assert (order.state, order.amount) == (OrderState.OFFERED, PRICE)
    assert rig.platform.payees[0].unit_name == "Sở Tư pháp"


def test_each_attempt_has_its_own_reference(rig: Rig) -> None:
    dossier = rig.sent()

    first, second = rig.an_offered_order(dossier), rig.an_offered_order(dossier)

    assert first.reference != second.reference


def test_the_order_is_there_before_the_platform_is_asked(rig: Rig) -> None:
    dossier = rig.sent()
    rig.platform.down = True

    with pytest.raises(NeighbourDown):
        rig.payments.start(OWNER, dossier.code)

    (order,) = rig.payments.page(OWNER, dossier.code).orders
    assert order.state is OrderState.CREATED


def test_an_order_that_the_platform_refuses_can_be_tried_again(rig: Rig) -> None:
    dossier = rig.sent()
    rig.platform.refuses = "96"

    with pytest.raises(PlatformRefused) as refused:
        rig.payments.start(OWNER, dossier.code)
    rig.platform.refuses = "00"

    assert refused.value.facts["platform_code"] == "96"
    assert rig.payments.start(OWNER, dossier.code)
    states = [each.state for each in rig.payments.page(OWNER, dossier.code).orders]
    assert states == [OrderState.REJECTED, OrderState.OFFERED]


def test_a_notice_of_success_settles_the_fee_and_issues_a_receipt(rig: Rig) -> None:
    order = rig.an_offered_order(rig.sent())

    ack = rig.payments.confirm(a_confirm(order))

    assert (ack["MaLoi"], ack["MaThamChieu"]) == ("00", order.reference)
    assert fee_of(rig, order.dossier) == (FeeState.SETTLED, order.reference)
    receipt = rig.payments.page(OWNER, order.dossier).receipt
    assert receipt is not None
    assert (receipt.number, receipt.amount) == ("BL2026-0000001", PRICE)
    assert (receipt.reference, receipt.bank) == (order.reference, "SAOBIEN")
    assert [each.key for each in rig.messages()][-2:] == [
        "receipt:BL2026-0000001:sms",
        "receipt:BL2026-0000001:mail",
    ]


def test_the_same_notice_again_is_acknowledged_and_changes_nothing(rig: Rig) -> None:
    order = rig.an_offered_order(rig.sent())
    rig.payments.confirm(a_confirm(order))
    before = rig.dossiers.ledger()

    ack = rig.payments.confirm(a_confirm(order))

    after = rig.dossiers.ledger()
    assert ack["MaLoi"] == "02"
    assert [row["answer"] for row in after["notices"]] == ["00", "02"]
    assert before | {"notices": []} == after | {"notices": []}


REFUSED = [
    pytest.param({"hash": "0" * 64}, "97", id="forged"),
    pytest.param({"secret": "doan-mo"}, "97", id="another-secret"),
    pytest.param({"MaDoiTac": "H49"}, "97", id="another-partner"),
    pytest.param({"MaThamChieu": "khong-co"}, "01", id="unknown-order"),
    pytest.param({"SoTien": 1}, "99", id="another-amount"),
    pytest.param({"SoTien": "1.5"}, "99", id="no-amount"),
    pytest.param({"MaTienTe": "USD"}, "99", id="another-currency"),
    pytest.param({"LoaiBanTin": "QUERY"}, "97", id="another-kind"),
    pytest.param({"ThongTinGiaoDich": "a|b"}, "97", id="a-pipe-in-a-value"),
]


@pytest.mark.parametrize(("changed", "code"), REFUSED)
def test_a_notice_that_is_not_right_is_refused_and_settles_nothing(
    rig: Rig, changed: dict[str, object], code: str
) -> None:
    order = rig.an_offered_order(rig.sent())
    forged = changed.pop("hash", None) if "hash" in changed else None
    secret = str(changed.get("secret", PARTNER.secret))
    fields: dict[str, Any] = {n: v for n, v in changed.items() if n in CONFIRM_FIELDS}
    body = a_confirm(order, secret=secret, **fields)
    if forged:
        body["MaXacThuc"] = forged

    ack = rig.payments.confirm(body)

    assert ack["MaLoi"] == code
    assert fee_of(rig, order.dossier) == (FeeState.DUE, None)
    assert state_of(rig, order) is OrderState.OFFERED


def test_a_signed_answer_to_a_query_cannot_be_replayed_as_a_notice_of_success(rig: Rig) -> None:
    """Both are hashed as values joined by «|»: the state would hide in the last text."""
    order = rig.an_offered_order(rig.sent())
    answer = a_query_answer(order, 3)
    replay = {**answer, "ThongTinGiaoDich": f"{answer['ThongTinGiaoDich']}|3"}
    del replay["TrangThaiGD"]
    values = [str(replay[name]) for name in CONFIRM_FIELDS]
    assert hash_of(values, PARTNER.secret) == replay["MaXacThuc"]

    assert rig.payments.confirm(replay)["MaLoi"] == "97"
    assert fee_of(rig, order.dossier) == (FeeState.DUE, None)


@pytest.mark.parametrize("body", [{}, {"MaThamChieu": []}, {"SoTien": True}])
def test_a_notice_without_shape_is_answered_in_the_platform_s_own_shape(
    rig: Rig, body: dict[str, object]
) -> None:
    ack = rig.payments.confirm(body)

    assert ack["MaLoi"] in {"97", "99"}
    assert set(ack) == {
        "MaLoi",
        "MoTaLoi",
        "MaDoiTac",
        "MaThamChieu",
        "ThoiGianGD",
        "MaXacThuc",
    }


def test_a_notice_of_failure_settles_nothing_and_one_may_pay_again(rig: Rig) -> None:
    dossier = rig.sent()
    first = rig.an_offered_order(dossier)

    assert rig.payments.confirm(a_confirm(first, "24"))["MaLoi"] == "00"
    second = rig.an_offered_order(dossier)
    rig.payments.confirm(a_confirm(second))

    assert state_of(rig, first) is OrderState.FAILED
    assert fee_of(rig, dossier.code) == (FeeState.SETTLED, second.reference)


def test_a_failure_after_the_success_changes_nothing(rig: Rig) -> None:
    order = rig.an_offered_order(rig.sent())
    rig.payments.confirm(a_confirm(order))

    assert rig.payments.confirm(a_confirm(order, "24"))["MaLoi"] == "02"
    assert state_of(rig, order) is OrderState.PAID


def test_a_second_order_that_is_paid_too_is_surplus(rig: Rig) -> None:
    dossier = rig.sent()
    first, second = rig.an_offered_order(dossier), rig.an_offered_order(dossier)

    answers = [rig.payments.confirm(a_confirm(each))["MaLoi"] for each in (second, first, first)]

    assert answers == ["00", "00", "02"]
    assert fee_of(rig, dossier.code) == (FeeState.SETTLED, second.reference)
    assert state_of(rig, first) is OrderState.SURPLUS
    assert len(rig.dossiers.ledger()["receipts"]) == 1


def test_a_notice_that_overtakes_the_answer_to_init_counts(rig: Rig) -> None:
    dossier = rig.sent()
    tools = rig.payments.tools

    class Hasty:
        def init(self, order: Order, payee: object) -> object:
            rig.payments.confirm(a_confirm(order))
            return rig.platform.init(order, payee)  # type: ignore[arg-type]

    payments = type(rig.payments)(replace(tools, platform=Hasty()))  # type: ignore[arg-type]

    payments.start(OWNER, dossier.code)

    (order,) = rig.payments.page(OWNER, dossier.code).orders
    assert order.state is OrderState.PAID


def test_nothing_is_paid_twice(rig: Rig) -> None:
    order = rig.an_offered_order(rig.sent())
    rig.payments.confirm(a_confirm(order))

    with pytest.raises(FeeNotDue):
        rig.payments.start(OWNER, order.dossier)


def test_a_dossier_without_a_fee_has_no_payment_page(rig: Rig) -> None:
    dossier = rig.sent(a_filing(FREE))

    with pytest.raises(FeeNotDue):
        rig.payments.page(OWNER, dossier.code)
    with pytest.raises(FeeNotDue):
        rig.payments.start(OWNER, dossier.code)


def test_another_account_neither_sees_nor_pays(rig: Rig) -> None:
    order = rig.an_offered_order(rig.sent())
    rig.payments.confirm(a_confirm(order))

    with pytest.raises(DossierUnknown):
        rig.payments.page("acc-2", order.dossier)
    with pytest.raises(DossierUnknown):
        rig.payments.start("acc-2", order.dossier)
    with pytest.raises(ReceiptUnknown):
        rig.payments.receipt("acc-2", "BL2026-0000001")
    assert rig.payments.receipt(OWNER, "BL2026-0000001").receipt.payer == "Trần Thu Lan"


# -- coming back ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "state", "fee"),
    [
        (1, OrderState.PAID, FeeState.SETTLED),
        (3, OrderState.OFFERED, FeeState.DUE),
        (4, OrderState.FAILED, FeeState.DUE),
    ],
)
def test_without_a_notice_the_platform_is_asked(
    rig: Rig, told: int, state: OrderState, fee: FeeState
) -> None:
    order = rig.an_offered_order(rig.sent())
    rig.platform.state = told

    returned = rig.payments.returned(order.reference)

    assert (returned.order.state, returned.heard) == (state, True)
    assert fee_of(rig, order.dossier)[0] is fee


def test_after_the_notice_the_platform_is_not_asked(rig: Rig) -> None:
    order = rig.an_offered_order(rig.sent())
    rig.payments.confirm(a_confirm(order))

    assert rig.payments.returned(order.reference).order.state is OrderState.PAID
    assert rig.platform.queries == 0


def test_return_and_notice_together_settle_once(rig: Rig) -> None:
    order = rig.an_offered_order(rig.sent())
    rig.platform.state = 1

    rig.payments.returned(order.reference)
    ack = rig.payments.confirm(a_confirm(order))

    assert ack["MaLoi"] == "02"
    assert len(rig.dossiers.ledger()["receipts"]) == 1


def test_a_silent_platform_leaves_the_order_open(rig: Rig) -> None:
    order = rig.an_offered_order(rig.sent())
    rig.platform.down = True

    returned = rig.payments.returned(order.reference)

    assert (returned.order.state, returned.heard) == (OrderState.OFFERED, False)


def test_a_forged_answer_to_a_query_settles_nothing(rig: Rig) -> None:
    order = rig.an_offered_order(rig.sent())
    rig.platform.state = 1
    tools = replace(rig.payments.tools, partner=replace(PARTNER, secret="khac"))

    returned = type(rig.payments)(tools).returned(order.reference)

    assert (returned.order.state, returned.heard) == (OrderState.OFFERED, False)


def test_an_order_that_the_platform_never_heard_of_stays_open(rig: Rig) -> None:
    order = rig.an_offered_order(rig.sent())
    rig.platform.orders.clear()

    assert rig.payments.returned(order.reference).heard is False


def test_an_unknown_reference_is_refused(rig: Rig) -> None:
    with pytest.raises(OrderUnknown):
        rig.payments.returned("khong-co")


def test_receipts_are_numbered_without_gap_within_the_year(rig: Rig) -> None:
    for _ in range(2):
        rig.payments.confirm(a_confirm(rig.an_offered_order(rig.sent())))
    rig.clock.at = datetime(2027, 1, 4, 9, 0, tzinfo=ICT)
    rig.payments.confirm(a_confirm(rig.an_offered_order(rig.sent())))

    numbers = [row["number"] for row in rig.dossiers.ledger()["receipts"]]
    assert numbers == ["BL2026-0000001", "BL2026-0000002", "BL2027-0000001"]
