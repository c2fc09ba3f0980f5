"""PAY-F6: a forged, tampered or replayed notice is refused, recorded, and changes nothing."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from mock_portal.domain.platform import Partner
from motcua.judge.books import Pool, State
from motcua.judge.dialects import DIALECTS, Order
from motcua.judge.trial import Trial
from motcua.judge.verdicts import Verdict
from motcua.judge.wire import Line
from tests.wiring.city import Place
from tests.wiring.notices import CONFIRM, NoticeWay, confirm_at
from tests.wiring.story import FEE, Citizen

WRONG, NOT_FOUND, ALREADY = "97", "01", "02"
Notice = dict[str, Any]


@pytest.fixture
def way(place: Place) -> Iterator[NoticeWay]:
    made = NoticeWay(place)
    yield made
    made.leave()


def edited(body: bytes, **fields: object) -> bytes:
    """Return the notice with these fields written over."""
    return json.dumps(json.loads(body) | fields).encode()


def without(body: bytes, name: str) -> bytes:
    notice: Notice = json.loads(body)
    del notice[name]
    return json.dumps(notice).encode()


FORGERIES: dict[str, Callable[[bytes, str], bytes]] = {
    "the amount is changed": lambda body, _: edited(body, SoTien=1),
    "the failure becomes a success": lambda body, _: edited(body, MaLoi="00"),
    "it is turned to another order": lambda body, other: edited(body, MaThamChieu=other),
    "the partner is changed": lambda body, _: edited(body, MaDoiTac="H25"),
    "the signature is made up": lambda body, _: edited(body, MaXacThuc="0" * 64),
    "the signature is empty": lambda body, _: edited(body, MaXacThuc=""),
    "the signature is missing": lambda body, _: without(body, "MaXacThuc"),
}


@pytest.mark.parametrize("how", FORGERIES)
def test_a_notice_that_was_tampered_with_is_refused_and_recorded(
    place: Place, citizen: Citizen, way: NoticeWay, how: str
) -> None:
    code = citizen.file()
    citizen.walk_to_otp(code)
    citizen.browser.press("Hủy giao dịch")
    place.settle()
    open_order = citizen.go_to_gateway(code)
    before = place.ledgers()

    answer = confirm_at(place)(FORGERIES[how](way.bodies[-1], open_order))

    after = place.ledgers()
    told = after["portal"].pop("notices")
    recorded = told[len(before["portal"].pop("notices")) :]
    assert answer == WRONG
    assert [row["answer"] for row in recorded] == [WRONG]
    assert changes(before, after) == set()
    assert place.audit().clean, place.audit().lines()


def changes(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    """Name the tables that differ."""
    return {
        f"{house} {table}"
        for house, ledger in before.items()
        for table, rows in ledger.items()
        if table != "now" and rows != after[house][table]
    }


def test_a_replayed_notice_is_known_and_changes_nothing(
    place: Place, citizen: Citizen, way: NoticeWay
) -> None:
    code = citizen.file()
    citizen.pay(code)
    before = place.ledgers()

    assert confirm_at(place)(way.bodies[-1]) == ALREADY

    assert changes(before, place.ledgers()) == {"portal notices"}
    assert place.audit().clean, place.audit().lines()


class Ledger:
    """Tells the judge what the portal's own books say."""

    def __init__(self, place: Place) -> None:
        """Read the ledger of that world."""
        self._place = place

    def of(self, order: Order) -> State:
        """Return whether the order is paid, and how many receipts it has."""
        ledger = self._place.ledger("portal")
        receipts = [row for row in ledger["receipts"] if row["reference"] == order.reference]
        (state,) = {r["state"] for r in ledger["orders"] if r["reference"] == order.reference}
        return State(state == "paid", len(receipts))


def test_our_own_portal_passes_the_judge(place: Place, citizen: Citizen) -> None:
    orders = [Order(citizen.go_to_gateway(citizen.file()), FEE) for _ in range(5)]
    us = Partner()
    trial = Trial(
        Line(place.url("portal", CONFIRM), place.city.http),
        DIALECTS["platform"](us.code, us.secret),
        Pool(orders),
        "20261123090000",
        Ledger(place),
    )

    found = {r.case: f"{r.opinion.verdict}: {r.opinion.reason}" for r in trial.run()}

    assert {c: told for c, told in found.items() if not told.startswith(Verdict.PASS)} == {}
