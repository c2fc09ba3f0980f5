"""The mailbox speaks SMTP, with any client, and no client brings it down."""

import contextlib
import smtplib
import socket
from collections.abc import Iterator
from email.message import EmailMessage
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mock_phone.service import PhoneService
from mock_phone.store.bell import ConditionBell, Seats
from mock_phone.store.messages import SqlWork
from mock_phone.store.tables import METADATA
from mock_phone.web.sink import Sink, Within
from mock_phone.web.smtp import LARGEST_MAIL, MOST_RECIPIENTS
from simkit.core.errors import NotFound
from simkit.runtime.ids import SeededIds
from simkit.storage.database import Database
from tests.builders.phone import AN_ADDRESS, StillClock

WORLD = "an-03"


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[PhoneService]:
    database = Database.create(tmp_path / "phone.sqlite", METADATA, durable=False)
    yield PhoneService(SqlWork(database), StillClock(), SeededIds("test"), ConditionBell(Seats(1)))
    database.close()


@pytest.fixture
def door(phone: PhoneService) -> Within:
    @contextlib.contextmanager
    def within(world: str) -> Iterator[PhoneService]:
        if world != WORLD:
            raise NotFound("no such world")
        yield phone

    return within


@pytest.fixture
def sink(door: Within) -> Iterator[Sink]:
    running = Sink(door, "127.0.0.1", 0)
    yield running
    running.stop()


def stranger(sink: Sink) -> smtplib.SMTP:
    return smtplib.SMTP(sink.host, sink.port, local_hostname="test", timeout=10)


@contextlib.contextmanager
def client(sink: Sink) -> Iterator[smtplib.SMTP]:
    with stranger(sink) as smtp:
        smtp.login(WORLD, "any")
        yield smtp


def a_mail(text: str = "Mã kích hoạt: 550127") -> EmailMessage:
    mail = EmailMessage()
    mail["Message-ID"] = "<thu-1@portal>"
    mail["From"] = "khong-tra-loi@dichvucong.example"
    mail["To"] = str(AN_ADDRESS)
    mail["Subject"] = "Kích hoạt tài khoản"
    mail.set_content(text)
    return mail


def test_a_mail_reaches_the_mailbox(sink: Sink, phone: PhoneService) -> None:
    with client(sink) as smtp:
        smtp.send_message(a_mail())

    (letter,) = phone.mailbox(AN_ADDRESS)
    assert letter.subject == "Kích hoạt tài khoản"
    assert letter.text == "Mã kích hoạt: 550127"


def test_the_same_message_id_again_changes_nothing(sink: Sink, phone: PhoneService) -> None:
    for _ in range(2):
        with client(sink) as smtp:
            smtp.send_message(a_mail())

    assert len(phone.mailbox(AN_ADDRESS)) == 1


def test_the_same_message_id_with_another_text_is_refused(sink: Sink) -> None:
    with client(sink) as smtp:
        smtp.send_message(a_mail())
        with pytest.raises(smtplib.SMTPDataError) as refused:
            smtp.send_message(a_mail("Nội dung khác"))

    assert refused.value.smtp_code == 554
    assert "message-id-taken" in str(refused.value.smtp_error)


def test_mails_without_an_id_are_each_news(sink: Sink, phone: PhoneService) -> None:
    with client(sink) as smtp:
        for _ in range(2):
            smtp.sendmail("a@x.example", [str(AN_ADDRESS)], b"Subject: 1\r\n\r\nx")

    assert len(phone.mailbox(AN_ADDRESS)) == 2


@pytest.mark.parametrize("world", ["nobody", "an-03\xff", "thế-giới"])
def test_an_unknown_world_is_refused_with_535(sink: Sink, world: str) -> None:
    with stranger(sink) as smtp:
        smtp.ehlo()
        with pytest.raises(smtplib.SMTPAuthenticationError) as refused:
            smtp.auth("PLAIN", lambda _=None: f"\0{world.encode('ascii', 'replace').decode()}\0x")

    assert refused.value.smtp_code == 535


