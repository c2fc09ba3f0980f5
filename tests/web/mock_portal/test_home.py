"""What the pages of the portal show to everybody."""

import pytest

from tests.web.mock_portal.visitor import Visitor, text_of

HOME = (
    "Đăng nhập",
    "Đăng ký",
    "Nộp hồ sơ trực tuyến",
    "Chọn đơn vị",
    "Chọn lĩnh vực",
    "Tên thủ tục hành chính",
    "Tra cứu trạng thái hồ sơ",
    "Số biên nhận",
    "Mã bảo mật",
    "Tra cứu",
)
REGISTER = (
    "Họ và tên",
    "Chứng minh thư nhân dân",
    "Thư điện tử",
    "Số điện thoại",
    "Tôi đồng ý với các điều khoản đăng ký dịch vụ công",
    "Mã bảo mật",
    "Đăng ký",
)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        pytest.param("/", HOME, id="home"),
        pytest.param("/dang-ky", REGISTER, id="registration"),
        pytest.param("/dang-nhap", ("Tên đăng nhập", "Mật khẩu", "Đăng nhập"), id="sign in"),
        pytest.param("/thu-tuc", ("Chọn đơn vị", "Chọn lĩnh vực"), id="search"),
        pytest.param("/nop-ho-so", ("Nộp hồ sơ trực tuyến", "Chọn đơn vị"), id="choose"),
        pytest.param("/can-bo/dang-nhap", ("Tên đăng nhập", "Mật khẩu"), id="desk"),
    ],
)
def test_a_page_has_the_labels_of_the_real_portal(
    visitor: Visitor, path: str, words: tuple[str, ...]
) -> None:
    answer = visitor.get(path)

    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1
    page = text_of(answer)
    for each in words:
        assert each in page


def test_the_magnifier_has_a_name_for_those_who_do_not_see_it(visitor: Visitor) -> None:
    assert 'aria-label="Tìm kiếm"' in visitor.get("/").text


def test_every_page_names_the_hotline_and_says_that_it_is_a_simulation(visitor: Visitor) -> None:
    page = text_of(visitor.get("/thu-tuc"))

    assert visitor.service.site.contact.hotline in page
    assert "Mô phỏng – không phải dịch vụ thật" in page


def test_the_look_up_box_asks_the_look_up_page(visitor: Visitor) -> None:
    answer = visitor.post("/tra-cuu", {"code": "000.00.15.H24-200101-0001"} | visitor.captcha())

    assert answer.status_code == 404
    assert "Không tìm thấy hồ sơ" in text_of(answer)


def test_the_style_sheets_are_served_and_named_by_their_content(visitor: Visitor) -> None:
    page = visitor.get("/").text
    start = page.index(visitor.url("/static/portal/portal.css?v="))
    address = page[start : page.index('"', start)]

    answer = visitor.browser.get(address)

    assert answer.status_code == 200
    assert answer.mimetype == "text/css"


def test_a_page_that_is_not_there_leads_back_home(visitor: Visitor) -> None:
    answer = visitor.get("/khong-co")

    assert answer.status_code == 404
    assert f'href="{visitor.url("/")}"' in answer.text
