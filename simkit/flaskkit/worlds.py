"""The worlds of one house: made from a seed by copying a file."""

import os
import re
import secrets
import shutil
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simkit.core.errors import BadInput, Conflict, NotFound
from simkit.core.settings import HouseSettings
from simkit.flaskkit.world import World
from simkit.runtime.clock import ClockMode, ClockState, WorldClock
from simkit.runtime.ids import SeededIds
from simkit.storage import worldfile
from simkit.storage.blobs import Blobs
from simkit.storage.database import Database
from simkit.storage.moments import from_text, to_text

if TYPE_CHECKING:  # both are imported late: starting needs neither
    from requests import Session
    from sqlalchemy import MetaData

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

    The seed is prepared once per state of the code. World ``x`` is
    ``<folder>/worlds/x/<generation>.sqlite3``: a reset or restore copies a file to the next
    generation, so that requests that still use the old one end undisturbed.
    """

    def __init__(  # noqa: PLR0913 -- one parameter per thing that is handed in
        self,
        house: str,
        settings: HouseSettings,
        folder: Path,
        *,
        stamp: str,
        metadata: Callable[[], "MetaData"],
        wake: Callable[[World], None],
        http: Callable[[], "Session"],
    ) -> None:
        """Keep worlds under ``folder``.

        ``stamp`` names the state of code and data that the seed is made from. ``wake`` is told of
        every world that has something to deliver.
        """
        self._house = house
        self._settings = settings
        self._folder = folder
        self._metadata = metadata
        self._seed = (settings.seeds or folder) / f"seed-{house}-{stamp}.sqlite3"
        self._wake = wake
        self._http = http
        self._open: dict[str, World] = {}
        self._lock = threading.RLock()
        self.build: Callable[[World], Any] = lambda world: world
        self.retire: Callable[[World], None] = lambda _: None

    # -- the seed -----------------------------------------------------------------------------

    def prepare(self, seed: Callable[[Any], None]) -> None:
        """Make the seed that new worlds are copied from: all tables, and what ``seed`` puts in.

        It is made once for one state of the code (the stamp is in its name) and kept.
        """
        self._seed.parent.mkdir(parents=True, exist_ok=True)
        if self._seed.exists():
            return
        nursery = self._seed.with_suffix(f".{os.getpid()}.new")
        _unlink(nursery)
        database = Database.create(nursery, self._metadata(), durable=False)
        with database.write() as sql:
            worldfile.first_row(sql)
        world = self._assemble("seed", database, ("seed", "", 0, ClockMode.RUNNING, 0, None))
        seed(world.service)
        finished = self._seed.with_suffix(f".{os.getpid()}.done")
        database.copy_to(finished)
        database.close()
        _unlink(nursery)
        finished.replace(self._seed)

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
            return self._begin(name, self._seed, seed=seed or name)

    def reset(self, name: str) -> World:
        """Begin a world anew, with the seed it had."""
        with self._lock:
            old = self.get(name)
            return self._begin(name, self._seed, seed=old.seed)

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
            files = list((self._home() / name).glob("*.sqlite3"))
            self._retire(world, partial(shutil.rmtree, self._home() / name, ignore_errors=True))
            for path in files:
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
        if seed is None:
            self._wake(world)  # a copy may hold what is still to be delivered
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
        row = None if seed is None else worldfile.begin(place, seed, secrets.token_hex(16))
        database = Database(place, durable=self._settings.durable)
        if row is None:
            with database.write() as sql:
                row = worldfile.open_again(sql, place)
        return self._assemble(name, database, row)

    def _assemble(self, name: str, database: Database, row: worldfile.WorldRow) -> World:
        seed, secret, life, mode, offset, at = row
        clock = ClockState(
            ClockMode(mode),
            timedelta(microseconds=offset),
            from_text(at) if at else None,
        )
        return World(
            house=self._house,
            name=name,
            seed=seed,
            secret=secret,
            settings=self._settings,
            clock=WorldClock(clock),
            ids=SeededIds(f"{seed}:{self._house}", life),
            database=database,
            blobs=Blobs(self._folder / "blobs"),
            http=self._http,
            wake=self._wake,
            build=self.build,
        )

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
