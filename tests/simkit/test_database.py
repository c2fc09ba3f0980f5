"""The store: one writer, groups, snapshots."""

import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, func, insert, select

from simkit.storage.database import Database

METADATA = MetaData()
SLIPS = Table("slips", METADATA, Column("id", Integer, primary_key=True), Column("n", Integer))


class Oops(Exception):
    """What a test raises in the middle of a unit."""


@pytest.fixture(params=[True, False], ids=["durable", "throw-away"])
def database(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Database]:
    made = Database.create(tmp_path / "x.sqlite3", METADATA, durable=request.param)
    yield made
    made.close()


def count(database: Database) -> int:
    with database.read() as sql:
        return int(sql.run(select(func.count()).select_from(SLIPS)).scalar_one())


def test_what_was_written_can_be_read(database: Database) -> None:
    with database.write() as sql:
        sql.run(insert(SLIPS).values(n=7))

    with database.read() as sql:
        assert sql.rows("SELECT n FROM slips") == [(7,)]


def test_an_exception_undoes_the_whole_unit(database: Database) -> None:
    with pytest.raises(Oops), database.write() as sql:
        sql.run(insert(SLIPS).values(n=7))
        raise Oops

    assert count(database) == 0


def test_an_inner_unit_joins_the_outer_one(database: Database) -> None:
    with pytest.raises(Oops), database.write() as sql:
        sql.run(insert(SLIPS).values(n=1))
        with database.write() as inner:
            inner.run(insert(SLIPS).values(n=2))
        raise Oops

    assert count(database) == 0


def test_an_inner_unit_that_fails_alone_is_undone_alone(database: Database) -> None:
    with database.write() as sql:
        sql.run(insert(SLIPS).values(n=1))
        with pytest.raises(Oops), database.write() as inner:
            inner.run(insert(SLIPS).values(n=2))
            raise Oops

    with database.read() as sql:
        assert sql.rows("SELECT n FROM slips") == [(1,)]


def test_a_snapshot_does_not_move_while_others_write(database: Database) -> None:
    with database.read() as sql:
        before = sql.rows("SELECT count(*) FROM slips")
        with ThreadPoolExecutor(1) as other:
            other.submit(_write_one, database).result()
        assert sql.rows("SELECT count(*) FROM slips") == before

    assert count(database) == 1


def _write_one(database: Database) -> None:
    with database.write() as sql:
        sql.run(insert(SLIPS).values(n=1))


def test_a_reader_never_waits_for_a_writer(database: Database) -> None:
    with database.write() as sql:
        sql.run(insert(SLIPS).values(n=1))
        with ThreadPoolExecutor(1) as other:
            assert other.submit(count, database).result(timeout=5) == 0


def test_what_hangs_on_a_commit_happens_after_it_and_only_then(database: Database) -> None:
    seen: list[int] = []
    with database.write() as sql:
        sql.run(insert(SLIPS).values(n=1))
        sql.after_commit(lambda: seen.append(count(database)))
        assert seen == []
    with pytest.raises(Oops), database.write() as sql:
        sql.after_commit(lambda: seen.append(-1))
        raise Oops

    assert seen == [1]


def test_sixty_four_writers_at_once_lose_nothing_and_failures_stay_alone(
    database: Database,
) -> None:
    start = threading.Barrier(64)

    def write(number: int) -> None:
        start.wait()
        for turn in range(5):
            try:
                with database.write() as sql:
                    sql.run(insert(SLIPS).values(n=number))
                    if turn == 3:
                        raise Oops
            except Oops:
                continue

    with ThreadPoolExecutor(64) as pool:
        list(pool.map(write, range(64)))

    assert count(database) == 64 * 4


def test_a_counter_row_gives_each_number_once(database: Database) -> None:
    with database.write() as sql:
        sql.run(insert(SLIPS).values(id=1, n=0))

    def next_number(_: int) -> int:
        with database.write() as sql:
            row = sql.row("UPDATE slips SET n = n + 1 WHERE id = 1 RETURNING n")
            assert row is not None
            return int(row[0])

    with ThreadPoolExecutor(32) as pool:
        given = sorted(pool.map(next_number, range(200)))

    assert given == list(range(1, 201))


def test_a_copy_is_one_file_with_everything_in_it(database: Database, tmp_path: Path) -> None:
    _write_one(database)

    database.copy_to(tmp_path / "copy" / "y.sqlite3")

    assert [p.name for p in (tmp_path / "copy").iterdir()] == ["y.sqlite3"]
    with sqlite3.connect(tmp_path / "copy" / "y.sqlite3") as copy:
        assert copy.execute("SELECT count(*) FROM slips").fetchone() == (1,)
    copy.close()


def test_a_closed_store_refuses_to_work(database: Database) -> None:
    database.close()

    with pytest.raises(RuntimeError, match="is closed"), database.read():
        pass


def test_who_still_reads_when_the_store_is_closed_reads_to_the_end(database: Database) -> None:
    with database.write() as sql:
        sql.run(insert(SLIPS), [{"n": 1}, {"n": 2}])

    with database.read() as sql:
        before = sql.rows("SELECT n FROM slips ORDER BY n")
        database.close()
        after = sql.rows("SELECT n FROM slips ORDER BY n")

    assert before == after == [(1,), (2,)]
    with pytest.raises(RuntimeError, match="is closed"), database.read():
        pass


def test_a_file_that_was_removed_is_not_made_again_by_asking(
    database: Database, tmp_path: Path
) -> None:
    place = tmp_path / "x.sqlite3"
    late = Database(place)
    database.close()
    place.unlink()

    with pytest.raises(sqlite3.OperationalError, match="unable to open"), late.read():
        pass

    assert not place.exists()
