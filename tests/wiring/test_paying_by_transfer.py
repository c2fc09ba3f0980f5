"""A fee that is paid by scanning a VietQR code: the money arrives by transfer, from any bank."""

from datetime import timedelta

import pytest

from mock_bank.service import BankService
from mock_bank.service.transfers import RETURNED_AFTER, Sent
from tests.wiring.city import Place
from tests.wiring.story import FEE, VIETCOMBANK, Citizen

TOO_MUCH = 7_000


def scan_and_send(place: Place, citizen: Citizen, more: int = 0, bank: str = VIETCOMBANK) -> None:
    """Send what the code of the one open payment asks for, and ``more`` đồng."""
    with place.city.houses["bank"].within(place.name) as service:
        here: BankService = service
        (payment,) = here.books.state().payments
        asked = here.orders.qr(payment.order.request_id)
        customer = here.transfers.owner(bank, citizen.person.phone)
        assert customer is not None
        sent = Sent(asked.account, (asked.amount or 0) + more, asked.content)
        here.transfers.send(f"of {citizen.person.user}", customer, sent)


def assert_books_agree(place: Place) -> None:
    report = place.audit()
    assert report.clean, "\n".join(report.lines())


@pytest.mark.parametrize("bank", [VIETCOMBANK, "BIDV"])
def test_a_scanned_code_settles_the_fee_from_any_bank(
    place: Place, citizen: Citizen, bank: str
) -> None:
    code = citizen.file()
    citizen.go_to_gateway(code)
    citizen.choose_bank()

    scan_and_send(place, citizen, bank=bank)
    place.settle()

    assert place.row("portal", "fees", dossier=code)["state"] == "settled"
    assert place.row("bank", "transfers")["amount"] == FEE
    assert_books_agree(place)


def test_what_was_sent_too_much_is_kept_apart_and_comes_back(
    place: Place, citizen: Citizen
) -> None:
    code = citizen.file()
    citizen.go_to_gateway(code)
    citizen.choose_bank()

    scan_and_send(place, citizen, more=TOO_MUCH)
    place.settle()

    assert place.row("portal", "fees", dossier=code)["state"] == "settled"
    assert (place.row("bank", "transfers")["state"], TOO_MUCH) == (
        "booked",
        place.row("bank", "transfers")["to_return"],
    )
    assert_books_agree(place)
    place.controls.advance(RETURNED_AFTER + timedelta(minutes=1), place.name)
    assert place.row("bank", "transfers")["state"] == "returned"
    assert_books_agree(place)


def test_what_was_sent_too_little_pays_nothing_and_comes_back(
    place: Place, citizen: Citizen
) -> None:
    code = citizen.file()
    citizen.go_to_gateway(code)
    citizen.choose_bank()

    scan_and_send(place, citizen, more=-1)
    place.settle()

    assert place.row("portal", "fees", dossier=code)["state"] == "due"
    assert_books_agree(place)
    place.controls.advance(RETURNED_AFTER + timedelta(minutes=1), place.name)
    assert place.row("bank", "transfers")["state"] == "returned"
    assert_books_agree(place)
