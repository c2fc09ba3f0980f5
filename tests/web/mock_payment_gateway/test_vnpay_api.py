"""querydr and refund, as a merchant's server sees them."""

import hashlib
from datetime import timedelta
from urllib.parse import parse_qsl

import pytest

from tests.builders import vnpay as v
from tests.web.mock_payment_gateway.neighbours import Street
from tests.web.mock_payment_gateway.vnpay_rig import Shop


@pytest.fixture
def shop(street: Street) -> Shop:
    return Shop(street)


def test_querydr_of_a_paid_one_is_signed_with_a_promotion_left_empty(shop: Shop) -> None:
    shop.buy()

    answer = shop.query("Q1")

    order = (
        "ResponseId Command ResponseCode Message TmnCode TxnRef Amount BankCode PayDate"
        " TransactionNo TransactionType TransactionStatus OrderInfo PromotionCode PromotionAmount"
    )
    values = [answer.get(f"vnp_{name}", "") for name in order.split(" ")]
    assert answer["vnp_SecureHash"] == v.sha512("|".join(values))
    assert (answer["vnp_ResponseCode"], answer["vnp_TransactionStatus"]) == ("00", "00")
    assert answer["vnp_TransactionType"] == "01"


def test_querydr_of_an_open_one_is_01(shop: Shop) -> None:
    shop.open()

    assert shop.query("Q1")["vnp_TransactionStatus"] == "01"


@pytest.mark.parametrize(
    ("changes", "secret", "code"),
    [
        ({"TmnCode": "NOBODY"}, v.SECRET, "02"),
        ({"RequestId": ""}, v.SECRET, "03"),
        ({"TransactionDate": "20261123"}, v.SECRET, "03"),
        ({"TransactionDate": "20261123020000"}, v.SECRET, "91"),
        ({"TxnRef": "OTHER"}, v.SECRET, "91"),
        ({}, "wrong", "97"),
    ],
)
def test_a_refused_querydr(shop: Shop, changes: dict[str, str], secret: str, code: str) -> None:
    shop.buy()
    body = v.api_request(v.QUERYDR, secret, **({"TransactionDate": shop.created} | changes))

    answer = shop.api(body)

    assert answer["vnp_ResponseCode"] == code
    assert "vnp_SecureHash" not in answer


def test_a_request_id_is_good_once_a_day(shop: Shop) -> None:
    shop.buy()

    codes = [shop.query("SAME")["vnp_ResponseCode"] for _ in range(2)]

    assert codes == ["00", "94"]


def test_a_full_refund_is_processed_then_sent_and_then_it_is_over(shop: Shop) -> None:
    shop.buy()

    first = shop.refund("R1")
    at_once = shop.refund("R2")
    asked = {"TransactionNo": first["vnp_TransactionNo"]}
    processing = shop.query("Q1", **asked)
    shop.street.advance(timedelta(minutes=10))
    again = shop.refund("R3")

    assert (first["vnp_ResponseCode"], first["vnp_TransactionStatus"]) == ("00", "05")
    assert at_once["vnp_ResponseCode"] == "94"
    assert processing["vnp_ResponseCode"] == "00"
    assert again["vnp_ResponseCode"] == "95"
    assert [r["status"] for r in shop.ledger()["vnpay_refunds"]] == ["06"]


def test_partial_refunds_go_up_to_the_amount(shop: Shop) -> None:
    shop.buy()
    codes = []
    for number, amount in enumerate(("5000000", "9000000", "2000000", "1000000")):
        answer = shop.refund(f"R{number}", TransactionType="03", Amount=amount)
        codes.append(answer["vnp_ResponseCode"])
        shop.street.advance(timedelta(minutes=10))

    assert codes == ["00", "00", "95", "00"]
    assert shop.ledger()["vnpay_sales"][0]["returned"] == 150_000


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"Amount": "14000000"}, "95"),  # «full», but it is not
        ({"TransactionType": "03", "Amount": "15000100"}, "95"),
        ({"TransactionNo": "99999999"}, "91"),
        ({"TransactionType": "04"}, "03"),
        ({"OrderInfo": "SIM-REFUND-99"}, "99"),
    ],
)
def test_a_refused_refund(shop: Shop, changes: dict[str, str], code: str) -> None:
    shop.buy()

    assert shop.refund("R1", **changes)["vnp_ResponseCode"] == code
    assert shop.ledger()["vnpay_refunds"] == []


