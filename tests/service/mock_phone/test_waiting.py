"""Who waits for a message gets it when it is kept; nobody polls."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from mock_phone.domain.errors import TooManyWaiting
from mock_phone.service import PhoneService
from mock_phone.store.bell import ConditionBell, Seats
from mock_phone.store.messages import SqlWork
from simkit.core.refs import PhoneNumber
from simkit.runtime.ids import SeededIds
from simkit.storage.database import Database
from tests.builders.phone import A_NUMBER, StillClock, an_sms

LONG = 20.0  # Far longer than any of these tests takes: who waits this long has missed the ring.


class WatchedBell(ConditionBell):
    """Says when somebody has looked in vain and sits down, so that tests need no pause."""

    def __init__(self, seats: Seats) -> None:
        """Use these seats."""
        super().__init__(seats)
        self.seated = threading.Semaphore(0)

    def _sat_down(self) -> None:
        self.seated.release()


@pytest.fixture
def bell() -> WatchedBell:
    return WatchedBell(Seats(2))


@pytest.fixture
def phone(database: Database, bell: WatchedBell) -> PhoneService:
    return PhoneService(SqlWork(database), StillClock(), SeededIds("test"), bell)


def test_a_message_that_is_there_needs_no_wait(phone: PhoneService) -> None:
    phone.take_sms(an_sms())

    assert len(phone.news(A_NUMBER, 0, LONG).messages) == 1


def test_who_waits_gets_the_message_when_it_arrives(phone: PhoneService, bell: WatchedBell) -> None:
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(phone.news, A_NUMBER, 0, LONG)
        bell.seated.acquire()
        phone.take_sms(an_sms())

        assert [m.id for m in waiting.result().messages] == ["sms-1"]


def test_a_message_to_somebody_else_does_not_end_the_wait(
    phone: PhoneService, bell: WatchedBell
) -> None:
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(phone.news, A_NUMBER, 0, LONG)
        bell.seated.acquire()
        phone.take_sms(an_sms(id="other", to=PhoneNumber.parse("0987654321")))
        phone.take_sms(an_sms(id="mine"))

        assert [m.id for m in waiting.result().messages] == ["mine"]


def test_patience_ends_with_an_empty_answer(phone: PhoneService) -> None:
    found = phone.news(A_NUMBER, 7, 0.01)

    assert (found.messages, found.last) == ((), 7)


def test_who_finds_no_seat_is_refused_and_may_still_ask(
    phone: PhoneService, bell: WatchedBell
) -> None:
    with ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(phone.news, A_NUMBER, 0, LONG) for _ in range(2)]
        bell.seated.acquire()
        bell.seated.acquire()

        with pytest.raises(TooManyWaiting):
            phone.news(A_NUMBER, 0, LONG)
        assert phone.news(A_NUMBER, 0, 0).messages == ()

        phone.take_sms(an_sms())
        assert [len(one.result().messages) for one in waiting] == [1, 1]


def test_a_seat_is_free_again_after_the_wait(phone: PhoneService) -> None:
    for _ in range(5):
        phone.news(A_NUMBER, 0, 0.001)

    phone.take_sms(an_sms())
    assert len(phone.news(A_NUMBER, 0, LONG).messages) == 1


def test_a_closing_house_lets_everybody_go(phone: PhoneService, bell: WatchedBell) -> None:
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(phone.news, A_NUMBER, 0, LONG)
        bell.seated.acquire()
        bell.silence()

        assert waiting.result().messages == ()
