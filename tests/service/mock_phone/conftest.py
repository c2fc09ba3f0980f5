"""A phone service on a store of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mock_phone.service import PhoneService
from mock_phone.store.bell import ConditionBell, Seats
from mock_phone.store.messages import SqlWork
from mock_phone.store.tables import METADATA
from simkit.runtime.ids import SeededIds
from simkit.storage.database import Database
from tests.builders.phone import StillClock


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database.create(tmp_path / "phone.sqlite", METADATA, durable=False)
    yield database
    database.close()


@pytest.fixture
def phone(database: Database) -> PhoneService:
    return PhoneService(SqlWork(database), StillClock(), SeededIds("test"), ConditionBell(Seats(4)))
