"""Starting servers, asking them as fast as possible, and printing pairs."""

import contextlib
import os
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PAIRS = 5
_CLIENTS = 4

EMPTY = """
import sys, time
from flask import Flask
from simkit.flaskkit.server import Server, listen, wait_for_the_end
app = Flask(__name__)
@app.get("/")
def empty():
    return {"ok": True}
sock = listen("127.0.0.1", 0)
server = Server(app.wsgi_app, sock, threads=6).start()
print(sock.getsockname()[1], flush=True)
wait_for_the_end(server.stop)
"""
"""One empty Flask route on the very server that the houses use."""


def pin(pid: int, core: int) -> None:
    """Keep a process on one core, where the system can do that."""
    if hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(pid, {core})


@contextlib.contextmanager
def python_server(source: str, core: int = 0) -> Iterator[int]:
    """Run a Python program that prints its port; end it by its pid."""
    process = subprocess.Popen(  # noqa: S603 -- our own program
        [sys.executable, "-c", source],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None  # noqa: S101 -- asked for above
        line = process.stdout.readline()
        pin(process.pid, core)
        for thread in Path(f"/proc/{process.pid}/task").glob("*"):
            pin(int(thread.name), core)
        yield int(line)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)


def rate(port: int, path: str, seconds: float = 2.0) -> float:
    """Return answered requests per second for one path over a few kept connections."""
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
    return rate_of(port, lambda: request, seconds)


def rate_of(port: int, make: Callable[[], bytes], seconds: float = 2.0) -> float:
    """Return answered requests per second, each request made anew by ``make``."""
    end = time.monotonic() + seconds
    counts = [0] * _CLIENTS
    threads = [
        threading.Thread(target=_ask, args=(port, make, end, counts, number))
        for number in range(_CLIENTS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds


def _ask(port: int, make: Callable[[], bytes], end: float, counts: list[int], number: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        buffer = b""
        while time.monotonic() < end:
            connection.sendall(make())
            buffer = _read_answer(connection, buffer)
            counts[number] += 1


def _read_answer(connection: socket.socket, buffer: bytes) -> bytes:
    while b"\r\n\r\n" not in buffer:
        buffer += _more(connection)
    head, _, rest = buffer.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(head.decode(errors="replace"))
    lower = head.lower()
    length = int(lower.partition(b"content-length:")[2].partition(b"\r\n")[0])
    while len(rest) < length:
        rest += _more(connection)
    return rest[length:]


def _more(connection: socket.socket) -> bytes:
    data = connection.recv(65536)
    if not data:
        raise RuntimeError("the server closed the connection")
    return data


def pairs(
    ours: Callable[[], float],
    other: Callable[[], float],
    *,
    names: tuple[str, str],
    unit: str,
    count: int = PAIRS,
) -> float:
    """Measure both sides in turn, print every pair, and return the median ratio ours / other."""
    print(f"{'pair':>4}  {names[0]:>22}  {names[1]:>22}  ratio   ({unit}; {os.cpu_count()} cores)")
    ratios = []
    for number in range(1, count + 1):
        second, first = other(), ours()
        ratios.append(first / second)
        print(f"{number:>4}  {first:>22.2f}  {second:>22.2f}  {ratios[-1]:.3f}")
    median = statistics.median(ratios)
    print(f"median ratio {median:.3f}  (min {min(ratios):.3f}, max {max(ratios):.3f})")
    return median
