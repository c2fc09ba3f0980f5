"""Fixtures: a small site pack."""

from pathlib import Path

import pytest

from tests.store.mock_portal.small_pack import write_pack


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Return the folder of a small pack without faults."""
    return write_pack(tmp_path)
