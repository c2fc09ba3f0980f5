"""Who hears what, when, how often and how falsely: the order of events of a VNPAY payment."""

from datetime import timedelta
from urllib.parse import parse_qsl

import pytest

from tests.builders import vnpay as v
from tests.web.mock_payment_gateway.neighbours import Street
from tests.web.mock_payment_gateway.vnpay_rig import Shop, back


@pytest.fixture
def shop(street: Street) -> Shop:
    return Shop(street)


def card_and_otp(shop: Shop, **changes: str) -> tuple[str, str]:
    token = shop.open(**changes)
    shop.card(token)
    return token, shop.otp(token)["url"]


def test_refused_notices_come_ten_times_five_minutes_apart(shop: Shop) -> None:
    shop.listener.answers = [{"RspCode": "99", "Message": "busy"}] * 50
    shop.buy()
    shop.street.pump()
    assert shop.told() == "refused"

    for calls in range(2, 11):
        shop.street.advance(timedelta(minutes=4, seconds=59))
        assert len(shop.listener.heard) == calls - 1
        shop.street.advance(timedelta(seconds=1))
        assert len(shop.listener.heard) == calls
    shop.street.advance(timedelta(days=1))

    assert len(shop.listener.heard) == 10
    assert shop.told() == "given-up"


@pytest.mark.parametrize("code", ["00", "02"])
def test_these_answers_end_it(shop: Shop, code: str) -> None:
    shop.listener.answers = [{"RspCode": code, "Message": ""}]
    shop.buy()
    shop.street.advance(timedelta(hours=2))

    assert len(shop.listener.heard) == 1
    assert shop.told() == "told"


@pytest.mark.parametrize("code", ["01", "04", "97", "99", ""])
def test_these_answers_do_not(shop: Shop, code: str) -> None:
    shop.listener.answers = [{"RspCode": code, "Message": ""}]
    shop.buy()
    shop.street.advance(timedelta(minutes=5))

    assert len(shop.listener.heard) == 1
    shop.street.advance(timedelta(minutes=5))
    assert len(shop.listener.heard) == 2


def test_notice_first(shop: Shop) -> None:
    token, url = card_and_otp(shop, OrderInfo="Le phi SIM-IPN-BEFORE")
    assert "/paymentv2/Transaction/Result.html" in url
    waiting = shop.client.get(url, headers={"Accept": "text/html"})
    assert 'http-equiv="refresh"' in waiting.text

    shop.street.pump()

    assert len(shop.listener.heard) == 1
    gone = shop.client.get(f"/paymentv2/Transaction/Result.html?token={token}")
    assert back(gone.location)["vnp_ResponseCode"] == "00"


def test_return_first(shop: Shop) -> None:
    shop.buy(OrderInfo="Le phi SIM-IPN-AFTER")
    shop.street.pump()
    assert shop.listener.heard == []

    shop.street.advance(timedelta(seconds=5))
    assert len(shop.listener.heard) == 1


def test_return_never(shop: Shop) -> None:
    _, url = card_and_otp(shop, OrderInfo="Le phi SIM-RETURN-NEVER")
    shop.street.pump()

    page = shop.client.get(url)
    assert page.status_code == 200
    assert "partner.test" not in page.text
    assert len(shop.listener.heard) == 1


def test_notice_never_and_querydr_still_knows(shop: Shop) -> None:
    shop.buy(OrderInfo="Le phi SIM-IPN-NEVER")
    shop.street.advance(timedelta(days=2))

    assert shop.listener.heard == []
    assert shop.told() == "suppressed"
    assert shop.query("Q1")["vnp_TransactionStatus"] == "00"


def test_notices_doubled_and_late(shop: Shop) -> None:
    shop.buy(OrderInfo="SIM-IPN-TWICE SIM-IPN-LATE-1H")
    shop.street.advance(timedelta(minutes=59))
    assert shop.listener.heard == []

    shop.street.advance(timedelta(minutes=1))

    first, second = shop.listener.heard
    assert first == second


@pytest.mark.parametrize(
    ("tamper", "answer"),
    [
        ("signature", "97"),
        ("amount", "04"),
        ("forged-amount", "97"),
        ("merchant", "00"),  # this listener forgets to look at vnp_TmnCode
        ("order", "01"),
        ("outcome", "00"),
        ("old-format", "97"),
    ],
)
def test_a_false_notice_comes_first_and_once(shop: Shop, tamper: str, answer: str) -> None:
    shop.seed(courses=[{"partner": v.TMN, "reference": v.ORDER, "tamper": tamper}])
    fields = shop.buy()
    shop.street.advance(timedelta(hours=2))

    false, true = shop.listener.heard[0], shop.listener.heard[-1]
    judged = dict(parse_qsl(false))
    shop.listener.paid.clear()
    if "vnp_SecureHashType" not in judged:
        assert shop.listener.judge(false)["RspCode"] == answer
    assert false != true
    assert len(shop.listener.heard) == 2
    assert dict(parse_qsl(true)) | fields == dict(parse_qsl(true))


