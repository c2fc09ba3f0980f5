"""How a parcel travels: named routes as data, and when each leg of one is due.

Waits and hours are ours, made to resemble an ordinary day of the post: things are collected in
office hours, vans leave in the evening, postmen set out in the morning. Offices are invented;
their codes have the six digits of real ones [S].
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from mock_post.domain.parcel import PARCEL, ParcelEvent, ParcelState
from simkit.core.clock import ICT
from simkit.core.refs import fold

HOME_PROVINCE = "18"
"""Hải Phòng in the post's table of provinces [S]; other integrations count otherwise."""


@dataclass(frozen=True, slots=True)
class Office:
    """A post office or sorting centre."""

    code: str
    name: str


AGENCY = Office("189901", "Bưu cục Hành chính công")
CENTRE = Office("189900", "Trung tâm khai thác thành phố")
TOWN = Office("189910", "Bưu cục phát nội thành")
COUNTRY = Office("189930", "Bưu cục phát ngoại thành")
REGION = Office("109900", "Trung tâm khai thác vùng")
FAR = Office("999910", "Bưu cục phát tỉnh ngoài")


@dataclass(frozen=True, slots=True)
class Leg:
    """One thing that happens on the way.

    It happens ``least`` to ``most`` minutes after the one before, and only between ``opens`` and
    ``closes`` of a day (Vietnam's time); what misses the hours waits for the next opening.
    """

    event: ParcelEvent
    office: Office
    least: int
    most: int
    opens: time
    closes: time
    note: str = ""

    def due(self, before: datetime, minutes: int) -> datetime:
        """Return when it happens: ``minutes``, drawn between the bounds, after ``before``."""
        earliest = before.astimezone(ICT) + timedelta(minutes=minutes)
        opening = datetime.combine(earliest, self.opens, ICT)
        closing = datetime.combine(earliest, self.closes, ICT)
        if opening <= earliest <= closing:
            return earliest
        if earliest > closing:
            opening += timedelta(days=1)
        return opening + timedelta(minutes=minutes - self.least)


@dataclass(frozen=True, slots=True)
class Route:
    """A named sequence of legs that ends at the receiver's door."""

    name: str
    title: str
    legs: tuple[Leg, ...]

    def states(self) -> tuple[ParcelState, ...]:
        """Return the states that a parcel passes; a route that the machine forbids is an error."""
        passed = [ParcelState.AWAITING]
        for leg in self.legs:
            passed.append(PARCEL.after(passed[-1], leg.event))
        return tuple(passed)

    def leg(self, number: int) -> Leg | None:
        """Return the leg after ``number`` legs, or ``None`` when there is none."""
        return self.legs[number] if number < len(self.legs) else None


_COLLECTION = (
    Leg(ParcelEvent.ACCEPT, AGENCY, 5, 25, time(6), time(21)),
    Leg(ParcelEvent.COLLECT, AGENCY, 60, 150, time(7, 30), time(17)),
    Leg(ParcelEvent.DEPART, AGENCY, 20, 110, time(18), time(20), f"Chuyển đến {CENTRE.name}"),
)


def _last_mile(office: Office) -> tuple[Leg, ...]:
    return (
        Leg(ParcelEvent.HAND_OVER, office, 10, 60, time(7), time(8, 30)),
        Leg(ParcelEvent.GO_OUT, office, 10, 40, time(7, 45), time(9, 30)),
        Leg(
            ParcelEvent.DELIVER, office, 45, 360, time(8, 15), time(17, 30), "Người nhận đã ký nhận"
        ),
    )


_ROUTES = (
    Route(
        "noi-thanh",
        "Nội thành",
        (
            *_COLLECTION,
            Leg(ParcelEvent.ARRIVE, TOWN, 120, 210, time(4, 30), time(6, 30)),
            *_last_mile(TOWN),
        ),
    ),
    Route(
        "ngoai-thanh",
        "Ngoại thành",
        (
            *_COLLECTION,
            Leg(ParcelEvent.ARRIVE, CENTRE, 30, 80, time(19), time(22)),
            Leg(ParcelEvent.DEPART, CENTRE, 60, 90, time(4), time(5), f"Chuyển đến {COUNTRY.name}"),
            Leg(ParcelEvent.ARRIVE, COUNTRY, 60, 110, time(5, 30), time(6, 50)),
            *_last_mile(COUNTRY),
        ),
    ),
    Route(
        "lien-tinh",
        "Liên tỉnh",
        (
            *_COLLECTION,
            Leg(ParcelEvent.ARRIVE, REGION, 240, 360, time(1), time(5)),
            Leg(ParcelEvent.DEPART, REGION, 120, 180, time(12), time(14), f"Chuyển đến {FAR.name}"),
            Leg(ParcelEvent.ARRIVE, FAR, 600, 690, time(4, 30), time(6, 30)),
            *_last_mile(FAR),
        ),
    ),
)

ROUTES: Mapping[str, Route] = {route.name: route for route in _ROUTES}

_COUNTRYSIDE = ("xa", "huyen", "thi tran", "dac khu")


def route_for(province: str, district: str) -> Route:
    """Return the route to a receiver: by province, then by what kind of place it is (ours)."""
    if province != HOME_PROVINCE:
        return ROUTES["lien-tinh"]
    place = fold(district.replace("-", " "))
    rural = any(place == word or place.startswith(f"{word} ") for word in _COUNTRYSIDE)
    return ROUTES["ngoai-thanh" if rural else "noi-thanh"]
