"""Serves a house: one listening socket, a few threads."""

import logging
import signal
import socket
import sys
import threading
from collections.abc import Callable
from typing import Any

import waitress.server
import waitress.wasyncore

log = logging.getLogger(__name__)

# Under load every request waits a moment for a thread; that is no news.
logging.getLogger("waitress.queue").setLevel(logging.ERROR)


class Server:
    """A house that answers on a listening socket (see ``listen``)."""

    def __init__(self, app: Any, listening: socket.socket, *, threads: int = 6) -> None:
        """Answer after ``start``; until then callers wait in the socket's queue."""
        self._map: dict[int, Any] = {}
        self._server: Any = waitress.server.create_server(
            app,
            sockets=[listening],
            map=self._map,
            threads=threads,
            ident="motcua",
            clear_untrusted_proxy_headers=True,
            channel_timeout=60,
            max_request_body_size=256 * 1024 * 1024,
        )
        self.port = int(listening.getsockname()[1])
        self._thread = threading.Thread(target=self._run, name=f"server-{self.port}", daemon=True)

    def start(self) -> "Server":
        """Answer in the background."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop listening and answering."""
        found: list[Any] = []

        def leave() -> None:
            found.extend(self._map.values())
            self._map.clear()  # a loop over nothing ends

        # Inside the loop's own thread, so that it wakes up at once. Closed is later: what is
        # closed there may be the very pipe that is being written to here.
        self._server.trigger.pull_trigger(leave)
        self._server.task_dispatcher.shutdown(cancel_pending=True, timeout=0.2)
        self._thread.join(timeout=1.0)
        # Who still answers somebody must not wake a loop that is gone: the number of its pipe may
        # be another file's by then.
        self._server.pull_trigger = _nothing
        for each in found:
            each.close()

    def _run(self) -> None:
        self._server.run()


def _nothing(*_: object) -> None:
    return None


class PortTaken(OSError):
    """Another program listens where a house should."""


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket; ``port`` 0 takes a free one. Raises ``PortTaken``."""
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    if sys.platform != "win32":  # there it would let two programs share a port
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(256)
    except OSError as error:
        listening.close()
        raise PortTaken(f"{host}:{port}: {error.strerror}") from error
    return listening


def wait_for_the_end(
    stop: Callable[[], None],
    begin: Callable[[], None] | None = None,
) -> None:
    """Return from the main thread when Ctrl-C or SIGTERM comes, after ``stop``.

    ``begin`` tells the world that all is ready; it is called when the signals are listened to, so
    that whoever ends us on that word is heard.
    """
    ended = threading.Event()

    def end(*_: object) -> None:
        ended.set()

    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, end)
    if begin is not None:
        begin()
    while not ended.wait(3600):
        continue
    stop()
