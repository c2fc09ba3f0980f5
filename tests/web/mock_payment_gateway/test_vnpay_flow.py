"""Paying through the VNPAY pages, as a browser and a merchant see it."""

from datetime import timedelta
from urllib.parse import parse_qsl

import pytest

from mock_payment_gateway.domain.card import CARDS
from mock_payment_gateway.domain.outcome import OUTCOMES, SUFFIXES
from tests.builders import vnpay as v
from tests.web.mock_payment_gateway.neighbours import Street
from tests.web.mock_payment_gateway.vnpay_rig import Shop, back


@pytest.fixture
def shop(street: Street) -> Shop:
    return Shop(street)


def test_a_payment_by_card_from_the_method_page_to_the_notice(shop: Shop) -> None:
    start = shop.pay()
    page = shop.client.get(start.location)
    assert 'name="paymethod"' in page.text
    assert 'id="EC_VIETCOMBANK"' in page.text
    token = dict(parse_qsl(start.location.partition("?")[2]))["token"]
    chosen = shop.client.post(start.location, data={"token": token, "paymethod": "NCB"})
    card_page = shop.client.get(chosen.location)
    assert 'id="card_number_mask"' in card_page.text
    assert 'placeholder="MM/YY"' in card_page.text
    otp_page = shop.client.get(shop.card(token).location)
    for hook in ('id="otpConfirm"', 'id="otpvalue"', 'name="otpvalue"', 'id="btnConfirm"'):
        assert hook in otp_page.text

    answer = shop.otp(token)
    shop.street.pump()

    assert answer["code"] == "00"
    fields = back(answer["url"])
    assert answer["url"].startswith("http://partner.test/back?hs=1&vnp_Amount=15000000&")
    assert fields["vnp_BankCode"] == "NCB"
    assert fields["vnp_BankTranNo"] == f"VNP{fields['vnp_TransactionNo']}"
    assert (fields["vnp_ResponseCode"], fields["vnp_TransactionStatus"]) == ("00", "00")
    assert shop.listener.heard == [answer["url"].partition("hs=1&")[2]]
    assert shop.told() == "told"


def test_the_session_names_the_payment_when_the_script_does_not(shop: Shop) -> None:
    shop.card(shop.open())

    answer = shop.client.post(
        "/paymentv2/Ncb/Transaction/AjaxConfirm.html", data={"otpvalue": "123456"}
    )

    assert answer.get_json()["code"] == "00"


def test_it_works_in_a_world_too(street: Street) -> None:
    street.client.post("/_sim/worlds", json={"name": "other"})
    merchant = {"tmn_code": v.TMN, "name": "X", "secret": v.SECRET}
    street.client.post("/w/other/_sim/seed", json={"merchants": [merchant]})

    raw = v.signed_query(v.pay_fields(ReturnUrl="http://x.test/w/other/back"))
    answer = street.client.get(f"/w/other/paymentv2/vpcpay.html?{raw}")

    assert answer.location.startswith("/w/other/paymentv2/Transaction/PaymentMethod.html?token=")
    assert street.client.get(answer.location).status_code == 200


@pytest.mark.parametrize("number", [card.number for card in CARDS.values() if card.domestic])
def test_every_domestic_card_ends_as_its_table_says(shop: Shop, number: str) -> None:
    found = CARDS[number]
    token = shop.open()
    answer = shop.card(token, found.number, cardHolder=found.holder, cardDate=found.date)
    url = answer.location if "Confirm" not in answer.location else shop.otp(token, found.otp)["url"]

    assert back(url)["vnp_ResponseCode"] == found.end.code


@pytest.mark.parametrize(("suffix", "name"), SUFFIXES.items())
def test_amount_and_text_ask_for_the_same_outcomes(shop: Shop, suffix: str, name: str) -> None:
    by_amount = shop.buy(Amount=f"{1_000_000 + int(suffix)}00", TxnRef="A")
    by_text = shop.buy(OrderInfo=f"Le phi SIM-{name.upper()}", TxnRef="T")

    assert by_amount["vnp_ResponseCode"] == by_text["vnp_ResponseCode"] == OUTCOMES[name].code
    assert by_amount["vnp_TransactionStatus"] == by_text["vnp_TransactionStatus"]


