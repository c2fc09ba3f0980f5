"""Puts the portal together. The only module that knows every room."""

import os
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from flask import Flask

from mock_portal import control
from mock_portal.clients.gateway import GatewayPlatform, QueryCourier
from mock_portal.clients.phone import sms_courier
from mock_portal.clients.post import PostCourier
from mock_portal.domain.platform import Partner
from mock_portal.domain.site import Site
from mock_portal.service import PortalService
from mock_portal.service.account_letters import MAIL, SMS, AccountLetters
from mock_portal.service.accounts import AccountService, AccountTools
from mock_portal.service.deliveries import POST_ORDER, DeliveryService, DeliveryTools
from mock_portal.service.desk import DeskService, DeskTools
from mock_portal.service.dossier_letters import DossierLetters
from mock_portal.service.dossiers import DossierService
from mock_portal.service.filing import DossierTools
from mock_portal.service.first_people import first_citizens, first_officers
from mock_portal.service.payments import RECONCILE, PaymentService, PaymentTools
from mock_portal.service.procedures import ProcedureService
from mock_portal.service.reconciling import FEE_QUERY, ReconcileService
from mock_portal.settings import MEBIBYTE, PortalSettings
from mock_portal.store.site import load_site
from mock_portal.web import (
    accounts,
    api_dossiers,
    api_procedures,
    desk,
    dossiers,
    frame,
    home,
    lookup,
    payment,
    platform_notices,
    post_events,
    procedures,
    signed_in,
    submission,
)
from simkit.core.cast import CAST
from simkit.core.messages import Courier, Due, Message, Receipt
from simkit.core.settings import HouseSettings
from simkit.flaskkit.house import Handle, House, Http, MetaData, Plan, open_house
from simkit.flaskkit.world import World
from simkit.runtime.passwords import Argon2Passwords

FILES_AT_ONCE = 8
"""How many of the largest files one form may carry."""
THREADS = 8


def create_app(
    settings: PortalSettings | None = None, http: Http | None = None
) -> House[PortalService]:
    """Open the portal; ``http`` calls its neighbours (tests hand in their own)."""
    chosen = settings or PortalSettings()
    return open_house(plan(chosen, load_site(chosen.pack)), chosen.house, http)


def open_with(house: HouseSettings) -> House[PortalService]:
    """Open the portal as ``run_alone`` and the front door do; its own settings come from outside.

    The portal's own settings are few and only read here: ``MOTCUA_H24_SECRET``, ``MOTCUA_SITES``,
    ``MOTCUA_FILE_LIMIT_MB``.
    """
    return create_app(replace(PortalSettings.from_env(os.environ), house=house))


def plan(settings: PortalSettings, site: Site) -> Plan[PortalService]:
    """Return what makes a house the portal of that city."""
    return Plan(
        name="portal",
        title=site.title,
        package="mock_portal",
        metadata=_metadata,
        build=lambda world: build(world, settings, site),
        routes=_routes,
        couriers=partial(_couriers, site),
        receipts={POST_ORDER: _order_answered, FEE_QUERY: _query_answered},
        agenda={RECONCILE: _reconcile},
        seed=_seed,
        seed_inputs=(settings.pack,),
        reseed=control.reseed,
        ledger=_ledger,
        max_body=FILES_AT_ONCE * settings.file_limit + MEBIBYTE,
        threads=THREADS,
    )


def build(world: World, settings: PortalSettings, site: Site) -> PortalService:
    """Put the services of one world together."""
    # SQLAlchemy is not needed to start, so the rooms that use it are entered late.
    from mock_portal.store.accounts import SqlAccountUnit  # noqa: PLC0415
    from mock_portal.store.dossier_unit import SqlDossierUnit  # noqa: PLC0415
    from mock_portal.store.files import BlobFiles  # noqa: PLC0415
    from mock_portal.store.work import SqlWork  # noqa: PLC0415

    def dossier_url(code: str) -> str:
        return world.own_url(f"/ho-so/{code}")

    work = SqlWork(
        world.database, partial(SqlDossierUnit, outbox=world.outbox, agenda=world.agenda)
    )
    files = BlobFiles(world.blobs)
    letters = DossierLetters(site, dossier_url)
    partner = Partner(secret=settings.partner_secret)
    platform = GatewayPlatform(world.line("gateway"), partner)
    deliveries = DeliveryService(DeliveryTools(work, site, letters, world.clock))
    payments = PaymentService(
        PaymentTools(work, site, platform, partner, letters, world.clock, world.ids)
    )
    return PortalService(
        site=site,
        accounts=AccountService(
            AccountTools(
                work=SqlWork(world.database, partial(SqlAccountUnit, outbox=world.outbox)),
                letters=AccountLetters(site, world.own_url("/kich-hoat")),
                captchas=world.captchas,
                passwords=Argon2Passwords(),
                clock=world.clock,
                ids=world.ids,
            )
        ),
        procedures=ProcedureService(site),
        dossiers=DossierService(
            DossierTools(
                work=work,
                site=site,
                files=files,
                letters=letters,
                captchas=world.captchas,
                clock=world.clock,
                ids=world.ids,
                file_limit=settings.file_limit,
            )
        ),
        payments=payments,
        reconciling=ReconcileService(payments),
        deliveries=deliveries,
        desk=DeskService(DeskTools(work, site, files, letters, deliveries, world.clock)),
    )


def _metadata() -> MetaData:
    from mock_portal.store.tables import portal_metadata  # noqa: PLC0415 -- SQLAlchemy: not needed to start

    return portal_metadata()


def _routes(app: Flask, service: Handle[PortalService]) -> None:
    signed_in.install(app)
    frame.install(app, service)
    for pages in (home, accounts, procedures, submission, dossiers, payment, lookup, desk):
        app.register_blueprint(pages.blueprint(service))
    for machines in (api_procedures, api_dossiers, platform_notices, post_events):
        app.register_blueprint(machines.blueprint(service))


def _couriers(site: Site, world: World) -> Mapping[str, Courier]:
    return {
        # The name, not the longer title: the email package folds a long one into two encoded
        # words and loses the space between them.
        MAIL: world.mail(f"{site.name} <{site.contact.email}>"),
        SMS: sms_courier(world.line("phone")),
        POST_ORDER: PostCourier(world.line("post")),
        FEE_QUERY: QueryCourier(world.line("gateway")),
    }


def _order_answered(service: PortalService, message: Message, receipt: Receipt) -> None:
    service.deliveries.order_answered(message, receipt)


def _query_answered(service: PortalService, message: Message, receipt: Receipt) -> None:
    service.reconciling.answered(message, receipt)


def _reconcile(service: PortalService, due: Due) -> None:
    service.reconciling.ask(due)


def _seed(service: PortalService) -> None:
    service.accounts.seed(first_citizens(CAST), first_officers(service.site))


def _ledger(service: PortalService) -> Mapping[str, object]:
    return service.dossiers.ledger()
