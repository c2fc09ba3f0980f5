"""The banks start alone, say where they are, answer, and stop."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import requests

from mock_bank.app import open_with
from simkit.core.settings import HouseSettings

ROOT = Path(__file__).parents[3]


def test_the_house_starts_alone_on_a_free_port_and_stops_when_told(tmp_path: Path) -> None:
    environment = {**os.environ, "MOTCUA_DURABLE": "0"}
    with subprocess.Popen(
        [sys.executable, "-m", "mock_bank", "--port", "0", "--data", str(tmp_path)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            found = re.search(r"http://127\.0\.0\.1:[0-9]+", said)
            assert found is not None, said
            health = requests.get(f"{found[0]}/_sim/health", timeout=10).json()
            banks = requests.get(f"{found[0]}/api/v1/banks", timeout=10).json()
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=10)

    assert health["house"] == "bank"
    assert health["neighbours"]["bank"] == found[0]
    assert len(banks["banks"]) == 6
    assert process.returncode == 0
    assert list((tmp_path / "bank" / "worlds" / "main").glob("*.sqlite3"))


def test_the_front_door_opens_it_with_the_settings_of_all_houses() -> None:
    house = open_with(HouseSettings(durable=False))
    try:
        assert house.flask.test_client().get("/api/v1/banks").status_code == 200
    finally:
        house.close()
