"""What the store promises, whatever is kept in it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mock_phone.domain.message import Kind
from mock_phone.store.messages import SqlWork
from mock_phone.store.tables import METADATA
from simkit.storage.database import Database
from tests.builders.phone import A_MORNING, A_NUMBER, AN_ADDRESS, a_letter, a_message, an_sms


@pytest.fixture
def work(tmp_path: Path) -> Iterator[SqlWork]:
    database = Database.create(tmp_path / "phone.sqlite", METADATA, durable=False)
    yield SqlWork(database)
    database.close()


def test_a_message_comes_back_as_it_went_in(work: SqlWork) -> None:
    incoming = a_letter(html="<p>Mã kích hoạt: <b>550127</b> – ₫ ễ đ</p>")

    with work.write() as unit:
        unit.messages.add(incoming, A_MORNING)

    with work.read() as unit:
        assert unit.messages.get(str(AN_ADDRESS), 1) == a_message(incoming, seq=1)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None
)
@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_any_text_comes_back(work: SqlWork, text: str) -> None:
    with work.write() as unit:
        kept = unit.messages.add(
            an_sms(id=f"{hash(text)}-{len(unit.messages.all())}", text=text), A_MORNING
        )

    with work.read() as unit:
        found = unit.messages.get(str(A_NUMBER), kept.seq)
    assert found is not None
    assert found.text == text


def test_a_unit_that_fails_leaves_nothing(work: SqlWork) -> None:
    def add_and_fail() -> None:
        with work.write() as unit:
            unit.messages.add(an_sms(), A_MORNING)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        add_and_fail()

    with work.read() as unit:
        assert unit.messages.all() == []


def test_messages_are_found_by_the_senders_id(work: SqlWork) -> None:
    with work.write() as unit:
        unit.messages.add(an_sms(id="x"), A_MORNING)
        unit.messages.add(a_letter(id="x"), A_MORNING)

    with work.read() as unit:
        sms, mail = unit.messages.sms_with_id("x"), unit.messages.mail_with_id("x", str(AN_ADDRESS))
        assert unit.messages.sms_with_id("y") is None
        assert unit.messages.mail_with_id("x", "other@x.y") is None
    assert sms is not None
    assert sms.kind is Kind.SMS
    assert mail is not None
    assert mail.kind is Kind.MAIL


def test_what_came_later_is_returned_in_order_and_in_part(work: SqlWork) -> None:
    with work.write() as unit:
        for n in range(5):
            unit.messages.add(an_sms(id=str(n)), A_MORNING)

    with work.read() as unit:
        assert [m.seq for m in unit.messages.after(str(A_NUMBER), 1, 3)] == [2, 3, 4]
        assert [m.seq for m in unit.messages.after(None, 3, 10)] == [4, 5]
        assert [m.seq for m in unit.messages.newest(str(A_NUMBER), Kind.SMS, 2)] == [5, 4]


def test_twenty_senders_at_once_get_twenty_numbers(work: SqlWork) -> None:
    def add(n: int) -> int:
        with work.write() as unit:
            return unit.messages.add(an_sms(id=str(n)), A_MORNING).seq

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(add, range(20))) == list(range(1, 21))
