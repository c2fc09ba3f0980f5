"""The site pack of Hải Phòng, read once."""

from pathlib import Path

import pytest

from mock_portal.domain.site import Site
from mock_portal.store.site import load_site

SITES = Path(__file__).parents[2] / "sites"


@pytest.fixture(scope="session")
def haiphong() -> Site:
    """Return the site; it never changes."""
    return load_site(SITES / "haiphong")
