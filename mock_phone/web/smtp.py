"""The mailbox's SMTP door: any client of RFC 5321 may bring mail; the user name is the world."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from ipaddress import ip_address
from threading import Event, Thread

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from mock_phone.domain.recipient import EmailAddress
from mock_phone.service import PhoneService
from mock_phone.web.mail import letters_from
from simkit.core.errors import BadInput, RuleBroken

LARGEST_MAIL = 10 * 1024 * 1024  # bytes, as offered under SIZE (ours)
MOST_RECIPIENTS = 50
PATIENCE = 60.0  # seconds that a silent client may keep a connection

Within = Callable[[str], AbstractContextManager[PhoneService]]
"""Lends the service of a world by name, or raises ``RuleBroken`` for an unknown world."""

_log = logging.getLogger(__name__)


class MailDoor:
    """Answers an SMTP conversation. The methods' names and arguments are aiosmtpd's."""

    def __init__(self, within: Within) -> None:
        """``within`` finds the worlds."""
        self._within = within

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: object
    ) -> AuthResult:
        """Take the user name as the world; the password is part of the protocol and ignored."""
        del server, session, envelope, mechanism
        try:
            if not isinstance(given, LoginPassword):
                raise BadInput("No user name.")
            world = given.login.decode("ascii")
            with self._within(world):
                return AuthResult(success=True, auth_data=world)
        except (RuleBroken, UnicodeDecodeError):
            return AuthResult(
                success=False,
                handled=False,
                message="535 5.7.8 No world of that name",
            )

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take the sender, once the world is known."""
        del server
        if not session.authenticated:
            return "530 5.7.0 Authentication required: the user name is the world"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient: any address of the right form has a mailbox here."""
        del server, session
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        try:
            envelope.rcpt_tos.append(str(EmailAddress.parse(address)))
        except BadInput:
            return "553 5.1.3 Not a mailbox address"
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Put the mail into its mailboxes; the store is asked outside the conversation's loop."""
        del server
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(None, self._deliver, str(session.auth_data), envelope)

    async def handle_exception(self, error: Exception) -> str:
        """Answer a fault of ours: it is logged, and the client may try again."""
        _log.error("SMTP conversation failed", exc_info=error)
        return "451 4.3.0 Local error in processing"

    def _deliver(self, world: str, envelope: Envelope) -> str:
        content = envelope.content or b""
        raw = content if isinstance(content, bytes) else content.encode()
        try:
            letters = letters_from(
                raw,
                [EmailAddress.parse(address) for address in envelope.rcpt_tos],
                sender=envelope.mail_from or "",
            )
            with self._within(world) as service:
                service.take_mail(letters)
        except RuleBroken as refusal:
            return f"554 5.6.0 {refusal.code}"
        return "250 2.0.0 OK"


class Sink:
    """A running SMTP server with a thread and an event loop of its own."""

    def __init__(self, door: MailDoor, host: str, port: int) -> None:
        """Listen on ``host``, which must be this machine; port 0 takes a free one."""
        if host != "localhost" and not ip_address(host).is_loopback:
            raise ValueError(f"mail is taken from this machine only, not on {host}")
        self.host = host
        self.port = port
        self._door = door
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._listening = Event()
        self._troubles: list[OSError] = []
        self._thread = Thread(target=self._run, name="smtp", daemon=True)
        self._thread.start()
        self._listening.wait()
        for trouble in self._troubles:
            self._thread.join()
            raise trouble

    def stop(self) -> None:
        """End every conversation and give the port back."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join()

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            try:
                runner.run(self._serve())
            except OSError as error:
                self._troubles.append(error)
            finally:
                self._listening.set()

    async def _serve(self) -> None:
        server = await self._loop.create_server(self._conversation, self.host, self.port)
        self.port = int(server.sockets[0].getsockname()[1])
        self._listening.set()
        await self._stop.wait()
        server.close()

    def _conversation(self) -> SMTP:
        return SMTP(
            self._door,
            data_size_limit=LARGEST_MAIL,
            enable_SMTPUTF8=True,
            hostname="phone.localhost",
            ident="Mot Cua mailbox (simulation)",
            timeout=PATIENCE,
            auth_require_tls=False,
            authenticator=self._door.authenticate,
            loop=self._loop,
        )
