"""What people see on the phone and in the mailbox."""

import re

import pytest
from flask.testing import FlaskClient

from mock_phone.service import PhoneService
from simkit.flaskkit.house import House
from tests.builders.phone import AN_ADDRESS, a_letter, an_sms, an_sms_body

HTML = {"Accept": "text/html"}


def text_of(client: FlaskClient, path: str, status: int = 200) -> str:
    answer = client.get(path, headers=HTML)
    assert answer.status_code == status
    return answer.text


def test_a_world_without_messages_says_what_will_happen(client: FlaskClient) -> None:
    page = text_of(client, "/")

    assert "Chưa có tin nhắn hay thư nào" in page
    assert "Mô phỏng" in page


def test_the_home_page_lists_phones_and_mailboxes(
    client: FlaskClient, house: House[PhoneService]
) -> None:
    with house.within("main") as service:
        service.take_sms(an_sms())
        service.take_mail([a_letter()])

    page = text_of(client, "/")

    assert 'href="/phone/0912345678"' in page
    assert 'href="/mailbox/an@hop-thu.example"' in page


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("0912 345 678", "/phone/0912345678"),
        ("+84912345678", "/phone/0912345678"),
        ("An@hop-thu.example", "/mailbox/an@hop-thu.example"),
    ],
)
def test_what_is_typed_is_opened(client: FlaskClient, typed: str, place: str) -> None:
    answer = client.get("/open", query_string={"to": typed}, headers=HTML)

    assert (answer.status_code, answer.location) == (303, place)


@pytest.mark.parametrize("typed", ["", "12", "an@", "<script>"])
def test_what_cannot_be_opened_is_said_at_the_field(client: FlaskClient, typed: str) -> None:
    answer = client.get("/open", query_string={"to": typed}, headers=HTML)

    assert answer.status_code == 400
    assert 'aria-invalid="true"' in answer.text
    assert "<script>" not in answer.text.split("</head>")[1]


def test_the_phone_shows_the_newest_sender_first_and_the_code_large(client: FlaskClient) -> None:
    client.post("/api/v1/sms", json=an_sms_body(id="1", **{"from": "DVC"}, text="Hồ sơ đã nhận."))
    client.post("/api/v1/sms", json=an_sms_body(id="2"))

    page = text_of(client, "/phone/0912345678")

    assert page.index("NH SAO BIEN") < page.index("DVC")
    assert re.findall(r"data-code>(\d+)<", page) == ["482913"]
    assert 'data-kit-copy="482913"' in page


def test_a_silent_phone_is_no_error(client: FlaskClient) -> None:
    assert "Chưa có tin nhắn" in text_of(client, "/phone/0912345678")


def test_a_number_in_another_form_leads_to_the_one_page(client: FlaskClient) -> None:
    answer = client.get("/phone/+84912345678", headers=HTML)

    assert (answer.status_code, answer.location) == (301, "/phone/0912345678")


def test_an_address_in_capitals_leads_to_the_one_mailbox(client: FlaskClient) -> None:
    answer = client.get("/mailbox/An@Hop-Thu.example", headers=HTML)

    assert (answer.status_code, answer.location) == (301, "/mailbox/an@hop-thu.example")


def test_text_of_an_sms_is_never_markup(client: FlaskClient) -> None:
    client.post("/api/v1/sms", json=an_sms_body(text="<b>Mã OTP</b> 123456"))

    assert "&lt;b&gt;Mã OTP&lt;/b&gt;" in text_of(client, "/phone/0912345678")


def test_the_html_of_a_mail_can_do_nothing(client: FlaskClient, house: House[PhoneService]) -> None:
    with house.within("main") as service:
        seq = service.take_mail([a_letter(html="<script>alert(1)</script>")])[0].message.seq
    place = f"/mailbox/{AN_ADDRESS}/{seq}"

    page, part = text_of(client, place), client.get(f"{place}/html", headers=HTML)

    assert "alert(1)" not in page
    assert re.search(r'<iframe[^>]* sandbox="allow-popups allow-popups-to-escape-sandbox"', page)
    policy = part.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox allow-popups" in policy
    assert "script-src" not in policy
    assert "allow-scripts" not in policy


def test_a_mail_without_html_is_shown_as_text(
    client: FlaskClient, house: House[PhoneService]
) -> None:
    with house.within("main") as service:
        seq = service.take_mail([a_letter(text="Mã kích hoạt: 550127 <i>")])[0].message.seq

    page = text_of(client, f"/mailbox/{AN_ADDRESS}/{seq}")

    assert "&lt;i&gt;" in page
    assert "<iframe" not in page


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/phone/123", 400),
        ("/mailbox/nobody", 400),
        ("/mailbox/an@hop-thu.example/1", 404),
        ("/mailbox/an@hop-thu.example/x", 404),
        ("/mailbox/an@hop-thu.example/" + "9" * 5000, 404),
        ("/mailbox/an@hop-thu.example/1/html", 404),
        ("/w/nowhere/", 404),
    ],
)
def test_what_is_not_there_is_said_on_a_page(client: FlaskClient, path: str, status: int) -> None:
    page = text_of(client, path, status)

    assert page.count("<h1") == 1
    assert 'lang="vi"' in page


@pytest.mark.parametrize("path", ["/", "/phone/0912345678", "/mailbox/an@hop-thu.example"])
def test_pages_renew_themselves_and_say_so(client: FlaskClient, path: str) -> None:
    page = text_of(client, path)

    assert "data-live-url=" in page
    assert 'role="status" data-live-said' in page
    assert "<noscript>" in page
