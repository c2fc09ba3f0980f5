"""A service on a store of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service.mock_payment_gateway.rig import Rig


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    rig = Rig(tmp_path)
    yield rig
    rig.close()
