"""Reads a mail as it came over the wire: headers, text part, HTML part."""

import re
from collections.abc import Sequence
from email import message_from_bytes
from email.header import Header, decode_header
from email.message import Message as Part
from email.policy import compat32
from html.parser import HTMLParser
from typing import cast

from mock_phone.domain.message import LONGEST_ID, LONGEST_SENDER, Incoming, Kind
from mock_phone.domain.recipient import EmailAddress
from simkit.core.errors import BadInput

LONGEST_SUBJECT = 998  # RFC 5322 §2.1.1, one line [seen].


class Unreadable(BadInput):
    """The mail cannot be taken apart."""

    code = "unreadable-mail"


def letters_from(raw: bytes, recipients: Sequence[EmailAddress], *, sender: str) -> list[Incoming]:
    """Return one letter for each recipient, or raise ``Unreadable``.

    ``sender`` is the envelope's and stands in for a missing ``From``. Without a ``Message-ID`` the
    id stays empty.
    """
    try:
        return _letters(raw, recipients, sender)
    except Exception as error:
        # The parsers of the standard library raise a dozen kinds of error on hostile input; each
        # of them means the same here.
        raise Unreadable(
            "Không đọc được thư này.",
            {"mail": f"unreadable: {type(error).__name__}"},
        ) from error


def _letters(raw: bytes, recipients: Sequence[EmailAddress], sender: str) -> list[Incoming]:
    mail = message_from_bytes(raw, policy=compat32)
    text, html = _part(mail, "text/plain"), _part(mail, "text/html")
    return [
        Incoming(
            kind=Kind.MAIL,
            id=_header(mail, "Message-ID")[:LONGEST_ID],
            to=to,
            sender=(_header(mail, "From") or sender)[:LONGEST_SENDER],
            subject=_header(mail, "Subject")[:LONGEST_SUBJECT],
            text=text or _text_of(html),
            html=html,
        )
        for to in dict.fromkeys(recipients)
    ]


def _header(mail: Part, name: str) -> str:
    """Return a header on one line, encoded words read (RFC 2047); missing is an empty text."""
    value = cast("str | Header | None", mail.get(name))  # eight-bit text comes as a Header
    if value is None:
        return ""
    # Unfolded first: the decoder would eat the blank that a folded line begins with.
    chunks = decode_header(re.sub(r"[\r\n]+", "", value) if isinstance(value, str) else value)
    return " ".join(
        "".join(
            _text(chunk, charset) if isinstance(chunk, bytes) else _clean(chunk)
            for chunk, charset in chunks
        ).split()
    )


def _part(mail: Part, content_type: str) -> str:
    """Return the first part of that type that is not an attachment."""
    for part in mail.walk():
        if part.get_content_type() == content_type and not part.get_filename():
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return _text(payload, part.get_content_charset()).strip()
    return ""


def _text(raw: bytes, charset: str | None) -> str:
    """Decode whatever it is: a wrong or unknown charset costs some letters, never the mail."""
    try:
        text = raw.decode(charset or "utf-8", "replace")
    except (LookupError, ValueError):
        text = raw.decode("utf-8", "replace")
    return _clean(text)


def _clean(text: str) -> str:
    """Drop what no store and no page can hold; every line ends in a line feed."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode()
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", plain)


class _Reader(HTMLParser):
    """Collects the words of an HTML part, as a reader without pictures would see them."""

    BREAKS = frozenset(("p", "br", "div", "tr", "li", "h1", "h2", "h3", "table", "ul", "ol"))
    SILENT = frozenset(("script", "style", "head", "title"))

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._silent += tag in self.SILENT
        if tag in self.BREAKS:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in self.SILENT and self._silent > 0
        if tag in self.BREAKS:
            self.found.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(data)


def _text_of(html: str) -> str:
    """Return the words of an HTML part, for a mail that brought no text part."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.found).splitlines())
    return "\n".join(line for line in lines if line)
