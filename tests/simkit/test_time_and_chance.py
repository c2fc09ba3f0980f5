"""The world's clock and its chance."""

from datetime import UTC, datetime, timedelta

import pytest

from simkit.core.clock import ICT
from simkit.core.errors import BadInput
from simkit.runtime.clock import ClockMode, WorldClock
from simkit.runtime.ids import SeededIds
from simkit.runtime.passwords import Argon2Passwords

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=ICT)


class Wall:
    """The time outside, moved by the test."""

    def __init__(self) -> None:
        """Start on a Monday morning."""
        self.at = MORNING.astimezone(UTC)

    def __call__(self) -> datetime:
        """Return it."""
        return self.at


def test_a_running_clock_goes_with_the_wall() -> None:
    wall = Wall()
    clock = WorldClock(wall=wall)

    wall.at += timedelta(minutes=5)

    assert clock.now() == MORNING + timedelta(minutes=5)
    assert clock.now().tzinfo is ICT


def test_a_frozen_clock_stands_still() -> None:
    wall = Wall()
    clock = WorldClock(wall=wall)
    clock.freeze()

    wall.at += timedelta(hours=1)

    assert clock.now() == MORNING


def test_a_frozen_clock_can_be_moved_forward_and_run_on_from_there() -> None:
    wall = Wall()
    clock = WorldClock(wall=wall)
    clock.freeze(MORNING + timedelta(days=3))

    state = clock.run()
    wall.at += timedelta(seconds=10)

    assert state.mode is ClockMode.RUNNING
    assert clock.now() == MORNING + timedelta(days=3, seconds=10)


@pytest.mark.parametrize("how", ["freeze", "run"])
def test_time_never_goes_back(how: str) -> None:
    clock = WorldClock(wall=Wall())

    with pytest.raises(BadInput, match="cannot go back"):
        getattr(clock, how)(MORNING - timedelta(seconds=1))


def test_the_same_seed_draws_the_same() -> None:
    draws = [
        (ids.token("a"), ids.digits("b", 6), ids.number("c", 1, 9), ids.hex("d", 40))
        for ids in (SeededIds("s"), SeededIds("s"))
    ]

    assert draws[0] == draws[1]
    assert len(draws[0][0]) == 22
    assert len(draws[0][3]) == 80


def test_a_world_that_is_opened_again_draws_anew() -> None:
    assert SeededIds("s", life=1).token("a") != SeededIds("s", life=2).token("a")


def test_numbers_keep_to_their_limits() -> None:
    ids = SeededIds("s")

    assert {ids.number("die", 1, 6) for _ in range(300)} == {1, 2, 3, 4, 5, 6}


def test_a_password_matches_its_hash_and_no_other() -> None:
    passwords = Argon2Passwords()
    hashed = passwords.hash("Mật khẩu 1")

    assert passwords.matches("Mật khẩu 1", hashed)
    assert not passwords.matches("Mật khẩu 2", hashed)
    assert not passwords.matches("Mật khẩu 1", None)
    assert not passwords.matches("x", "no hash")
