"""Orders are taken once, and each parcel finds its way."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from mock_post.domain.errors import CodNotOffered, CustomerUnknown, ParcelUnknown
from mock_post.domain.parcel import ParcelState
from mock_post.service import NEXT_LEG, PostService
from mock_post.store.parcels import SqlWork
from mock_post.store.tables import METADATA
from simkit.core.refs import S10
from simkit.runtime.ids import SeededIds
from simkit.storage.database import Database
from simkit.storage.outbox import AgendaTable, OutboxTable, outbox_listing
from tests.builders.post import A_MONDAY, an_order


class StillClock:
    """Always the same moment."""

    def now(self) -> datetime:
        """Return that moment."""
        return A_MONDAY


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database.create(tmp_path / "post.sqlite", METADATA, durable=False)
    yield database
    database.close()


@pytest.fixture
def post(database: Database) -> PostService:
    work = SqlWork(
        database,
        lambda sql: OutboxTable(sql, lambda: A_MONDAY, lambda: None, lambda: ""),
        lambda sql: AgendaTable(sql, lambda: None),
    )
    return PostService(work, StillClock(), SeededIds("test"), ["H24", "H23"])


def agenda(database: Database) -> list[tuple[str, str]]:
    with database.read() as sql:
        return [(kind, key) for kind, key in sql.rows('SELECT kind, "key" FROM sim_agenda')]


def test_an_order_makes_a_parcel_with_a_valid_number(post: PostService) -> None:
    taken = post.order(an_order())

    assert taken.news
    assert taken.parcel.state is ParcelState.AWAITING
    assert taken.parcel.item_code.startswith("EA")
    assert S10.check_digit_is_right(taken.parcel.item_code)


def test_the_same_order_again_changes_nothing(post: PostService, database: Database) -> None:
    first = post.order(an_order())

    again = post.order(an_order())

    assert not again.news
    assert again.parcel == first.parcel
    assert len(post.ledger()["orders"]) == 1
    assert len(post.ledger()["events"]) == 1
    assert agenda(database) == [(NEXT_LEG, first.parcel.item_code)]


def test_two_customers_may_use_the_same_order_number(post: PostService) -> None:
    assert post.order(an_order(customer="H24")).news
    assert post.order(an_order(customer="H23")).news


def test_item_codes_are_unique_and_valid(post: PostService) -> None:
    codes = [post.order(an_order(f"N-{n}")).parcel.item_code for n in range(50)]

    assert len(set(codes)) == 50
    assert all(S10.check_digit_is_right(code) for code in codes)


def test_who_has_no_contract_is_refused(post: PostService) -> None:
    with pytest.raises(CustomerUnknown):
        post.order(an_order(customer="H99"))


def test_money_at_the_door_is_refused_and_nothing_is_kept(
    post: PostService, database: Database
) -> None:
    with pytest.raises(CodNotOffered):
        post.order(an_order(cod=8000))

    assert post.ledger() == {"orders": [], "events": []}
    assert agenda(database) == []


def test_every_step_is_noted_and_told_at_the_time_it_was_due(
    post: PostService, database: Database
) -> None:
    code = post.order(an_order()).parcel.item_code
    due = A_MONDAY.replace(hour=10)

    moved = post.move(code, due)

    assert (moved.state, moved.changed_at) == (ParcelState.ACCEPTED, due)
    assert [line.state.code for line in post.track(code).history] == ["-2", "-3"]
    with database.read() as sql:
        told = outbox_listing(sql)
    assert [message["key"] for message in told] == [e["id"] for e in post.ledger()["events"]]


def test_a_parcel_travels_to_the_door_and_then_rests(post: PostService, database: Database) -> None:
    code = post.order(an_order()).parcel.item_code
    while agenda(database):
        with database.write() as sql:
            ((due,),) = sql.rows("DELETE FROM sim_agenda RETURNING due")
        post.move(code, datetime.fromisoformat(due))

    tracked = post.track(code)

    assert tracked.parcel.state is ParcelState.DELIVERED
    assert [line.state.code for line in reversed(tracked.history)] == [
        "-3", "-2", "1", "2", "3", "12", "-1", "5",
    ]  # fmt: skip
    times = [line.at for line in reversed(tracked.history)]
    assert times == sorted(times)
    assert post.move(code, times[-1]) == tracked.parcel


def test_a_number_that_nobody_carries_is_unknown(post: PostService) -> None:
    with pytest.raises(ParcelUnknown):
        post.track("EA123456785VN")
