"""The pages of one payment: their landmarks, their refusals, and every way round."""

import re

import pytest
from werkzeug.test import TestResponse

from simkit.core.cast import CAST
from tests.builders.bank import an_order_body
from tests.web.mock_bank.conftest import Counter

BACK = str(an_order_body()["return_url"])


def end(answer: TestResponse) -> str:
    """Return the last part of where a browser is sent."""
    assert answer.status_code == 303
    assert answer.location is not None
    return answer.location.rsplit("/", 1)[1]


def test_a_customer_walks_from_sign_in_to_the_way_back(counter: Counter) -> None:
    path = counter.order()

    assert end(counter.get(path)) == "dang-nhap"
    assert end(counter.sign_in(path)) == "chap-thuan"
    assert end(counter.post(f"{path}/chap-thuan", data={"agree": "1"})) == "xac-nhan"
    paid = counter.post(f"{path}/xac-nhan", data={"otp": counter.codes()[-1]})

    assert (paid.status_code, paid.location) == (303, BACK)
    assert counter.state() == ("paid", "00")


@pytest.mark.parametrize(
    ("page", "landmarks"),
    [
        pytest.param(
            "dang-nhap",
            ["Tên đăng nhập", "Mật khẩu", "Mã kiểm tra", "Đăng nhập", "Hủy giao dịch"],
            id="sign in",
        ),
        pytest.param(
            "chap-thuan",
            [
                "Tôi đã đọc, hiểu và chấp thuận các quy định thanh toán điện tử của Vietcombank",
                "Xác nhận",
                "Hủy giao dịch",
            ],
            id="consent",
        ),
        pytest.param("xac-nhan", ["mã OTP", "Xác nhận", "Hủy giao dịch"], id="confirm"),
    ],
)
def test_every_page_has_its_labels_and_what_is_paid(
    counter: Counter, page: str, landmarks: list[str]
) -> None:
    path = counter.order()
    if page != "dang-nhap":
        counter.sign_in(path)
    if page == "xac-nhan":
        counter.post(f"{path}/chap-thuan", data={"agree": "1"})

    text = counter.get(f"{path}/{page}").text

    assert text.count("<h1") == 1
    facts = ["Nhà cung cấp", "THANH TOAN HO SO H24.1", "PP0001", "150.000\u00a0₫"]
    for landmark in (*landmarks, *facts):
        assert landmark in text


def test_phone_and_account_are_masked_on_the_screen(counter: Counter) -> None:
    path = counter.order()
    code = counter.to_the_code(path)
    text = counter.get(f"{path}/xac-nhan").text

    account = next(
        each["number"]
        for each in counter.json("/_sim/ledger")["accounts"]
        if each["owner"] == CAST[0].full_name and each["number"].startswith("436")
    )
    assert CAST[0].phone not in text
    assert account not in text
    assert code not in text
    assert CAST[0].phone[:3] + "****" in text
    assert "*" * 10 + account[-3:] in text


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_whatever_page_is_asked_for_the_one_whose_turn_it_is_comes(
    counter: Counter, steps: int
) -> None:
    path = counter.order()
    if steps:
        counter.sign_in(path)
    if steps > 1:
        counter.post(f"{path}/chap-thuan", data={"agree": "1"})
    slugs = ["dang-nhap", "chap-thuan", "xac-nhan"]

    for slug in slugs:
        answer = counter.get(f"{path}/{slug}")
        if slug == slugs[steps]:
            assert answer.status_code == 200
        else:
            assert end(answer) == slugs[steps]


def test_a_second_click_on_each_button_does_no_harm(counter: Counter) -> None:
    path = counter.order()
    code = counter.to_the_code(path)

    form = {"user": CAST[0].phone, "password": "x", "captcha": "1", "captcha_token": "used"}
    assert end(counter.post(f"{path}/dang-nhap", data=form)) == "xac-nhan"
    assert end(counter.post(f"{path}/chap-thuan", data={"agree": "1"})) == "xac-nhan"
    for _ in range(2):
        paid = counter.post(f"{path}/xac-nhan", data={"otp": code})
        assert (paid.status_code, paid.location) == (303, BACK)

    assert counter.codes() == [code]
    entries = [e for e in counter.json("/_sim/ledger")["entries"] if e["about"] == "payment:req-1"]
    assert [e["amount"] for e in entries] == [-150_000, 150_000]


