"""What payers see, and where they are sent."""

from datetime import timedelta

import pytest

from tests.builders.gateway import REFERENCE, RIVER_BANK, SEA_BANK
from tests.web.mock_payment_gateway.neighbours import Street

BACK = f"http://partner.test/back?MaThamChieu={REFERENCE}"
A_QUARTER = timedelta(minutes=15)


def test_the_choice_of_a_bank_shows_banks_order_and_fee(street: Street) -> None:
    page = street.client.get(f"/thanh-toan/{street.order()}").text

    for landmark in (
        "<h1>Chọn ngân hàng</h1>",
        "Ngân hàng Sao Biển",
        "Ngân hàng Sông Cấm",
        "Đơn hàng",
        "Thanh toán lệ phí cho hồ sơ H24.1",
        "Nhà cung cấp",
        "Cổng dịch vụ công thử nghiệm",
        "Phí giao dịch",
        "0&nbsp;VND",
        "Giá trị thanh toán",
        "150.000&nbsp;VND",
        "Thanh toán",
        "Hủy giao dịch",
        "Mô phỏng",
    ):
        assert landmark in page


def test_the_choice_leads_to_the_banks_page(street: Street) -> None:
    token = street.order()

    answer = street.client.post(f"/thanh-toan/{token}", data={"bank": SEA_BANK.code})

    [asked] = street.bank.asked
    assert (answer.status_code, answer.location) == (
        303,
        f"http://bank.test/pay/{asked['request_id']}",
    )
    assert asked["header"] == asked["request_id"]
    assert (asked["bank"], asked["amount"], asked["currency"]) == ("SAOBIEN", 150_000, "VND")
    assert asked["return_url"] == f"http://gateway.test/thanh-toan/{token}/ket-qua"
    assert asked["notice_url"] == "http://gateway.test/bank/notices"
    assert asked["expires_at"] == (street.now() + A_QUARTER).isoformat()


def test_two_tabs_make_one_payment(street: Street) -> None:
    token = street.order()

    pages = [
        street.client.post(f"/thanh-toan/{token}", data={"bank": bank.code}).location
        for bank in (SEA_BANK, RIVER_BANK, SEA_BANK)
    ]

    assert len(set(pages)) == 1
    assert len(street.bank.payments) == 1


@pytest.mark.parametrize("form", [{}, {"bank": "NOBANK"}])
def test_without_a_listed_bank_the_form_comes_again(street: Street, form: dict[str, str]) -> None:
    answer = street.client.post(f"/thanh-toan/{street.order()}", data=form)

    assert answer.status_code == 422
    assert "Vui lòng chọn một ngân hàng trong danh sách." in answer.text
    assert "Chọn ngân hàng" in answer.text


def test_the_banks_wished_for_in_the_init_is_chosen_beforehand(street: Street) -> None:
    url = street.init(MaNganHang=RIVER_BANK.code)["UrlThanhToan"]

    page = street.client.get("/thanh-toan/" + url.rpartition("/")[2]).text

    assert 'value="SONGCAM" checked' in page


@pytest.mark.parametrize(
    "instead",
    [(500, b"oops"), (200, b"not json"), (200, b"[]"), (200, b'{"banks": 7}'), (404, b"{}")],
)
def test_without_banks_the_order_is_shown_and_kept(
    street: Street, instead: tuple[int, bytes]
) -> None:
    token = street.order()
    street.bank.instead = instead

    answer = street.client.get(f"/thanh-toan/{token}")

    assert answer.status_code == 503
    assert "Chưa lấy được danh sách ngân hàng" in answer.text
    assert "150.000&nbsp;VND" in answer.text
    assert "Hủy giao dịch" in answer.text


def test_a_bank_that_breaks_at_the_choice_can_be_tried_again(street: Street) -> None:
    token, request_id = street.at_bank()
    other = street.order("other")
    street.bank.instead = (500, b"")
    broken = street.client.post(f"/thanh-toan/{other}", data={"bank": SEA_BANK.code})
    street.bank.instead = None
    again = street.client.post(f"/thanh-toan/{other}", data={"bank": SEA_BANK.code})

    assert broken.status_code == 503
    assert again.status_code == 303
    assert street.state(token) == "bank-chosen"
    assert request_id in street.bank.payments


def test_an_order_at_the_bank_can_be_gone_on_with(street: Street) -> None:
    token, request_id = street.at_bank()

    page = street.client.get(f"/thanh-toan/{token}").text
    answer = street.client.post(f"/thanh-toan/{token}")

    assert "Tiếp tục thanh toán" in page
    assert "Hủy giao dịch" not in page
    assert answer.location == f"http://bank.test/pay/{request_id}"


@pytest.mark.parametrize("state", ["paid", "failed", "cancelled", "expired"])
def test_the_browser_returns_before_the_notice(street: Street, state: str) -> None:
    token, request_id = street.at_bank()
    street.bank.says(request_id, state)

    answer = street.client.get(f"/thanh-toan/{token}/ket-qua")

    assert (answer.status_code, answer.location) == (303, BACK)
    assert street.state(token) == state


def test_the_browser_returns_after_the_notice(street: Street) -> None:
    token, request_id = street.at_bank()
    street.notice(street.bank.says(request_id, "paid"))
    street.bank.instead = (500, b"")  # nobody needs to ask any more

    assert street.client.get(f"/thanh-toan/{token}/ket-qua").location == BACK


