"""What the service needs from outside, said in the service's own words."""

from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

UnitT_co = TypeVar("UnitT_co", covariant=True)


class Work(Protocol[UnitT_co]):
    """Opens units of work over the store of one world.

    Each topic has its own kind of unit (``AccountUnit`` …) with the repositories that it needs.
    Units of one thread join: a ``write()`` inside a ``write()`` belongs to the outer unit, so two
    topics can change things together, all or nothing.
    """

    def write(self) -> AbstractContextManager[UnitT_co]:
        """Open a unit that changes things: kept when the block ends well, undone otherwise."""
        ...

    def read(self) -> AbstractContextManager[UnitT_co]:
        """Open a unit that only looks; it waits for nobody."""
        ...
