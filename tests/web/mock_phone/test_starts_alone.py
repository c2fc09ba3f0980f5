"""The phone runs by itself, with both doors open."""

import re
import signal
import smtplib
import subprocess
import sys
from collections.abc import Iterator

import pytest
import requests

from mock_phone.app import start_smtp
from mock_phone.service import PhoneService
from simkit.flaskkit.house import House
from tests.builders.phone import AN_ADDRESS

MAIL = b"Subject: Thu\r\nMessage-ID: <1@x>\r\n\r\nMa kich hoat: 550127"


def send(host: str, port: int, world: str) -> None:
    with smtplib.SMTP(host, port, local_hostname="test", timeout=10) as smtp:
        smtp.login(world, "any")
        smtp.sendmail("a@x.example", [str(AN_ADDRESS)], MAIL)


def test_mail_goes_into_the_world_that_the_user_name_says(house: House[PhoneService]) -> None:
    house.worlds.create("thu-01")
    sink = start_smtp(house, "127.0.0.1", 0)

    send(sink.host, sink.port, "thu-01")

    sink.stop()
    with house.within("thu-01") as there, house.within("main") as here:
        assert len(there.mailbox(AN_ADDRESS)) == 1
        assert here.mailbox(AN_ADDRESS) == []
    house.worlds.delete("thu-01")


@pytest.fixture
def alone() -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "mock_phone", "--port", "0", "--smtp-port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def test_the_house_starts_says_where_it_is_and_ends_when_told(
    alone: "subprocess.Popen[str]",
) -> None:
    assert alone.stdout is not None
    said = re.match(
        r"phone is up at (http://127\.0\.0\.1:\d+), mail at 127\.0\.0\.1:(\d+)\.",
        alone.stdout.readline(),
    )
    assert said is not None

    send("127.0.0.1", int(said[2]), "main")
    news = requests.get(f"{said[1]}/api/v1/messages?to={AN_ADDRESS}&wait=10", timeout=20).json()
    assert [m["text"] for m in news["messages"]] == ["Ma kich hoat: 550127"]

    alone.send_signal(signal.SIGTERM)
    assert alone.wait(timeout=10) == 0
