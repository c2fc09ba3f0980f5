"""A bank with one customer, over a real store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders.bank import Desk, a_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = a_desk(tmp_path)
    yield made
    made.database.close()
