"""The gateway, a bank, and a merchant that knows only the published tables."""

from collections.abc import Iterator

import pytest
import requests

from simkit.wire.in_process import WsgiAdapter
from tests.builders.gateway import a_partner
from tests.contract.mock_payment_gateway import merchant as m
from tests.web.mock_payment_gateway.neighbours import Street


@pytest.fixture
def street() -> Iterator[Street]:
    street = Street()
    yield street
    street.close()


@pytest.fixture
def merchant(street: Street) -> m.Merchant:
    session = requests.Session()
    session.mount("http://gateway.test", WsgiAdapter(street.house.wsgi))
    merchant = m.Merchant(session, "http://gateway.test")
    street.http.mount("http://merchant.test", WsgiAdapter(merchant.listener))
    with street.house.within("main") as service:
        service.register(
            [
                a_partner(
                    m.CODE,
                    secret=m.SECRET,
                    confirm_url="http://merchant.test/confirm",
                    return_url="http://merchant.test/back",
                )
            ]
        )
    return merchant
