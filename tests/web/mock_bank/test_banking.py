"""Internet banking and the interface for transfers: doors, statement, VietQR, one key."""

import re

import pytest
from werkzeug.test import TestResponse

from mock_bank.control import FIRST_PASSWORD, FIRST_PIN
from mock_bank.domain.vietqr import decode
from simkit.core.cast import CAST
from tests.web.mock_bank.conftest import Counter

AN, BINH = CAST[0], CAST[1]
HOME = "/ngan-hang/BIDV"


def sign_in(counter: Counter, password: str = FIRST_PASSWORD, user: str = AN.phone) -> TestResponse:
    page = counter.get(HOME)
    token = re.search(r'name="captcha_token" value="([^"]+)"', page.text)
    assert token is not None
    answer = counter.json(f"/_sim/captcha/{token[1]}")["answer"]
    form = {"user": user, "password": password, "captcha": answer, "captcha_token": token[1]}
    return counter.post(HOME, data=form)


def account(counter: Counter, name: str, front: str) -> str:
    return next(
        str(a["number"])
        for a in counter.json("/_sim/ledger")["accounts"]
        if a["owner"] == name and a["number"].startswith(front)
    )


def send(counter: Counter, key: str = "key-1", **changes: object) -> TestResponse:
    """Send money over the interface as the first of the cast."""
    body = {"bank": "BIDV", "to": account(counter, BINH.full_name, "436"), "amount": 50_000}
    return counter.post(
        "/api/v1/transfers",
        json={**body, "content": "Trả tiền", **changes},
        headers={"Idempotency-Key": key},
        auth=(AN.phone, FIRST_PASSWORD),
    )


def test_a_customer_signs_in_sees_the_balance_and_leaves(counter: Counter) -> None:
    entered = sign_in(counter)
    page = counter.get(f"{HOME}/tai-khoan").text

    assert (entered.status_code, entered.location) == (303, f"{counter.prefix}{HOME}/tai-khoan")
    for landmark in ("Sao kê tài khoản", AN.full_name, "20.000.000\u00a0₫", "Điều chỉnh số dư"):
        assert landmark in page
    counter.post(f"{HOME}/thoat")
    assert counter.get(f"{HOME}/tai-khoan").location == f"{counter.prefix}{HOME}"


@pytest.mark.parametrize("page", ["tai-khoan", "chuyen-tien", "ma-qr", "chuyen-tien/key-1"])
def test_nobody_sees_anything_before_signing_in_at_this_very_bank(
    counter: Counter, page: str
) -> None:
    sign_in(counter)

    assert counter.get(f"/ngan-hang/MBBANK/{page}").location == (
        f"{counter.prefix}/ngan-hang/MBBANK"
    )
    assert counter.get(f"/ngan-hang/NGAN-HANG-LA/{page}").status_code == 404


def test_a_wrong_password_is_counted_at_this_door_and_at_the_payments_door(
    counter: Counter,
) -> None:
    said = [sign_in(counter, "wrong") for _ in range(3)]

    assert [answer.status_code for answer in said] == [422] * 3
    assert "Quý khách còn 2 lần nhập" in said[0].text
    assert "Đăng nhập đang tạm khóa" in said[2].text
    assert counter.post(HOME, data={}).status_code == 400


def test_the_wallet_has_a_door_of_its_own(counter: Counter) -> None:
    entered = counter.post("/ngan-hang/VNPTPAY", data={"user": AN.phone, "password": FIRST_PIN})

    assert entered.status_code == 303


def test_a_code_is_scanned_the_form_filled_and_the_order_paid(counter: Counter) -> None:
    path = counter.order()
    code = counter.json("/api/v1/payments/req-1/qr")
    assert code["qr"] in counter.get(f"{path}/ma-qr").text
    assert decode(code["qr"]).amount == 150_000
    sign_in(counter)

    form = counter.get(f"{HOME}/chuyen-tien", query_string={"qr": code["qr"]}).text
    key = re.search(r'name="key" value="([^"]+)"', form)
    assert key is not None
    assert f'value="{code["account"]}"' in form
    filled = {"key": key[1], "to": code["account"], "amount": "150.000", "content": "PP0001"}
    sent = [counter.post(f"{HOME}/chuyen-tien", data=filled) for _ in range(2)]

    assert [answer.status_code for answer in sent] == [303, 303]
    assert sent[0].location is not None
    assert "Chuyển tiền thành công" in counter.get(sent[0].location).text
    assert counter.state() == ("paid", "00")
    assert counter.get(f"{path}/ma-qr").status_code == 303
    assert "Chuyển tiền" in counter.get(f"{HOME}/tai-khoan").text


def test_too_little_is_said_and_given_back_on_the_clock(counter: Counter) -> None:
    counter.order()
    sign_in(counter)
    to = counter.json("/api/v1/payments/req-1/qr")["account"]
    filled = {"key": "key-1", "to": to, "amount": "100000", "content": "PP0001"}
    sent = counter.post(f"{HOME}/chuyen-tien", data=filled)
    assert sent.location is not None
    assert "không khớp với khoản phải thu" in counter.get(sent.location).text

    counter.later(hours=1)
    counter.post("/_sim/pump")

    assert "Đã hoàn trả phần không khớp" in counter.get(sent.location).text
    assert "20.000.000\u00a0₫" in counter.get(f"{HOME}/tai-khoan").text
    [listed] = counter.json("/_sim/ledger")["transfers"]
    assert (listed["state"], listed["to_return"]) == ("returned", 100_000)


