"""One SQLite file: one writer that commits in groups, readers that never wait.

Why not the driver's own locking: deferred transactions fail with «database is locked» as soon as
two of them write, and SQLite's busy handler is unfair (waits of seconds were seen). So the writers
of one process queue here, and those who queue share a commit: with ``synchronous=FULL`` the disk
is then asked once for many.
"""

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from simkit.storage.sql import Sql

if TYPE_CHECKING:
    from sqlalchemy import MetaData

_MOST_UNITS_IN_A_GROUP = 64
_IDLE_READERS_KEPT = 8


class _Group:
    """Units of work that are committed together."""

    def __init__(self) -> None:
        self.units = 0
        self.done = threading.Event()
        self.error: BaseException | None = None


class Database:
    """The store of one house in one world."""

    def __init__(self, path: Path, *, durable: bool = True) -> None:
        """Open the file, which has to exist with its tables (see ``create``)."""
        self._path = path
        self._durable = durable
        self._mine = threading.local()
        self._baton = threading.Lock()
        self._queue = threading.Lock()
        self._waiting = 0
        self._group: _Group | None = None
        self._writer: Sql | None = None
        self._readers: list[Sql] = []
        self._closed = False

    @classmethod
    def create(cls, path: Path, metadata: "MetaData", *, durable: bool = True) -> "Database":
        """Make a new file with the tables of ``metadata`` and open it."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        made = cls(path, durable=durable)
        with made.write() as sql:
            metadata.create_all(sql.connection)
        return made

    @contextlib.contextmanager
    def write(self) -> Iterator[Sql]:
        """Open a unit of work that may change things; it is on disk when the block has ended.

        An exception undoes the whole unit. Inside another unit of the same thread it joins that
        one, with a savepoint of its own.
        """
        outer: Sql | None = getattr(self._mine, "sql", None)
        if outer is None:
            yield from self._outermost()
        else:
            yield from self._inner(outer)

    @contextlib.contextmanager
    def read(self) -> Iterator[Sql]:
        """Open a snapshot.

        Inside a unit of work of the same thread it sees that unit's changes; inside another
        snapshot of the same thread it is that snapshot.
        """
        outer: Sql | None = getattr(self._mine, "sql", None) or getattr(self._mine, "reader", None)
        if outer is not None:
            yield outer
            return
        reader = self._borrow_reader()
        reader.begin("BEGIN")
        self._mine.reader = reader
        try:
            yield reader
        finally:
            self._mine.reader = None
            reader.end("COMMIT")
            self._give_back(reader)

    def copy_to(self, path: Path) -> None:
        """Write a consistent copy, as a file with nothing beside it."""
        path.parent.mkdir(parents=True, exist_ok=True)
        source, target = self._connect(), sqlite3.connect(path)
        try:
            source.backup(target)
        finally:
            source.close()
            target.close()

    def close(self) -> None:
        """Close every connection; the next use is an error.

        A reader that is still being used is closed by its user: to close it under them would crash
        the program, not raise.
        """
        with self._baton, self._queue:
            self._closed = True
            idle, self._readers = self._readers, []
            writer, self._writer = self._writer, None
            for each in (*idle, writer):
                if each is not None:
                    each.close()

    # -- the writer ---------------------------------------------------------------------------

    def _outermost(self) -> Iterator[Sql]:
        group = self._take_baton()
        sql = self._writing()
        self._mine.sql = sql
        afterwards: list[Callable[[], None]] = []
        try:
            sql.savepoint("SAVEPOINT", 0)
            yield sql
            sql.savepoint("RELEASE", 0)
            afterwards = sql.take_afterwards()
        except BaseException:
            sql.take_afterwards()
            sql.savepoint("ROLLBACK TO", 0)
            sql.savepoint("RELEASE", 0)
            raise
        finally:
            self._mine.sql = None
            self._pass_baton(group, sql)
        group.done.wait()
        if group.error is not None:
            raise group.error
        for action in afterwards:
            action()

    def _inner(self, sql: Sql) -> Iterator[Sql]:
        depth = self._mine.depth = getattr(self._mine, "depth", 0) + 1
        sql.savepoint("SAVEPOINT", depth)
        try:
            yield sql
        except BaseException:
            sql.savepoint("ROLLBACK TO", depth)
            raise
        finally:
            sql.savepoint("RELEASE", depth)
            self._mine.depth = depth - 1

    def _take_baton(self) -> _Group:
        with self._queue:
            self._waiting += 1
        self._baton.acquire()
        with self._queue:
            self._waiting -= 1
        if self._group is None:
            try:
                self._writing().begin("BEGIN IMMEDIATE")
            except BaseException:
                self._baton.release()
                raise
            self._group = _Group()
        return self._group

    def _pass_baton(self, group: _Group, sql: Sql) -> None:
        """Let the next in the queue go on in the same transaction, or end it."""
        group.units += 1
        try:
            if self._waiting == 0 or group.units >= _MOST_UNITS_IN_A_GROUP:
                self._group = None
                self._commit(group, sql)
        finally:
            self._baton.release()

    @staticmethod
    def _commit(group: _Group, sql: Sql) -> None:
        try:
            sql.end("COMMIT")
        except BaseException as error:  # noqa: BLE001 -- every unit of the group must hear of it
            group.error = error
            with contextlib.suppress(sqlite3.Error):
                sql.end("ROLLBACK")
        finally:
            group.done.set()

    def _writing(self) -> Sql:
        if self._writer is None:
            self._writer = self._open()
        return self._writer

    # -- readers and connections --------------------------------------------------------------

    def _borrow_reader(self) -> Sql:
        with self._queue:
            if self._readers:
                return self._readers.pop()
        return self._open()

    def _give_back(self, reader: Sql) -> None:
        with self._queue:
            if len(self._readers) < _IDLE_READERS_KEPT and not self._closed:
                self._readers.append(reader)
                return
        reader.close()

    def _open(self) -> Sql:
        if self._closed:
            raise RuntimeError(f"{self._path.name} is closed")
        return Sql(self._connect())

    def _connect(self) -> sqlite3.Connection:
        # «rw»: who comes too late to a world that was deleted must not make an empty file of it.
        connection = sqlite3.connect(
            f"{self._path.resolve().as_uri()}?mode=rw",
            uri=True,
            check_same_thread=False,
            isolation_level=None,
        )
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"PRAGMA synchronous={'FULL' if self._durable else 'OFF'}")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA busy_timeout=5000")
        connection.execute("PRAGMA mmap_size=268435456")
        return connection
