"""What one can ask of the post, and what happens there by itself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from mock_post.domain.errors import CustomerUnknown, ParcelUnknown
from mock_post.domain.order import Order
from mock_post.domain.parcel import Parcel, ParcelState, Trace
from mock_post.domain.route import AGENCY, ROUTES, Office, route_for
from mock_post.ports import Unit, Work
from simkit.core.chance import Ids
from simkit.core.clock import Clock
from simkit.core.messages import Message
from simkit.core.refs import S10

NEXT_LEG = "next-leg"
"""The kind of agenda item under which a parcel travels; its key is the item code."""

NOTICE = "post-event"
"""The kind of message that tells a customer what happened; its key is the event's id."""

SERVICE = "EA"  # S10 service indicator: E is express mail [R]; the second letter is free.
HIGHEST_SERIAL = 99_999_999
EVENT_ID_BYTES = 12  # 24 hexadecimal digits, as the real tracking rows have [S]


@dataclass(frozen=True, slots=True)
class Taken:
    """An order that was handed in; ``news`` is false when it had been taken before."""

    parcel: Parcel
    news: bool


@dataclass(frozen=True, slots=True)
class Tracked:
    """A parcel with its history, the latest line first."""

    parcel: Parcel
    history: tuple[Trace, ...]


class PostService:
    """The use cases. Knows no HTTP and no SQL."""

    def __init__(self, work: Work, clock: Clock, ids: Ids, customers: Collection[str]) -> None:
        """Take the ports; ``customers`` are the codes of those who have a contract."""
        self._work = work
        self._clock = clock
        self._ids = ids
        self._customers = frozenset(customers)

    def order(self, order: Order) -> Taken:
        """Take an order; the same number of the same customer again changes nothing."""
        if order.customer not in self._customers:
            raise CustomerUnknown(
                "Mã khách hàng chưa có hợp đồng với bưu điện.",
                {"CustomerCode": "not a customer"},
            )
        order.must_be_offered()
        with self._work.write() as unit:
            known = unit.parcels.of_order(order.customer, order.number)
            if known is not None:
                return Taken(known, news=False)
            now = self._clock.now()
            parcel = Parcel(
                item_code=self._new_item_code(unit),
                customer=order.customer,
                order_number=order.number,
                route=route_for(order.province, order.district).name,
                state=ParcelState.AWAITING,
                changed_at=now,
            )
            unit.parcels.add(order, parcel, now)
            self._tell(unit, parcel, AGENCY, "")
            self._plan(unit, parcel)
            return Taken(parcel, news=True)

    def move(self, item_code: str, at: datetime) -> Parcel:
        """Let the next leg of a parcel's route happen at ``at``, when it was due."""
        with self._work.write() as unit:
            parcel = self._get(unit, item_code)
            leg = ROUTES[parcel.route].leg(parcel.legs_done)
            if leg is None:
                return parcel
            moved = parcel.happen(leg.event, at)
            unit.parcels.put(moved)
            self._tell(unit, moved, leg.office, leg.note)
            self._plan(unit, moved)
            return moved

    def track(self, item_code: str) -> Tracked:
        """Return where a parcel is and was, or raise ``ParcelUnknown``."""
        with self._work.read() as unit:
            parcel = self._get(unit, item_code)
            return Tracked(parcel, tuple(reversed(unit.parcels.history(item_code))))

    def ledger(self) -> dict[str, list[dict[str, str]]]:
        """Return what the audit compares: orders and everything that happened to them."""
        with self._work.read() as unit:
            return {
                "orders": [
                    {"order_number": p.order_number, "item_code": p.item_code, "state": p.state}
                    for p in unit.parcels.all()
                ],
                "events": [
                    {
                        "id": trace.id,
                        "item_code": trace.item_code,
                        "status": trace.state.code,
                        "at": trace.at.isoformat(),
                    }
                    for trace in unit.parcels.everything_noted()
                ],
            }

    @staticmethod
    def _get(unit: Unit, item_code: str) -> Parcel:
        found = unit.parcels.get(item_code)
        if found is None:
            raise ParcelUnknown(
                "Không có bưu gửi nào mang số hiệu này. Xin kiểm tra lại số hiệu.",
                {"ItemCode": item_code},
            )
        return found

    def _new_item_code(self, unit: Unit) -> str:
        """Return an item code that no parcel of the world carries."""
        while True:
            code = str(S10(SERVICE, self._ids.number("item-code", 0, HIGHEST_SERIAL)))
            if unit.parcels.get(code) is None:
                return code

    def _plan(self, unit: Unit, parcel: Parcel) -> None:
        """Put the next leg on the agenda; a parcel that has arrived for good has none."""
        leg = ROUTES[parcel.route].leg(parcel.legs_done)
        if leg is not None:
            minutes = self._ids.number("leg", leg.least, leg.most)
            due = leg.due(parcel.changed_at, minutes)
            unit.agenda.put(NEXT_LEG, parcel.item_code, due, {"order": parcel.order_number})

    def _tell(self, unit: Unit, parcel: Parcel, office: Office, note: str) -> None:
        """Write down what happened and tell the customer, in one transaction."""
        trace = Trace(
            id=self._ids.hex("event", EVENT_ID_BYTES),
            item_code=parcel.item_code,
            state=parcel.state,
            at=parcel.changed_at,
            office_code=office.code,
            office_name=office.name,
            note=note,
        )
        unit.parcels.note(trace)
        body = {
            "_id": trace.id,
            "CustomerCode": parcel.customer,
            "OrderNumber": parcel.order_number,
            "ItemCode": parcel.item_code,
            "StatusCode": parcel.state.code,
            "StatusMessage": parcel.state.label,
            "EventTime": trace.at.isoformat(timespec="seconds"),
            "POSID": office.code,
            "Notes": note,
        }
        unit.outbox.put(Message(NOTICE, trace.id, "portal", body, parcel.order_number))
