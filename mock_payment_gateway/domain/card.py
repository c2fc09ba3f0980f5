"""The test cards: VNPAY's own of its sandbox [S], and one for each other outcome (ours)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from mock_payment_gateway.domain.outcome import OUTCOMES, SUFFIXES, Outcome

OTP = "123456"
MOST_TRIES = 3
"""Wrong cards, and wrong OTPs, that end a payment (OTP: ours; card: code 10 [S])."""

_NAME, _DATE = "NGUYEN VAN A", "07/15"
_INT_DATE = "12/26"


@dataclass(frozen=True, slots=True)
class Card:
    """A card that the simulation knows."""

    number: str
    brand: str  # vnp_BankCode
    holder: str  # empty: not checked
    date: str  # MM/YY: issued (domestic) or valid until (international)
    outcome: str
    published: bool  # in VNPAY's own list
    at_once: bool = False  # declined before an OTP is asked for
    otp: str = OTP  # empty: none is asked for
    note: str = ""

    @property
    def domestic(self) -> bool:
        """Tell whether it goes through the page of a domestic bank."""
        return self.number.startswith("9704")

    @property
    def end(self) -> Outcome:
        """Return what a payment with it ends in."""
        return OUTCOMES[self.outcome]

    def fits(self, holder: str, date: str) -> bool:
        """Tell whether what the payer typed is on the card; blanks and case do not matter."""
        typed = " ".join(holder.upper().split())
        return date.strip() == self.date and (not self.holder or typed == self.holder)


def _ncb(number: str, outcome: str, note: str, *, at_once: bool = False) -> Card:
    return Card(number, "NCB", _NAME, _DATE, outcome, published=True, at_once=at_once, note=note)


def _international(number: str, brand: str, otp: str, note: str) -> Card:
    return Card(number, brand, "", _INT_DATE, "00", published=True, otp=otp, note=note)


_PUBLISHED = (
    _ncb("9704198526191432198", "00", "thành công"),
    _ncb("9704195798459170488", "51", "không đủ số dư"),
    _ncb("9704192181368742", "09", "chưa kích hoạt", at_once=True),
    _ncb("9704193370791314", "12", "bị khóa", at_once=True),
    _ncb("9704194841945513", "99", "hết hạn", at_once=True),
    _international("4456530000001005", "VISA", "", "không 3DS"),
    _international("4456530000001096", "VISA", OTP, "3DS"),
    _international("5200000000001005", "MASTERCARD", "", "không 3DS"),
    _international("5200000000001096", "MASTERCARD", OTP, "3DS"),
    _international("3337000000000008", "JCB", "", "không 3DS"),
    _international("3337000000200004", "JCB", OTP, "3DS"),
    Card("9704000000000018", "NAPAS", _NAME, "03/07", "00", published=True, otp="otp"),
    Card("9704020000000016", "NAPAS", _NAME, "03/07", "00", published=True, otp="otp"),
    Card("9704310005819191", "EXIMBANK", _NAME, "10/26", "00", published=True),
)
_OURS = tuple(
    Card(f"97041900000000{suffix}", "NCB", _NAME, _DATE, name, published=False)
    for suffix, name in SUFFIXES.items()
)
CARDS: Mapping[str, Card] = {card.number: card for card in (*_PUBLISHED, *_OURS)}

_NOT_A_DIGIT = re.compile(r"[\s.-]")


def find(number: str) -> Card | None:
    """Return the card with that number; blanks, dots and hyphens between digits are left out."""
    return CARDS.get(_NOT_A_DIGIT.sub("", number))


def masked(number: str) -> str:
    """Return the number as receipts show it."""
    return f"{number[:6]}{'x' * (len(number) - 10)}{number[-4:]}"
