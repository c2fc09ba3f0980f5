"""The real program: it starts, says where it is, and ends with nothing left."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from motcua.houses import PACKAGES

ROOT = Path(__file__).resolve().parent.parent.parent
DEADLINE = 60.0
QUIT_SECONDS = 2.0


@contextmanager
def program(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run ``python -m …`` in a process group of its own; it is ended by its pid."""
    process = subprocess.Popen(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(10)
        assert process.stdout is not None
        process.stdout.close()


def until_there(place: Path, process: subprocess.Popen[str]) -> None:
    end = time.monotonic() + DEADLINE
    while not place.exists():
        assert process.poll() is None, process.stdout and process.stdout.read()
        assert time.monotonic() < end, "it did not get ready"
        try:
            process.wait(0.02)
        except subprocess.TimeoutExpired:
            continue


def health(url: str) -> dict[str, object]:
    with urllib.request.urlopen(f"{url}/_sim/health", timeout=30) as answer:
        return dict(json.load(answer))


def answers(url: str) -> bool:
    host, _, port = url.removeprefix("http://").partition(":")
    with socket.socket() as probe:
        return probe.connect_ex((host, int(port))) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl-C"])
def test_up_answers_everywhere_and_ends_within_two_seconds(tmp_path: Path, how: int) -> None:
    ready = tmp_path / "ready.json"
    options = ("--port-base", "0", "--data", str(tmp_path / "data"), "--ready-file", str(ready))

    with program("motcua", "up", *options) as process:
        until_there(ready, process)
        told = json.loads(ready.read_text(encoding="utf-8"))
        houses = {health(url)["house"] for url in told["houses"].values()}
        began = time.monotonic()
        os.kill(process.pid, how)
        code = process.wait(10)
        seconds = time.monotonic() - began

    assert told["pid"] == process.pid
    assert houses == set(PACKAGES)
    assert code == 0
    assert seconds < QUIT_SECONDS
    assert not ready.exists()
    assert not any(answers(url) for url in told["houses"].values())
    assert not Path(f"/proc/{process.pid}").exists()


def test_a_taken_port_is_told_and_nothing_stays(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        base = other.getsockname()[1] - 1  # where the portal, the first of all, wants to be
        ready = str(tmp_path / "ready.json")
        options = ("--port-base", str(base), "--data", str(tmp_path / "d"), "--ready-file", ready)
        with program("motcua", "up", *options) as process:
            output, _ = process.communicate(timeout=DEADLINE)

    assert process.returncode == 1
    assert f"Port {base + 1} for portal is taken" in output
    assert "--port-base" in output
    assert not Path(ready).exists()


@pytest.mark.parametrize("name", sorted(PACKAGES))
def test_each_house_starts_alone(name: str) -> None:
    extra = ("--smtp-port", "0") if name == "phone" else ()
    with program(PACKAGES[name], "--port", "0", *extra) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        url = next(word for word in line.split() if word.startswith("http://")).rstrip("/.,")
        answer = health(url)
        process.send_signal(signal.SIGTERM)
        code = process.wait(10)

    assert answer["house"] == name
    assert code == 0
