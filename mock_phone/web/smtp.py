"""The mailbox's SMTP door: any client of RFC 5321 may bring mail; the user name is the world."""

import asyncio
import logging

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from mock_phone.domain.recipient import EmailAddress
from mock_phone.web.mail import letters_from
from mock_phone.web.sink import Within
from simkit.core.errors import BadInput, RuleBroken

LARGEST_MAIL = 10 * 1024 * 1024  # bytes, as offered under SIZE (ours)
MOST_RECIPIENTS = 50
PATIENCE = 60.0  # seconds that a silent client may keep a connection


_log = logging.getLogger(__name__)
# The library logs every command, and warns of its own habits.
logging.getLogger("mail.log").setLevel(logging.ERROR)


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


def conversation(door: MailDoor, loop: asyncio.AbstractEventLoop) -> SMTP:
    """Return the protocol for one client."""
    return SMTP(
        door,
        data_size_limit=LARGEST_MAIL,
        enable_SMTPUTF8=True,
        hostname="phone.localhost",
        ident="Mot Cua mailbox (simulation)",
        timeout=PATIENCE,
        auth_require_tls=False,
        authenticator=door.authenticate,
        loop=loop,
    )
