"""The page of a dossier, the look-up, and the pages about money."""

from collections.abc import Iterator

import pytest

from tests.builders.dossiers import FREE, PRICE
from tests.web.mock_portal.dossier_house import AT_HOME, LAN, OTHER, DossierHouse


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DossierHouse]:
    portal = DossierHouse(tmp_path_factory.mktemp("portal"))
    yield portal
    portal.close()


@pytest.fixture
def portal(opened: DossierHouse) -> DossierHouse:
    return opened.anew()


def test_the_dossier_s_page_shows_where_it_is_and_what_was_handed_in(portal: DossierHouse) -> None:
    code = portal.sent()
    portal.steps(code, "receive")

    page = portal.client.get(f"/ho-so/{code}").text

    for words in (
        code,
        "Được tiếp nhận",
        "Ngày hẹn trả",
        "to-khai.pdf",
        LAN.full_name,
        "Sở Tư pháp",
    ):
        assert words in page


def test_a_refusal_is_shown_with_its_reason(portal: DossierHouse) -> None:
    code = portal.sent()
    portal.steps(code, "refuse")

    assert "thiếu tờ khai" in portal.client.get(f"/ho-so/{code}").text


def test_the_way_home_is_shown(portal: DossierHouse) -> None:
    code = portal.sent(procedure=FREE, **AT_HOME)
    portal.steps(code, "receive", "start-processing", "approve")
    portal.pump()
    report = {
        "_id": f"e-{code}",
        "CustomerCode": "H24",
        "OrderNumber": code,
        "ItemCode": "EA123456785VN",
        "StatusCode": "12",
        "EventTime": "2026-03-02T09:00:00+07:00",
    }
    portal.fresh().post("/post/events", json=report)

    page = portal.client.get(f"/ho-so/{code}").text

    assert "EA123456785VN" in page
    assert "Đã giao bưu tá" in page


def test_lists_lead_on_to_drafts_dossiers_and_payment(portal: DossierHouse) -> None:
    code, draft = portal.sent(), portal.draft()

    page = portal.client.get("/tai-khoan").text

    assert f'href="/ho-so/{code}"' in page
    assert f'href="/ho-so/{code}/thanh-toan"' in page
    assert f'href="{draft}"' in page


# -- look-up ----------------------------------------------------------------------------------


def test_a_stranger_looks_a_dossier_up_and_learns_nothing_about_a_person(
    portal: DossierHouse,
) -> None:
    code = portal.sent()
    portal.client = portal.fresh()
    form = {"code": f" {code.lower()} "} | portal.captcha("/tra-cuu")

    page = portal.client.post("/tra-cuu", data=form)

    assert page.status_code == 200
    for words in (code, "Mới đăng ký", "Sở Tư pháp", "Cấp bản sao trích lục"):
        assert words in page.text
    for secret in (LAN.full_name, LAN.id_number, LAN.phone, LAN.email, "12 Lê Lợi"):
        assert secret not in page.text


@pytest.mark.parametrize("words", ["Số biên nhận", "Mã bảo mật", "Tra cứu trạng thái hồ sơ"])
def test_the_look_up_has_its_landmarks(portal: DossierHouse, words: str) -> None:
    assert words in portal.fresh().get("/tra-cuu").text


@pytest.mark.parametrize(
    ("code", "status", "words"),
    [
        pytest.param("", 400, "Hãy nhập số biên nhận", id="empty"),
        pytest.param("xyz", 400, "Mã hồ sơ không đúng", id="malformed"),
        pytest.param("000.00.15.H24-200101-0001", 404, "Không tìm thấy hồ sơ", id="unknown"),
        pytest.param("x" * 61, 400, "dài quá", id="too-long"),
    ],
)
def test_a_code_that_leads_nowhere_is_told(
    portal: DossierHouse, code: str, status: int, words: str
) -> None:
    answer = portal.client.post("/tra-cuu", data={"code": code} | portal.captcha("/tra-cuu"))

    assert answer.status_code == status
    assert words in answer.text


def test_a_wrong_picture_text_is_told_at_its_field(portal: DossierHouse) -> None:
    form = {"code": portal.sent()} | portal.captcha("/tra-cuu") | {"captcha": "abc"}

    answer = portal.client.post("/tra-cuu", data=form)

    assert answer.status_code == 400
    assert 'id="f-captcha-error"' in answer.text


# -- money ------------------------------------------------------------------------------------


def test_the_payment_page_shows_what_is_due_and_the_national_gateway(portal: DossierHouse) -> None:
    page = portal.client.get(f"/ho-so/{portal.sent()}/thanh-toan").text

    assert "Thông tin thanh toán" in page
    assert f'value="{PRICE}"' in page
    assert "Cổng thanh toán Quốc Gia" in page


def test_choosing_the_gateway_leads_to_the_platform(portal: DossierHouse) -> None:
    code = portal.sent()

    answer = portal.client.post(f"/ho-so/{code}/thanh-toan", data={"cong_thanh_toan": "quoc-gia"})

    assert answer.status_code == 303
    assert answer.location.startswith("http://gateway.test/pay/H24")


def test_without_a_choice_nothing_is_begun(portal: DossierHouse) -> None:
    code = portal.sent()

    answer = portal.client.post(f"/ho-so/{code}/thanh-toan", data={})

    assert answer.status_code == 400
    assert "Hãy chọn cổng thanh toán." in answer.text
    assert not [path for path, _ in portal.neighbours.asked if path.endswith("/init")]


