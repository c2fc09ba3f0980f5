"""The gateway with its neighbours, in one process."""

from collections.abc import Iterator

import pytest

from tests.web.mock_payment_gateway.neighbours import Street


@pytest.fixture
def street() -> Iterator[Street]:
    street = Street()
    yield street
    street.close()
