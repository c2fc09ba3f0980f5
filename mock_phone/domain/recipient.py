"""Whom a message can reach: a mobile number or an e-mail address."""

import re
from dataclasses import dataclass

from simkit.core.errors import BadInput
from simkit.core.refs import PhoneNumber

LONGEST_ADDRESS = 254  # RFC 5321 §4.5.3.1.3 counted without the angle brackets [seen].
LONGEST_LOCAL_PART = 64  # RFC 5321 §4.5.3.1.1 [seen].

# Dot-atoms of RFC 5322 without quoted forms: nobody here writes those, and they break URLs (ours).
# The slash is left out for the same reason.
_ATOM = r"[a-z0-9!#$%&'*+=?^_`{|}~-]+"
_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_ADDRESS = re.compile(rf"({_ATOM}(?:\.{_ATOM})*)@{_LABEL}(?:\.{_LABEL})+", re.ASCII)


@dataclass(frozen=True, slots=True)
class EmailAddress:
    """An e-mail address in lower case: one mailbox, however it is typed (ours)."""

    value: str

    @classmethod
    def parse(cls, text: str) -> "EmailAddress":
        """Read ``name@host.domain``, or raise ``BadInput``."""
        plain = text.strip().lower()
        match = _ADDRESS.fullmatch(plain) if len(plain) <= LONGEST_ADDRESS else None
        if match is None or len(match[1]) > LONGEST_LOCAL_PART:
            raise BadInput(
                "Địa chỉ thư điện tử không đúng dạng, ví dụ đúng: an@hopthu.example.",
                {"email": "not an e-mail address"},
            )
        return cls(plain)

    def __str__(self) -> str:
        """Return the address."""
        return self.value


Recipient = PhoneNumber | EmailAddress


def recipient_from(text: str) -> Recipient:
    """Read a mobile number or an e-mail address, or raise ``BadInput`` for the field ``to``."""
    try:
        return EmailAddress.parse(text) if "@" in text else PhoneNumber.parse(text)
    except BadInput as error:
        raise BadInput(
            str(error), {"to": "neither a mobile number nor an e-mail address"}
        ) from None
