"""A world as one house sees it: everything that the house's service is handed."""

import contextlib
import hmac
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from simkit.core.settings import HouseSettings
from simkit.flaskkit.captcha import WorldCaptchas
from simkit.runtime.clock import WorldClock
from simkit.runtime.ids import SeededIds
from simkit.storage.blobs import Blobs
from simkit.storage.database import Database
from simkit.storage.outbox import AgendaTable, OutboxTable
from simkit.storage.sql import Sql
from simkit.wire.journal import BODY_KEPT, Entry, Journal
from simkit.wire.trace import Traces

if TYPE_CHECKING:
    from requests import Session

    from simkit.wire.couriers import MailCourier
    from simkit.wire.line import Line


@dataclass(eq=False)
class World:
    """One world in one house. Made by ``Worlds``; a reset replaces it by another."""

    house: str
    name: str
    seed: str
    secret: str
    settings: HouseSettings
    clock: WorldClock
    ids: SeededIds
    database: Database
    blobs: Blobs
    http: Callable[[], "Session"]
    wake: Callable[["World"], None]
    journal: Journal = field(default_factory=Journal)
    traces: Traces = field(default_factory=Traces)
    build: Callable[["World"], Any] = field(default=lambda world: world)
    pumping: threading.Lock = field(default_factory=threading.Lock)
    done: int = 0  # so many things were delivered, tried in vain or happened since it was opened

    def __post_init__(self) -> None:
        """Make what hangs on the rest."""
        self.captchas = WorldCaptchas(self.key("captcha"), self.database, self.clock, self.ids)
        self._guests = 0
        self._leaving = threading.Condition()
        self._building = threading.RLock()
        self._service: Any = None

    @property
    def service(self) -> Any:
        """The house's service in this world, put together when it is first asked for."""
        if self._service is None:
            with self._building:
                if self._service is None:
                    self._service = self.build(self)
        return self._service

    @property
    def in_use(self) -> bool:
        """Whether the service was ever asked for."""
        return self._service is not None

    # -- addresses and neighbours -------------------------------------------------------------

    def own_url(self, path: str) -> str:
        """Return the absolute address of ``path`` ("/…") in this world of this house."""
        return self.settings.neighbours[self.house].base(self.name) + path

    def neighbour(self, name: str) -> str:
        """Return a neighbour's base address for this world, without a slash at the end."""
        return self.settings.neighbours[name].base(self.name)

    def line(self, name: str) -> "Line":
        """Return a line to a neighbour."""
        from simkit.wire.line import Line  # noqa: PLC0415 -- requests: not needed to start

        return Line(
            self.http(),
            self.neighbour(name),
            to=name,
            journal=self.journal,
            now=self.clock.now,
            trace=self.trace,
        )

    def mail(self, sender: str) -> "MailCourier":
        """Return a courier for mail into this world's mailboxes."""
        from simkit.wire.couriers import MailCourier  # noqa: PLC0415 -- as above

        return MailCourier(
            self.settings.smtp,
            world=self.name,
            sender=sender,
            journal=self.journal,
            now=self.clock.now,
            trace=self.trace,
        )

    def trace(self) -> str:
        """Return the conversation that this thread takes part in; begin one if there is none."""
        trace = self.traces.get()
        if not trace:
            trace = f"00-{self.ids.hex('trace', 16)}-{self.ids.hex('span', 8)}-01"
            self.traces.set(trace)
        return trace

    def note_mail(self, raw: bytes, sender: str, status: int, about: str = "") -> None:
        """Write a mail that came in by SMTP into the journal; ``status`` is SMTP's."""
        self.journal.add(
            Entry(
                direction="in",
                at=self.clock.now(),
                peer=sender,
                method="SMTP",
                url=f"smtp:{self.name}",
                request_headers=[],
                request=raw[:BODY_KEPT],
                request_size=len(raw),
                status=status,
                response_headers=[],
                response=b"",
                response_size=0,
                trace=self.traces.get(),
                about=about,
            ),
        )

    # -- what a unit of work needs ------------------------------------------------------------

    def outbox(self, sql: Sql) -> OutboxTable:
        """Return the outbox inside a unit of work."""
        return OutboxTable(sql, self.clock.now, self._wake, self.trace)

    def agenda(self, sql: Sql) -> AgendaTable:
        """Return the agenda inside a unit of work."""
        return AgendaTable(sql, self._wake)

    def key(self, purpose: str) -> bytes:
        """Return a secret key of this world for one purpose (sessions, captchas, …)."""
        return hmac.digest(self.secret.encode(), purpose.encode(), "sha256")

    def _wake(self) -> None:
        self.wake(self)

    # -- being used ---------------------------------------------------------------------------

    @contextlib.contextmanager
    def lease(self) -> Iterator[None]:
        """Use the world; it is not closed before every guest has left."""
        with self._leaving:
            self._guests += 1
        try:
            yield
        finally:
            self.leave()

    def enter(self) -> None:
        """Begin to use the world where a ``with`` block cannot (a response that streams)."""
        with self._leaving:
            self._guests += 1

    def leave(self) -> None:
        """End what ``enter`` began."""
        with self._leaving:
            self._guests -= 1
            if self._guests == 0:
                self._leaving.notify_all()

    def close_when_empty(self, then: Callable[[], None], seconds: float = 60.0) -> None:
        """Close the store once nobody uses it any more (in the background), then do ``then``."""

        def wait() -> None:
            with self._leaving:
                self._leaving.wait_for(lambda: self._guests == 0, timeout=seconds)
            self.database.close()
            then()

        threading.Thread(target=wait, name=f"close {self.house}/{self.name}", daemon=True).start()
