"""Puts the banks together. The only module that knows every room."""

import os
from collections.abc import Mapping
from dataclasses import replace

from flask import Flask

from mock_bank import control
from mock_bank.clients import NoticeCourier, approval_courier, sms_courier
from mock_bank.domain.magic import Late
from mock_bank.service import BankService, open_service
from mock_bank.service.codes import APPROVAL, SMS
from mock_bank.service.endings import EXPIRY, NOTICE
from mock_bank.service.lateness import GIVE_BACK
from mock_bank.service.refunds import REFUND
from mock_bank.service.till import RESOLVE
from mock_bank.service.transfers import RETURN
from mock_bank.settings import BankSettings
from mock_bank.web import api, banking, pages, transfers
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
    """Open the banks as the front door does; their own settings come from the environment."""
    return create_app(replace(BankSettings.from_env(os.environ), house=settings))


def plan(settings: BankSettings) -> Plan[BankService]:
    """Return what makes a house the banks."""

    def couriers(world: World) -> Mapping[str, Courier]:
        return {
            NOTICE: NoticeCourier(world.line("gateway"), settings.notice_secret),
            SMS: sms_courier(world.line("phone")),
            APPROVAL: approval_courier(world.line("phone")),
        }

    return Plan(
        name="bank",
        title="Ngân hàng mô phỏng",
        package="mock_bank",
        metadata=_metadata,
        build=_build,
        routes=_routes,
        couriers=couriers,
        agenda={
            EXPIRY: _expire,
            RESOLVE: _resolve,
            GIVE_BACK: _give_back,
            REFUND: _refund,
            RETURN: _return,
        },
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
    return open_service(
        work,
        world.clock,
        world.ids,
        captchas=world.captchas,
        passwords=Argon2Passwords(),
        own_url=world.own_url,
    )


def _routes(app: Flask, service: Handle[BankService]) -> None:
    app.register_blueprint(api.blueprint(service))
    app.register_blueprint(transfers.blueprint(service))
    app.register_blueprint(pages.blueprint(service))
    app.register_blueprint(banking.blueprint(service))


def _seed(service: BankService) -> None:
    service.books.open_banks()
    service.books.seed([*control.first_customers(CAST), *control.magic_customers()])


def _expire(service: BankService, due: Due) -> None:
    service.orders.expire(due.key)


def _resolve(service: BankService, due: Due) -> None:
    service.lateness.resolve(due.key, Late(due.facts["to"]))


def _give_back(service: BankService, due: Due) -> None:
    service.lateness.give_back(due.key)


def _refund(service: BankService, due: Due) -> None:
    service.refunds.finish(due.key)


def _return(service: BankService, due: Due) -> None:
    service.transfers.give_back(due.key)
