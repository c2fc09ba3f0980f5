"""A transfer between accounts, and what becomes of one that was meant to pay an order."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from mock_bank.domain.account import Account, clearing_of
from mock_bank.domain.errors import OtherTransferSameKey
from mock_bank.domain.ledger import Entry, Posting
from mock_bank.domain.payment import Code, Payment
from mock_bank.domain.profile import bank_of
from simkit.core.machine import Machine


class TransferState(StrEnum):
    """How a transfer stands."""

    PENDING = "pending"
    BOOKED = "booked"
    REFUSED = "refused"
    RETURNED = "returned"


class TransferEvent(StrEnum):
    """What can happen to it."""

    BOOK = "book"
    REFUSE = "refuse"
    RETURN = "return"


TRANSFER = Machine[TransferState, TransferEvent](
    "transfer",
    [
        (TransferState.PENDING, TransferEvent.BOOK, TransferState.BOOKED),
        (TransferState.PENDING, TransferEvent.REFUSE, TransferState.REFUSED),
        # What paid no order, or was more than it, comes back.
        (TransferState.BOOKED, TransferEvent.RETURN, TransferState.RETURNED),
    ],
)


@dataclass(frozen=True, slots=True)
class Transfer:
    """So many đồng from one account to another; ``key`` is the sender's idempotency key.

    ``to_return`` is the part that will come back, or has. ``code`` says why it was refused.
    """

    key: str
    source: str
    target: str
    amount: int
    content: str
    asked_at: datetime
    state: TransferState = TransferState.PENDING
    code: Code | None = None
    bank_ref: str | None = None
    to_return: int = 0

    @property
    def about(self) -> str:
        """Return the name of this transfer's entry in the ledger."""
        return f"transfer:{self.key}"

    def book(self, bank_ref: str, to_return: int = 0) -> "Transfer":
        """Return the transfer after the money moved, or raise ``IllegalMove``."""
        state = TRANSFER.after(self.state, TransferEvent.BOOK)
        return replace(self, state=state, code=Code.PAID, bank_ref=bank_ref, to_return=to_return)

    def refuse(self, code: Code) -> "Transfer":
        """Return the transfer after the bank refused it, or raise ``IllegalMove``."""
        return replace(self, state=TRANSFER.after(self.state, TransferEvent.REFUSE), code=code)

    def give_back(self) -> "Transfer":
        """Return the transfer after a part of it came back, or raise ``IllegalMove``."""
        return replace(self, state=TRANSFER.after(self.state, TransferEvent.RETURN))

    def same_or_refuse(self, other: "Transfer") -> None:
        """Accept a repetition, or refuse another transfer under the same key."""
        fields = ("source", "target", "amount", "content")
        different = {
            name: "differs from the first request"
            for name in fields
            if getattr(self, name) != getattr(other, name)
        }
        if different:
            raise OtherTransferSameKey(
                "Mã giao dịch này đã dùng cho một lệnh chuyển tiền khác.", different
            )


def taken_for(payment: Payment, amount: int, content: str, now: datetime) -> int:
    """Return how much of an incoming transfer pays the order: all that it needs, or nothing.

    Too little, the wrong content, too late or a second time pays nothing; of too much only what
    is needed is taken. All of it ours: what the real platform does is not public.
    """
    in_time = payment.is_open and not payment.is_over_at(now)
    fits = _folded(payment.order.reference) in _folded(content)
    return payment.order.amount if in_time and fits and amount >= payment.order.amount else 0


def moved(about: str, at: datetime, source: Account, target: Account, amount: int) -> Entry:
    """Return the entry from account to account; between two banks by the clearing of both."""
    postings = [Posting(source.number, -amount)]
    if source.bank != target.bank:
        postings.append(Posting(clearing_of(bank_of(source.bank)).number, amount))
        postings.append(Posting(clearing_of(bank_of(target.bank)).number, -amount))
    postings.append(Posting(target.number, amount))
    return Entry(about, at, tuple(postings))


def transfer_report(transfer: Transfer) -> dict[str, object]:
    """Return how a transfer stands; ``to_return`` is the part that comes back, in đồng."""
    return {
        "key": transfer.key,
        "from": transfer.source,
        "to": transfer.target,
        "amount": transfer.amount,
        "content": transfer.content,
        "state": transfer.state.value,
        "code": transfer.code.value if transfer.code else None,
        "bank_ref": transfer.bank_ref,
        "to_return": transfer.to_return,
    }


def _folded(text: str) -> str:
    """Return letters and figures only: banks drop signs from contents on the way [R]."""
    return "".join(c for c in text.upper() if c.isalnum())
