"""Every deliberate difference from the real platform, one test each (see the house's README)."""

from datetime import timedelta

import pytest

from tests.builders.gateway import REFERENCE, a_query, an_init
from tests.web.mock_payment_gateway.neighbours import Street

INIT = "/payment-platform/1.0.6/init"


def test_the_same_init_again_is_refused_although_nobody_knows_whether_the_real_one_does(
    street: Street,
) -> None:
    street.json(INIT, an_init())

    assert street.json(INIT, an_init())["MaLoi"] == "03"


def test_an_order_lives_fifteen_minutes_as_on_another_gateways_page(street: Street) -> None:
    token = street.order()

    street.advance(timedelta(minutes=15))

    assert street.state(token) == "expired"


def test_the_browser_carries_the_reference_back_under_a_name_of_ours(street: Street) -> None:
    token = street.order()

    location = street.client.post(f"/thanh-toan/{token}/huy").location

    assert location == f"http://partner.test/back?MaThamChieu={REFERENCE}"


def test_the_retries_are_those_of_another_gateway(street: Street) -> None:
    street.listener.answer = (500, "")
    street.client.post(f"/thanh-toan/{street.order()}/huy")
    street.pump()

    for _ in range(12):
        street.advance(timedelta(minutes=5))

    assert len(street.listener.heard) == 10


def test_giving_up_and_expiry_are_told_with_a_confirm_too(street: Street) -> None:
    street.client.post(f"/thanh-toan/{street.order('given-up')}/huy")
    street.order("expired")
    street.advance(timedelta(minutes=15))

    told = {confirm["MaThamChieu"]: confirm["MaLoi"] for confirm in street.listener.heard}
    assert told == {"given-up": "01", "expired": "04"}


def test_money_that_comes_after_an_outcome_is_told_as_a_second_confirm(street: Street) -> None:
    _, request_id = street.at_bank()
    street.notice(street.bank.says(request_id, "expired"))
    street.notice(street.bank.says(request_id, "paid"))
    street.pump()

    assert [confirm["MaLoi"] for confirm in street.listener.heard] == ["04", "00"]


def test_a_query_with_another_time_than_the_inits_finds_nothing(street: Street) -> None:
    street.order()

    answer = street.json("/payment-platform/1.0.6/query", a_query(ThoiGianGD="20250101101011"))

    assert answer["MaLoi"] == "05"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"SoTien": 150000}, "both clients send text"),
        ({"MaThamChieu": "a|b"}, "a pipe would let two messages hash alike"),
    ],
)
def test_some_inits_are_refused_more_strictly(
    street: Street, changes: dict[str, object], why: str
) -> None:
    body = an_init() | changes

    assert street.json(INIT, body)["MaLoi"] == "02", why


def test_refusals_are_not_signed(street: Street) -> None:
    answer = street.json(INIT, an_init(secret="guess"))

    assert set(answer) == {"MaLoi", "MoTaLoi", "GiaiThich"}


def test_there_is_no_fee(street: Street) -> None:
    page = street.client.get(f"/thanh-toan/{street.order()}").text

    assert "0&nbsp;VND" in page
