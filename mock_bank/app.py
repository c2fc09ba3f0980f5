"""Puts the banks together. The only module that knows every room."""

from collections.abc import Mapping

from flask import Flask

from mock_bank import control
from mock_bank.clients import NoticeCourier, sms_courier
from mock_bank.service import BankService
from mock_bank.service.books import Books
from mock_bank.service.checkout import SMS, Checkout
from mock_bank.service.endings import EXPIRY, NOTICE
from mock_bank.service.orders import Orders
from mock_bank.settings import BankSettings
from mock_bank.web import api, pages
from simkit.core.cast import CAST
from simkit.core.messages import Courier, Due
from simkit.core.settings import HouseSettings
from simkit.flaskkit.house import Handle, House, Http, MetaData, Plan, open_house
from simkit.flaskkit.world import World
from simkit.runtime.passwords import Argon2Passwords


def create_app(
    settings: BankSettings | None = None,
    http: Http | None = None,
) -> House[BankService]:
    """Open the banks; ``http`` calls their neighbours (tests hand in their own)."""
    chosen = settings or BankSettings()
    return open_house(plan(chosen), chosen.house, http)


def open_with(settings: HouseSettings) -> House[BankService]:
    """Open the banks with the settings that all houses share; the front door's way in."""
    return create_app(BankSettings(house=settings))


def plan(settings: BankSettings) -> Plan[BankService]:
    """Return what makes a house the banks."""

    def couriers(world: World) -> Mapping[str, Courier]:
        return {
            NOTICE: NoticeCourier(world.line("gateway"), settings.notice_secret),
            SMS: sms_courier(world.line("phone")),
        }

    return Plan(
        name="bank",
        title="Ngân hàng mô phỏng",
        package="mock_bank",
        metadata=_metadata,
        build=_build,
        routes=_routes,
        couriers=couriers,
        agenda={EXPIRY: _expire},
        seed=_seed,
        reseed=control.reseed,
        ledger=control.ledger,
    )


def _metadata() -> MetaData:
    from mock_bank.store.tables import METADATA  # noqa: PLC0415 -- SQLAlchemy: not needed to start

    return METADATA


def _build(world: World) -> BankService:
    from mock_bank.store.work import BankWork  # noqa: PLC0415 -- SQLAlchemy: not needed to start

    work = BankWork(world.database, world.outbox, world.agenda)
    passwords = Argon2Passwords()
    return BankService(
        orders=Orders(work, world.clock, world.ids),
        checkout=Checkout(work, world.clock, world.ids, world.captchas, passwords),
        books=Books(work, world.clock, world.ids, passwords),
    )


def _routes(app: Flask, service: Handle[BankService]) -> None:
    app.register_blueprint(api.blueprint(service))
    app.register_blueprint(pages.blueprint(service))


def _seed(service: BankService) -> None:
    service.books.open_banks()
    service.books.seed(control.first_customers(CAST))


def _expire(service: BankService, due: Due) -> None:
    service.orders.expire(due.key)
