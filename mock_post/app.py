"""Puts the post together. The only module that knows every room."""

import os
from collections.abc import Mapping
from dataclasses import replace

from flask import Flask

from mock_post import clients
from mock_post.service import NEXT_LEG, NOTICE, PostService
from mock_post.settings import Settings
from mock_post.web import api, pages
from simkit.core.messages import Courier, Due
from simkit.core.settings import HouseSettings
from simkit.flaskkit.house import Handle, House, Http, MetaData, Plan, open_house
from simkit.flaskkit.world import World


def create_app(
    settings: Settings | None = None,
    http: Http | None = None,
) -> House[PostService]:
    """Open the post; ``http`` calls its customers (tests hand in their own)."""
    chosen = settings or Settings()
    return open_house(plan(chosen), chosen.house, http)


def open_with(settings: HouseSettings) -> House[PostService]:
    """Open the post as the front door does; its own settings come from the environment."""
    return create_app(replace(Settings.from_env(os.environ), house=settings))


def plan(settings: Settings) -> Plan[PostService]:
    """Return what makes a house the post."""

    def build(world: World) -> PostService:
        from mock_post.store.parcels import SqlWork  # noqa: PLC0415 -- SQLAlchemy: not needed to start

        work = SqlWork(world.database, world.outbox, world.agenda)
        return PostService(work, world.clock, world.ids, settings.customers)

    return Plan(
        name="post",
        title="Bưu điện",
        package="mock_post",
        metadata=_metadata,
        build=build,
        routes=_routes,
        couriers=_couriers,
        agenda={NEXT_LEG: _move},
        ledger=PostService.ledger,
    )


def _metadata() -> MetaData:
    from mock_post.store.tables import METADATA  # noqa: PLC0415 -- SQLAlchemy: not needed to start

    return METADATA


def _routes(flask: Flask, service: Handle[PostService]) -> None:
    flask.register_blueprint(api.blueprint(service))
    flask.register_blueprint(pages.blueprint(service))


def _couriers(world: World) -> Mapping[str, Courier]:
    return {NOTICE: clients.notices(world.line("portal"))}


def _move(service: PostService, due: Due) -> None:
    service.move(due.key, due.due)