def test_the_control_room_asks_for_an_outcome(shop: Shop) -> None:
    shop.seed(courses=[{"partner": v.TMN, "reference": v.ORDER, "outcome": "65"}])

    assert shop.buy()["vnp_ResponseCode"] == "65"


@pytest.mark.parametrize(
    ("brand", "number", "asks"),
    [("VISA", "4456530000001005", False), ("JCB", "3337000000200004", True)],
)
def test_international_cards(shop: Shop, brand: str, number: str, *, asks: bool) -> None:
    token = shop.open(BankCode="INTCARD")
    answer = shop.client.post(
        "/paymentv2/International/Transaction/Index.html",
        data={"token": token, "cardNumber": number, "cardHolder": "X", "cardDate": "12/26"},
    )

    assert ("Confirm.html" in answer.location) is asks
    url = shop.otp(token)["url"] if asks else answer.location
    assert (back(url)["vnp_BankCode"], back(url)["vnp_CardType"]) == (brand, "CC")


def test_three_wrong_otps_end_it_with_13(shop: Shop) -> None:
    token = shop.open()
    shop.card(token)

    first, second, third = (shop.otp(token, "000000") for _ in range(3))

    assert first["code"] == second["code"] == "13"
    assert "url" not in first
    assert back(third["url"])["vnp_ResponseCode"] == "13"


def test_three_wrong_cards_end_it_with_10(shop: Shop) -> None:
    token = shop.open()

    pages = [shop.card(token, "9704000000000000") for _ in range(3)]

    assert [page.status_code for page in pages] == [422, 422, 303]
    assert back(pages[2].location)["vnp_ResponseCode"] == "10"


def test_cancelled_on_the_method_page(shop: Shop) -> None:
    token = shop.open()

    answer = shop.client.post(
        "/paymentv2/Transaction/Cancel.html",
        data={"token": token, "btnCancel": "confirm"},
        headers={"X-Requested-With": "XMLHttpRequest"},
    ).get_json()

    fields = back(answer["url"])
    assert fields["vnp_ResponseCode"] == "24"
    assert (fields["vnp_BankCode"], fields["vnp_CardType"]) == ("VNPAY", "QRCODE")
    assert (fields["vnp_TransactionNo"], fields["vnp_TransactionStatus"]) == ("0", "02")
    assert "vnp_BankTranNo" not in fields


def test_cancelled_after_the_card(shop: Shop) -> None:
    token = shop.open()
    shop.card(token)

    answer = shop.client.post(
        "/paymentv2/Ncb/Transaction/Cancel.html",
        data={"token": token, "btnCancel": "confirm"},
        headers={"Accept": "text/html"},
    )

    fields = back(answer.location)
    assert (fields["vnp_BankCode"], fields["vnp_CardType"]) == ("NCB", "ATM")
    assert (fields["vnp_ResponseCode"], fields["vnp_TransactionNo"]) == ("24", "0")


def test_a_quarter_of_an_hour_is_all_there_is(shop: Shop) -> None:
    token = shop.open()
    shop.street.advance(timedelta(minutes=15))

    page = shop.client.get(f"/paymentv2/Transaction/PaymentMethod.html?token={token}")

    assert page.location.startswith("/paymentv2/Payment/Error.html?code=15")
    assert "quá thời gian" in shop.client.get(page.location).text
    assert dict(parse_qsl(shop.listener.heard[0]))["vnp_ResponseCode"] == "15"


def test_an_expiry_in_the_past_ends_it_at_once(shop: Shop) -> None:
    late = shop.street.now() - timedelta(hours=7)

    answer = shop.pay(ExpireDate=f"{late:%Y%m%d%H%M%S}")

    assert answer.location.startswith("/paymentv2/Payment/Error.html?code=15")


