"""The house starts with nothing but Python, says where it is, and ends when told."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
import requests

ROOT = Path(__file__).parents[3]


@pytest.mark.skipif(sys.platform == "win32", reason="SIGTERM ends a process there at once")
def test_it_starts_on_a_free_port_and_ends() -> None:
    command = [sys.executable, "-m", "mock_payment_gateway", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            said = process.stdout.readline()
            address = said.removeprefix("gateway is up at ").partition(". ")[0]
            page = requests.get(address, timeout=10)
        finally:
            process.send_signal(signal.SIGTERM)
        process.wait(timeout=10)

    assert "Nền tảng thanh toán" in page.text
    assert process.returncode == 0


def test_a_taken_port_is_said_in_one_line() -> None:
    command = [sys.executable, "-m", "mock_payment_gateway", "--host", "203.0.113.1"]

    ended = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )

    assert ended.returncode == 1
    assert "203.0.113.1:8002" in ended.stderr
    assert "Traceback" not in ended.stderr