def test_what_was_not_paid_is_not_refunded(shop: Shop) -> None:
    shop.buy(v.POOR_CARD)

    assert shop.refund("R1")["vnp_ResponseCode"] == "95"


def test_the_quirk_of_the_real_sandbox(street: Street) -> None:
    shop = Shop(street, refunds=False)
    shop.buy()

    assert shop.refund("R1")["vnp_ResponseCode"] == "99"


def test_a_rejected_refund_gives_the_money_back_to_the_merchant(shop: Shop) -> None:
    shop.buy()
    shop.refund("R1", OrderInfo="Hoan SIM-REFUND-REJECT")
    shop.street.advance(timedelta(minutes=10))

    books = shop.ledger()
    assert [r["status"] for r in books["vnpay_refunds"]] == ["09"]
    assert books["vnpay_sales"][0]["returned"] == 0
    at_merchant = [p["amount"] for p in books["vnpay_postings"] if p["account"] == "merchant"]
    assert sum(at_merchant) == 150_000


@pytest.mark.parametrize("body", [{}, {"vnp_Command": 7}, {"vnp_Command": "refund"}])
def test_what_cannot_be_read_is_03(shop: Shop, body: dict[str, str]) -> None:
    assert shop.api(body)["vnp_ResponseCode"] == "03"


def old_querydr(shop: Shop, kind: str, secret: str = v.SECRET, **changes: str) -> dict[str, str]:
    fields = {
        "vnp_Command": "querydr",
        "vnp_TmnCode": v.TMN,
        "vnp_TxnRef": v.ORDER,
        "vnp_OrderInfo": "Truy van",
        "vnp_TransDate": shop.created,
        "vnp_CreateDate": shop.created,
        "vnp_IpAddr": "127.0.0.1",
    } | changes
    raw = v.old_query(fields, kind, secret)
    answer = shop.client.get(f"/merchant_webapi/merchant.html?{raw}")
    assert answer.status_code == 200
    return dict(parse_qsl(answer.text))


@pytest.mark.parametrize("kind", ["MD5", "SHA256"])
def test_an_old_querydr_is_answered_as_a_query_string(shop: Shop, kind: str) -> None:
    shop.buy()

    answer = old_querydr(shop, kind)

    assert (answer["vnp_ResponseCode"], answer["vnp_TransactionStatus"]) == ("00", "00")
    given = answer.pop("vnp_SecureHash")
    answer.pop("vnp_SecureHashType")
    data = "&".join(f"{name}={answer[name]}" for name in sorted(answer))
    assert given == hashlib.new(kind.lower(), f"{v.SECRET}{data}".encode()).hexdigest()


@pytest.mark.parametrize(
    ("changes", "secret", "code"),
    [
        ({"vnp_TmnCode": "NOBODY"}, v.SECRET, "02"),
        ({"vnp_Command": "refund"}, v.SECRET, "03"),
        ({"vnp_TransDate": "x"}, v.SECRET, "03"),
        ({"vnp_TxnRef": "OTHER"}, v.SECRET, "91"),
        ({}, "wrong", "97"),
    ],
)
def test_a_refused_old_querydr(shop: Shop, changes: dict[str, str], secret: str, code: str) -> None:
    shop.buy()

    assert old_querydr(shop, "MD5", secret, **changes)["vnp_ResponseCode"] == code
