"""The case that hurts most: the bank has the money, and nobody knows yet what becomes of it."""

from datetime import timedelta

import pytest

from tests.wiring.city import Place
from tests.wiring.story import FEE, VIETCOMBANK, Citizen

PAID_LATER, REVERSED_LATER, FAILED_LATER = 100, 104, 199
UNTIL_IT_IS_TOLD = timedelta(minutes=31)
TWO_DAYS = timedelta(days=2)


def pay_with(place: Place, citizen: Citizen, code: str, outcome: int | None) -> None:
    """Pay while the bank lets every payment end as that row of its table says."""
    wish = {"outcomes": [{"bank": VIETCOMBANK, "magic": outcome}]}
    place.controls.call("bank", "POST", "seed", wish, world=place.name)
    citizen.walk_to_otp(code)
    citizen.confirm(citizen.otp())
    place.settle()


def fee(place: Place) -> str:
    return str(place.ledger("portal")["fees"][0]["state"])


def held(place: Place) -> int:
    """Return what all customers of all banks have together, in đồng."""
    accounts = place.ledger("bank")["accounts"]
    return sum(int(row["balance"]) for row in accounts if row["kind"] == "customer")


@pytest.mark.parametrize("outcome", [PAID_LATER, REVERSED_LATER, FAILED_LATER])
def test_while_nobody_knows_the_citizen_is_kept_from_paying_twice(
    place: Place, citizen: Citizen, outcome: int
) -> None:
    code = citizen.file()
    pay_with(place, citizen, code, outcome)
    assert fee(place) == "due"

    place.controls.advance(timedelta(minutes=16), place.name)
    citizen.visit(f"/ho-so/{code}/thanh-toan")
    page = citizen.browser.press("Cổng thanh toán Quốc Gia")

    assert page.status == 409
    assert "Đừng thanh toán lần nữa" in page.words
    assert len(place.ledger("portal")["orders"]) == 1


def test_what_turns_out_to_be_paid_settles_the_fee_once(place: Place, citizen: Citizen) -> None:
    code, before = citizen.file(), held(place)
    pay_with(place, citizen, code, PAID_LATER)

    place.controls.advance(UNTIL_IT_IS_TOLD, place.name)

    assert fee(place) == "settled"
    assert len(place.ledger("portal")["receipts"]) == 1
    place.controls.advance(TWO_DAYS, place.name)
    assert before - held(place) == FEE
    report = place.audit()
    assert report.clean, list(report.lines())


@pytest.mark.parametrize("outcome", [REVERSED_LATER, FAILED_LATER])
def test_what_turns_out_to_have_failed_can_be_paid_again(
    place: Place, citizen: Citizen, outcome: int
) -> None:
    code, before = citizen.file(), held(place)
    pay_with(place, citizen, code, outcome)
    place.controls.advance(UNTIL_IT_IS_TOLD, place.name)
    assert fee(place) == "due"

    pay_with(place, citizen, code, None)

    assert fee(place) == "settled"
    assert len(place.ledger("portal")["receipts"]) == 1
    place.controls.advance(TWO_DAYS, place.name)
    assert before - held(place) == FEE
    report = place.audit()
    assert report.clean, list(report.lines())
