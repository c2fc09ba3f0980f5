"""A result on its way home: what the post reports, and which report moves it on."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from simkit.core.machine import Machine


@dataclass(frozen=True, slots=True)
class HomeDelivery:
    """The wish to have the result brought home; in a draft any of it may be empty or wrong."""

    receiver: str = ""
    phone: str = ""
    address: str = ""
    place: str = ""


class DeliveryState(StrEnum):
    """Where the result is, after the post's own list of statuses [S]; ``ORDERED`` is ours."""

    ORDERED = "ordered"
    AWAITING = "awaiting"
    ACCEPTED = "accepted"
    COLLECTED = "collected"
    LEFT = "left"
    ARRIVED = "arrived"
    WITH_POSTMAN = "with-postman"
    OUT = "out-for-delivery"
    DELIVERED = "delivered"

    @property
    def label(self) -> str:
        """Return the words that pages show."""
        return _LABELS[self]


_LABELS = {
    DeliveryState.ORDERED: "Đã gửi yêu cầu cho bưu điện",
    DeliveryState.AWAITING: "Chờ bưu điện tiếp nhận",
    DeliveryState.ACCEPTED: "Bưu điện đã tiếp nhận",
    DeliveryState.COLLECTED: "Đã lấy kết quả từ cơ quan hành chính",
    DeliveryState.LEFT: "Đã đi khỏi bưu cục",
    DeliveryState.ARRIVED: "Đã đến bưu cục phát",
    DeliveryState.WITH_POSTMAN: "Đã giao bưu tá",
    DeliveryState.OUT: "Đang phát",
    DeliveryState.DELIVERED: "Phát thành công",
}


class PostStatus(StrEnum):
    """StatusCode of the post [S: its own list]; the member says it in words."""

    AWAITING = "-3"
    ACCEPTED = "-2"
    COLLECTED = "1"
    LEFT = "2"
    ARRIVED = "3"
    WITH_POSTMAN = "12"
    OUT = "-1"
    DELIVERED = "5"

    @property
    def state(self) -> DeliveryState:
        """Return where the parcel is when the post reports this."""
        return DeliveryState[self.name]


def _forward() -> list[tuple[DeliveryState, PostStatus, DeliveryState]]:
    """Return a row for each report that is further on than the state, steps between left out.

    Reports are repeated and may overtake each other; one that was overtaken is kept in the list
    of reports and moves nothing.
    """
    order = list(DeliveryState)
    return [
        (state, status, status.state)
        for state in order
        for status in PostStatus
        if order.index(status.state) > order.index(state)
    ]


DELIVERY = Machine[DeliveryState, PostStatus]("delivery", _forward())


@dataclass(frozen=True, slots=True)
class Delivery:
    """The order to bring one result home; ``item_code`` is empty until the post has answered."""

    dossier: str
    order_number: str
    to: HomeDelivery
    at: datetime
    state: DeliveryState = DeliveryState.ORDERED
    item_code: str = ""

    def told(self, status: PostStatus) -> "Delivery":
        """Return the delivery after a report, unchanged when the report was overtaken."""
        if status not in DELIVERY.events_from(self.state):
            return self
        return replace(self, state=DELIVERY.after(self.state, status))


@dataclass(frozen=True, slots=True)
class PostReport:
    """One report of the post; ``key`` is the post's own id of it (``_id``)."""

    key: str
    order_number: str
    item_code: str
    status: PostStatus
    message: str
    at: datetime
    office: str = ""
    notes: str = ""
