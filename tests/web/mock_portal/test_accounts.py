"""Registration, activation and signing in, as a browser meets them."""

import re
from datetime import timedelta

import pytest

from simkit.core.cast import CAST
from tests.web.mock_portal.visitor import Visitor, text_of

LAN = {
    "full_name": "Trần Thu Lan",
    "id_number": "031 190 000 001",
    "email": "Lan@hop-thu.example",
    "phone": "0912.345.678",
    "agree": "1",
}
MAI = CAST[1]


def register(visitor: Visitor, **changes: str) -> None:
    answer = visitor.post("/dang-ky", LAN | visitor.captcha() | changes)
    assert answer.status_code == 303
    assert answer.location == visitor.url("/kich-hoat")


def code_sent(visitor: Visitor) -> str:
    found = re.search(r"là (\d{6})", visitor.messages("sms")[-1]["text"])
    assert found
    return found[1]


def password_sent(visitor: Visitor) -> str:
    found = re.search(r"Mật khẩu: (\S+)", visitor.messages("mail")[0]["text"])
    assert found
    return found[1]


def test_a_citizen_registers_activates_and_is_signed_in(visitor: Visitor) -> None:
    register(visitor)

    answer = visitor.post("/kich-hoat", {"code": code_sent(visitor)})

    assert answer.status_code == 303
    page = text_of(visitor.get("/tai-khoan"))
    assert "Tài khoản đã được kích hoạt" in page
    for shown in ("Trần Thu Lan", "031190000001", "lan@hop-thu.example", "0912345678"):
        assert shown in page


def test_the_mail_leads_to_the_activation_page_of_this_world(visitor: Visitor) -> None:
    register(visitor)

    (mail,) = visitor.messages("mail")

    assert f"/w/{visitor.world}/kich-hoat" in mail["text"]
    assert f"/w/{visitor.world}/kich-hoat" in mail["html"]


def test_whoever_closed_the_browser_signs_in_and_finds_the_activation_page(
    visitor: Visitor,
) -> None:
    register(visitor)
    later = visitor.fresh()

    answer = later.sign_in("031190000001", password_sent(visitor))

    assert answer.location == visitor.url("/kich-hoat")
    assert "Mã kích hoạt" in text_of(later.get("/kich-hoat"))
    assert later.get("/tai-khoan").location == visitor.url("/kich-hoat?next=/tai-khoan")
    later.post("/kich-hoat", {"code": code_sent(visitor)})
    assert later.get("/tai-khoan").status_code == 200


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"full_name": ""}, "full_name", id="no name"),
        pytest.param({"full_name": "Lan 2"}, "full_name", id="a digit in the name"),
        pytest.param({"id_number": "12345"}, "id_number", id="a short number"),
        pytest.param({"id_number": "999190000001"}, "id_number", id="no such province"),
        pytest.param({"email": "lan"}, "email", id="no address"),
        pytest.param({"email": "l" * 600}, "email", id="an endless address"),
        pytest.param({"phone": "123"}, "phone", id="no phone"),
        pytest.param({"agree": ""}, "agree", id="terms not accepted"),
        pytest.param({"captcha": ""}, "captcha", id="no captcha"),
        pytest.param({"captcha": "x"}, "captcha", id="a wrong captcha"),
        pytest.param({"captcha_token": "forged"}, "captcha", id="a forged captcha"),
        pytest.param({"captcha_token": ""}, "captcha", id="no captcha token"),
    ],
)
def test_a_registration_that_is_refused_says_at_which_field(
    visitor: Visitor, changes: dict[str, str], field: str
) -> None:
    answer = visitor.post("/dang-ky", LAN | visitor.captcha() | changes)

    assert answer.status_code == 400
    assert f'id="f-{field}-error"' in answer.text
    assert visitor.messages("mail") == []


def test_all_that_is_wrong_is_told_at_once_and_the_rest_stays_typed(visitor: Visitor) -> None:
    answer = visitor.post("/dang-ky", {"full_name": "Trần Thu Lan", "email": "x"})

    faults = set(re.findall(r'id="f-(\w+)-error"', answer.text))
    assert faults == {"id_number", "email", "phone", "agree", "captcha"}
    assert 'value="Trần Thu Lan"' in answer.text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"id_number": "031190000002"}, "email", id="the same e-mail"),
        pytest.param({"email": "khac@hop-thu.example"}, "id_number", id="the same number"),
    ],
)
def test_a_second_account_is_refused_at_the_field_and_nothing_is_sent(
    visitor: Visitor, changes: dict[str, str], field: str
) -> None:
    register(visitor)

    answer = visitor.fresh().post("/dang-ky", LAN | visitor.captcha() | changes)

    assert answer.status_code == 409
    assert f'id="f-{field}-error"' in answer.text
    assert len(visitor.messages("mail")) == len(visitor.messages("sms")) == 1


