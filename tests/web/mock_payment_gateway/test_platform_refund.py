"""REFUND of the platform (ours): full, partial, repeated, too much, failed, and the receipt."""

import io
from datetime import timedelta
from typing import Any

import pypdf
import pytest

from tests.builders.gateway import PARTNER, REFERENCE, pipe_hash
from tests.web.mock_payment_gateway.neighbours import Street
from tests.web.mock_payment_gateway.test_envelopes_and_bills import pay


def refund(street: Street, name: str = "HT1", amount: str = "150000", **changes: str) -> Any:
    fields = {
        "LoaiBanTin": "REFUND",
        "PhienBan": "1.0.6",
        "MaDoiTac": PARTNER,
        "MaThamChieu": REFERENCE,
        "ThoiGianGD": "20250101101010",
        "MaHoanTien": name,
        "SoTien": amount,
    } | changes
    seal = pipe_hash(*fields.values())
    return street.json("/payment-platform/1.0.6/refund", fields | {"MaXacThuc": seal})


def test_a_refund_is_pending_until_the_bank_has_booked_it(street: Street) -> None:
    token = pay(street)
    answer = refund(street)
    *values, seal = answer.values()
    assert seal == pipe_hash(*values)
    assert (answer["MaLoi"], answer["TrangThaiHoanTien"]) == ("00", 3)
    street.pump()
    assert refund(street)["TrangThaiHoanTien"] == 3

    ((refund_id, at_bank),) = street.bank.refunds.items()
    at_bank["state"] = "done"
    street.advance(timedelta(minutes=5))

    assert at_bank["amount"] == 150_000
    assert refund(street)["TrangThaiHoanTien"] == 1
    books = street.client.get("/_sim/ledger").get_json()["refunds"]
    assert [(one["refund_id"], one["state"]) for one in books] == [(refund_id, "done")]
    file = street.client.get(f"/bien-lai/{token}.pdf").data
    assert "ĐÃ HỦY" in pypdf.PdfReader(io.BytesIO(file)).pages[0].extract_text()


def test_partial_refunds_go_up_to_the_amount(street: Street) -> None:
    pay(street)

    codes = [
        refund(street, name, amount)["MaLoi"]
        for name, amount in (("A", "100000"), ("B", "60000"), ("C", "50000"), ("D", "1"))
    ]

    assert codes == ["00", "01", "00", "01"]


def test_what_the_bank_refuses_can_be_asked_for_again(street: Street) -> None:
    pay(street)
    refund(street)
    street.pump()
    for one in street.bank.refunds.values():
        one["state"] = "failed"
    street.advance(timedelta(minutes=5))

    assert refund(street)["TrangThaiHoanTien"] == 4
    assert refund(street, "HT2")["MaLoi"] == "00"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"MaThamChieu": "NONE"}, "05"),
        ({"ThoiGianGD": "20250101101011"}, "05"),
        ({"SoTien": "0"}, "02"),
        ({"MaHoanTien": ""}, "02"),
        ({"MaDoiTac": "NOBODY"}, "09"),
        ({"LoaiBanTin": "QUERY"}, "02"),
    ],
)
def test_refusals(street: Street, changes: dict[str, str], code: str) -> None:
    pay(street)

    assert refund(street, **changes)["MaLoi"] == code


def test_a_name_belongs_to_one_refund(street: Street) -> None:
    pay(street)
    refund(street, "A", "1000")

    assert refund(street, "A", "2000")["MaLoi"] == "03"


def test_what_was_not_paid_is_not_refunded(street: Street) -> None:
    street.order()

    assert refund(street)["MaLoi"] == "01"