def test_a_reference_is_good_once_a_day(shop: Shop) -> None:
    shop.open()

    again = shop.pay()

    assert again.status_code == 400
    assert "Giao dịch đã tồn tại" in again.text
    shop.street.advance(timedelta(days=1))
    assert shop.pay().status_code == 302


def test_the_qr_code_is_paid(shop: Shop) -> None:
    token = shop.open(BankCode="VNPAYQR")
    page = shop.client.get(f"/paymentv2/Transaction/Qr.html?token={token}")
    assert "A000000775" in page.text

    answer = shop.client.post("/paymentv2/Transaction/Qr.html", data={"token": token})

    assert back(answer.location)["vnp_CardType"] == "QRCODE"


def test_genqr_answers_with_the_codes_content(shop: Shop) -> None:
    answer = shop.pay(Command="genqr").get_json()

    assert (answer["code"], answer["message"]) == ("00", "Success")
    assert answer["qrcontent"].startswith("000201010212")


def test_the_bank_list(shop: Shop) -> None:
    answer = shop.client.post(
        "/qrpayauth/api/merchant/get_bank_list", data={"tmn_code": v.TMN}
    ).get_json()

    assert {"bank_code", "bank_name", "logo_link", "bank_type", "display_order"} == set(answer[0])
    assert "NCB" in {bank["bank_code"] for bank in answer}


def test_a_wrong_hash_is_explained_to_people_machines_and_journal(shop: Shop) -> None:
    raw = v.signed_query(v.pay_fields(), secret=f"{v.SECRET} ")

    page = shop.client.get(f"/paymentv2/vpcpay.html?{raw}", headers={"Accept": "text/html"})
    data = shop.client.get(
        f"/paymentv2/vpcpay.html?{raw}", headers={"Accept": "application/json"}
    ).get_json()
    notes = shop.client.get("/_sim/journal").get_json()["entries"]

    assert page.status_code == 400
    assert "Chuỗi chúng tôi đã băm" in page.text
    assert data["code"] == "70"
    assert data["facts"]["ours"].startswith("vnp_Amount=")
    assert any("vnp_SecureHash" in note["note"] for note in notes if note["direction"] == "note")
    assert shop.ledger()["vnpay_sales"] == []


@pytest.mark.parametrize(
    ("changes", "secret", "code"),
    [
        ({}, "wrong", "70"),
        ({"Amount": "1"}, v.SECRET, "03"),
        ({"ReturnUrl": "http://elsewhere.test/"}, v.SECRET, "71"),
    ],
)
def test_strict_merchants_get_the_real_silent_pages(
    street: Street, changes: dict[str, str], secret: str, code: str
) -> None:
    shop = Shop(street, strict=True, sites="partner.test")
    raw = v.signed_query(v.pay_fields(**changes), secret=secret)

    answer = shop.client.get(f"/paymentv2/vpcpay.html?{raw}", headers={"Accept": "text/html"})

    assert answer.location == f"/paymentv2/Payment/Error.html?code={code}"
    assert "băm" not in shop.client.get(answer.location).text


def test_an_unknown_website_is_72(shop: Shop) -> None:
    answer = shop.pay(TmnCode="NOBODY")

    assert answer.get_json()["code"] == "72"


@pytest.mark.parametrize("kind", ["MD5", "SHA256"])
def test_old_clients_are_answered_in_the_old_way(shop: Shop, kind: str) -> None:
    raw = v.old_query(v.pay_fields(CreateDate=shop.created), kind)
    start = shop.client.get(f"/paymentv2/vpcpay.html?{raw}")
    token = start.location.rpartition("=")[2]
    shop.card(token)

    url = shop.otp(token)["url"]

    fields = dict(parse_qsl(url.partition("?")[2]))
    assert fields["vnp_SecureHashType"] == kind
    assert len(fields["vnp_SecureHash"]) == (32 if kind == "MD5" else 64)
