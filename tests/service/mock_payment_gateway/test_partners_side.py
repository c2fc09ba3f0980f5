"""INIT and QUERY as a partner meets them."""

import json
from datetime import timedelta

import pytest

from mock_payment_gateway.domain.bank import BankState
from mock_payment_gateway.domain.errors import (
    MalformedMessage,
    NoSuchPartner,
    NoSuchTransaction,
    PlatformRefused,
    ReferenceExists,
    WrongSignature,
)
from mock_payment_gateway.domain.platform import Init, Query
from tests.builders.gateway import SECRET, a_partner, a_query, an_init, pipe_hash
from tests.service.mock_payment_gateway.rig import Rig


def test_an_init_opens_an_order_that_expires_in_fifteen_minutes(rig: Rig) -> None:
    payment = rig.payment(rig.init())

    assert (payment.state, payment.amount) == ("created", 150_000)
    assert payment.platform_id == "PP26112300000001"
    assert payment.expires_at == rig.clock.now() + timedelta(minutes=15)
    assert rig.agenda() == [("PP26112300000001", "2026-11-23T09:15:00.000000+07:00")]
    assert json.loads(payment.receipt)["MaDichVu"] == "2"


def test_orders_are_numbered_without_gaps_whatever_is_refused(rig: Rig) -> None:
    tokens = [rig.init("a")]
    with pytest.raises(ReferenceExists):
        rig.init("a")
    tokens.append(rig.init("b"))

    assert [rig.payment(token).platform_id[-2:] for token in tokens] == ["01", "02"]
    assert len(set(tokens)) == 2


@pytest.mark.parametrize("changes", [{}, {"SoTien": "1"}], ids=["the same again", "another amount"])
def test_a_reference_is_used_once(rig: Rig, changes: dict[str, str]) -> None:
    rig.init()

    with pytest.raises(ReferenceExists) as refused:
        rig.service.init(Init.read(an_init(**changes)))

    assert refused.value.answer == "03"


def test_two_partners_may_use_the_same_reference(rig: Rig) -> None:
    rig.service.register([a_partner("OTHER")])
    rig.init()

    rig.service.init(Init.read(an_init(MaDoiTac="OTHER")))


def test_registering_again_replaces_the_secret(rig: Rig) -> None:
    rig.service.register([a_partner(secret="NEW")])

    with pytest.raises(WrongSignature):
        rig.service.init(Init.read(an_init()))
    rig.service.init(Init.read(an_init(secret="NEW")))


@pytest.mark.parametrize(
    ("body", "kind", "code"),
    [
        pytest.param(an_init(MaDoiTac="NOBODY"), NoSuchPartner, "09", id="partner"),
        pytest.param(an_init(secret="OTHER"), WrongSignature, "07", id="signature"),
    ],
)
def test_a_refused_init_leaves_nothing(
    rig: Rig, body: dict[str, object], kind: type[PlatformRefused], code: str
) -> None:
    with pytest.raises(kind) as refused:
        rig.service.init(Init.read(body))

    assert refused.value.answer == code
    assert rig.service.ledger() == []
    assert rig.agenda() == []


def test_receipt_data_nested_without_end_is_a_wrong_format(rig: Rig) -> None:
    endless: dict[str, object] = {}
    for _ in range(100_000):
        endless = {"a": endless}
    message = Init.read(an_init(ThongTinBienLai=endless))

    with pytest.raises(MalformedMessage):
        rig.service.init(message)


def test_a_query_of_an_open_order_says_pending(rig: Rig) -> None:
    rig.init()

    answer = rig.service.query(Query.read(a_query()))

    signature = answer.pop("MaXacThuc")
    assert (answer["MaLoi"], answer["TrangThaiGD"], answer["SoTien"]) == ("00", 3, 150_000)
    assert signature == pipe_hash(*answer.values(), secret=SECRET)


@pytest.mark.parametrize(
    ("state", "status"),
    [(BankState.PAID, 1), (BankState.FAILED, 4), (BankState.CANCELLED, 4), (BankState.EXPIRED, 4)],
)
def test_a_query_tells_the_outcome_even_if_the_confirm_never_arrived(
    rig: Rig, state: BankState, status: int
) -> None:
    _, request_id = rig.at_bank()
    rig.says(request_id, state)
    rig.service.ask_bank(request_id)
    rig.clock.advance(timedelta(days=3))

    answer = rig.service.query(Query.read(a_query()))

    assert (answer["MaLoi"], answer["TrangThaiGD"]) == ("00", status)
    assert answer["MaNganHang"] == "SAOBIEN"


@pytest.mark.parametrize(
    ("body", "kind", "code"),
    [
        pytest.param(a_query(MaDoiTac="NOBODY"), NoSuchPartner, "09", id="partner"),
        pytest.param(a_query(secret="OTHER"), WrongSignature, "07", id="signature"),
        pytest.param(a_query(MaThamChieu="NONE"), NoSuchTransaction, "05", id="reference"),
        pytest.param(a_query(ThoiGianGD="20250101101011"), NoSuchTransaction, "05", id="time"),
    ],
)
def test_queries_that_find_nothing(
    rig: Rig, body: dict[str, object], kind: type[PlatformRefused], code: str
) -> None:
    rig.init()

    with pytest.raises(kind) as refused:
        rig.service.query(Query.read(body))

    assert refused.value.answer == code


def test_a_partner_cannot_see_anothers_order(rig: Rig) -> None:
    rig.service.register([a_partner("OTHER")])
    rig.init()

    with pytest.raises(NoSuchTransaction):
        rig.service.query(Query.read(a_query(MaDoiTac="OTHER")))