@pytest.mark.parametrize("instead", [None, (500, b""), (200, b"{}"), (200, b'{"state": "paid"}')])
def test_without_a_result_the_return_waits(
    street: Street, instead: tuple[int, bytes] | None
) -> None:
    token, _ = street.at_bank()
    street.bank.instead = instead

    answer = street.client.get(f"/thanh-toan/{token}/ket-qua")

    assert answer.status_code == 200
    assert "Kiểm tra kết quả" in answer.text
    assert "Tiếp tục thanh toán" in answer.text


def test_returning_without_having_chosen_leads_to_the_choice(street: Street) -> None:
    token = street.order()

    assert street.client.get(f"/thanh-toan/{token}/ket-qua").location == f"/thanh-toan/{token}"


def test_giving_up_leads_back_to_the_partner(street: Street) -> None:
    token = street.order()

    answer = street.client.post(f"/thanh-toan/{token}/huy")

    assert (answer.status_code, answer.location) == (303, BACK)
    assert street.state(token) == "cancelled"


def test_an_order_at_the_bank_is_not_given_up_here(street: Street) -> None:
    token, _ = street.at_bank()

    answer = street.client.post(f"/thanh-toan/{token}/huy")

    assert answer.status_code == 409
    assert "xin hủy tại trang của ngân hàng" in answer.text


@pytest.mark.parametrize(
    ("state", "heading"),
    [
        ("paid", "Đơn hàng đã được thanh toán"),
        ("failed", "Thanh toán không thành công"),
        ("cancelled", "Giao dịch đã được hủy"),
        ("expired", "Đơn hàng đã hết hạn thanh toán"),
    ],
)
def test_a_settled_order_says_so_and_takes_no_choice(
    street: Street, state: str, heading: str
) -> None:
    token, request_id = street.at_bank()
    street.notice(street.bank.says(request_id, state))

    page = street.client.get(f"/thanh-toan/{token}")
    refused = street.client.post(f"/thanh-toan/{token}", data={"bank": RIVER_BANK.code})

    assert (page.status_code, refused.status_code) == (200, 409)
    assert heading in page.text
    assert heading in refused.text
    assert BACK.replace("&", "&amp;") in page.text


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("13", "Mã OTP bị nhập sai quá số lần cho phép."),
        ("51", "Tài khoản không đủ số dư."),
        ("99", "Thanh toán không thành công"),
    ],
)
def test_a_failure_says_why_if_the_bank_did(street: Street, code: str, reason: str) -> None:
    token, request_id = street.at_bank()
    street.notice(street.bank.says(request_id, "failed", code))

    assert reason in street.client.get(f"/thanh-toan/{token}").text


def test_an_untouched_order_expires_and_the_partner_hears_of_it(street: Street) -> None:
    token = street.order()

    street.advance(A_QUARTER)

    assert street.state(token) == "expired"
    assert "Đơn hàng đã hết hạn thanh toán" in street.client.get(f"/thanh-toan/{token}").text
    assert [confirm["MaLoi"] for confirm in street.listener.heard] == ["04"]


def test_an_expired_order_refuses_the_choice(street: Street) -> None:
    token = street.order()
    street.world.clock.freeze(street.now() + A_QUARTER)  # and nothing is pumped yet

    answer = street.client.post(f"/thanh-toan/{token}", data={"bank": SEA_BANK.code})

    assert answer.status_code == 409
    assert "Đã hết thời gian thanh toán đơn hàng này." in answer.text


def test_an_order_at_a_silent_bank_waits_after_its_time(street: Street) -> None:
    token, _ = street.at_bank()

    street.advance(A_QUARTER)

    page = street.client.get(f"/thanh-toan/{token}").text
    assert street.state(token) == "unknown"
    assert "Đang chờ kết quả từ ngân hàng" in page
    assert "Tiếp tục thanh toán" not in page


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/thanh-toan/nobody"),
        ("POST", "/thanh-toan/nobody"),
        ("POST", "/thanh-toan/nobody/huy"),
        ("GET", "/thanh-toan/nobody/ket-qua"),
        ("GET", "/thanh-toan/%F0%9F%92%B0"),
    ],
)
def test_an_unknown_order_is_not_found(street: Street, method: str, path: str) -> None:
    answer = street.client.open(path, method=method, headers={"Accept": "text/html"})

    assert answer.status_code == 404
    assert "Không tìm thấy đơn hàng" in answer.text


def test_a_form_of_another_site_is_refused(street: Street) -> None:
    token = street.order()

    answer = street.client.post(
        f"/thanh-toan/{token}/huy", headers={"Origin": "http://evil.test", "Accept": "text/html"}
    )

    assert answer.status_code == 403
    assert street.state(token) == "created"


def test_what_a_partner_writes_is_shown_as_text(street: Street) -> None:
    url = street.init(ThongTinBienLai={"NoiDungThanhToan": "<script>alert(1)</script>"})

    page = street.client.get("/thanh-toan/" + url["UrlThanhToan"].rpartition("/")[2]).text

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_front_page_explains_itself(street: Street) -> None:
    page = street.client.get("/")

    assert page.status_code == 200
    assert "Cổng thanh toán Quốc Gia" in page.text
