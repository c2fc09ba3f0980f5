"""Couriers for what most houses send: JSON over HTTP, and mail over SMTP."""

import hashlib
import smtplib
from collections.abc import Callable
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime

from simkit.core.errors import NeighbourDown
from simkit.core.messages import Message, Receipt, mail_id
from simkit.wire.journal import BODY_KEPT, Entry, Journal
from simkit.wire.line import Line

_GONE_FOR_GOOD = frozenset({400, 404, 409, 410, 413, 422})


class JsonCourier:
    """Posts ``message.body`` as JSON to one path of a neighbour; 2xx means taken.

    Statuses that say «this will never be taken» end the tries; everything else is tried again.
    """

    def __init__(self, line: Line, path: str) -> None:
        """``path`` may be empty: then ``message.to`` is the whole address."""
        self._line = line
        self._path = path

    def deliver(self, message: Message) -> Receipt:
        """Try once."""
        try:
            answer = self._line.call(
                "POST",
                self._path or message.to,
                json_body=message.body,
                about=message.about,
            )
        except NeighbourDown as down:
            return Receipt(accepted=False, detail=f"{down.code}: {down}")
        try:
            content = answer.object()
        except NeighbourDown:
            content = {}
        return Receipt(
            accepted=answer.good,
            detail=f"HTTP {answer.status}",
            answer=content,
            final=answer.status in _GONE_FOR_GOOD,
        )


class MailCourier:
    """Sends ``message.body`` = ``{to, subject, text, html}`` by SMTP.

    The SMTP user name is the world; the ``Message-ID`` is the message's key, so that a mail that
    is sent twice is kept once.
    """

    def __init__(  # noqa: PLR0913 -- one parameter per thing that is handed in
        self,
        server: tuple[str, int],
        *,
        world: str,
        sender: str,
        journal: Journal,
        now: Callable[[], datetime],
        trace: Callable[[], str],
    ) -> None:
        """``server``: host and port. ``sender``: the From line."""
        self._server = server
        self._world = world
        self._sender = sender
        self._journal = journal
        self._now = now
        self._trace = trace

    def deliver(self, message: Message) -> Receipt:
        """Try once."""
        mail = self._mail(message)
        try:
            with smtplib.SMTP(*self._server, timeout=10, local_hostname="localhost") as smtp:
                smtp.login(self._world, self._world)
                smtp.send_message(mail)
        except smtplib.SMTPResponseException as refused:
            detail = f"SMTP {refused.smtp_code} {refused.smtp_error!r}"
            final = 500 <= refused.smtp_code < 600  # noqa: PLR2004 -- permanent failures of SMTP
            return self._done(message, mail, Receipt(accepted=False, detail=detail, final=final))
        except (OSError, smtplib.SMTPException) as error:
            detail = f"{type(error).__name__}: {error}"
            return self._done(message, mail, Receipt(accepted=False, detail=detail))
        return self._done(message, mail, Receipt(accepted=True, detail="SMTP 250"))

    def _mail(self, message: Message) -> EmailMessage:
        body = {k: str(v) for k, v in message.body.items()}
        # Longer header lines than mail likes, because folding loses the blank between two encoded
        # words, and Vietnamese is made of blanks.
        mail = EmailMessage(policy=policy.SMTP.clone(max_line_length=998))
        mail["From"] = self._sender
        mail["To"] = body["to"]
        mail["Subject"] = body["subject"]
        mail["Date"] = format_datetime(self._now())
        mail["Message-ID"] = mail_id(message.key)
        mail["X-Trace"] = self._trace()
        mail.set_content(body["text"])
        if body.get("html"):
            mail.add_alternative(body["html"], subtype="html")
            # The library would draw a boundary from the global chance: the same mail is the same.
            mail.set_boundary(hashlib.sha256(message.key.encode()).hexdigest()[:32])
        return mail

    def _done(self, message: Message, mail: EmailMessage, receipt: Receipt) -> Receipt:
        raw = mail.as_bytes()
        self._journal.add(
            Entry(
                direction="out",
                at=self._now(),
                peer="phone",
                method="SMTP",
                url=f"smtp://{self._server[0]}:{self._server[1]}/{self._world}",
                request_headers=[],
                request=raw[:BODY_KEPT],
                request_size=len(raw),
                status=250 if receipt.accepted else 0,
                response_headers=[],
                response=b"",
                response_size=0,
                trace=self._trace(),
                about=message.about,
                note=receipt.detail,
            ),
        )
        return receipt