@pytest.mark.parametrize(
    ("changes", "status", "field_"),
    [
        pytest.param({"to": "abc"}, 400, "to", id="no account number"),
        pytest.param({"to": "4360000000009"}, 404, "to", id="nobody's account"),
        pytest.param({"amount": "0"}, 400, "amount", id="nothing"),
        pytest.param({"amount": "1e5"}, 400, "amount", id="no number"),
        pytest.param({"content": ""}, 400, "content", id="no content"),
    ],
)
def test_a_form_that_cannot_be_sent_says_why_at_the_field(
    counter: Counter, changes: dict[str, str], status: int, field_: str
) -> None:
    sign_in(counter)
    to = account(counter, BINH.full_name, "436")
    filled = {"key": "key-1", "to": to, "amount": "1000", "content": "x"} | changes

    answer = counter.post(f"{HOME}/chuyen-tien", data=filled)

    assert answer.status_code == status
    assert f'id="f-{field_}-error"' in answer.text


def test_a_refused_transfer_says_why(counter: Counter) -> None:
    sign_in(counter)
    to = account(counter, BINH.full_name, "436")
    filled = {"key": "key-1", "to": to, "amount": "20000001", "content": "x"}

    sent = counter.post(f"{HOME}/chuyen-tien", data=filled, follow_redirects=True)

    assert "Số dư tài khoản không đủ" in sent.text


def test_a_code_that_is_none_is_refused_at_its_field(counter: Counter) -> None:
    sign_in(counter)

    answer = counter.get(f"{HOME}/chuyen-tien", query_string={"qr": "xin chào"})

    assert answer.status_code == 422
    assert 'id="f-qr-error"' in answer.text


def test_a_customers_own_code_is_static_and_leads_to_the_account(counter: Counter) -> None:
    sign_in(counter)
    text = re.search(r"<code>(000201[^<]+)</code>", counter.get(f"{HOME}/ma-qr").text)

    assert text is not None
    found = decode(text[1])
    assert (found.account, found.amount) == (account(counter, AN.full_name, "418"), None)


def test_the_interface_sends_once_per_key(counter: Counter) -> None:
    first, again, other = send(counter), send(counter), send(counter, amount=1)

    assert (first.status_code, again.status_code, other.status_code) == (201, 200, 409)
    assert first.json is not None
    assert (first.json["state"], again.json) == ("booked", first.json)
    asked = counter.get("/api/v1/transfers/key-1?bank=BIDV", auth=(AN.phone, FIRST_PASSWORD))
    assert asked.json == first.json


def test_the_interface_takes_a_code_and_what_stands_beside_it_goes_first(
    counter: Counter,
) -> None:
    counter.order()
    qr = counter.json("/api/v1/payments/req-1/qr")["qr"]
    body = {"bank": "BIDV", "qr": qr, "amount": 200_000}

    answer = counter.post(
        "/api/v1/transfers",
        json=body,
        headers={"Idempotency-Key": "key-1"},
        auth=(AN.phone, FIRST_PASSWORD),
    )

    assert answer.json is not None
    assert (answer.json["state"], answer.json["to_return"]) == ("booked", 50_000)
    assert counter.state() == ("paid", "00")


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        pytest.param({"to": "x"}, 400, "bad-input", id="no account number"),
        pytest.param({"amount": 0}, 400, "bad-input", id="nothing"),
        pytest.param({"qr": "x"}, 422, "bad-qr", id="no code"),
        pytest.param({"to": "4360000000009"}, 404, "unknown-account", id="nobody's account"),
        pytest.param({"bank": "X"}, 422, "unknown-bank", id="no bank"),
        pytest.param({"key": ""}, 400, "bad-input", id="no key"),
        pytest.param({"more": "x"}, 400, "bad-input", id="an unknown field"),
    ],
)
def test_the_interface_refuses_with_a_code(
    counter: Counter, changes: dict[str, object], status: int, code: str
) -> None:
    key = str(changes.pop("key", "key-1"))
    answer = send(counter, key, **changes)

    assert answer.json is not None
    assert (answer.status_code, answer.json["code"]) == (status, code)


@pytest.mark.parametrize(
    ("auth", "code"),
    [(None, "sign-in-needed"), ((AN.phone, "wrong"), "wrong-sign-in")],
    ids=["nobody", "a wrong password"],
)
def test_the_interface_asks_who_one_is(
    counter: Counter, auth: tuple[str, str] | None, code: str
) -> None:
    answer = counter.post(
        "/api/v1/transfers",
        json={"bank": "BIDV", "to": "4360000000009", "amount": 1, "content": "x"},
        headers={"Idempotency-Key": "key-1"},
        auth=auth,
    )

    assert answer.json is not None
    assert (answer.status_code, answer.json["code"]) == (
        401 if auth is None else 422,
        code,
    )