@pytest.mark.parametrize("key", [{"reference": v.ORDER}, {"partner": v.TMN}, {}])
def test_the_address_of_notices_is_set_per_order_merchant_or_world(
    street: Street, key: dict[str, str]
) -> None:
    shop = Shop(street, ipn_url="")
    shop.seed(courses=[key | {"notice_url": "http://shop.test/ipn"}])
    shop.buy()
    street.pump()

    assert len(shop.listener.heard) == 1


def test_notices_by_post(street: Street) -> None:
    shop = Shop(street, ipn_method="POST")
    shop.buy()
    street.pump()

    assert shop.told() == "told"


def test_a_merchant_without_a_listener_is_told_loudly(street: Street) -> None:
    shop = Shop(street, ipn_url="")
    token = shop.open()
    page = shop.client.get(f"/paymentv2/Transaction/PaymentMethod.html?token={token}")
    notes = shop.client.get("/_sim/journal").get_json()["entries"]
    shop.card(token)
    shop.otp(token)

    assert "chưa khai báo IPN URL" in page.text
    assert any("KHÔNG CÓ IPN URL" in note["note"] for note in notes)
    assert shop.told() == "no-listener"


def test_letters_that_clients_encode_differently_are_noted(shop: Shop) -> None:
    shop.open(OrderInfo="Le phi (A)")

    notes = shop.client.get("/_sim/journal").get_json()["entries"]
    assert any("not every client encodes" in note["note"] for note in notes)


@pytest.mark.parametrize(
    ("resolution", "code", "status"),
    [("paid", "00", "00"), ("failed", "99", "02"), ("reversed", "99", "04")],
)
def test_charged_but_unknown_is_resolved_on_the_clock(
    shop: Shop, resolution: str, code: str, status: str
) -> None:
    fields = shop.buy(OrderInfo=f"SIM-UNKNOWN-{resolution.upper()}")
    assert (fields["vnp_ResponseCode"], fields["vnp_TransactionStatus"]) == ("99", "04")
    assert shop.query("Q1")["vnp_TransactionStatus"] == "04"
    shop.street.advance(timedelta(minutes=29))
    assert shop.listener.heard == []

    shop.street.advance(timedelta(minutes=1))

    told = dict(parse_qsl(shop.listener.heard[0]))
    assert (told["vnp_ResponseCode"], told["vnp_TransactionStatus"]) == (code, status)
    assert shop.query("Q2")["vnp_TransactionStatus"] == status


def test_what_is_never_known_is_resolved_by_hand(shop: Shop) -> None:
    shop.buy(OrderInfo="SIM-UNKNOWN-NEVER")
    shop.street.advance(timedelta(days=3))
    assert shop.query("Q1")["vnp_TransactionStatus"] == "04"

    event = {"merchant": v.TMN, "reference": v.ORDER, "event": "resolve-paid"}
    done = shop.seed(events=[event])

    assert done == {"events": ["paid"]}
    shop.street.pump()
    assert shop.listener.paid == {v.ORDER}


@pytest.mark.parametrize(("event", "status"), [("accept", "00"), ("deny", "04")])
def test_a_suspect_payment_is_decided(shop: Shop, event: str, status: str) -> None:
    assert shop.buy(OrderInfo="SIM-07")["vnp_TransactionStatus"] == "07"

    shop.seed(events=[{"merchant": v.TMN, "reference": v.ORDER, "event": event}])

    assert shop.query("Q1")["vnp_TransactionStatus"] == status


def test_a_late_transfer_is_booked_and_told(shop: Shop) -> None:
    shop.open(BankCode="VNPAYQR")
    shop.street.advance(timedelta(minutes=20))

    shop.seed(events=[{"merchant": v.TMN, "reference": v.ORDER, "event": "pay-late"}])
    shop.street.pump()

    codes = [dict(parse_qsl(raw))["vnp_ResponseCode"] for raw in shop.listener.heard]
    assert codes == ["15", "00"]


@pytest.mark.parametrize(
    ("body", "fact"),
    [
        ({"courses": [{"notice": "sometimes"}]}, "courses[0].notice"),
        ({"courses": [{"copies": 0}]}, "courses[0].copies"),
        ({"courses": [{"late": True}]}, "courses[0].late"),
        ({"courses": [{"notice_url": "ftp://x"}]}, "courses[0].notice_url"),
        ({"courses": [{"speed": 1}]}, "courses[0].speed"),
        ({"courses": [{"partner": ""}]}, "courses[0].partner"),
        ({"events": [{"merchant": "X", "reference": "Y", "event": "approve"}]}, "events[0].event"),
        ({"merchants": [{"tmn_code": "?", "name": "", "secret": 1}]}, "merchants[0].tmn_code"),
        ({"merchants": [{"tmn_code": "A", "name": "B", "secret": "C", "strict": 1}]},
         "merchants[0].strict"),
    ],
)  # fmt: skip
def test_wrong_levers_are_refused(shop: Shop, body: dict[str, object], fact: str) -> None:
    answer = shop.client.post("/_sim/seed", json=body)

    assert answer.status_code == 400
    assert fact in answer.get_json()["facts"]
