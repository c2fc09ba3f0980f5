"""Units of work over one world's database, of whatever kind a topic needs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

from simkit.storage.database import Database
from simkit.storage.sql import Sql

UnitT = TypeVar("UnitT")


class SqlWork(Generic[UnitT]):
    """Implements ``mock_portal.ports.Work`` for any kind of unit that can be made of an ``Sql``."""

    def __init__(self, database: Database, make: Callable[[Sql], UnitT]) -> None:
        """``make`` wraps the open unit of work in the topic's repositories."""
        self._database = database
        self._make = make

    @contextmanager
    def write(self) -> Iterator[UnitT]:
        """Open a unit that changes things; it joins the one that this thread has open."""
        with self._database.write() as sql:
            yield self._make(sql)

    @contextmanager
    def read(self) -> Iterator[UnitT]:
        """Open a snapshot."""
        with self._database.read() as sql:
            yield self._make(sql)