def test_a_captcha_counts_once(visitor: Visitor) -> None:
    captcha = visitor.captcha()
    visitor.post("/dang-ky", LAN | captcha)

    again = visitor.post("/dang-ky", LAN | captcha | {"email": "b@a.vn", "id_number": "123456789"})

    assert again.status_code == 400
    assert len(visitor.messages("sms")) == 1


def test_a_wrong_code_says_how_many_tries_are_left(visitor: Visitor) -> None:
    register(visitor)

    answer = visitor.post("/kich-hoat", {"code": "x"})

    assert answer.status_code == 422
    assert "Bạn còn 4 lần nhập" in text_of(answer)


def test_a_new_code_can_be_asked_for_after_a_minute(visitor: Visitor) -> None:
    register(visitor)
    world = visitor.house.worlds.get(visitor.world)

    too_soon = visitor.post("/kich-hoat/gui-lai")
    world.clock.freeze(world.clock.now() + timedelta(minutes=2))
    in_time = visitor.post("/kich-hoat/gui-lai")

    assert too_soon.status_code == 422
    assert in_time.status_code == 303
    assert len(visitor.messages("sms")) == 2


def test_an_active_citizen_has_nothing_to_activate(visitor: Visitor) -> None:
    visitor.sign_in(MAI.user, MAI.password)

    assert visitor.get("/kich-hoat").location == visitor.url("/tai-khoan")
    assert visitor.post("/kich-hoat", {"code": "123456"}).status_code == 409


@pytest.mark.parametrize(
    ("user", "password"),
    [(MAI.user, "sai"), ("khong-co-ai", "sai"), (MAI.user, MAI.password.lower())],
)
def test_a_wrong_sign_in_never_tells_what_was_wrong(
    visitor: Visitor, user: str, password: str
) -> None:
    answer = visitor.sign_in(user, password)

    assert answer.status_code == 422
    assert "sai tên đăng nhập hoặc mật khẩu" in text_of(answer)
    assert visitor.get("/tai-khoan").status_code == 303


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"user": "", "password": "x"}, "user"),
        ({"user": "x", "password": ""}, "password"),
        ({"user": "x", "password": "y" * 200}, "password"),
    ],
)
def test_a_sign_in_that_cannot_be_right_is_refused_unread(
    visitor: Visitor, form: dict[str, str], field: str
) -> None:
    answer = visitor.post("/dang-nhap", form)

    assert answer.status_code == 400
    assert f'id="f-{field}-error"' in answer.text


def test_a_citizen_of_the_cast_signs_in_and_out(visitor: Visitor) -> None:
    assert visitor.sign_in(f" {MAI.user.upper()} ", MAI.password).location == visitor.url("/")
    assert MAI.full_name in text_of(visitor.get("/"))

    visitor.post("/dang-xuat")

    assert MAI.full_name not in text_of(visitor.get("/"))
    assert visitor.get("/tai-khoan").location == visitor.url("/dang-nhap?next=/tai-khoan")


def test_the_page_that_was_asked_for_opens_after_signing_in(visitor: Visitor) -> None:
    asked = visitor.get("/tai-khoan?x=1")

    answer = visitor.post(
        "/dang-nhap", {"user": MAI.user, "password": MAI.password, "next": "/tai-khoan?x=1"}
    )

    assert asked.location == visitor.url("/dang-nhap?next=/tai-khoan?x%3D1")
    assert answer.location == visitor.url("/tai-khoan?x=1")


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example/",
        "/\\evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/ /evil.example",
        "\\\\evil.example",
        "tai-khoan",
    ],
)
def test_nobody_is_led_to_another_site_after_signing_in(visitor: Visitor, target: str) -> None:
    answer = visitor.post(
        "/dang-nhap", {"user": MAI.user, "password": MAI.password, "next": target}
    )

    assert answer.location == visitor.url("/")


def test_a_session_holds_in_its_own_world_only(visitor: Visitor) -> None:
    visitor.sign_in(MAI.user, MAI.password)
    elsewhere = Visitor(visitor.house, "main")
    elsewhere.browser = visitor.browser

    assert visitor.get("/tai-khoan").status_code == 200
    assert elsewhere.browser.get("/tai-khoan").status_code == 401


def test_a_citizen_is_no_officer_and_an_officer_no_citizen(visitor: Visitor) -> None:
    visitor.sign_in(MAI.user, MAI.password)
    clerk = visitor.fresh()
    clerk.sign_in_officer("quantri")

    assert visitor.get("/can-bo").status_code == 303
    assert clerk.get("/tai-khoan").status_code == 303


def test_a_machine_is_told_that_it_has_to_sign_in(visitor: Visitor) -> None:
    answer = visitor.get("/tai-khoan", headers={"Accept": "application/json"})

    assert answer.status_code == 401
    assert answer.get_json()["code"] == "citizen-not-signed-in"


def test_a_form_of_another_site_is_refused(visitor: Visitor) -> None:
    answer = visitor.post(
        "/dang-nhap",
        {"user": MAI.user, "password": MAI.password},
        headers={"Origin": "https://evil.example", "Accept": "text/html"},
    )

    assert answer.status_code == 403
