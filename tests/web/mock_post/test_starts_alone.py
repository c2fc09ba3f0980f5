"""The post runs by itself; a customer who is not there is no trouble."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
import requests

from tests.builders.post import an_order_body


@pytest.fixture
def alone() -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "mock_post", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def test_the_house_starts_says_where_it_is_and_ends_when_told(
    alone: "subprocess.Popen[str]",
) -> None:
    assert alone.stdout is not None
    said = re.match(r"post is up at (http://127\.0\.0\.1:\d+)\.", alone.stdout.readline())
    assert said is not None

    taken = requests.post(f"{said[1]}/ngsp/v1/orders", json=an_order_body(), timeout=10).json()
    assert taken["Status"] == "100"
    status = f"{said[1]}/serviceApi/v1/LayTrangThaiTheoMaBuuGui/{taken['ItemCode']}"
    assert requests.get(status, timeout=10).json()["Status"] in {"-3", "-2"}

    alone.send_signal(signal.SIGTERM)
    assert alone.wait(timeout=10) == 0
