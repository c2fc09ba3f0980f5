"""Starts and stops all houses in one process, each on its own port.

One process, because five would need five times the memory and the imports of five. A house that
needs a processor of its own can be started alone (``python -m mock_bank``) and named by
``--replace``.
"""

import contextlib
import json
import os
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from motcua.houses import BASE, OFFSETS, PACKAGES, SMTP_OFFSET, Opened, open_house
from simkit.core.errors import RuleBroken
from simkit.core.settings import HouseSettings, Neighbour
from simkit.flaskkit.server import PortTaken, Server, listen

SEEDS = Path(".motcua/seeds").resolve()
"""Prepared seeds, shared by all data folders; they are named after the code they come from."""


class StackError(Exception):
    """The stack cannot start; the message says what to do."""


@dataclass(frozen=True, slots=True)
class StackOptions:
    """What to start, and where.

    ``port_base``: portal is ``port_base + 1`` and so on; 0 takes free ports. ``replace``: real
    systems in a mock's place. ``data`` ``None``: worlds go when the stack ends. ``control_token``:
    opens the control rooms to other machines, and is asked for then.
    """

    host: str = "127.0.0.1"
    port_base: int = BASE
    only: tuple[str, ...] = tuple(PACKAGES)
    replace: Mapping[str, str] = field(default_factory=dict)
    data: Path | None = None
    durable: bool = True
    site: str = "haiphong"
    seeds: Path = SEEDS
    control_token: str | None = None

    def houses(self) -> list[str]:
        """Return the names of the houses that run here."""
        return [name for name in PACKAGES if name in self.only and name not in self.replace]


class Stack:
    """Running houses. Use ``start`` and ``stop``, or as a context manager."""

    def __init__(self, options: StackOptions) -> None:
        """Take the options; nothing runs yet."""
        self.options = options
        self.urls: dict[str, str] = {}
        self.smtp = ""
        self._sockets: dict[str, socket.socket] = {}
        self._opened: list[Opened] = []
        self._servers: list[Server] = []
        self._post_office: Any = None

    def start(self) -> Self:
        """Listen everywhere, open every house, answer. Raises ``StackError``."""
        unknown = (set(self.options.only) | set(self.options.replace)) - set(PACKAGES)
        if unknown:
            raise StackError(
                f"No house is called {', '.join(sorted(unknown))}. Known: {', '.join(PACKAGES)}.",
            )
        if not self.options.houses():
            raise StackError("Nothing is left to start: every house is left out or replaced.")
        try:
            self._listen()
            self._open()
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """End everything within two seconds."""
        ends = [*(server.stop for server in self._servers)]
        if self._post_office is not None:
            ends.append(self._post_office.stop)
        _all_at_once(ends, seconds=1.0)
        _all_at_once([opened.house.close for opened in self._opened], seconds=0.8)
        for listening in self._sockets.values():
            listening.close()
        self._servers.clear()
        self._opened.clear()
        self._sockets.clear()
        self._post_office = None

    def __enter__(self) -> Self:
        """Start."""
        return self.start()

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self.stop()

    def warm_up(self) -> None:
        """Import in the background what starting did not need, before somebody waits for it."""

        def warm() -> None:
            for opened in list(self._opened):
                with contextlib.suppress(Exception):  # the stack may end meanwhile
                    opened.house.warm_up()

        threading.Thread(target=warm, name="warm-up", daemon=True).start()

    def ready(self) -> dict[str, object]:
        """Return what the ready file says: ``houses`` run here and have a control room."""
        own = {name: self.urls[name] for name in self.options.houses()}
        replaced = {name: self.urls[name] for name in self.options.replace}
        return {"pid": os.getpid(), "houses": own, "replaced": replaced, "smtp": self.smtp}

    # -- inside -------------------------------------------------------------------------------

    def _port(self, offset: int) -> int:
        return self.options.port_base + offset if self.options.port_base else 0

    def _listen(self) -> None:
        host = self.options.host
        wanted = {name: self._port(OFFSETS[name]) for name in self.options.houses()}
        for name, port in wanted.items():
            with _explained(name, port):
                self._sockets[name] = listen(host, port)
            found = self._sockets[name].getsockname()[1]
            self.urls[name] = f"http://{host}:{found}"
        self.urls |= {name: url.rstrip("/") for name, url in self.options.replace.items()}
        smtp = self._port(SMTP_OFFSET)
        if "phone" in wanted and not smtp:
            smtp = _free_port(host)
        self.smtp = f"{host}:{smtp or BASE + SMTP_OFFSET}"

    def _open(self) -> None:
        neighbours = {name: Neighbour(url, worlds=True) for name, url in self._all_urls().items()}
        for name, url in self.options.replace.items():
            neighbours[name] = Neighbour(url, worlds=False)
        host, _, port = self.smtp.rpartition(":")
        for name in self.options.houses():
            settings = HouseSettings(
                own_url=self.urls[name],
                data=self.options.data,
                durable=self.options.durable,
                neighbours=neighbours,
                smtp=(host, int(port)),
                site=self.options.site,
                seeds=self.options.seeds,
                control_token=self.options.control_token,
            )
            try:
                opened = open_house(name, settings)
            except RuleBroken as refusal:
                raise StackError(f"The house {name} does not open. {refusal}") from refusal
            self._opened.append(opened)
            if name == "phone":
                with _explained("the mailbox (SMTP)", int(port)):
                    # Mail is taken from this machine only, whatever --host says.
                    self._post_office = opened.module.start_smtp(opened.house, port=int(port))
            threads = opened.house.plan.threads
            server = Server(opened.house.wsgi, self._sockets[name], threads=threads)
            self._servers.append(server.start())

    def _all_urls(self) -> dict[str, str]:
        usual = {name: f"http://{self.options.host}:{BASE + OFFSETS[name]}" for name in PACKAGES}
        return usual | self.urls


def write_ready_file(place: Path, content: Mapping[str, object]) -> None:
    """Write the file in one piece: whoever sees it sees all of it."""
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = place.with_name(f"{place.name}.{os.getpid()}.new")
    fresh.write_text(json.dumps(content, indent=1), encoding="utf-8")
    fresh.replace(place)


def remove_ready_file(place: Path) -> None:
    """Remove the file, unless another stack has written its own there since."""
    with contextlib.suppress(OSError, ValueError):
        if json.loads(place.read_text(encoding="utf-8"))["pid"] == os.getpid():
            place.unlink()


@contextlib.contextmanager
def _explained(what: str, port: int) -> Iterator[None]:
    try:
        yield
    except (PortTaken, OSError) as error:
        raise StackError(
            f"Port {port} for {what} is taken ({error}). Another `up` may be running: stop it, or "
            "choose other ports with --port-base 9000 (0 takes free ones).",
        ) from error


def _free_port(host: str) -> int:
    with listen(host, 0) as probe:
        return int(probe.getsockname()[1])


def _all_at_once(actions: list[Any], seconds: float) -> None:
    """Do these at the same time; what has not ended after ``seconds`` goes on in the background."""
    threads = [threading.Thread(target=action, daemon=True) for action in actions]
    end = time.monotonic() + seconds
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=max(end - time.monotonic(), 0.0))
