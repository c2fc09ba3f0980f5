"""One unit of work: SQLAlchemy Core for what is ordinary, the driver for what is hot."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from sqlalchemy import Connection, CursorResult, Executable

Parameters = Sequence[Any] | Mapping[str, Any]


class Sql:
    """Runs statements inside one unit of work. Results must be read before the unit ends."""

    def __init__(self, driver: sqlite3.Connection) -> None:
        """Wrap a connection whose transaction somebody else holds."""
        self._driver = driver
        self._core: Connection | None = None
        self._afterwards: list[Callable[[], None]] = []

    def run(
        self,
        statement: "Executable",
        params: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None,
    ) -> "CursorResult[Any]":
        """Execute a SQLAlchemy Core statement."""
        return cast("CursorResult[Any]", self.connection.execute(statement, params))

    @property
    def connection(self) -> "Connection":
        """The same connection as SQLAlchemy sees it.

        Made, and SQLAlchemy imported, when the first Core statement comes: it is the largest
        import of all, and neither starting nor the hot statements need it.
        """
        if self._core is None:
            from simkit.storage.core import core_connection  # noqa: PLC0415 -- see above

            self._core = core_connection(self._driver)
        return self._core

    def close(self) -> None:
        """Close the connection."""
        if self._core is not None:
            self._core.close()
        self._driver.close()

    def rows(self, text: str, params: Parameters = ()) -> list[tuple[Any, ...]]:
        """Execute SQL text on the driver and return every row."""
        return self._driver.execute(text, params).fetchall()

    def row(self, text: str, params: Parameters = ()) -> tuple[Any, ...] | None:
        """Execute SQL text on the driver and return the first row, if there is one."""
        found: tuple[Any, ...] | None = self._driver.execute(text, params).fetchone()
        return found

    def after_commit(self, action: Callable[[], None]) -> None:
        """Do ``action`` once the unit is on disk; never, if it is rolled back."""
        self._afterwards.append(action)

    def savepoint(self, word: str, depth: int) -> None:
        """Open, release or roll back the savepoint of a depth."""
        self._driver.execute(f"{word} u{depth}")

    def begin(self, how: str) -> None:
        """Start the transaction."""
        self._driver.execute(how)

    def end(self, how: str) -> None:
        """End the transaction."""
        self._driver.execute(how)

    def take_afterwards(self) -> list[Callable[[], None]]:
        """Return what is to be done after the commit, and forget it."""
        actions, self._afterwards = self._afterwards, []
        return actions
