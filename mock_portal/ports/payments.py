"""What the topic of payments needs: a memory of fees and orders, and the Payment Platform."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from mock_portal.domain.fee import DossierFee, FeeReceipt, Order
from mock_portal.domain.platform import Payee, PlatformNotice


@dataclass(frozen=True, slots=True)
class NoticeRecord:
    """A notice of the platform and what we answered; ``source`` is ``confirm`` or ``query``."""

    source: str
    reference: str
    code: str
    platform_id: str
    answer: str
    at: datetime


class Payments(Protocol):
    """Remembers fees, the orders to pay them, receipts and what the platform told."""

    def put_fee(self, fee: DossierFee) -> None:
        """Add the fee of a dossier, or replace it."""
        ...

    def fee(self, dossier: str) -> DossierFee | None:
        """Return the fee of the dossier with that code; ``None`` when nothing has to be paid."""
        ...

    def put_order(self, order: Order) -> None:
        """Add the order, or replace the one with its reference."""
        ...

    def order(self, reference: str) -> Order | None:
        """Return the order with that reference, or ``None``."""
        ...

    def orders(self, dossier: str) -> list[Order]:
        """Return the orders of a dossier, the oldest first."""
        ...

    def next_receipt(self, year: int) -> int:
        """Return the next running number of a year; given back if the unit fails."""
        ...

    def add_receipt(self, receipt: FeeReceipt) -> None:
        """Keep a receipt."""
        ...

    def receipt(self, number: str) -> FeeReceipt | None:
        """Return the receipt with that number, or ``None``."""
        ...

    def receipt_of(self, dossier: str) -> FeeReceipt | None:
        """Return the receipt of a dossier, or ``None``."""
        ...

    def note(self, record: NoticeRecord) -> None:
        """Keep that the platform told something, and what came of it."""
        ...


@dataclass(frozen=True, slots=True)
class InitAnswer:
    """What the platform said to an INIT: ``code`` is MaLoi; ``pay_url`` is empty unless taken."""

    code: str
    pay_url: str = ""
    text: str = ""


class Platform(Protocol):
    """The national Payment Platform, asked directly."""

    def init(self, order: Order, payee: Payee) -> InitAnswer:
        """Announce an order, or raise ``NeighbourDown``."""
        ...

    def query(self, order: Order) -> PlatformNotice | None:
        """Ask how an order stands; ``None`` when it is not known there. ``NeighbourDown``."""
        ...