@pytest.mark.parametrize(
    ("changes", "status", "sentence"),
    [
        pytest.param({"password": "x"}, 422, "Sai tên đăng nhập hoặc mật khẩu", id="password"),
        pytest.param({"picture": "x"}, 400, "Mã kiểm tra không đúng", id="picture"),
    ],
)
def test_who_is_not_let_in_sees_why_and_types_the_password_again(
    counter: Counter, changes: dict[str, str], status: int, sentence: str
) -> None:
    path = counter.order()

    answer = counter.sign_in(path, **changes)

    assert answer.status_code == status
    assert sentence in answer.text
    assert f'value="{CAST[0].phone}"' in answer.text
    assert not re.search(r'type="password"[^>]* value=', answer.text)


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("user", "Hãy nhập tên đăng nhập."),
        ("password", "Hãy nhập mật khẩu."),
        ("captcha", "Hãy nhập mã kiểm tra trong hình."),
    ],
)
def test_each_empty_field_is_named(counter: Counter, field: str, sentence: str) -> None:
    path = counter.order()

    answer = counter.post(f"{path}/dang-nhap", data={})

    assert answer.status_code == 400
    assert f'id="f-{field}-error"' in answer.text
    assert sentence in answer.text


def test_without_the_tick_the_page_asks_again(counter: Counter) -> None:
    path = counter.order()
    counter.sign_in(path)

    answer = counter.post(f"{path}/chap-thuan", data={})

    assert answer.status_code == 422
    assert 'id="f-agree-error"' in answer.text
    assert counter.codes() == []


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５６"])
def test_what_cannot_be_a_code_costs_no_try(counter: Counter, typed: str) -> None:
    path = counter.order()
    counter.to_the_code(path)

    answer = counter.post(f"{path}/xac-nhan", data={"otp": typed})

    assert answer.status_code == 400
    assert "Mã OTP gồm 6 chữ số" in answer.text
    assert "còn 3 lần" in counter.get(f"{path}/xac-nhan").text


def test_blanks_inside_the_code_are_forgiven(counter: Counter) -> None:
    path = counter.order()
    code = counter.to_the_code(path)

    counter.post(f"{path}/xac-nhan", data={"otp": f" {code[:3]} {code[3:]} "})

    assert counter.state() == ("paid", "00")


def test_wrong_codes_are_counted_down_to_the_end(counter: Counter) -> None:
    path = counter.order()
    wrong = f"{(int(counter.to_the_code(path)) + 1) % 10**6:06d}"

    for left in (2, 1):
        answer = counter.post(f"{path}/xac-nhan", data={"otp": wrong})
        assert answer.status_code == 422
        assert f"còn {left} lần" in answer.text
    last = counter.post(f"{path}/xac-nhan", data={"otp": wrong})

    assert (last.status_code, last.location) == (303, BACK)
    assert counter.state() == ("failed", "13")


def test_a_late_code_leads_back_to_the_sentence_and_a_new_one_pays(counter: Counter) -> None:
    path = counter.order()
    old = counter.to_the_code(path)
    counter.later(seconds=120)

    assert end(counter.post(f"{path}/xac-nhan", data={"otp": old})) == "chap-thuan"
    assert "Mã OTP đã hết hiệu lực" in counter.get(f"{path}/chap-thuan").text

    counter.post(f"{path}/chap-thuan", data={"agree": "1"})
    new = counter.codes()[-1]
    assert counter.post(f"{path}/xac-nhan", data={"otp": new}).location == BACK
    assert counter.state() == ("paid", "00")


