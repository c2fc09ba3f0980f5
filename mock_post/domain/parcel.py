"""What may happen to a parcel, and in which order."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from simkit.core.machine import Machine


class ParcelState(StrEnum):
    """Where a parcel is; see ``STATUS_CODES`` for the post's own numbers."""

    AWAITING = "awaiting"
    ACCEPTED = "accepted"
    COLLECTED = "collected"
    LEFT = "left"
    ARRIVED = "arrived"
    WITH_POSTMAN = "with-postman"
    OUT = "out-for-delivery"
    DELIVERED = "delivered"

    @property
    def code(self) -> str:
        """Return the number in the post's status list."""
        return STATUS_CODES[self]

    @property
    def label(self) -> str:
        """Return what the post says of it, in its own words."""
        return _LABELS[self]

    @property
    def stage(self) -> int:
        """Return which of ``STAGES`` this is, from 0."""
        return _STAGE_OF[self]


# The list of the post's appointment system for administrative results [S]; 0 «từ chối» comes
# with failed deliveries.
STATUS_CODES = {
    ParcelState.AWAITING: "-3",
    ParcelState.ACCEPTED: "-2",
    ParcelState.COLLECTED: "1",
    ParcelState.LEFT: "2",
    ParcelState.ARRIVED: "3",
    ParcelState.WITH_POSTMAN: "12",
    ParcelState.OUT: "-1",
    ParcelState.DELIVERED: "5",
}

_LABELS = {
    ParcelState.AWAITING: "Chờ tiếp nhận",
    ParcelState.ACCEPTED: "Đã tiếp nhận",
    ParcelState.COLLECTED: "Đã lấy kết quả từ cơ quan hành chính",
    ParcelState.LEFT: "Đi khỏi bưu cục",
    ParcelState.ARRIVED: "Đến bưu cục",
    ParcelState.WITH_POSTMAN: "Giao bưu tá",
    ParcelState.OUT: "Đang phát",
    ParcelState.DELIVERED: "Phát thành công",
}

STAGES = (
    "Chờ tiếp nhận",
    "Đã tiếp nhận",
    "Đã lấy kết quả",
    "Đang chuyển phát",
    "Phát thành công",
)
"""The steps that the post's page draws: which status belongs to which is seen [S], words ours."""

_STAGE_OF = {
    ParcelState.AWAITING: 0,
    ParcelState.ACCEPTED: 1,
    ParcelState.COLLECTED: 2,
    ParcelState.LEFT: 3,
    ParcelState.ARRIVED: 3,
    ParcelState.WITH_POSTMAN: 3,
    ParcelState.OUT: 3,
    ParcelState.DELIVERED: 4,
}


class ParcelEvent(StrEnum):
    """What can happen to it."""

    ACCEPT = "accept"
    COLLECT = "collect"
    DEPART = "depart"
    ARRIVE = "arrive"
    HAND_OVER = "hand-over"
    GO_OUT = "go-out"
    DELIVER = "deliver"


PARCEL = Machine[ParcelState, ParcelEvent](
    "parcel",
    [
        (ParcelState.AWAITING, ParcelEvent.ACCEPT, ParcelState.ACCEPTED),
        (ParcelState.ACCEPTED, ParcelEvent.COLLECT, ParcelState.COLLECTED),
        (ParcelState.COLLECTED, ParcelEvent.DEPART, ParcelState.LEFT),
        (ParcelState.LEFT, ParcelEvent.ARRIVE, ParcelState.ARRIVED),
        (ParcelState.ARRIVED, ParcelEvent.DEPART, ParcelState.LEFT),
        (ParcelState.ARRIVED, ParcelEvent.HAND_OVER, ParcelState.WITH_POSTMAN),
        (ParcelState.WITH_POSTMAN, ParcelEvent.GO_OUT, ParcelState.OUT),
        (ParcelState.OUT, ParcelEvent.DELIVER, ParcelState.DELIVERED),
    ],
)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A parcel as the post sees it. Every change returns a new one.

    ``legs_done``: how far it has come on its route.
    """

    item_code: str
    customer: str
    order_number: str
    route: str
    state: ParcelState
    changed_at: datetime
    legs_done: int = 0

    def happen(self, event: ParcelEvent, at: datetime) -> "Parcel":
        """Return the parcel after ``event``, one leg further, or raise ``IllegalMove``."""
        return replace(
            self,
            state=PARCEL.after(self.state, event),
            changed_at=at,
            legs_done=self.legs_done + 1,
        )


@dataclass(frozen=True, slots=True)
class Trace:
    """One line of a parcel's history. ``id`` is what receivers tell repetitions by."""

    id: str
    item_code: str
    state: ParcelState
    at: datetime
    office_code: str
    office_name: str
    note: str = ""
