"""What the topic of dossiers needs: a memory of dossiers and their numbers, and room for files."""

from datetime import date
from typing import IO, BinaryIO, Protocol

from mock_portal.domain.attachment import Attachment
from mock_portal.domain.dossier import Dossier, DossierState, PublicFacts
from mock_portal.ports.deliveries import Deliveries
from mock_portal.ports.payments import Payments
from simkit.core.messages import Agenda, Outbox

Ledger = dict[str, list[dict[str, object]]]
"""Rows by the name of their table, for the audit."""


class Dossiers(Protocol):
    """Remembers dossiers and drafts, their files and their history."""

    def put(self, dossier: Dossier) -> None:
        """Add the dossier or replace it, and keep the newest row of its history; not its files."""
        ...

    def attach(self, ref: str, attachment: Attachment) -> None:
        """Add a file to the dossier with that inner reference."""
        ...

    def detach(self, ref: str, attachment_ref: str) -> None:
        """Take a file off a draft; nothing happens if it is gone already."""
        ...

    def find(self, ref: str) -> Dossier | None:
        """Return the dossier with that inner reference, with files and history."""
        ...

    def of_code(self, code: str) -> Dossier | None:
        """Return the dossier with that code, with files and history."""
        ...

    def of_owner(self, owner: str, limit: int) -> list[Dossier]:
        """Return an account's newest dossiers and drafts, without files and history."""
        ...

    def of_unit(
        self, unit: str | None, state: DossierState | None, day: date | None, limit: int
    ) -> list[Dossier]:
        """Return a unit's dossiers (``None``: all units'), the newest first, drafts never.

        ``day`` is the day on which they were sent. Files and history are left out.
        """
        ...

    def public(self, code: str) -> PublicFacts | None:
        """Return what anybody may know; the hot look-up."""
        ...

    def next_number(self, unit: str, day: date) -> int:
        """Return the next running number of that unit and day; given back if the unit fails."""
        ...

    def remember_key(self, key: str, fingerprint: str, ref: str) -> None:
        """Keep which dossier a client's idempotency key made."""
        ...

    def known_key(self, key: str) -> tuple[str, str] | None:
        """Return fingerprint and inner reference of a key that was used, or ``None``."""
        ...


class DossierUnit(Protocol):
    """One unit of work about dossiers, fees and deliveries, which change together."""

    @property
    def dossiers(self) -> Dossiers:
        """The dossiers."""
        ...

    @property
    def payments(self) -> Payments:
        """Fees, orders and receipts."""
        ...

    @property
    def deliveries(self) -> Deliveries:
        """Results on their way home."""
        ...

    @property
    def outbox(self) -> Outbox:
        """Messages that leave when the unit is kept."""
        ...

    @property
    def agenda(self) -> Agenda:
        """Things that will happen by themselves."""
        ...

    def ledger(self) -> Ledger:
        """Return everything that the audit compares."""
        ...


class KeptFile(Protocol):
    """A file that was stored: its SHA-256 in hex and its size in bytes."""

    @property
    def sha256(self) -> str:
        """The name of the content."""
        ...

    @property
    def size(self) -> int:
        """The size in bytes."""
        ...


class Files(Protocol):
    """Keeps the content of files, once each, and judges what it is."""

    def media_type(self, stream: IO[bytes]) -> str | None:
        """Return the media type that the content shows, or ``None``; the stream is rewound."""
        ...

    def keep(self, stream: IO[bytes], limit: int) -> KeptFile:
        """Store the stream, or raise ``TooLarge`` beyond ``limit`` bytes."""
        ...

    def open(self, sha256: str) -> BinaryIO:
        """Open a stored file, or raise ``NotFound``."""
        ...
