"""A neighbour that is down for a while: people are told, nothing is lost, and it is made up for."""

from datetime import timedelta

import pytest

from tests.wiring.city import Place
from tests.wiring.story import (
    DAYS_OF_THE_POST,
    FEE,
    VIETCOMBANK,
    Citizen,
    a_paid_dossier,
    work_through,
)

A_DAY = timedelta(days=1)


def is_whole(place: Place) -> bool:
    """Tell whether all books agree and nothing is under way any more."""
    report = place.audit()
    assert report.clean, "\n".join(report.lines())
    return report.counted["of them under way"] == 0


def test_a_silent_gateway_is_told_of_and_the_fee_can_be_paid_later(
    place: Place, citizen: Citizen
) -> None:
    code = citizen.file()
    with place.without("gateway"):
        citizen.visit(f"/ho-so/{code}/thanh-toan")
        page = citizen.browser.press("Cổng thanh toán Quốc Gia")

    assert page.status == 503
    assert "Cổng thanh toán chưa trả lời. Bạn chưa bị trừ tiền" in page.words
    assert place.row("portal", "fees", dossier=code)["state"] == "due"
    citizen.pay(code)
    assert is_whole(place)


@pytest.mark.parametrize(
    ("silent", "button"),
    [
        pytest.param("", "Thanh toán", id="bank"),
        pytest.param("/api/v1/payments", "Tiếp tục thanh toán", id="its payments"),
    ],
)
def test_a_silent_bank_keeps_the_order_and_another_try_goes_on_with_it(
    place: Place, citizen: Citizen, silent: str, button: str
) -> None:
    code = citizen.file()
    citizen.go_to_gateway(code)
    with place.city.cut_off(place.url("bank", silent)):
        page = citizen.choose_bank()
        assert page.status == 503
        assert place.audit().clean

    citizen.browser.open(page.url)
    citizen.browser.press(button, **({"bank": VIETCOMBANK} if button == "Thanh toán" else {}))
    citizen.sign_in_at_bank()
    citizen.agree()
    citizen.confirm(citizen.otp())

    place.settle()
    assert place.row("portal", "fees", dossier=code)["state"] == "settled"
    assert is_whole(place)


@pytest.mark.parametrize("down", ["gateway", "portal", "phone"])
def test_what_a_house_could_not_hear_while_it_was_down_it_hears_afterwards(
    place: Place, citizen: Citizen, down: str
) -> None:
    code = citizen.file()
    citizen.walk_to_otp(code)
    with place.without(down):
        citizen.browser.close_after("Xác nhận", otp=citizen.otp())
        place.controls.settle(place.name) if down == "phone" else place.pump("bank")
        if down == "portal":
            place.pump("gateway")

    place.controls.advance(A_DAY, place.name)

    assert place.row("portal", "fees", dossier=code) == {
        **place.row("portal", "fees", dossier=code),
        "state": "settled",
        "amount": FEE,
    }
    assert is_whole(place)


def test_a_silent_post_gets_the_order_later_and_the_result_still_comes_home(place: Place) -> None:
    code, _ = a_paid_dossier(place)
    with place.without("post"):
        work_through(place, code)
        place.pump("portal")
        assert place.row("portal", "deliveries", dossier=code)["item_code"] == ""
        assert place.ledger("post")["orders"] == []

    place.controls.advance(DAYS_OF_THE_POST, place.name)

    assert place.row("portal", "dossiers", code=code)["state"] == "returned"
    assert is_whole(place)


def test_a_message_that_nobody_ever_took_is_given_up_and_the_audit_says_so(
    place: Place, citizen: Citizen
) -> None:
    citizen.file()
    with place.without("phone"):
        place.pump("portal")
        place.controls.advance(timedelta(days=30), place.name)

    report = place.audit()

    (finding,) = report.findings
    assert finding.check == "outbox.given-up"
    assert finding.row.startswith("portal message 1 (sms dossier:")
