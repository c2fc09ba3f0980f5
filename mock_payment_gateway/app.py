"""Puts the gateway together. The only module that knows every room."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from flask import Flask

from mock_payment_gateway import control
from mock_payment_gateway.clients import BankOverHttp, BankQuestions, ConfirmCourier
from mock_payment_gateway.domain import notice
from mock_payment_gateway.domain.partner import Partner
from mock_payment_gateway.service import TIME_OUT, GatewayService
from mock_payment_gateway.settings import GatewaySettings
from mock_payment_gateway.web import api, pages
from simkit.core.messages import Courier, Due
from simkit.core.settings import HouseSettings
from simkit.flaskkit.house import Handle, House, Http, MetaData, Plan, open_house
from simkit.flaskkit.world import World


@dataclass(frozen=True, slots=True)
class WorldAddresses:
    """Implements ``ports.Addresses`` for one world."""

    own_url: Callable[[str], str]

    def pay_page(self, token: str) -> str:
        """Return the page where the payer chooses a bank."""
        return self.own_url(f"/thanh-toan/{token}")

    def return_page(self, token: str) -> str:
        """Return where the bank sends the payer's browser afterwards."""
        return self.own_url(f"/thanh-toan/{token}/ket-qua")

    def notices(self) -> str:
        """Return where the bank tells us of a result."""
        return self.own_url("/bank/notices")


def open_with(house: HouseSettings) -> House[GatewayService]:
    """Open the gateway as the stack does; its own settings come from the environment."""
    return create_app(replace(GatewaySettings.from_env(os.environ), house=house))


def create_app(
    settings: GatewaySettings | None = None,
    http: Http | None = None,
) -> House[GatewayService]:
    """Open the gateway; ``http`` calls its neighbours (tests hand in their own)."""
    chosen = settings or GatewaySettings()
    return open_house(plan(chosen), chosen.house, http)


def plan(settings: GatewaySettings) -> Plan[GatewayService]:
    """Return what makes a house the gateway."""

    def build(world: World) -> GatewayService:
        from mock_payment_gateway.store import StoredWork  # noqa: PLC0415 -- SQLAlchemy: not needed to start

        partner = _portal(world, settings)
        work = StoredWork(
            world.database,
            outbox=world.outbox,
            agenda=world.agenda,
            standing={partner.code: partner},
        )
        return GatewayService(
            work,
            BankOverHttp(world.line("bank")),
            WorldAddresses(world.own_url),
            world.clock,
            world.ids,
            notice_secret=settings.notice_secret,
        )

    return Plan(
        name="gateway",
        title="Nền tảng thanh toán",
        package="mock_payment_gateway",
        metadata=_metadata,
        build=build,
        routes=_routes,
        couriers=_couriers,
        schedules={
            notice.CONFIRM: notice.CONFIRM_SCHEDULE,
            notice.ASK_BANK: notice.ASK_SCHEDULE,
        },
        agenda={TIME_OUT: _time_out},
        reseed=control.reseed,
        ledger=control.ledger,
    )


def _metadata() -> MetaData:
    from mock_payment_gateway.store.tables import METADATA  # noqa: PLC0415 -- SQLAlchemy: not needed to start

    return METADATA


def _portal(world: World, settings: GatewaySettings) -> Partner:
    """Return the partner that every world has: the portal of that world."""
    portal = world.neighbour("portal")
    return Partner(
        code=settings.partner_code,
        name=settings.partner_name,
        secret=settings.partner_secret,
        confirm_url=portal + settings.confirm_path,
        return_url=portal + settings.return_path,
    )


def _routes(app: Flask, service: Handle[GatewayService]) -> None:
    app.register_blueprint(api.platform(service))
    app.register_blueprint(api.bank(service))
    app.register_blueprint(pages.blueprint(service))


def _couriers(world: World) -> Mapping[str, Courier]:
    service: GatewayService = world.service

    def ask(request_id: str) -> bool:
        return service.ask_bank(request_id).settled

    return {
        notice.CONFIRM: ConfirmCourier(world.line("portal")),
        notice.ASK_BANK: BankQuestions(ask),
    }


def _time_out(service: GatewayService, due: Due) -> None:
    service.time_out(due.key)
