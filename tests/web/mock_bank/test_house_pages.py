"""What differs from house to house: kinds of one-time passwords, doors, the wallet's order page."""

import json
from datetime import timedelta

import pytest

from mock_bank.control import FIRST_PIN
from simkit.core.cast import CAST
from tests.web.mock_bank.conftest import Counter
from tests.web.mock_bank.test_pages import BACK, end


def test_a_code_is_sent_again_when_its_time_has_come(counter: Counter) -> None:
    path = counter.order()
    first = counter.to_the_code(path)

    soon = counter.post(f"{path}/gui-lai")
    counter.later(seconds=60)
    late = counter.post(f"{path}/gui-lai")

    assert soon.status_code == 422
    assert "sau 60 giây nữa" in soon.text
    assert end(late) == "xac-nhan"
    second = counter.codes()[-1]
    assert second != first
    counter.post(f"{path}/xac-nhan", data={"otp": second})
    assert counter.state() == ("paid", "00")


def test_a_locked_door_says_until_when(counter: Counter) -> None:
    path = counter.order()
    for _ in range(4):
        counter.sign_in(path, password="wrong")
    answer = counter.sign_in(path, password="wrong")

    until = (counter.now() + timedelta(minutes=30)).strftime("%H:%M:%S ngày %d/%m/%Y")
    assert answer.status_code == 422
    assert f"Hãy thử lại sau {until}" in answer.text


def test_a_bank_without_sms_waits_for_the_phone(counter: Counter) -> None:
    path = counter.order(bank="BIDV")
    counter.sign_in(path)
    counter.post(f"{path}/chap-thuan", data={"agree": "1"})
    page = counter.get(f"{path}/xac-nhan").text
    counter.post("/_sim/pump")
    [(_, _, body)] = counter.told("/api/v1/approvals")
    asked = json.loads(body)

    assert "Phê duyệt trên điện thoại" in page
    assert 'name="otp"' not in page
    assert end(counter.post(f"{path}/xac-nhan", data={"otp": "123456"})) == "xac-nhan"
    answered = counter.post(
        asked["answer_url"].removeprefix(f"http://bank.test{counter.prefix}"),
        json={"id": asked["id"], "answer": "approved"},
    )
    assert answered.json == {"id": asked["id"], "state": "passed"}
    assert counter.get(path).location == BACK
    assert counter.state() == ("paid", "00")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({"id": "x", "answer": "perhaps"}, id="neither yes nor no"),
        pytest.param({"id": "y", "answer": "approved"}, id="another id"),
        pytest.param({"answer": "approved"}, id="no id"),
    ],
)
def test_an_answer_that_cannot_be_read_is_refused(counter: Counter, body: dict[str, str]) -> None:
    assert counter.post("/api/v1/approvals/x", json=body).status_code == 400


def test_an_answer_to_nothing_is_not_found(counter: Counter) -> None:
    answer = counter.post("/api/v1/approvals/x", json={"id": "x", "answer": "approved"})

    assert answer.status_code == 404
    assert answer.json is not None
    assert answer.json["code"] == "unknown-approval"


def test_where_both_kinds_are_offered_the_page_asks_which(counter: Counter) -> None:
    path = counter.order()
    counter.sign_in(path)

    page = counter.get(f"{path}/chap-thuan").text
    counter.post(f"{path}/chap-thuan", data={"agree": "1", "method": "smart"})

    assert "Phương thức xác thực" in page
    assert "Phê duyệt trên điện thoại" in counter.get(f"{path}/xac-nhan").text


def test_the_wallet_shows_the_order_and_asks_for_phone_and_pin(counter: Counter) -> None:
    path = counter.order(bank="VNPTPAY")
    page = counter.get(f"{path}/dang-nhap").text
    for landmark in (
        "Thanh toán lệ phí cho hồ sơ H24.1",
        "Nhà cung cấp",
        "Phí giao dịch",
        "0 VND",
        "150.000\u00a0₫",
        "Số điện thoại",
        "Mã PIN",
    ):
        assert landmark in page
    assert "Mã kiểm tra" not in page

    spaced = f"{CAST[0].phone[:4]} {CAST[0].phone[4:]}"
    counter.post(f"{path}/dang-nhap", data={"user": spaced, "password": FIRST_PIN})
    counter.post(f"{path}/chap-thuan", data={"agree": "1"})
    counter.post(f"{path}/xac-nhan", data={"otp": counter.codes()[-1]})

    assert counter.state() == ("paid", "00")


def test_an_empty_wallet_form_names_its_own_fields(counter: Counter) -> None:
    path = counter.order(bank="VNPTPAY")

    answer = counter.post(f"{path}/dang-nhap", data={})

    assert "Hãy nhập số điện thoại của ví." in answer.text
    assert "Hãy nhập mã PIN." in answer.text
