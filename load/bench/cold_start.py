"""Cold start of the whole stack, and of one empty Flask process: seconds to the first answer."""

import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from load.bench.common import EMPTY, ROOT, pairs, rate

_DEADLINE = 30.0
_stops: list[float] = []


def main() -> None:
    """Print pairs, and how long the stack took to end after SIGTERM."""
    median = pairs(_stack, _empty, names=("whole stack", "empty Flask"), unit="seconds")
    print(f"goal: at most 3; measured {median:.2f}")
    print(f"SIGTERM to the end of the process: median {statistics.median(_stops):.2f} s")


def _empty() -> float:
    began = time.monotonic()
    with subprocess.Popen(  # noqa: S603 -- our own program
        [sys.executable, "-c", EMPTY],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None  # noqa: S101 -- asked for above
        port = int(process.stdout.readline())
        rate(port, "/", seconds=0.001)
        seconds = time.monotonic() - began
        process.send_signal(signal.SIGTERM)
    return seconds


def _stack() -> float:
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as folder:
        ready = Path(folder) / "ready.json"
        began = time.monotonic()
        with subprocess.Popen(  # noqa: S603 -- our own program
            [
                sys.executable,
                "-m",
                "motcua",
                "up",
                "--port-base",
                "0",
                "--data",
                f"{folder}/data",
                "--ready-file",
                str(ready),
            ],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
        ) as process:
            _wait_for(ready, process)
            seconds = time.monotonic() - began
            urls = json.loads(ready.read_text(encoding="utf-8"))["houses"]
            for url in urls.values():
                rate(int(url.rpartition(":")[2]), "/_sim/health", seconds=0.001)
            ended = time.monotonic()
            os.kill(process.pid, signal.SIGTERM)
            process.wait(10)
            _stops.append(time.monotonic() - ended)
    return seconds


def _wait_for(place: Path, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _DEADLINE
    while not place.exists():
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError("the stack did not start")
        try:
            process.wait(0.005)
        except subprocess.TimeoutExpired:
            continue


if __name__ == "__main__":
    main()
