"""In whatever order the news of a payment travels: one debit, one settled fee, one receipt."""

import itertools
from collections.abc import Callable, Mapping
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.wiring.city import City, Place
from tests.wiring.story import FEE, Citizen
from tests.wiring.test_paying import is_settled_once

_NUMBERS = itertools.count(1)


def come_back(place: Place, citizen: Citizen) -> None:
    """Open the address to which the bank sends the browser."""
    reference = place.ledger("portal")["orders"][0]["reference"]
    citizen.visit(f"/thanh-toan/tro-ve?MaThamChieu={reference}")
    assert citizen.page.status == 200, citizen.page.words


def press_pay_again(place: Place, citizen: Citizen) -> None:
    """Open the payment page once more, and press on where it lets one."""
    del place
    (code,) = [d["code"] for d in citizen.place.ledger("portal")["dossiers"]]
    if (
        citizen.visit(f"/ho-so/{code}/thanh-toan").status == 200
        and "Quốc Gia" in citizen.page.words
    ):
        citizen.browser.close_after("Cổng thanh toán Quốc Gia")


def a_minute_passes(place: Place, citizen: Citizen) -> None:
    """Let a minute pass in which everything that is due happens."""
    del citizen
    place.controls.advance(timedelta(minutes=1), place.name)


Step = Callable[[Place, Citizen], None]
STEPS: Mapping[str, Step] = {
    "bank delivers": lambda place, _: place.pump("bank"),
    "gateway delivers": lambda place, _: place.pump("gateway"),
    "portal delivers": lambda place, _: place.pump("portal"),
    "browser comes back": come_back,
    "pay is pressed again": press_pay_again,
    "a minute passes": a_minute_passes,
}


@settings(max_examples=8)
@given(steps=st.lists(st.sampled_from(sorted(STEPS)), max_size=7))
def test_in_whatever_order_the_news_travels_the_fee_is_settled_once(
    city: City, steps: list[str]
) -> None:
    place = Place(city, f"order-{next(_NUMBERS)}")
    citizen = Citizen(place).sign_in()
    code = citizen.file()
    citizen.walk_to_otp(code)
    citizen.browser.close_after("Xác nhận", otp=citizen.otp())

    for step in steps:
        STEPS[step](place, citizen)
    place.settle()

    assert is_settled_once(place, code)
    assert len(place.ledger("bank")["payments"]) == 1
    assert place.row("portal", "receipts")["amount"] == FEE
    city.controls.delete(place.name)
