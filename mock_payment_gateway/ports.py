"""What the service needs from outside, said in the service's own words."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import Protocol

from mock_payment_gateway.domain.bank import Bank, BankWord
from mock_payment_gateway.domain.course import Course
from mock_payment_gateway.domain.partner import Partner
from mock_payment_gateway.domain.payment import Payment
from mock_payment_gateway.domain.refund import Refund as PlatformRefund
from mock_payment_gateway.domain.refund import RefundState
from mock_payment_gateway.domain.vnpay.api import Refund
from mock_payment_gateway.domain.vnpay.merchant import Merchant
from mock_payment_gateway.domain.vnpay.sale import Posting, Sale
from simkit.core.messages import Agenda, Outbox


class Payments(Protocol):
    """Remembers orders."""

    def next_number(self) -> int:
        """Return the number of the next order of this world, from 1."""
        ...

    def add(self, payment: Payment) -> bool:
        """Add the order; ``False`` when its partner has used the reference before."""
        ...

    def put(self, payment: Payment) -> None:
        """Replace the order with that platform id."""
        ...

    def by_token(self, token: str) -> Payment | None:
        """Return the order of a payer's browser."""
        ...

    def by_request(self, request_id: str) -> Payment | None:
        """Return the order of a request at the bank."""
        ...

    def by_reference(self, partner: str, reference: str) -> Payment | None:
        """Return the order that a partner calls so."""
        ...

    def by_platform_id(self, platform_id: str) -> Payment | None:
        """Return the order that we call so."""
        ...

    def note_told(self, platform_id: str, state: str) -> None:
        """Note that the partner's listener was called about that outcome."""
        ...

    def told(self, platform_id: str) -> str:
        """Return the outcome of which the partner's listener was last called."""
        ...

    def all(self) -> Sequence[Payment]:
        """Return every order, the oldest first."""
        ...


class Partners(Protocol):
    """Remembers who may ask for payments."""

    def find(self, code: str) -> Partner | None:
        """Return the partner, if there is one."""
        ...

    def put(self, partner: Partner) -> None:
        """Register the partner, or replace the one with that code."""
        ...


class RefundBook(Protocol):
    """Remembers refunds of platform orders."""

    def find(self, partner: str, name: str) -> PlatformRefund | None:
        """Return the refund that a partner calls so."""
        ...

    def by_id(self, refund_id: str) -> PlatformRefund | None:
        """Return the refund that the bank knows by that id."""
        ...

    def of(self, platform_id: str) -> Sequence[PlatformRefund]:
        """Return the refunds of an order."""
        ...

    def all(self) -> Sequence[PlatformRefund]:
        """Return every refund, the oldest first."""
        ...

    def put(self, refund: PlatformRefund) -> None:
        """Add the refund, or replace the one with that id."""
        ...


class Sales(Protocol):
    """Remembers payments and refunds of the VNPAY dialect, and where their money is."""

    def next_number(self) -> int:
        """Return the number of the next payment of this world, from 1."""
        ...

    def add(self, sale: Sale, *, day: str) -> bool:
        """Add the payment; ``False`` when its merchant has used the reference that day."""
        ...

    def put(self, sale: Sale) -> None:
        """Replace the payment with that number."""
        ...

    def by_token(self, token: str) -> Sale | None:
        """Return the payment of a payer's browser."""
        ...

    def by_number(self, number: int) -> Sale | None:
        """Return the payment that we number so."""
        ...

    def of(self, merchant: str) -> Sequence[Sale]:
        """Return the payments of a merchant, the oldest first."""
        ...

    def latest(self, merchant: str, reference: str) -> Sale | None:
        """Return the newest payment that a merchant calls so."""
        ...

    def asked(self, merchant: str, reference: str, created: str) -> Sale | None:
        """Return the payment with that vnp_TxnRef and vnp_CreateDate."""
        ...

    def note_request(self, merchant: str, request_id: str, day: str) -> bool:
        """Note a vnp_RequestId; ``False`` when the merchant has used it that day."""
        ...

    def next_refund(self) -> int:
        """Return the number of the next refund of this world, from 1."""
        ...

    def put_refund(self, refund: Refund) -> None:
        """Add the refund, or replace the one with that number."""
        ...

    def refund(self, number: int) -> Refund | None:
        """Return the refund that we number so."""
        ...

    def refunds(self, sale: int) -> Sequence[Refund]:
        """Return the refunds of a payment, the oldest first."""
        ...

    def post(self, about: str, postings: Sequence[Posting]) -> None:
        """Book postings that sum to zero."""
        ...

    def ledger(self) -> dict[str, object]:
        """Return payments, refunds and postings for the audit."""
        ...


