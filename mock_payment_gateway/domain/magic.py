"""The tables of magic inputs for the README, written from what the code does."""

from collections.abc import Iterable, Iterator

from mock_payment_gateway.domain.card import CARDS
from mock_payment_gateway.domain.course import TOKENS
from mock_payment_gateway.domain.outcome import MAGIC_AMOUNT, OUTCOMES, SUFFIXES
from mock_payment_gateway.domain.vnpay.api import REFUND_TOKENS

BEGIN, END = "<!-- magic: begin -->", "<!-- magic: end -->"


def tables() -> str:
    """Return the tables in Markdown."""
    parts = [
        _table(("card", "brand", "name · date", "OTP", "ends in"), _cards()),
        _table(("amount (VND)", "text", "code", "money", "what it is"), _outcomes()),
        _table(("text", "course"), ((f"`{name}`", words) for name, (_, words) in TOKENS.items())),
        _table(
            ("text of a refund", "what happens"),
            ((f"`{name}`", words) for name, words in REFUND_TOKENS.items()),
        ),
    ]
    return "\n\n".join(parts)


def renewed(readme: str) -> str:
    """Return the README with these tables between its two marks."""
    head, _, rest = readme.partition(BEGIN)
    tail = rest.partition(END)[2]
    return f"{head}{BEGIN}\n{tables()}\n{END}{tail}"


def _cards() -> Iterator[tuple[str, ...]]:
    for card in CARDS.values():
        holder = card.holder or "any name"
        source = "" if card.published else " (ours)"
        otp = f"`{card.otp}`" if card.otp else "none"
        end = f"`{card.outcome}`{source}"
        yield f"`{card.number}`", card.brand, f"{holder} · {card.date}", otp, end


def _outcomes() -> Iterator[tuple[str, ...]]:
    numbers = {name: int(suffix) for suffix, name in SUFFIXES.items()}
    for name, outcome in OUTCOMES.items():
        amount = str(MAGIC_AMOUNT + numbers[name]) if name in numbers else "any other"
        yield amount, f"`SIM-{name.upper()}`", f"`{outcome.code}`", outcome.fate, outcome.words


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = (f"| {' | '.join(row)} |" for row in (head, ("---",) * len(head), *rows))
    return "\n".join(lines)
