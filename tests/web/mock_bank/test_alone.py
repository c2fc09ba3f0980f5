"""The banks start alone, say where they are, answer, and stop."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import requests

ROOT = Path(__file__).parents[3]


def test_the_house_starts_alone_on_a_free_port_and_stops_when_told(tmp_path: Path) -> None:
    environment = {**os.environ, "MOTCUA_DATA": str(tmp_path), "MOTCUA_DURABLE": "0"}
    with subprocess.Popen(
        [sys.executable, "-m", "mock_bank", "--port", "0"],
        cwd=ROOT,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stderr is not None
            said = process.stderr.readline()
            found = re.search(r"http://127\.0\.0\.1:[0-9]+", said)
            assert found is not None, said
            health = requests.get(f"{found[0]}/_sim/health", timeout=10).json()
            banks = requests.get(f"{found[0]}/api/v1/banks", timeout=10).json()
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=10)

    assert health["house"] == "bank"
    assert health["neighbours"]["bank"] == found[0]
    assert len(banks["banks"]) == 5
    assert process.returncode == 0