class Merchants(Protocol):
    """Remembers who may send payers to the VNPAY pages."""

    def find(self, tmn_code: str) -> Merchant | None:
        """Return the merchant, if there is one."""
        ...

    def put(self, merchant: Merchant) -> None:
        """Register the merchant, or replace the one with that code."""
        ...


class Courses(Protocol):
    """Remembers the order of events that the control room asked for."""

    def find(self, partner: str, reference: str) -> Course:
        """Return the course of that transaction, of its partner, of the world, or the usual one."""
        ...

    def put(self, partner: str, reference: str, course: Course) -> None:
        """Set a course; ``*`` stands for all."""
        ...


class Files(Protocol):
    """Remembers reconciliation files into which differences were sown."""

    def find(self, partner: str, day: date) -> str:
        """Return the file, or nothing if none was sown into."""
        ...

    def put(self, partner: str, day: date, text: str) -> None:
        """Keep the file in place of one made from the books."""
        ...


class Notes(Protocol):
    """Writes into the journal what nobody must overlook."""

    def say(self, about: str, words: str) -> None:
        """Write a line about a business key."""
        ...


class Unit(Protocol):
    """One unit of work: all of it happens, or nothing."""

    @property
    def payments(self) -> Payments:
        """Orders."""
        ...

    @property
    def partners(self) -> Partners:
        """Partners."""
        ...

    @property
    def refunds(self) -> RefundBook:
        """Refunds of platform orders."""
        ...

    @property
    def sales(self) -> Sales:
        """Payments of the VNPAY dialect."""
        ...

    @property
    def merchants(self) -> Merchants:
        """Merchants of the VNPAY dialect."""
        ...

    @property
    def courses(self) -> Courses:
        """Orders of events."""
        ...

    @property
    def files(self) -> Files:
        """Reconciliation files."""
        ...

    @property
    def outbox(self) -> Outbox:
        """What is to be told."""
        ...

    @property
    def agenda(self) -> Agenda:
        """What will happen by itself."""
        ...


class Work(Protocol):
    """Opens units of work."""

    def write(self) -> AbstractContextManager[Unit]:
        """Open one that may change things; an exception undoes it."""
        ...

    def read(self) -> AbstractContextManager[Unit]:
        """Open one that sees a snapshot."""
        ...


class BankHouse(Protocol):
    """The banks, behind one interface."""

    def banks(self) -> Sequence[Bank]:
        """Return who can be chosen, or raise ``NeighbourDown``."""
        ...

    def create(self, payment: Payment, *, return_url: str, notice_url: str) -> str:
        """Ask for the payment and return the bank's page for it; the same request again is safe.

        Raises ``NeighbourDown``.
        """
        ...

    def ask(self, payment: Payment) -> BankWord:
        """Return how the payment stands at the bank, or raise ``NeighbourDown``."""
        ...

    def refund(self, refund: PlatformRefund, payment: Payment) -> RefundState:
        """Ask for the refund and return how it stands; the same again is safe.

        Raises ``NeighbourDown``.
        """
        ...


class Addresses(Protocol):
    """Where we are reached, as absolute addresses in this world."""

    def pay_page(self, token: str) -> str:
        """Return the page where the payer chooses a bank."""
        ...

    def return_page(self, token: str) -> str:
        """Return where the bank sends the payer's browser afterwards."""
        ...

    def receipt(self, token: str) -> str:
        """Return where the receipt of a paid order is."""
        ...

    def notices(self) -> str:
        """Return where the bank tells us of a result."""
        ...
