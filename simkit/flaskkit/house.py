"""A house from its plan: one application over many worlds."""

import contextlib
import hashlib
import importlib
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from flask import Flask, request
from flask.typing import ResponseReturnValue

import simkit.core
from simkit.core.errors import BadInput, NotFound
from simkit.core.messages import Courier, Due, Message, Receipt, Schedule
from simkit.core.settings import HouseSettings
from simkit.flaskkit import control, kit, problem, security
from simkit.flaskkit.dispatcher import Dispatcher, Handlers
from simkit.flaskkit.here import current_world
from simkit.flaskkit.layer import MISSING, WorldLayer
from simkit.flaskkit.world import World
from simkit.flaskkit.worlds import MAIN, Worlds
from simkit.storage.lock import FolderLock

__all__ = ["Handle", "House", "Http", "MetaData", "Plan", "open_house"]

S = TypeVar("S")
Handle = Callable[[], S]
"""Returns the service of the world that the present request is in."""

if TYPE_CHECKING:  # imported late: starting needs neither
    from requests import Session as Http
    from sqlalchemy import MetaData
else:
    Http = object
    MetaData = object
"""What calls the neighbours; houses may not import the library itself."""

_MIB = 1024 * 1024
_SEED_SOURCES = frozenset({".py", ".toml", ".json"})


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

    ``metadata``: returns the tables; called only when a seed is made. ``seed_inputs``: files and
    folders besides the code that the seed follows from. ``build``: puts the service of one world
    together, when it is first asked for. ``routes``: registers blueprints.
    ``couriers``, ``schedules``: by kind of message. ``receipts``: told of every delivery, in the
    transaction that records it. ``agenda``: by kind; runs in the transaction that strikes the item.
    ``seed``: fills the seed of new worlds. ``reseed``: ``POST /_sim/seed``, idempotent; returns
    what it did. ``ledger``: the house's part of the audit. ``closing``: a world goes, so long
    polls end.
    """

    name: str
    title: str
    package: str
    metadata: Callable[[], "MetaData"]
    build: Callable[[World], S]
    routes: Callable[[Flask, Handle[S]], None]
    couriers: Callable[[World], Mapping[str, Courier]] = _no_couriers
    schedules: Mapping[str, Schedule] = field(default_factory=dict)
    receipts: Mapping[str, Callable[[S, Message, Receipt], None]] = field(default_factory=dict)
    agenda: Mapping[str, Callable[[S, Due], None]] = field(default_factory=dict)
    seed: Callable[[S], None] = _nothing
    seed_inputs: tuple[Path, ...] = ()
    reseed: Callable[[S, Mapping[str, object]], Mapping[str, object]] = _nothing_to_seed
    ledger: Callable[[S], Mapping[str, object]] = _empty_ledger
    closing: Callable[[S], None] = _nothing
    not_signed_in: Callable[[], ResponseReturnValue] | None = None
    max_body: int = _MIB
    threads: int = 6


class House(Generic[S]):
    """A running house; ``close()`` ends it."""

    def __init__(self, plan: Plan[S], settings: HouseSettings, http: Http | None) -> None:
        """Use ``open_house``."""
        self._http = http
        self._http_lock = threading.Lock()
        self.plan = plan
        self.settings = settings
        self._scratch = None if settings.data else Path(tempfile.mkdtemp(prefix="motcua-"))
        folder = (settings.data or cast("Path", self._scratch)) / plan.name
        self._lock = FolderLock(folder)
        self.dispatcher = Dispatcher(
            plan.name,
            Handlers(plan.couriers, plan.schedules, plan.receipts, plan.agenda),
        )
        self.worlds = Worlds(
            plan.name,
            settings,
            folder,
            stamp=_stamp(plan),
            metadata=plan.metadata,
            wake=self.dispatcher.wake,
            http=self._session,
        )
        self.worlds.build = plan.build
        self.worlds.retire = self._retire
        try:
            self._open_worlds()
            self.flask = self._application()
        except BaseException:
            self.close()
            raise

    def _open_worlds(self) -> None:
        self.worlds.prepare(self.plan.seed)
        if MAIN not in self.worlds.names():
            self.worlds.create(MAIN)
        for name in self.worlds.names():
            self.worlds.get(name)  # what was due while the house was closed is delivered now

    def service(self) -> S:
        """Return the service of the present request's world."""
        return cast("S", current_world().service)

    @contextlib.contextmanager
    def within(self, world: str) -> Iterator[S]:
        """Lend a world's service outside of a request; ``NotFound`` if there is no such world."""
        found = self.worlds.get(world)
        with found.lease():
            yield cast("S", found.service)

    def warm_up(self) -> None:
        """Do now what would otherwise make the first visitor of the main world wait."""
        world = self.worlds.get(MAIN)
        importlib.import_module("simkit.storage.core")
        importlib.import_module("requests")
        with world.lease():
            _ = world.service

    @property
    def wsgi(self) -> Any:
        """The application for a server."""
        return self.flask.wsgi_app

    def close(self) -> None:
        """End what runs in the background and close every world."""
        self.dispatcher.close()
        self.worlds.close()
        self._lock.release()
        if self._scratch is not None:
            shutil.rmtree(self._scratch, ignore_errors=True)

    def _retire(self, world: World) -> None:
        self.dispatcher.forget(world)
        if world.in_use:
            self.plan.closing(cast("S", world.service))

    def _session(self) -> Http:
        with self._http_lock:
            if self._http is None:
                self._http = _new_session()
            return self._http

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
    http: Http | None = None,
) -> House[S]:
    """Open a house; ``http`` is the session that calls its neighbours (tests hand in their own)."""
    return House(plan, settings, http)


def _new_session() -> Http:
    import requests  # noqa: PLC0415 -- a fifth of a start, and starting calls nobody

    session = requests.Session()
    session.trust_env = False  # a proxy of the machine has no business between the houses
    adapter = requests.adapters.HTTPAdapter(pool_connections=16, pool_maxsize=16)
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return session


def _stamp(plan: Plan[Any]) -> str:
    """Name the state of everything that a seed follows from: code and data, by size and time."""
    package = Path(str(importlib.import_module(plan.package).__file__)).parent
    kernel = Path(simkit.core.__file__).parent
    digest = hashlib.sha256()
    for root in (package, kernel, kernel.parent / "storage", *plan.seed_inputs):
        for path in sorted(p for p in (root, *root.rglob("*")) if p.suffix in _SEED_SOURCES):
            stat = path.stat()
            digest.update(f"{path.name}:{stat.st_size}:{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:12]


def _refuse_missing_worlds() -> None:
    missing: NotFound | None = request.environ.get(MISSING)
    if missing is not None:
        raise missing
