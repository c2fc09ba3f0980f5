"""The life of one payment at VNPAY: its states as a table, its money as postings."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from mock_payment_gateway.domain import outcome as outcomes
from mock_payment_gateway.domain.card import MOST_TRIES, Card, masked
from mock_payment_gateway.domain.course import Course, course_of
from mock_payment_gateway.domain.outcome import Fate, Outcome, Resolution
from mock_payment_gateway.domain.payment import wire_time
from mock_payment_gateway.domain.vnpay import wire
from mock_payment_gateway.domain.vnpay.errors import SaleOver
from mock_payment_gateway.domain.vnpay.pay import Pay
from mock_payment_gateway.domain.vnpay.wire import HashKind
from simkit.core.machine import Machine

TIME_TO_PAY = timedelta(minutes=15)
RESOLVED_AFTER = timedelta(minutes=30)
"""After so long the end of an unknown payment is known (ours)."""


class SaleState(StrEnum):
    """Where a payment is."""

    OPEN = "open"
    AUTHORISING = "authorising"  # the card is known, its holder has to confirm
    UNKNOWN = "unknown"  # taken at the bank, not known here
    PAID = "paid"
    SUSPECT = "suspect"  # taken; the merchant has to decide
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    REVERSED = "reversed"  # taken, and given back


class SaleEvent(StrEnum):
    """What can happen to it."""

    ENTER_CARD = "enter-card"
    APPROVE = "approve"
    SUSPECT = "suspect"
    DECLINE = "decline"
    LOSE = "lose"
    CANCEL = "cancel"
    EXPIRE = "expire"
    RESOLVE_PAID = "resolve-paid"
    RESOLVE_FAILED = "resolve-failed"
    RESOLVE_REVERSED = "resolve-reversed"
    PAY_LATE = "pay-late"
    ACCEPT = "accept"
    DENY = "deny"


_S, _E = SaleState, SaleEvent

SALE = Machine[SaleState, SaleEvent](
    "sale",
    [
        (_S.OPEN, _E.ENTER_CARD, _S.AUTHORISING),
        (_S.AUTHORISING, _E.ENTER_CARD, _S.AUTHORISING),  # «back», and another card
        *((at, event, after)
          for at in (_S.OPEN, _S.AUTHORISING)
          for event, after in (
              (_E.APPROVE, _S.PAID), (_E.SUSPECT, _S.SUSPECT), (_E.DECLINE, _S.FAILED),
              (_E.LOSE, _S.UNKNOWN), (_E.CANCEL, _S.CANCELLED), (_E.EXPIRE, _S.EXPIRED))),
        (_S.UNKNOWN, _E.RESOLVE_PAID, _S.PAID),
        (_S.UNKNOWN, _E.RESOLVE_FAILED, _S.FAILED),
        (_S.UNKNOWN, _E.RESOLVE_REVERSED, _S.REVERSED),
        # A transfer to a QR code can come when the page has closed: the money is there (ours).
        (_S.EXPIRED, _E.PAY_LATE, _S.PAID),
        (_S.SUSPECT, _E.ACCEPT, _S.PAID),
        (_S.SUSPECT, _E.DENY, _S.REVERSED),
    ],
)  # fmt: skip

OUTCOME_STATES = frozenset({_S.PAID, _S.SUSPECT, _S.FAILED, _S.CANCELLED, _S.EXPIRED, _S.REVERSED})
"""States of which the merchant is told; an unknown end is told when it is known (ours)."""

TRANSACTION_STATUS: Mapping[SaleState, str] = {
    _S.OPEN: "01",
    _S.AUTHORISING: "01",
    _S.UNKNOWN: "04",
    _S.PAID: "00",
    _S.SUSPECT: "07",
    _S.FAILED: "02",
    _S.CANCELLED: "02",
    _S.EXPIRED: "02",
    _S.REVERSED: "04",
}
"""Codes [S]; which of ours has which is plain for all but «unknown» and «reversed» (ours)."""

_EVENT_OF_FATE = {
    Fate.PAID: _E.APPROVE,
    Fate.SUSPECT: _E.SUSPECT,
    Fate.DECLINED: _E.DECLINE,
    Fate.UNKNOWN: _E.LOSE,
}
_EVENT_OF_RESOLUTION = {
    Resolution.PAID: _E.RESOLVE_PAID,
    Resolution.FAILED: _E.RESOLVE_FAILED,
    Resolution.REVERSED: _E.RESOLVE_REVERSED,
}

PAYER, TRANSIT, MERCHANT = "payer", "transit", "merchant"
_HOLDER: Mapping[SaleState, str] = {
    _S.UNKNOWN: TRANSIT,
    _S.PAID: MERCHANT,
    _S.SUSPECT: TRANSIT,
}
"""Who holds the amount in a state; in all others the payer does."""


@dataclass(frozen=True, slots=True)
class Posting:
    """An amount in đồng onto one account; those of one move sum to zero."""

    account: str
    amount: int


@dataclass(frozen=True, slots=True)
class Sale:
    """One payment. Every change returns a new one; ``happen`` is the only way to another state."""

    number: int
    token: str
    request: Mapping[str, str]  # the decoded fields of the pay request
    hash_kind: HashKind
    reading: str
    course: Course
    created_at: datetime
    expires_at: datetime
    state: SaleState = SaleState.OPEN
    code: str = ""  # vnp_ResponseCode
    wanted: str = ""  # the outcome that the card is made to have
    bank: str = ""
    card: str = ""  # masked
    card_type: str = ""
    otp: str = ""
    wrong_cards: int = 0
    wrong_otps: int = 0
    moved_at: datetime | None = None
    returned: int = 0  # đồng given back, or on the way back
    heard: int = 0  # notices that were delivered, whatever the answer
    told: str = "none"  # how the notice stands; see ``notice.NoticeState``

    @classmethod
    def open(cls, pay: Pay, *, number: int, token: str, course: Course, now: datetime) -> "Sale":
        """Begin a payment; magic words in its text change its course."""
        return cls(
            number=number,
            token=token,
            request=pay.fields,
            hash_kind=pay.hash_kind,
            reading=pay.reading,
            course=course_of(pay.fields["vnp_OrderInfo"], course),
            created_at=now,
            expires_at=pay.expiry() or now + TIME_TO_PAY,
        )

    # -- what it is ---------------------------------------------------------------------------

    @property
    def merchant(self) -> str:
        """Return vnp_TmnCode."""
        return self.request["vnp_TmnCode"]

    @property
    def reference(self) -> str:
        """Return vnp_TxnRef."""
        return self.request["vnp_TxnRef"]

    @property
    def text(self) -> str:
        """Return vnp_OrderInfo."""
        return self.request["vnp_OrderInfo"]

    @property
    def amount(self) -> int:
        """Return the amount in đồng."""
        return int(self.request["vnp_Amount"]) // 100

    @property
    def settled(self) -> bool:
        """Tell whether it has an end of which the merchant is told."""
        return self.state in OUTCOME_STATES

    @property
    def payable(self) -> bool:
        """Tell whether the payer can still do something."""
        return self.state in {SaleState.OPEN, SaleState.AUTHORISING}

    @property
    def transaction_no(self) -> str:
        """Return vnp_TransactionNo: eight digits, 0 when no money was ever asked for [S]."""
        untouched = {SaleState.CANCELLED, SaleState.EXPIRED}
        return "0" if self.state in untouched else str(14_000_000 + self.number)

    def asked(self) -> Outcome | None:
        """Return the outcome that lever, text or amount ask for."""
        return outcomes.asked_for(self.text, self.amount, self.course.outcome)

    # -- what happens to it -------------------------------------------------------------------

    def happen(self, event: SaleEvent, code: str, now: datetime) -> "Sale":
        """Return the payment after ``event``, or raise ``IllegalMove``."""
        return replace(self, state=SALE.after(self.state, event), code=code, moved_at=now)

    def check_payable(self, now: datetime) -> None:
        """Refuse when it has its end, or the time to pay has run out."""
        if not self.payable or now >= self.expires_at:
            raise SaleOver(
                "Giao dịch đã kết thúc hoặc hết thời gian thanh toán.", {"s": self.state}
            )

    def enter(self, card: Card, now: datetime) -> "Sale":
        """Return the payment after the payer typed a card that exists."""
        self.check_payable(now)
        entered = self.happen(SaleEvent.ENTER_CARD, "", now)
        outcome = self.asked() or card.end
        entered = replace(
            entered,
            wanted=outcome.name,
            bank=card.brand,
            card=masked(card.number),
            card_type="ATM" if card.domestic else "CC",
            otp=card.otp,
        )
        if (card.at_once and outcome is card.end) or not card.otp:
            return entered.end(outcome, now)
        return entered

    def miss_card(self, now: datetime) -> "Sale":
        """Return the payment after a wrong card; the third is the last (code 10 [S])."""
        self.check_payable(now)
        missed = replace(self, wrong_cards=self.wrong_cards + 1)
        if missed.wrong_cards < MOST_TRIES:
            return missed
        return missed.happen(SaleEvent.DECLINE, "10", now)

    def miss_otp(self, now: datetime) -> "Sale":
        """Return the payment after a wrong OTP; the third is the last (code 13 [S])."""
        self.check_payable(now)
        missed = replace(self, wrong_otps=self.wrong_otps + 1)
        if missed.wrong_otps < MOST_TRIES:
            return missed
        return missed.happen(SaleEvent.DECLINE, "13", now)

    def end(self, outcome: Outcome, now: datetime) -> "Sale":
        """Return the payment after the card's bank answered."""
        ended = self.happen(_EVENT_OF_FATE[outcome.fate], outcome.code, now)
        return replace(ended, wanted=outcome.name)

    def scan(self, now: datetime) -> "Sale":
        """Return the payment after its QR code was paid."""
        self.check_payable(now)
        outcome = self.asked() or outcomes.OUTCOMES["00"]
        return replace(self, bank="VNPAYQR", card_type="QRCODE").end(outcome, now)

    def cancel(self, now: datetime) -> "Sale":
        """Return the payment after the payer gave up; twice is once."""
        if self.state is SaleState.CANCELLED:
            return self
        self.check_payable(now)
        return self.happen(SaleEvent.CANCEL, "24", now)

    def expire(self, now: datetime) -> "Sale":
        """Return the payment after its time ran out; a settled one is left alone."""
        if SaleEvent.EXPIRE not in SALE.events_from(self.state):
            return self
        return replace(self.happen(SaleEvent.EXPIRE, "15", now), bank="", card_type="")

    def resolve(self, resolution: Resolution, now: datetime) -> "Sale":
        """Return an unknown payment after its end became known; any other is left alone."""
        event = _EVENT_OF_RESOLUTION.get(resolution)
        if event is None or event not in SALE.events_from(self.state):
            return self
        return self.happen(event, "00" if resolution is Resolution.PAID else "99", now)

    # -- money --------------------------------------------------------------------------------

    def postings(self, before: "Sale") -> tuple[Posting, ...]:
        """Return what moves between the accounts from ``before`` to now."""
        giver = _HOLDER.get(before.state, PAYER)
        taker = _HOLDER.get(self.state, PAYER)
        if giver == taker:
            return ()
        return (Posting(giver, -self.amount), Posting(taker, self.amount))

    # -- what is said of it -------------------------------------------------------------------

    def report(self) -> dict[str, str]:
        """Return the fields of return and notice, after the shapes that were captured [S]."""
        touched = bool(self.bank)
        fields = {
            "vnp_Amount": str(self.amount * 100),
            "vnp_BankCode": self.bank if touched else "VNPAY",
            "vnp_BankTranNo": f"VNP{14_000_000 + self.number}" if touched else "",
            "vnp_CardType": self.card_type if touched else "QRCODE",
            "vnp_OrderInfo": self.text,
            "vnp_PayDate": wire_time(self.moved_at or self.created_at),
            "vnp_ResponseCode": self.code or "99",
            "vnp_TmnCode": self.merchant,
            "vnp_TransactionNo": self.transaction_no,
            "vnp_TransactionStatus": TRANSACTION_STATUS[self.state],
            "vnp_TxnRef": self.reference,
        }
        return {name: value for name, value in fields.items() if value}

    def way_back(self, secret: str) -> str:
        """Return the signed address to which the browser goes back."""
        base = self.request["vnp_ReturnUrl"]
        joint = "&" if urlsplit(base).query else "?"
        return f"{base}{joint}{wire.sign(self.report(), secret, self.hash_kind)}"
