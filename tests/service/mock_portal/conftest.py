"""What the service tests of the portal share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders.portal import AccountStage


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[AccountStage]:
    """Return the service of accounts over an empty store."""
    stage = AccountStage(tmp_path)
    yield stage
    stage.close()
