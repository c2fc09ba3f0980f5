"""Double entry in whole đồng: what leaves one account arrives in another."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mock_bank.domain.account import Account
from mock_bank.domain.errors import NotEnoughMoney, UnbalancedEntry


@dataclass(frozen=True, slots=True)
class Posting:
    """So many đồng into an account, or out of it when negative."""

    account: str
    amount: int


@dataclass(frozen=True, slots=True)
class Entry:
    """Postings that belong together. ``about`` names their one cause and is unique in a world."""

    about: str
    at: datetime
    postings: tuple[Posting, ...]

    def __post_init__(self) -> None:
        """Refuse what would make or lose money."""
        total = sum(posting.amount for posting in self.postings)
        if total or not self.postings or not all(posting.amount for posting in self.postings):
            raise UnbalancedEntry(
                "The postings of an entry must be there, move money and sum to zero.",
                {"about": self.about, "total": str(total)},
            )


def balance(postings: Iterable[Posting], account: str) -> int:
    """Return what an account holds after these postings, in đồng."""
    return sum(posting.amount for posting in postings if posting.account == account)


def transfer(  # noqa: PLR0913 - the six facts of a transfer, all named by the callers
    *, about: str, at: datetime, source: Account, held: int, target: Account, amount: int
) -> Entry:
    """Return the entry that moves ``amount`` đồng, or refuse when ``source`` does not hold it.

    ``held`` is the balance of ``source`` at this moment.
    """
    if not source.may_owe and held < amount:
        raise NotEnoughMoney(
            "Số dư tài khoản không đủ để thanh toán. "
            "Hãy nộp thêm tiền hoặc thanh toán bằng tài khoản khác.",
            {"needed": str(amount)},
        )
    return Entry(about, at, (Posting(source.number, -amount), Posting(target.number, amount)))


def correction(  # noqa: PLR0913 - the six facts of a correction, all named by the caller
    *, about: str, at: datetime, account: Account, held: int, wanted: int, capital: Account
) -> Entry | None:
    """Return the entry that brings a balance to ``wanted`` from the bank's capital, if one is due.

    The money of a customer comes from and goes back to the capital, never from nowhere.
    """
    if held == wanted:
        return None
    moved = wanted - held
    return Entry(about, at, (Posting(capital.number, -moved), Posting(account.number, moved)))
