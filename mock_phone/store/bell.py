"""Wakes long polls when a message has been kept: no polling, and a bounded number of waiters."""

from collections.abc import Callable
from threading import BoundedSemaphore, Condition
from typing import TypeVar

from mock_phone.domain.errors import TooManyWaiting

T = TypeVar("T")


class Seats:
    """The places to wait in, shared by all worlds of a house.

    Each waiting request holds a thread of the server; with fewer seats than threads there is
    always one left for the request that brings the message.
    """

    def __init__(self, count: int) -> None:
        """Offer ``count`` places."""
        self.free = BoundedSemaphore(count)


class ConditionBell:
    """One world's bell. After ``silence`` nobody waits any more."""

    def __init__(self, seats: Seats) -> None:
        """Use the house's seats."""
        self._seats = seats
        self._rung = Condition()
        self._silent = False

    def ring(self) -> None:
        """Wake everybody who waits; each looks for itself."""
        with self._rung:
            self._rung.notify_all()

    def silence(self) -> None:
        """Let everybody go: the house closes."""
        with self._rung:
            self._silent = True
            self._rung.notify_all()

    def wait_for(self, look: Callable[[], T], seconds: float) -> T:
        """See ``ports.Bell``. ``look`` runs under the bell's lock, so no ring is missed."""
        if not self._seats.free.acquire(blocking=False):
            raise TooManyWaiting(
                "Đang có quá nhiều yêu cầu chờ tin. Hãy hỏi lại sau vài giây, "
                "hoặc hỏi không chờ (wait=0).",
                {"wait": "no place to wait, ask with wait=0"},
            )
        try:
            return self._wait(look, seconds)
        finally:
            self._seats.free.release()

    def _wait(self, look: Callable[[], T], seconds: float) -> T:
        found: list[T] = []

        def done() -> bool:
            if self._silent and found:
                return True  # The store may be gone by now: what was found before has to do.
            found[:] = [look()]
            if found[0] or self._silent:
                return True
            self._sat_down()
            return False

        with self._rung:
            self._rung.wait_for(done, seconds)
        return found[0]

    def _sat_down(self) -> None:
        """Hear that somebody has looked in vain; tests listen here instead of pausing."""
