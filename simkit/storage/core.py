"""Lends a driver's connection to SQLAlchemy Core. Imported when the first Core statement comes."""

import sqlite3
import threading

from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import NullPool

_mine = threading.local()


def _lend() -> sqlite3.Connection:
    lent: sqlite3.Connection = _mine.driver
    return lent


# One engine for all files: it knows the dialect, each connection knows its file. Transactions are
# begun and ended by ``Database``, by hand, on connections that are in autocommit mode already.
_ENGINE = create_engine("sqlite+pysqlite://", creator=_lend, poolclass=NullPool)


def core_connection(driver: sqlite3.Connection) -> Connection:
    """Return SQLAlchemy's view of a connection; closing the view closes the connection."""
    _mine.driver = driver
    try:
        return _ENGINE.connect()
    finally:
        del _mine.driver


# An engine's first connection is asked a few questions and rolled back: that must not be one that
# a unit of work is using.
core_connection(sqlite3.connect(":memory:", isolation_level=None)).close()
