"""The worlds of one house: made from a seed by copying a file."""

import re
import secrets
import shutil
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import requests
from sqlalchemy import MetaData, insert

from simkit.core.errors import BadInput, Conflict, NotFound
from simkit.core.settings import HouseSettings
from simkit.flaskkit.world import World
from simkit.runtime.clock import ClockMode, ClockState, WorldClock
from simkit.runtime.ids import SeededIds
from simkit.storage.blobs import Blobs
from simkit.storage.database import Database
from simkit.storage.tables import WORLD
from simkit.storage.types import from_text, to_text

MAIN = "main"
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


def check_name(name: str, what: str = "world") -> str:
    """Return a name that is fit for addresses and folders, or raise ``BadInput``."""
    if not _NAME.fullmatch(name):
        raise BadInput(
            f"The name of a {what} has 1 to 40 of a-z, 0-9 and -, with no - at either end.",
            {"name": "not a valid name"},
        )
    return name


class Worlds:
    """Keeps the worlds of one house under one folder.

    ``<folder>/seed.sqlite3`` is prepared once per start. World ``x`` is
    ``<folder>/worlds/x/<generation>.sqlite3``: a reset or restore copies a file to the next
    generation, so that requests that still use the old one end undisturbed.
    """

    def __init__(  # noqa: PLR0913 -- one parameter per thing that is handed in
        self,
        house: str,
        settings: HouseSettings,
        folder: Path,
        *,
        metadata: MetaData,
        wake: Callable[[World], None],
        http: requests.Session,
    ) -> None:
        """``wake`` is told of every world that has something to deliver."""
        self._house = house
        self._settings = settings
        self._folder = folder
        self._metadata = metadata
        self._wake = wake
        self._http = http
        self._open: dict[str, World] = {}
        self._lock = threading.RLock()
        self.build: Callable[[World], Any] = lambda world: world
        self.retire: Callable[[World], None] = lambda _: None

    # -- the seed -----------------------------------------------------------------------------

    def prepare(self, seed: Callable[[Any], None]) -> None:
        """Make the seed that new worlds are copied from: all tables, and what ``seed`` puts in."""
        self._folder.mkdir(parents=True, exist_ok=True)
        place = self._folder / "seed.sqlite3"
        nursery = self._folder / "seed-in-the-making.sqlite3"
        _unlink(nursery)
        database = Database.create(nursery, self._metadata, durable=False)
        with database.write() as sql:
            sql.run(
                insert(WORLD).values(
                    one=1, seed="", secret="", lives=0, clock_mode="running", clock_offset_us=0
                ),
            )
        world = self._assemble("seed", database, seed="seed", secret="", life=0)
        seed(world.service)
        _unlink(place)
        database.copy_to(place)
        database.close()
        _unlink(nursery)

    # -- worlds -------------------------------------------------------------------------------

    def get(self, name: str) -> World:
        """Return an existing world, or raise ``NotFound``: none is ever made by asking for it."""
        world = self._open.get(name)
        if world is not None:
            return world
        with self._lock:
            return self._open.get(name) or self._reopen(name)

    def names(self) -> list[str]:
        """Return the names of all worlds."""
        return sorted(p.name for p in self._home().glob("*") if _newest(p) is not None)

    def opened(self) -> list[World]:
        """Return the worlds in use at the moment."""
        return list(self._open.values())

    def create(self, name: str, seed: str | None = None) -> World:
        """Make a new world; ``seed`` fixes its chance and is its name if not given."""
        check_name(name)
        with self._lock:
            if _newest(self._home() / name) is not None:
                raise Conflict(f"There is a world {name} already.", {"name": name})
            return self._begin(name, self._folder / "seed.sqlite3", seed=seed or name)

    def reset(self, name: str) -> World:
        """Begin a world anew, with the seed it had."""
        with self._lock:
            old = self.get(name)
            return self._begin(name, self._folder / "seed.sqlite3", seed=old.seed)

    def snapshot(self, name: str, snapshot: str) -> None:
        """Keep a copy of a world as it is now; an older copy of that name is replaced."""
        check_name(snapshot, "snapshot")
        world = self.get(name)
        place = self._snapshot_place(name, snapshot)
        fresh = place.with_suffix(".new")
        _unlink(fresh)
        world.database.copy_to(fresh)
        fresh.replace(place)

    def restore(self, name: str, snapshot: str) -> World:
        """Put a world back to a copy; its clock goes back with it."""
        place = self._snapshot_place(name, check_name(snapshot, "snapshot"))
        with self._lock:
            self.get(name)
            if not place.exists():
                raise NotFound(f"World {name} has no snapshot {snapshot}.", {"snapshot": snapshot})
            return self._begin(name, place, seed=None)

    def snapshots(self, name: str) -> list[str]:
        """Return the names of a world's copies."""
        return sorted(p.stem for p in (self._home() / name / "snapshots").glob("*.sqlite3"))

    def delete(self, name: str) -> None:
        """Remove a world with all that it knows."""
        with self._lock:
            world = self.get(name)
            del self._open[name]
            self._retire(world, partial(shutil.rmtree, self._home() / name, ignore_errors=True))
            for path in (self._home() / name).glob("*.sqlite3"):
                with suppress(OSError):  # Windows: goes with the folder once it is closed
                    path.unlink()

    def remember_clock(self, world: World) -> None:
        """Write a world's clock down, so that it survives the house."""
        state = world.clock.state
        with world.database.write() as sql:
            sql.rows(
                "UPDATE sim_world SET clock_mode = ?, clock_offset_us = ?, clock_at = ?",
                (
                    state.mode,
                    state.offset // timedelta(microseconds=1),
                    to_text(state.at) if state.at else None,
                ),
            )

    def close(self) -> None:
        """Close every world."""
        with self._lock:
            for world in self._open.values():
                self.retire(world)
                world.database.close()
            self._open.clear()

    # -- inside -------------------------------------------------------------------------------

    def _home(self) -> Path:
        return self._folder / "worlds"

    def _snapshot_place(self, name: str, snapshot: str) -> Path:
        return self._home() / name / "snapshots" / f"{snapshot}.sqlite3"

    def _begin(self, name: str, source: Path, seed: str | None) -> World:
        """Copy ``source`` to the next generation and let it take the old one's place."""
        home = self._home() / name
        home.mkdir(parents=True, exist_ok=True)
        newest = _newest(home)
        place = home / f"{0 if newest is None else int(newest.stem) + 1:06d}.sqlite3"
        fresh = place.with_suffix(".new")
        shutil.copyfile(source, fresh)
        fresh.replace(place)
        old = self._open.get(name)
        world = self._open[name] = self._enter(name, place, seed)
        if old is not None:
            self._retire(old, partial(_unlink, newest) if newest else _nothing)
        elif newest is not None:
            _unlink(newest)
        return world

    def _reopen(self, name: str) -> World:
        place = _newest(self._home() / name) if _NAME.fullmatch(name) else None
        if place is None:
            raise NotFound(
                f"Không có thế giới mô phỏng «{name}». Xin kiểm tra lại địa chỉ.",
                {"world": name},
            )
        world = self._open[name] = self._enter(name, place, seed=None)
        self._wake(world)
        return world

    def _enter(self, name: str, place: Path, seed: str | None) -> World:
        """Open a file; ``seed`` is given when its life begins, and then its secret is new too."""
        database = Database(place, durable=self._settings.durable)
        with database.write() as sql:
            if seed is not None:
                sql.rows(
                    "UPDATE sim_world SET seed = ?, secret = ?",
                    (seed, secrets.token_hex(16)),
                )
            row = sql.row(
                "UPDATE sim_world SET lives = lives + 1"
                " RETURNING seed, secret, lives, clock_mode, clock_offset_us, clock_at",
            )
        if row is None:
            raise RuntimeError(f"{place} is not a world")
        clock = ClockState(
            ClockMode(row[3]),
            timedelta(microseconds=row[4]),
            from_text(row[5]) if row[5] else None,
        )
        return self._assemble(name, database, seed=row[0], secret=row[1], life=row[2], clock=clock)

    def _assemble(  # noqa: PLR0913 -- what a file says of its world
        self,
        name: str,
        database: Database,
        *,
        seed: str,
        secret: str,
        life: int,
        clock: ClockState | None = None,
    ) -> World:
        world = World(
            house=self._house,
            name=name,
            seed=seed,
            secret=secret,
            settings=self._settings,
            clock=WorldClock(clock or ClockState()),
            ids=SeededIds(f"{seed}:{self._house}", life),
            database=database,
            blobs=Blobs(self._folder / "blobs"),
            http=self._http,
            wake=self._wake,
        )
        world.service = self.build(world)
        return world

    def _retire(self, world: World, then: Callable[[], None]) -> None:
        self.retire(world)
        world.close_when_empty(then)


def _nothing() -> None:
    return None


def _newest(home: Path) -> Path | None:
    return max(home.glob("[0-9]*.sqlite3"), default=None)


def _unlink(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        with suppress(OSError):  # gone already, or (Windows) still open: the next start removes it
            path.with_name(path.name + suffix).unlink()
