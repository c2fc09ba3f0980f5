"""Puts the phone together. The only module that knows every room."""

from collections.abc import Mapping

from flask import Flask

from mock_phone.clients import AnswerCourier
from mock_phone.service import ANSWER, PhoneService
from mock_phone.settings import Settings
from mock_phone.store.bell import ConditionBell, Seats
from mock_phone.web import api, pages, smart_otp
from mock_phone.web.sink import Sink
from simkit.core.messages import Courier
from simkit.core.settings import HouseSettings
from simkit.flaskkit.house import Handle, House, Http, MetaData, Plan, open_house
from simkit.flaskkit.world import World

THREADS = 24  # Idle threads cost little, and a waiting request holds one.
SEATS = 16  # So many may wait at once; eight threads stay free for what they wait for.


def _metadata() -> MetaData:
    from mock_phone.store.tables import METADATA  # noqa: PLC0415 -- SQLAlchemy: not needed to start

    return METADATA


def _routes(flask: Flask, service: Handle[PhoneService]) -> None:
    flask.register_blueprint(api.blueprint(service))
    flask.register_blueprint(pages.blueprint(service))
    flask.register_blueprint(smart_otp.blueprint(service))


def create_app(
    settings: Settings | None = None,
    http: Http | None = None,
) -> House[PhoneService]:
    """Open the house; ``start_smtp`` opens its second door. ``http`` tells banks the answers."""
    return open_house(plan(), (settings or Settings()).house, http)


def open_with(settings: HouseSettings) -> House[PhoneService]:
    """Open the house with the settings that all houses share."""
    return create_app(Settings(settings))


def plan() -> Plan[PhoneService]:
    """Return what makes a house the phone."""
    seats = Seats(SEATS)

    def build(world: World) -> PhoneService:
        from mock_phone.store.messages import SqlWork  # noqa: PLC0415 -- SQLAlchemy: not needed to start

        work = SqlWork(world.database, world.outbox)
        return PhoneService(work, world.clock, world.ids, ConditionBell(seats))

    def couriers(world: World) -> Mapping[str, Courier]:
        return {ANSWER: AnswerCourier(world.line("bank"))}

    return Plan(
        name="phone",
        title="Điện thoại và hộp thư",
        package="mock_phone",
        metadata=_metadata,
        build=build,
        routes=_routes,
        couriers=couriers,
        ledger=PhoneService.ledger,
        closing=PhoneService.close,
        threads=THREADS,
    )


def start_smtp(house: House[PhoneService], host: str = "127.0.0.1", port: int = 0) -> Sink:
    """Open the mailbox's SMTP door; the answer knows its ``port`` and has ``stop()``."""
    return Sink(house.within, host, port)
