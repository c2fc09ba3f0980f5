"""The fee of a dossier, the orders to pay it, and the receipt: settled once, whatever arrives."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from simkit.core.machine import Machine


class FeeState(StrEnum):
    """Whether the fee of a dossier was paid; words of a real portal [S: provincial portal]."""

    DUE = "due"
    SETTLED = "settled"

    @property
    def label(self) -> str:
        """Return the words that pages show."""
        return {"due": "Chưa thanh toán", "settled": "Đã thanh toán"}[self.value]


class FeeEvent(StrEnum):
    """What can happen to a fee."""

    SETTLE = "settle"


FEE = Machine[FeeState, FeeEvent]("fee", [(FeeState.DUE, FeeEvent.SETTLE, FeeState.SETTLED)])


@dataclass(frozen=True, slots=True)
class DossierFee:
    """What a dossier costs, in whole đồng; ``settled_by`` is the reference of the order."""

    dossier: str
    amount: int
    state: FeeState = FeeState.DUE
    settled_by: str | None = None
    settled_at: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse a fee of nothing: then there is no fee."""
        if self.amount <= 0:
            raise ValueError(f"a fee of {self.amount}")

    def settle(self, reference: str, at: datetime) -> "DossierFee":
        """Return the fee as paid by that order, or refuse when it was paid before."""
        return replace(
            self,
            state=FEE.after(self.state, FeeEvent.SETTLE),
            settled_by=reference,
            settled_at=at,
        )


class OrderState(StrEnum):
    """Where one attempt to pay is.

    ``CREATED``: written here, the platform has not answered yet. ``OFFERED``: it gave an address
    to pay at. ``REJECTED``: it did not take the order. ``SURPLUS``: paid, but another order had
    settled the fee before («thừa», to be paid back).
    """

    CREATED = "created"
    OFFERED = "offered"
    REJECTED = "rejected"
    PAID = "paid"
    FAILED = "failed"
    SURPLUS = "surplus"

    @property
    def label(self) -> str:
        """Return the words that pages show."""
        return {
            "created": "Đang khởi tạo",
            "offered": "Chờ thanh toán",
            "rejected": "Không khởi tạo được",
            "paid": "Đã thanh toán",
            "failed": "Không thành công",
            "surplus": "Thanh toán thừa",
        }[self.value]

    @property
    def is_open(self) -> bool:
        """Tell whether the platform may still know better than we do."""
        return self in {OrderState.CREATED, OrderState.OFFERED}


class OrderEvent(StrEnum):
    """What can happen to an order."""

    OFFER = "offer"
    REJECT = "reject"
    PAY = "pay"
    OVERPAY = "overpay"
    FAIL = "fail"


ORDER = Machine[OrderState, OrderEvent](
    "order",
    [
        (OrderState.CREATED, OrderEvent.OFFER, OrderState.OFFERED),
        (OrderState.CREATED, OrderEvent.REJECT, OrderState.REJECTED),
        (OrderState.CREATED, OrderEvent.FAIL, OrderState.FAILED),
        (OrderState.OFFERED, OrderEvent.FAIL, OrderState.FAILED),
        # Money that was taken counts, even when the answer to INIT was lost or a failure was
        # reported before: what the platform signs last about success is true.
        *(
            (state, event, after)
            for state in (
                OrderState.CREATED,
                OrderState.OFFERED,
                OrderState.REJECTED,
                OrderState.FAILED,
            )
            for event, after in (
                (OrderEvent.PAY, OrderState.PAID),
                (OrderEvent.OVERPAY, OrderState.SURPLUS),
            )
        ),
    ],
)


ASK_AFTER = (
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(days=1),
    timedelta(days=2),
    timedelta(days=3),
)
"""When the platform is asked about an order whose result never came, counted from its INIT.

A real client asks between 30 minutes and three days after [S]; the moments are ours.
"""


NO_ANSWER = "no-answer"
"""Stands for MaLoi while the platform has not answered the INIT."""

IN_FLIGHT = timedelta(seconds=60)
"""How long an INIT may be under way: as long as we wait for its answer."""

PAYABLE_FOR = timedelta(minutes=15)
"""How long the page of an order is gone on with (ours, as long as the platform keeps it open)."""

DOUBTED_FOR = timedelta(days=3)
"""How long an order without a result keeps the fee from being paid again (ours)."""


class Standing(StrEnum):
    """What an earlier order means for whoever wants to pay now: one debit, whatever is clicked.

    ``STARTING``: its INIT is under way. ``PAYABLE``: its page is still good. ``DOUBTED``: its time
    is over and nobody knows the result. ``OVER``: it is in nobody's way.
    """

    STARTING = "starting"
    PAYABLE = "payable"
    DOUBTED = "doubted"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Order:
    """One attempt to pay the fee of a dossier at the platform.

    ``reference`` is MaThamChieu; ``at`` is the moment of the INIT, which QUERY must repeat.
    ``platform_id`` (MaGiaoDich), ``bank`` and ``code`` (MaLoi) are what the platform told last.
    """

    reference: str
    dossier: str
    amount: int
    at: datetime
    state: OrderState = OrderState.CREATED
    pay_url: str = ""
    code: str = ""
    platform_id: str = ""
    bank: str = ""
    settled_at: datetime | None = None

    def ask_at(self, number: int) -> datetime | None:
        """Return when to ask for the ``number``-th time (0, 1, …) how it stands, or never again."""
        return self.at + ASK_AFTER[number] if number < len(ASK_AFTER) else None

    def standing(self, now: datetime) -> Standing:
        """Return what the order means for a new attempt to pay."""
        age = now - self.at
        if self.state is OrderState.OFFERED:
            if age < PAYABLE_FOR:
                return Standing.PAYABLE
            return Standing.DOUBTED if age < DOUBTED_FOR else Standing.OVER
        if self.state is OrderState.CREATED and not self.code and age < IN_FLIGHT:
            return Standing.STARTING
        return Standing.OVER

    def unanswered(self) -> "Order":
        """Return the order after its INIT got no answer: nobody has its page, it may be there."""
        return replace(self, code=NO_ANSWER)

    def offered(self, pay_url: str) -> "Order":
        """Return the order with the address to pay at."""
        return replace(
            self, state=ORDER.after(self.state, OrderEvent.OFFER), code="", pay_url=pay_url
        )

    def rejected(self, code: str) -> "Order":
        """Return the order as not taken by the platform."""
        return replace(self, state=ORDER.after(self.state, OrderEvent.REJECT), code=code)

    def told(
        self, event: OrderEvent, at: datetime, code: str, platform_id: str, bank: str
    ) -> "Order":
        """Return the order after the platform told how it ended."""
        return replace(
            self,
            state=ORDER.after(self.state, event),
            code=code,
            platform_id=platform_id,
            bank=bank,
            settled_at=None if event is OrderEvent.FAIL else at,
        )


@dataclass(frozen=True, slots=True)
class FeeReceipt:
    """A receipt (biên lai): ``number`` runs without gap within the year (ours)."""

    number: str
    dossier: str
    amount: int
    reference: str
    payer: str
    issued_at: datetime
    platform_id: str
    bank: str


def receipt_number(year: int, running: int) -> str:
    """Return the number of the year's ``running``-th receipt: «BL2026-0000001» (ours)."""
    return f"BL{year}-{running:07d}"