def test_a_user_name_that_is_no_text_is_refused_with_535(sink: Sink) -> None:
    with stranger(sink) as smtp:
        smtp.ehlo()

        assert smtp.docmd("AUTH", "PLAIN AP/+AHg=")[0] == 535


def test_mail_without_signing_in_is_refused(sink: Sink) -> None:
    with stranger(sink) as smtp:
        smtp.ehlo()

        assert smtp.mail("a@x.example")[0] == 530


def test_a_recipient_that_is_no_address_is_refused(sink: Sink) -> None:
    with client(sink) as smtp:
        smtp.mail("a@x.example")

        assert smtp.rcpt("nobody")[0] == 553


def test_recipients_beyond_the_limit_are_put_off(sink: Sink) -> None:
    with client(sink) as smtp:
        smtp.mail("a@x.example")
        answers = [smtp.rcpt(f"n{n}@x.example")[0] for n in range(MOST_RECIPIENTS + 1)]

    assert answers == [250] * MOST_RECIPIENTS + [452]


def test_a_fault_of_ours_asks_the_sender_to_try_again(
    phone: PhoneService, caplog: pytest.LogCaptureFixture
) -> None:
    calls = count()

    @contextlib.contextmanager
    def within(_: str) -> Iterator[PhoneService]:
        if next(calls):  # the first call is the sign-in
            raise OSError("disk full")
        yield phone

    sink = Sink(within, "127.0.0.1", 0)
    with client(sink) as smtp, pytest.raises(smtplib.SMTPDataError) as put_off:
        smtp.send_message(a_mail())

    sink.stop()
    assert put_off.value.smtp_code == 451
    assert "disk full" in caplog.text


def test_a_mail_that_is_too_large_is_refused(sink: Sink, phone: PhoneService) -> None:
    line = b"x" * 900 + b"\r\n"
    with client(sink) as smtp:
        smtp.mail("a@x.example")
        smtp.rcpt(str(AN_ADDRESS))

        assert smtp.data(b"\r\n" + line * (LARGEST_MAIL // len(line) + 2))[0] == 552
    assert phone.mailbox(AN_ADDRESS) == []


def test_mail_is_taken_from_this_machine_only(door: Within) -> None:
    with pytest.raises(ValueError, match="this machine only"):
        Sink(door, "192.0.2.1", 0)


def test_a_port_that_is_taken_is_an_error_at_once(door: Within, sink: Sink) -> None:
    with pytest.raises(OSError, match=r"(?i)address"):
        Sink(door, sink.host, sink.port)


def test_a_conversation_in_the_middle_does_not_hold_up_the_end(sink: Sink) -> None:
    with socket.create_connection((sink.host, sink.port), timeout=10) as line:
        assert line.recv(100).startswith(b"220")
        line.sendall(b"EHLO test\r\nMAIL FROM:<")

        sink.stop()

        with contextlib.suppress(ConnectionError):
            while line.recv(1000):
                pass


COMMANDS = st.sampled_from(
    b"""EHLO x|HELO x|AUTH PLAIN AGFuLTAzAHg=|AUTH LOGIN|AUTH|MAIL FROM:<a@x.y>|RCPT TO:<an@x.y>|
    DATA|.|RSET|NOOP|VRFY a|HELP|STARTTLS|MAIL FROM:<a@x.y> SIZE=99999999|RCPT TO:<\\">""".replace(
        b"\n    ", b""
    ).split(b"|"),
)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None
)
@given(st.lists(COMMANDS | st.binary(max_size=60), max_size=12))
def test_no_conversation_brings_it_down(sink: Sink, lines: list[bytes]) -> None:
    with (
        contextlib.suppress(ConnectionError),
        socket.create_connection((sink.host, sink.port), timeout=10) as line,
    ):
        line.sendall(b"\r\n".join([*lines, b".", b"QUIT", b""]))
        line.shutdown(socket.SHUT_WR)
        while answer := line.recv(4096):
            assert b"451 4.3.0" not in answer

    with client(sink) as smtp:
        assert smtp.noop()[0] == 250
