"""The reconciliation file of a day, as partner and merchant get it, and what is sown into it."""

from datetime import timedelta
from typing import Any

import pytest

from mock_payment_gateway.domain import reconciliation as r
from tests.builders import vnpay as v
from tests.builders.gateway import PARTNER, SECRET, pipe_hash
from tests.web.mock_payment_gateway.neighbours import Street
from tests.web.mock_payment_gateway.test_envelopes_and_bills import pay
from tests.web.mock_payment_gateway.vnpay_rig import Shop


def ask(street: Street, day: str, partner: str = PARTNER, secret: str = SECRET) -> dict[str, Any]:
    fields = {
        "LoaiBanTin": "DOI_SOAT",
        "PhienBan": "1.0.6",
        "MaDoiTac": partner,
        "NgayDoiSoat": day,
    }
    seal = pipe_hash(*fields.values(), secret=secret)
    return street.json("/payment-platform/1.0.6/reconciliation", fields | {"MaXacThuc": seal})


def file_of(answer: dict[str, Any], secret: str = SECRET) -> r.Day:
    *values, seal = answer.values()
    assert seal == pipe_hash(*values, secret=secret)
    return r.read(r.from_base64(answer["NoiDung"]))


def test_the_file_of_yesterday_holds_what_was_paid(street: Street) -> None:
    today = f"{street.now():%Y%m%d}"
    pay(street)
    street.advance(timedelta(days=1))

    day = file_of(ask(street, today))

    assert [(e.amount, e.state) for e in day.entries] == [(150_000, "SUCCESS")]
    assert day.total(r.Kind.PAY) == 150_000


def test_a_vnpay_merchant_gets_payments_and_refunds(street: Street) -> None:
    shop = Shop(street)
    today = f"{street.now():%Y%m%d}"
    shop.buy()
    shop.buy(v.POOR_CARD, TxnRef="HS0002")
    shop.refund("R1", TransactionType="03", Amount="5000000")
    street.advance(timedelta(days=1))

    day = file_of(ask(street, today, v.TMN, v.SECRET), v.SECRET)

    assert sorted((e.kind.value, e.amount, e.state.value) for e in day.entries) == [
        ("PAY", 150_000, "FAILED"),
        ("PAY", 150_000, "SUCCESS"),
        ("REFUND", 50_000, "SUCCESS"),
    ]


@pytest.mark.parametrize(
    "kind", ["missing-here", "missing-there", "amount-differs", "doubled-there"]
)
def test_a_sown_difference_is_found_where_it_was_sown(street: Street, kind: str) -> None:
    today = f"{street.now():%Y%m%d}"
    pay(street)
    street.advance(timedelta(days=1))
    here = file_of(ask(street, today))

    plant = {"partner": PARTNER, "day": today, "kinds": [kind]}
    ((planted,),) = street.json("/_sim/seed", {"mismatches": [plant]})["mismatches"]

    (found,) = r.compare(here.entries, file_of(ask(street, today)).entries)
    assert (found.platform_id, found.what) == (planted["platform_id"], kind)


@pytest.mark.parametrize(
    ("day", "partner", "secret", "code"),
    [
        ("20261301", PARTNER, SECRET, "02"),
        ("20200101", "NOBODY", SECRET, "09"),
        ("20200101", PARTNER, "wrong", "07"),
        ("29991231", PARTNER, SECRET, "05"),
    ],
)
def test_refusals(street: Street, day: str, partner: str, secret: str, code: str) -> None:
    assert ask(street, day, partner, secret)["MaLoi"] == code


@pytest.mark.parametrize(
    ("plant", "fact"),
    [
        ({"partner": "", "day": "20261123", "kinds": []}, "partner"),
        ({"partner": "X", "day": "x", "kinds": []}, "day"),
        ({"partner": "X", "day": "20261123", "kinds": ["odd"]}, "kinds"),
        ({"partner": "X", "day": "20261123", "kinds": [[]]}, "kinds"),
        ({"partner": "X", "day": "20261123", "kinds": [], "x": 1}, "x"),
    ],
)
def test_wrong_sowings_are_refused(street: Street, plant: dict[str, object], fact: str) -> None:
    answer = street.client.post("/_sim/seed", json={"mismatches": [plant]})

    assert answer.status_code == 400
    assert f"mismatches[0].{fact}" in answer.get_json()["facts"]