def test_too_little_money_leads_back_with_code_51(counter: Counter) -> None:
    path = counter.order(amount=20_000_001)
    counter.sign_in(path)

    answer = counter.post(f"{path}/chap-thuan", data={"agree": "1"})

    assert answer.location == BACK
    assert counter.state() == ("failed", "51")


def test_calling_off_leads_back_with_code_24(counter: Counter) -> None:
    path = counter.order()

    answer = counter.post(f"{path}/huy")

    assert (answer.status_code, answer.location) == (303, BACK)
    assert counter.state() == ("cancelled", "24")
    assert counter.get(path).location == BACK


@pytest.mark.parametrize("slug", ["", "/dang-nhap", "/chap-thuan", "/xac-nhan", "/het-han"])
def test_after_its_time_every_page_says_so(counter: Counter, slug: str) -> None:
    path = counter.order()
    counter.later(minutes=15)

    answer = counter.get(path + slug, follow_redirects=True)

    assert answer.status_code == 410
    assert "Giao dịch đã hết hạn" in answer.text
    assert BACK in answer.text
    assert counter.state() == ("expired", "11")


def test_the_page_of_an_expiry_is_not_shown_before(counter: Counter) -> None:
    path = counter.order()

    assert end(counter.get(f"{path}/het-han")) == "dang-nhap"


@pytest.mark.parametrize(
    ("method", "slug"),
    [
        ("GET", ""),
        ("GET", "/dang-nhap"),
        ("POST", "/dang-nhap"),
        ("GET", "/chap-thuan"),
        ("POST", "/chap-thuan"),
        ("GET", "/xac-nhan"),
        ("POST", "/xac-nhan"),
        ("POST", "/huy"),
        ("POST", "/gui-lai"),
        ("GET", "/het-han"),
    ],
)
def test_an_unknown_link_is_told_so_in_vietnamese(counter: Counter, method: str, slug: str) -> None:
    form = {
        "user": "an", "password": "x", "captcha": "1", "captcha_token": "x",
        "otp": "123456", "agree": "1",
    }  # fmt: skip
    answer = counter.client.open(
        f"{counter.prefix}/thanh-toan/khong-co{slug}",
        method=method,
        data=form if method == "POST" else None,
        headers={"Accept": "text/html"},
    )

    assert answer.status_code == 404
    assert "Không tìm thấy giao dịch" in answer.text


def test_another_browser_with_the_same_link_has_to_sign_in_itself(counter: Counter) -> None:
    path = counter.order()
    code = counter.to_the_code(path)
    other = counter.client.application.test_client()

    page = other.get(f"{counter.prefix}{path}/xac-nhan")
    tried = other.post(f"{counter.prefix}{path}/xac-nhan", data={"otp": code})

    assert end(page) == end(tried) == "dang-nhap"
    assert counter.state() == ("pending", None)


def test_a_form_from_another_site_is_refused(counter: Counter) -> None:
    path = counter.order()

    answer = counter.post(f"{path}/huy", headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
    assert counter.state() == ("pending", None)


def test_what_the_gateway_wrote_is_shown_as_text(counter: Counter) -> None:
    path = counter.order(description="<script>alert(1)</script>")

    text = counter.get(f"{path}/dang-nhap").text

    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_the_front_page_lists_the_banks(counter: Counter) -> None:
    text = counter.get("/").text

    for name in ("Vietcombank", "VietinBank", "BIDV", "Agribank", "MB"):
        assert name in text


def test_links_stay_in_their_world(counter: Counter) -> None:
    path = counter.order()

    answer = counter.get(path)
    page = counter.get(f"{path}/dang-nhap").text

    assert answer.location == f"{counter.prefix}{path}/dang-nhap"
    assert f'action="{counter.prefix}{path}/dang-nhap"' in page


def test_a_payment_of_one_world_is_unknown_in_another(counter: Counter) -> None:
    path = counter.order()

    assert counter.client.get(path).status_code == 404
