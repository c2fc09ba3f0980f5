"""The row that says what a world's file is: seed, secret, lives, clock."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from simkit.storage.sql import Sql

WorldRow = tuple[str, str, int, str, int, str | None]
"""seed, secret, lives, clock mode, clock offset in microseconds, clock at."""

_LIVE = (
    "UPDATE sim_world SET lives = lives + 1"
    " RETURNING seed, secret, lives, clock_mode, clock_offset_us, clock_at"
)


def begin(path: Path, seed: str, secret: str) -> WorldRow:
    """Make a copied file a world of its own, in its first life.

    It does not wait for the disk: what is lost with a crash in this instant is a world that
    nobody has seen yet.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.execute("PRAGMA synchronous=OFF")
        file.execute("UPDATE sim_world SET seed = ?, secret = ?", (seed, secret))
        return _world_row(file.execute(_LIVE).fetchone(), path)


def open_again(sql: Sql, path: Path) -> WorldRow:
    """Count one more life of the world and return what its file says."""
    return _world_row(sql.row(_LIVE), path)


def _world_row(row: tuple[Any, ...] | None, path: Path) -> WorldRow:
    if row is None:
        raise RuntimeError(f"{path} is not a world")
    seed, secret, lives, mode, offset, at = row
    return seed, secret, lives, mode, offset, at


def first_row(sql: Sql) -> None:
    """Put the one row into a new seed."""
    sql.rows(
        "INSERT INTO sim_world (one, seed, secret, lives, clock_mode, clock_offset_us)"
        " VALUES (1, '', '', 0, 'running', 0)",
    )
