"""What a journey is: a function with a name, told step by step on a stage."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scenarios.engine.stage import Stage

Play = Callable[["Stage"], None]


@dataclass(frozen=True, slots=True)
class Journey:
    """A documented journey.

    ``id``: as in the list of documented journeys, or one of ours. ``title``: in the portal's
    language. ``covers``: documented journeys that it walks through from end to end. ``needs``: the
    houses (or real systems) it cannot do without.
    """

    id: str
    title: str
    covers: tuple[str, ...]
    needs: tuple[str, ...]
    play: Play

    def __str__(self) -> str:
        """Return the id."""
        return self.id


_REGISTRY: dict[str, Journey] = {}


def journey(
    *,
    id: str,  # noqa: A002 -- the word of the list
    title: str,
    covers: tuple[str, ...],
    needs: tuple[str, ...],
) -> Callable[[Play], Play]:
    """Register a function as a journey. Two with one id are refused."""

    def register(play: Play) -> Play:
        if id in _REGISTRY:
            raise ValueError(f"two journeys are called {id}")
        _REGISTRY[id] = Journey(id, title, covers, needs, play)
        return play

    return register


def all_journeys() -> list[Journey]:
    """Return every registered journey by id; import ``scenarios.journeys`` first."""
    return [_REGISTRY[name] for name in sorted(_REGISTRY)]
