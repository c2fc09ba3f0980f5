"""The portal starts by itself, says where, answers and stops."""

import re
import signal
import subprocess
import sys

import pytest
import requests


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends processes without a signal")
def test_the_portal_starts_answers_and_stops() -> None:
    command = [sys.executable, "-m", "mock_portal", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            address = re.search(r"http://\S+?(?=\.? )", process.stdout.readline())
            assert address
            assert requests.get(f"{address[0]}/_sim/health", timeout=10).status_code == 200
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=10) == 0
        finally:
            process.kill()