@pytest.mark.parametrize(
    ("init", "status"),
    [
        pytest.param({"MaLoi": "96", "MoTaLoi": "Đang bảo trì"}, 422, id="refused"),
        pytest.param({"MaLoi": "00"}, 422, id="no-address"),
        pytest.param({"MaLoi": "00", "UrlThanhToan": "javascript:alert(1)"}, 422, id="no-web-page"),
        pytest.param({"MaLoi": ["00"]}, 422, id="odd"),
    ],
)
def test_a_platform_that_does_not_take_the_order_is_told_on_the_page(
    portal: DossierHouse, init: dict[str, object], status: int
) -> None:
    code = portal.sent()
    portal.neighbours.init = init

    answer = portal.client.post(f"/ho-so/{code}/thanh-toan", data={"cong_thanh_toan": "quoc-gia"})

    assert answer.status_code == status
    assert "hãy thử thanh toán lại" in answer.text
    assert "Cổng thanh toán Quốc Gia" in answer.text


def test_a_silent_platform_is_told_on_the_page(portal: DossierHouse) -> None:
    code = portal.sent()
    portal.neighbours.down = True

    answer = portal.client.post(f"/ho-so/{code}/thanh-toan", data={"cong_thanh_toan": "quoc-gia"})

    assert answer.status_code == 503
    assert "Thông tin thanh toán" in answer.text


def test_back_from_the_platform_the_receipt_is_shown(portal: DossierHouse) -> None:
    code = portal.sent()
    reference = portal.an_order(code)
    portal.confirm(reference)

    back = portal.client.get(f"/thanh-toan/tro-ve?MaThamChieu={reference}")
    receipt = portal.client.get(back.location)

    assert back.status_code == 303
    for words in ("Biên lai", "BL20", code, LAN.full_name, reference):
        assert words in receipt.text


def test_back_before_the_notice_the_platform_is_asked(portal: DossierHouse) -> None:
    reference = portal.an_order(portal.sent())
    portal.neighbours.state = 1

    back = portal.client.get(f"/thanh-toan/tro-ve?MaThamChieu={reference}")

    assert back.status_code == 303
    assert back.location.startswith("/bien-lai/")
    assert portal.confirm(reference) == "02"


@pytest.mark.parametrize(
    ("state", "words", "pay_again"),
    [(3, "Giao dịch đang chờ", False), (4, "Thanh toán không thành công", True)],
)
def test_back_without_success_it_says_what_happened(
    portal: DossierHouse, state: int, words: str, *, pay_again: bool
) -> None:
    reference = portal.an_order(portal.sent())
    portal.neighbours.state = state

    page = portal.client.get(f"/thanh-toan/tro-ve?MaThamChieu={reference}").text

    assert words in page
    assert ("Thanh toán lại" in page) is pay_again


def test_back_while_the_platform_is_silent_nobody_is_asked_to_pay_again(
    portal: DossierHouse,
) -> None:
    reference = portal.an_order(portal.sent())
    portal.neighbours.down = True

    page = portal.client.get(f"/thanh-toan/tro-ve?MaThamChieu={reference}").text

    assert "Chưa biết kết quả" in page
    assert "Thanh toán lại" not in page


def test_a_surplus_payment_is_told(portal: DossierHouse) -> None:
    code = portal.sent()
    first = portal.an_order(code)
    portal.confirm(first, "01")
    second = portal.an_order(code)
    portal.confirm(first)
    portal.confirm(second)

    assert "Thanh toán thừa" in portal.client.get(f"/thanh-toan/tro-ve?MaThamChieu={second}").text


def test_a_stranger_with_the_address_sees_the_outcome_and_no_person(portal: DossierHouse) -> None:
    code = portal.sent()
    reference = portal.an_order(code)
    portal.confirm(reference)

    page = portal.fresh().get(f"/thanh-toan/tro-ve?MaThamChieu={reference}")

    assert page.status_code == 200
    assert "Thanh toán thành công" in page.text
    assert LAN.full_name not in page.text


def test_receipts_and_payment_pages_are_for_the_owner(portal: DossierHouse) -> None:
    code = portal.sent()
    portal.confirm(portal.an_order(code))
    number = portal.client.get(f"/ho-so/{code}").text.partition("/bien-lai/")[2].partition('"')[0]
    other = portal.sign_in(portal.fresh(), OTHER)

    assert portal.client.get(f"/bien-lai/{number}").status_code == 200
    assert other.get(f"/bien-lai/{number}").status_code == 404
    assert other.get(f"/ho-so/{code}").status_code == 404
    assert other.get(f"/ho-so/{code}/thanh-toan").status_code == 404
    assert (
        other.post(f"/ho-so/{code}/thanh-toan", data={"cong_thanh_toan": "quoc-gia"}).status_code
        == 404
    )


REFUSALS = [
    pytest.param("GET", "/thanh-toan/tro-ve", 404, id="return-without-reference"),
    pytest.param("GET", "/thanh-toan/tro-ve?MaThamChieu=x", 404, id="return-of-unknown"),
    pytest.param("GET", "/bien-lai/BL2026-9999999", 404, id="unknown-receipt"),
    pytest.param("GET", "/ho-so/x/thanh-toan", 404, id="payment-of-unknown"),
]


@pytest.mark.parametrize(("method", "path", "status"), REFUSALS)
def test_what_cannot_be_is_refused(
    portal: DossierHouse, method: str, path: str, status: int
) -> None:
    assert portal.client.open(path, method=method).status_code == status


def test_a_free_dossier_has_no_payment_page(portal: DossierHouse) -> None:
    assert portal.client.get(f"/ho-so/{portal.sent(procedure=FREE)}/thanh-toan").status_code == 409
