"""What the store promises, whatever is kept in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from mock_post.domain.parcel import ParcelState, Trace
from mock_post.store.parcels import SqlWork
from mock_post.store.tables import METADATA
from simkit.storage.database import Database
from simkit.storage.outbox import AgendaTable, OutboxTable
from tests.builders.post import A_MONDAY, a_parcel, an_order


@pytest.fixture
def work(tmp_path: Path) -> Iterator[SqlWork]:
    database = Database.create(tmp_path / "post.sqlite", METADATA, durable=False)
    yield SqlWork(
        database,
        lambda sql: OutboxTable(sql, lambda: A_MONDAY, lambda: None, lambda: ""),
        lambda sql: AgendaTable(sql, lambda: None),
    )
    database.close()


def a_trace(key: str = "a" * 24, item_code: str = "EA123456785VN") -> Trace:
    return Trace(key, item_code, ParcelState.ACCEPTED, A_MONDAY, "189901", "Bưu cục", "ghi chú")


def test_a_parcel_comes_back_as_it_went_in(work: SqlWork) -> None:
    with work.write() as unit:
        unit.parcels.add(an_order(), a_parcel(), A_MONDAY)

    with work.read() as unit:
        assert unit.parcels.get("EA123456785VN") == a_parcel()
        assert unit.parcels.of_order("H24", an_order().number) == a_parcel()
        assert unit.parcels.get("EA000000005VN") is None
        assert unit.parcels.of_order("H23", an_order().number) is None
        assert unit.parcels.all() == [a_parcel()]


def test_what_a_parcel_has_become_is_kept(work: SqlWork) -> None:
    later = a_parcel(state=ParcelState.OUT, legs_done=6, changed_at=A_MONDAY.replace(hour=15))
    with work.write() as unit:
        unit.parcels.add(an_order(), a_parcel(), A_MONDAY)
        unit.parcels.put(later)

    with work.read() as unit:
        assert unit.parcels.get("EA123456785VN") == later


def test_histories_come_back_in_the_order_of_writing(work: SqlWork) -> None:
    with work.write() as unit:
        unit.parcels.add(an_order(), a_parcel(), A_MONDAY)
        for key in ("b" * 24, "a" * 24):
            unit.parcels.note(a_trace(key))

    with work.read() as unit:
        assert unit.parcels.history("EA123456785VN") == [a_trace("b" * 24), a_trace("a" * 24)]
        assert unit.parcels.everything_noted() == unit.parcels.history("EA123456785VN")


def test_one_order_has_one_parcel_whoever_tries(work: SqlWork) -> None:
    with work.write() as unit:
        unit.parcels.add(an_order(), a_parcel(), A_MONDAY)

    def add_another() -> None:
        with work.write() as unit:
            unit.parcels.add(an_order(), a_parcel("EA000000005VN"), A_MONDAY)

    with pytest.raises(IntegrityError):
        add_another()
    with work.read() as unit:
        assert len(unit.parcels.all()) == 1
