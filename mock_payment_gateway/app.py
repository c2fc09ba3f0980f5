"""Puts the gateway together. The only module that knows every room."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from flask import Flask

from mock_payment_gateway import control
from mock_payment_gateway.clients import (
    BankOverHttp,
    BankQuestions,
    ConfirmCourier,
    IpnCourier,
    JournalNotes,
)
from mock_payment_gateway.domain import notice
from mock_payment_gateway.domain.partner import Partner
from mock_payment_gateway.domain.vnpay import notice as ipn
from mock_payment_gateway.domain.vnpay.merchant import Merchant
from mock_payment_gateway.service import (
    REFUND_MOVES,
    SALE_EXPIRES,
    SALE_RESOLVES,
    TIME_OUT,
    GatewayService,
)
from mock_payment_gateway.settings import GatewaySettings
from mock_payment_gateway.web import api, pages, receipts, vnpay_api, vnpay_pages, vnpt_api
from simkit.core.messages import Courier, Due, Message, Receipt
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

    def receipt(self, token: str) -> str:
        """Return where the receipt of a paid order is."""
        return self.own_url(f"/bien-lai/{token}.pdf")

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
            merchants={settings.vnpay_code: _website(settings)},
        )
        return GatewayService(
            work,
            BankOverHttp(world.line("bank")),
            WorldAddresses(world.own_url),
            world.clock,
            world.ids,
            notice_secret=settings.notice_secret,
            notes=JournalNotes(world.journal, world.clock.now, world.trace),
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
            notice.CONFIRM_FORM: notice.CONFIRM_SCHEDULE,
            notice.FALSE_CONFIRM: notice.ONCE,
            notice.FALSE_CONFIRM_FORM: notice.ONCE,
            notice.ASK_BANK: notice.ASK_SCHEDULE,
            notice.REFUND: notice.ASK_SCHEDULE,
            ipn.IPN: ipn.IPN_SCHEDULE,
            ipn.PROBE: ipn.PROBE_SCHEDULE,
        },
        receipts={
            ipn.IPN: _heard,
            notice.CONFIRM: _called,
            notice.CONFIRM_FORM: _called,
        },
        agenda={
            TIME_OUT: _time_out,
            SALE_EXPIRES: _sale_expires,
            SALE_RESOLVES: _sale_resolves,
            REFUND_MOVES: _refund_moves,
        },
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


def _website(settings: GatewaySettings) -> Merchant:
    """Return the VNPAY merchant that every world has."""
    return Merchant(
        tmn_code=settings.vnpay_code,
        name=settings.partner_name,
        secret=settings.vnpay_secret,
        ipn_url=settings.vnpay_ipn_url,
    )


def _routes(app: Flask, service: Handle[GatewayService]) -> None:
    app.register_blueprint(api.platform(service))
    app.register_blueprint(api.bank(service))
    app.register_blueprint(vnpt_api.blueprint(service))
    app.register_blueprint(receipts.blueprint(service))
    app.register_blueprint(pages.blueprint(service))
    app.register_blueprint(vnpay_pages.blueprint(service))
    app.register_blueprint(vnpay_api.blueprint(service))


def _couriers(world: World) -> Mapping[str, Courier]:
    service: GatewayService = world.service

    def ask(request_id: str) -> bool:
        return service.ask_bank(request_id).settled

    return {
        notice.CONFIRM: ConfirmCourier(world.line("portal")),
        notice.CONFIRM_FORM: ConfirmCourier(world.line("portal"), form=True),
        notice.FALSE_CONFIRM: ConfirmCourier(world.line("portal")),
        notice.FALSE_CONFIRM_FORM: ConfirmCourier(world.line("portal"), form=True),
        notice.ASK_BANK: BankQuestions(ask),
        notice.REFUND: BankQuestions(service.refunds.push, "refund_id"),
        ipn.IPN: IpnCourier(world.line("portal")),
        ipn.PROBE: IpnCourier(world.line("portal")),
    }


def _time_out(service: GatewayService, due: Due) -> None:
    service.time_out(due.key)


def _heard(service: GatewayService, message: Message, receipt: Receipt) -> None:
    service.vnpay.hear(message, receipt)


def _called(service: GatewayService, message: Message, receipt: Receipt) -> None:
    del receipt
    service.called(message)


def _sale_expires(service: GatewayService, due: Due) -> None:
    service.vnpay.expire(due.key)


def _sale_resolves(service: GatewayService, due: Due) -> None:
    service.vnpay.resolve(due.key)


def _refund_moves(service: GatewayService, due: Due) -> None:
    service.vnpay.move_refund(int(due.key))
