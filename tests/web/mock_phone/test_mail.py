"""How a mail is read, whatever its shape."""

from email.message import EmailMessage
from email.mime.text import MIMEText

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mock_phone.domain.message import Incoming
from mock_phone.web.mail import Unreadable, letters_from
from tests.builders.phone import AN_ADDRESS


def read(raw: bytes) -> Incoming:
    return letters_from(raw, [AN_ADDRESS], sender="bounce@x.example")[0]


def a_mail(subject: str = "Kích hoạt tài khoản dịch vụ công", html: str = "") -> EmailMessage:
    mail = EmailMessage()
    mail["Message-ID"] = "<thu-1@portal>"
    mail["From"] = "Cổng dịch vụ công <khong-tra-loi@dichvucong.example>"
    mail["To"] = str(AN_ADDRESS)
    mail["Subject"] = subject
    mail.set_content("Mã kích hoạt: 550127\nXin cảm ơn ông/bà.")
    if html:
        mail.add_alternative(html, subtype="html")
    return mail


def test_a_plain_mail_is_read_with_its_accents() -> None:
    letter = read(a_mail().as_bytes())

    assert letter.id == "<thu-1@portal>"
    assert letter.subject == "Kích hoạt tài khoản dịch vụ công"
    assert letter.sender == "Cổng dịch vụ công <khong-tra-loi@dichvucong.example>"
    assert letter.text == "Mã kích hoạt: 550127\nXin cảm ơn ông/bà."
    assert letter.html == ""


def test_both_parts_of_a_mail_are_kept() -> None:
    letter = read(a_mail(html="<p>Mã kích hoạt: <b>550127</b></p>").as_bytes())

    assert letter.text.startswith("Mã kích hoạt: 550127")
    assert letter.html == "<p>Mã kích hoạt: <b>550127</b></p>"


def test_a_mail_with_html_only_gets_its_words_as_text() -> None:
    mail = MIMEText(
        "<head><title>x</title><style>p{}</style></head><p>Mã:&nbsp;<b>550127</b></p><p>Hết</p>",
        "html",
    )

    assert read(mail.as_bytes()).text == "Mã: 550127\nHết"


def test_an_attachment_is_not_taken_for_the_text() -> None:
    mail = a_mail()
    mail.add_attachment("lạ".encode(), maintype="text", subtype="plain", filename="a.txt")

    assert read(mail.as_bytes()).text.startswith("Mã kích hoạt")


def test_a_long_subject_comes_back_on_one_line() -> None:
    subject = "Hồ sơ của ông/bà đã được tiếp nhận và đang chờ bộ phận chuyên môn xử lý " * 3

    assert read(a_mail(subject=subject.strip()).as_bytes()).subject == subject.strip()


def test_eight_bit_headers_are_read_as_utf_8() -> None:
    raw = "Subject: Thông báo hồ sơ\r\n\r\nXin chào".encode()

    assert read(raw).subject == "Thông báo hồ sơ"


def test_missing_headers_are_filled_from_the_envelope() -> None:
    letter = read(b"\r\nXin chao")

    assert (letter.id, letter.sender, letter.subject) == ("", "bounce@x.example", "")


@pytest.mark.parametrize("charset", ["x-unknown", "hex", "undefined", "idna", "utf-8\x00", ""])
def test_an_odd_charset_costs_letters_and_not_the_mail(charset: str) -> None:
    raw = f'Content-Type: text/plain; charset="{charset}"\r\n\r\nMa OTP 550127'.encode()

    assert "550127" in read(raw).text


def test_one_recipient_named_twice_gets_one_letter() -> None:
    letters = letters_from(b"\r\nx", [AN_ADDRESS, AN_ADDRESS], sender="")

    assert len(letters) == 1


HEADER = st.sampled_from(
    [
        b"Subject",
        b"From",
        b"Message-ID",
        b"Content-Type",
        b"Content-Transfer-Encoding",
        b"Content-Disposition",
    ],
)
TREACHEROUS = st.sampled_from(
    [
        b"=?utf-8?b?!!!?=",
        b"=?utf-8?q?=ZZ?=",
        b"multipart/mixed; boundary=b",
        b"text/html; charset*=''%",
        b"base64",
        b"x-uuencode",
        b"message/rfc822",
        b"<![CDATA[",
        b"\xff\xfe",
        b"=?\x00?b?QQ==?=",
    ],
)
HEADERS = st.lists(st.tuples(HEADER, TREACHEROUS | st.binary(max_size=40)))
BODY = st.binary() | TREACHEROUS | st.just(b"--b\r\nContent-Type: text/html\r\n\r\n<p\r\n--b--")
NEARLY_A_MAIL = st.builds(
    lambda headers, body: b"".join(b"%b: %b\r\n" % pair for pair in headers) + b"\r\n" + body,
    HEADERS,
    BODY,
)
NESTED = b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n"


def test_a_mail_that_exhausts_the_parser_is_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        read(b"".join(NESTED % (n, n) for n in range(2000)))

    assert refused.value.code == "unreadable-mail"


@settings(deadline=None)
@given(st.binary() | NEARLY_A_MAIL)
@example(b"Content-Type: text/html\r\n\r\n<![if !mso]><!DOCTYPE [<!x")
@example(b"".join(NESTED % (n, n) for n in range(300)))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        letter = read(raw)
    except Unreadable:
        return
    kept = letter.subject + letter.sender + letter.text + letter.html + letter.id
    assert "\x00" not in kept
    kept.encode()
