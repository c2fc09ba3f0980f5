"""What every page of the portal shows around its contents."""

from collections.abc import Callable
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path

from flask import Flask

from mock_portal.domain.account import Account
from mock_portal.domain.site import Edition, Site
from mock_portal.service import PortalService
from mock_portal.web.signed_in import present_citizen

CLASSIC = "classic"
_STATIC = Path(__file__).parent / "static"


class Frame:
    """The city and the visitor, as ``portal`` in templates; looked up only when a page asks."""

    def __init__(self, service: PortalService) -> None:
        """Show the city of that service."""
        self._service = service

    @property
    def site(self) -> Site:
        """The city."""
        return self._service.site

    @property
    def edition(self) -> Edition:
        """The face that the portal shows."""
        return next(each for each in self.site.editions if each.key == CLASSIC)

    @property
    def styles(self) -> tuple[tuple[str, str], ...]:
        """The portal's style sheets, each with what changes when it changes."""
        return _styles()

    @cached_property
    def citizen(self) -> Account | None:
        """The citizen who has signed in, or ``None``."""
        return present_citizen(self._service)


def install(app: Flask, service: Callable[[], PortalService]) -> None:
    """Give every template the variable ``portal``."""

    @app.context_processor
    def frame() -> dict[str, Frame]:
        return {"portal": Frame(service())}


@lru_cache(maxsize=1)
def _styles() -> tuple[tuple[str, str], ...]:
    """Return names and versions: browsers keep a style sheet for long, but not after a change."""
    found = sorted(_STATIC.glob("*.css"))
    return tuple((path.name, sha256(path.read_bytes()).hexdigest()[:10]) for path in found)
