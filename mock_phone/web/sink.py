"""The mailbox's port: it listens at once, and learns to speak SMTP in a thread of its own."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager
from ipaddress import ip_address
from threading import Thread

from mock_phone.service import PhoneService
from simkit.flaskkit.server import listen

Within = Callable[[str], AbstractContextManager[PhoneService]]
"""Lends the service of a world by name, or raises ``RuleBroken`` for an unknown world."""


class Sink:
    """A running SMTP server with a thread and an event loop of its own.

    The first clients wait in the socket's queue while the thread imports the protocol: the house
    need not.
    """

    def __init__(self, within: Within, host: str, port: int) -> None:
        """Listen on ``host``, which must be this machine; port 0 takes a free one."""
        if host != "localhost" and not ip_address(host).is_loopback:
            raise ValueError(f"mail is taken from this machine only, not on {host}")
        self.host = host
        self._within = within
        self._socket = listen(host, port)
        self.port = int(self._socket.getsockname()[1])
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._thread = Thread(target=self._run, name="smtp", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End every conversation and give the port back."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join()
        self._socket.close()

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        from mock_phone.web.smtp import MailDoor, conversation  # noqa: PLC0415 -- see the class

        door = MailDoor(self._within)
        server = await self._loop.create_server(
            lambda: conversation(door, self._loop),
            sock=self._socket,
        )
        await self._stop.wait()
        server.close()
