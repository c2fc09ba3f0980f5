"""What the gateway does as the real platform does, as far as that is known.

The vectors were made with the secret «SECRET» by the hash rule on which two public merchant clients
agree byte for byte [S]; the merchant beside this file was written from the field tables alone.
"""

import json
from datetime import timedelta

import pytest

from mock_payment_gateway.domain.errors import MaLoi
from mock_payment_gateway.domain.platform import Report, sign
from tests.builders.gateway import SEA_BANK, a_query, an_init
from tests.contract.mock_payment_gateway.merchant import SECRET, Merchant, Order, sha256_of
from tests.web.mock_payment_gateway.neighbours import Street

INIT_VECTOR = (
    (
        "INIT|1.0.6|HPG01|dvcH24120250101101010|150000|PAY|1|1|vi-VN|VND|PAYMENT"
        "|THANH TOAN HO SO H24.1|20250101101010|10.0.0.1"
    ),
    "5c8d1f024e5f02ed943529a72f422bad6fb1e3fcfa591abcb5efbb6e2ed1685a",
)
CONFIRM_VECTOR = (
    (
        "CONFIRM|00|HPG01|dvcH24120250101101010|150000|VND|PP0001|VIETCOMBANK|20250101101510"
        "|THANH TOAN HO SO H24.1"
    ),
    "008fca31ac680ebfc17ab13fd446c51c28ee54297d4bbe23f910fa1166de168b",
)
QUERY_VECTOR = (
    "QUERY|1.0.6|HPG01|dvcH24120250101101010|20250101101010",
    "ff320eae9c565b003153a86fd307ae66e645d25aff9f8d5611394999550fbeb2",
)


@pytest.mark.parametrize(("text", "hexadecimal"), [INIT_VECTOR, CONFIRM_VECTOR, QUERY_VECTOR])
def test_the_hash_is_that_of_the_vectors(text: str, hexadecimal: str) -> None:
    assert sign(text.split("|"), "SECRET") == hexadecimal


def test_the_init_vector_is_accepted_on_the_wire(street: Street) -> None:
    body = an_init() | {"MaXacThuc": INIT_VECTOR[1]}

    assert street.json("/payment-platform/1.0.6/init", body)["MaLoi"] == "00"


def test_the_query_vector_is_accepted_on_the_wire(street: Street) -> None:
    street.order()
    body = a_query() | {"MaXacThuc": QUERY_VECTOR[1]}

    assert street.json("/payment-platform/1.0.6/query", body)["MaLoi"] == "00"


def test_the_confirm_vector_is_what_we_send() -> None:
    report = Report(
        code=MaLoi.OK,
        partner="HPG01",
        reference="dvcH24120250101101010",
        amount=150_000,
        platform_id="PP0001",
        bank="VIETCOMBANK",
        at="20250101101510",
        description="THANH TOAN HO SO H24.1",
    )

    message = report.confirm("SECRET")

    assert "|".join(map(str, message.values())) == "|".join(CONFIRM_VECTOR)


def _pay(street: Street, merchant: Merchant, order: Order, outcome: str = "paid") -> None:
    url = merchant.init(order)["UrlThanhToan"]
    path = url.removeprefix("http://gateway.test")
    street.client.post(path, data={"bank": SEA_BANK.code})
    request_id = list(street.bank.payments)[-1]
    street.notice(street.bank.says(request_id, outcome))
    street.pump()


def test_a_merchant_is_paid(street: Street, merchant: Merchant) -> None:
    order = Order("0001_9f3c", 5_000, "20261123090000")

    _pay(street, merchant, order)

    assert order.status == "thanh-cong"
    assert len(order.confirms) == 1
    assert street.outbox("confirm")[0]["state"] == "delivered"


@pytest.mark.parametrize("outcome", ["failed", "cancelled", "expired"])
def test_a_merchant_hears_of_a_failure(street: Street, merchant: Merchant, outcome: str) -> None:
    order = Order("0001_9f3c", 5_000, "20261123090000")

    _pay(street, merchant, order, outcome)

    assert order.status == "that-bai"


@pytest.mark.parametrize("style", ["careful", "camel case, no reference", "echoes the hash"])
def test_the_acknowledgements_of_real_clients_are_taken(
    street: Street, merchant: Merchant, style: str
) -> None:
    merchant.style = style
    order = Order("0001_9f3c", 5_000, "20261123090000")

    _pay(street, merchant, order)

    assert street.outbox("confirm")[0]["state"] == "delivered"


def test_raw_vietnamese_words_are_hashed_as_utf_8(merchant: Merchant) -> None:
    order = Order("0001_9f3c", 5_000, "20261123090000")

    answer = merchant.init(order, "Lệ phí hồ sơ H24.1 & «100 %», 2 + 2")

    assert answer["MaLoi"] == "00"


def test_a_twelve_hour_clock_is_no_reason_to_refuse(merchant: Merchant) -> None:
    afternoon = Order("dvc-1", 5_000, "20261123030000")  # it is three in the afternoon

    assert merchant.init(afternoon)["MaLoi"] == "00"
    assert merchant.query(afternoon)["TrangThaiGD"] == 3


@pytest.mark.parametrize(
    ("outcome", "status"), [("paid", 1), ("failed", 4), ("cancelled", 4), ("expired", 4)]
)
def test_polling_finds_the_outcome_up_to_three_days_later(
    street: Street, merchant: Merchant, outcome: str, status: int
) -> None:
    order = Order("0001_9f3c", 5_000, "20261123090000")
    _pay(street, merchant, order, outcome)
    street.advance(timedelta(days=3))

    answer = merchant.query(order)

    signature = answer.pop("MaXacThuc")
    assert (answer["MaLoi"], answer["TrangThaiGD"]) == ("00", status)
    assert signature == sha256_of([*map(str, answer.values()), SECRET])


def test_the_amount_is_text_on_the_way_in_and_a_number_on_the_way_out(
    street: Street, merchant: Merchant
) -> None:
    order = Order("0001_9f3c", 5_000, "20261123090000")
    _pay(street, merchant, order)

    query = json.loads(json.dumps(merchant.query(order)))

    assert type(order.confirms[0]["SoTien"]) is int
    assert type(query["SoTien"]) is int


def test_init_needs_no_return_address_and_no_login(merchant: Merchant) -> None:
    answer = merchant.init(Order("0001_9f3c", 5_000, "20261123090000"))

    assert answer["UrlThanhToan"].startswith("http://gateway.test/thanh-toan/")
