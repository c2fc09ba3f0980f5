"""A house from its plan: one application over many worlds."""

import contextlib
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

import requests
from flask import Flask, request
from flask.typing import ResponseReturnValue
from sqlalchemy import MetaData

from simkit.core.errors import BadInput, NotFound
from simkit.core.messages import Courier, Due, Message, Receipt, Schedule
from simkit.core.settings import HouseSettings
from simkit.flaskkit import control, kit, problem, security
from simkit.flaskkit.dispatcher import Dispatcher, Handlers
from simkit.flaskkit.here import current_world
from simkit.flaskkit.layer import MISSING, WorldLayer
from simkit.flaskkit.world import World
from simkit.flaskkit.worlds import MAIN, Worlds

S = TypeVar("S")
Handle = Callable[[], S]
"""Returns the service of the world that the present request is in."""

Http = requests.Session
"""What calls the neighbours; houses may not import the library itself."""

_MIB = 1024 * 1024


def _nothing(_: object) -> None:
    return None


def _no_couriers(_: World) -> Mapping[str, Courier]:
    return {}


def _nothing_to_seed(_: object, body: Mapping[str, object]) -> Mapping[str, object]:
    if body:
        raise BadInput(
            "There is nothing to seed in this house.", dict.fromkeys(body, "unknown field")
        )
    return {}


def _empty_ledger(_: object) -> Mapping[str, object]:
    return {}


@dataclass(frozen=True, kw_only=True)
class Plan(Generic[S]):
    """What makes a house this house. Every function gets all it needs as arguments.

    ``build``: puts the service of one world together. ``routes``: registers blueprints.
    ``couriers``, ``schedules``: by kind of message. ``receipts``: told of every delivery, in the
    transaction that records it. ``agenda``: by kind; runs in the transaction that strikes the item.
    ``seed``: fills the seed of new worlds. ``reseed``: ``POST /_sim/seed``, idempotent; returns
    what it did. ``ledger``: the house's part of the audit. ``closing``: a world goes, so long
    polls end.
    """

    name: str
    title: str
    package: str
    metadata: MetaData
    build: Callable[[World], S]
    routes: Callable[[Flask, Handle[S]], None]
    couriers: Callable[[World], Mapping[str, Courier]] = _no_couriers
    schedules: Mapping[str, Schedule] = field(default_factory=dict)
    receipts: Mapping[str, Callable[[S, Message, Receipt], None]] = field(default_factory=dict)
    agenda: Mapping[str, Callable[[S, Due], None]] = field(default_factory=dict)
    seed: Callable[[S], None] = _nothing
    reseed: Callable[[S, Mapping[str, object]], Mapping[str, object]] = _nothing_to_seed
    ledger: Callable[[S], Mapping[str, object]] = _empty_ledger
    closing: Callable[[S], None] = _nothing
    not_signed_in: Callable[[], ResponseReturnValue] | None = None
    max_body: int = _MIB
    threads: int = 6


class House(Generic[S]):
    """A running house; ``close()`` ends it."""

    def __init__(self, plan: Plan[S], settings: HouseSettings, http: requests.Session) -> None:
        """Use ``open_house``."""
        self.plan = plan
        self.settings = settings
        self._scratch = None if settings.data else Path(tempfile.mkdtemp(prefix="motcua-"))
        folder = (settings.data or cast("Path", self._scratch)) / plan.name
        self.dispatcher = Dispatcher(
            plan.name,
            Handlers(plan.couriers, plan.schedules, plan.receipts, plan.agenda),
        )
        self.worlds = Worlds(
            plan.name,
            settings,
            folder,
            metadata=plan.metadata,
            wake=self.dispatcher.wake,
            http=http,
        )
        self.worlds.build = plan.build
        self.worlds.retire = self._retire
        self.worlds.prepare(plan.seed)
        if MAIN not in self.worlds.names():
            self.worlds.create(MAIN)
        for name in self.worlds.names():
            self.worlds.get(name)  # what was due while the house was closed is delivered now
        self.flask = self._application()

    def service(self) -> S:
        """Return the service of the present request's world."""
        return cast("S", current_world().service)

    @contextlib.contextmanager
    def within(self, world: str) -> Iterator[S]:
        """Lend a world's service outside of a request; ``NotFound`` if there is no such world."""
        found = self.worlds.get(world)
        with found.lease():
            yield cast("S", found.service)

    @property
    def wsgi(self) -> Any:
        """The application for a server."""
        return self.flask.wsgi_app

    def close(self) -> None:
        """End what runs in the background and close every world."""
        self.dispatcher.close()
        self.worlds.close()
        if self._scratch is not None:
            shutil.rmtree(self._scratch, ignore_errors=True)

    def _retire(self, world: World) -> None:
        self.dispatcher.forget(world)
        self.plan.closing(cast("S", world.service))

    def _application(self) -> Flask:
        app = Flask(self.plan.package, template_folder="web/templates", static_folder=None)
        app.config["MAX_CONTENT_LENGTH"] = self.plan.max_body
        app.config["MAX_FORM_MEMORY_SIZE"] = min(self.plan.max_body, _MIB)
        app.json.ensure_ascii = False  # type: ignore[attr-defined]
        app.json.sort_keys = False  # type: ignore[attr-defined]
        app.before_request(_refuse_missing_worlds)
        security.register(app)
        kit.register(app, self.plan.name, self.plan.title)
        problem.register(app, self.plan.not_signed_in)
        app.register_blueprint(control.blueprint(self))
        self.plan.routes(app, self.service)
        app.wsgi_app = WorldLayer(app.wsgi_app, self.worlds)  # type: ignore[method-assign]
        return app


def open_house(
    plan: Plan[S],
    settings: HouseSettings,
    http: requests.Session | None = None,
) -> House[S]:
    """Open a house; ``http`` is the session that calls its neighbours (tests hand in their own)."""
    if http is None:
        http = requests.Session()
        http.trust_env = False  # a proxy of the machine has no business between the houses
        adapter = requests.adapters.HTTPAdapter(pool_connections=16, pool_maxsize=16)
        http.mount("http://", adapter)
        http.mount("https://", adapter)
    return House(plan, settings, http)


def _refuse_missing_worlds() -> None:
    missing: NotFound | None = request.environ.get(MISSING)
    if missing is not None:
        raise missing
