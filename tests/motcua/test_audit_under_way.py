"""What two houses may disagree about while a message is under way, and what they may not."""

from typing import Any

import pytest

from motcua.audit.ledgers import Finding, Ledgers
from motcua.audit.report import judge
from tests.motcua.books import (
    CODE,
    FEE,
    PLATFORM_ID,
    REFERENCE,
    Books,
    a_message,
    a_notice,
    an_order,
    the_bank,
    the_books,
    the_gateway,
    the_parcel,
    the_portal,
)


def found(books: Books) -> set[str]:
    """Return the names of the checks that are not content."""
    return {finding.check for finding in judge("a world", Ledgers(books)).findings}


def test_nothing_at_all_agrees() -> None:
    assert found({}) == set()
    assert found({house: {} for house in ("portal", "gateway", "bank", "post", "phone")}) == set()


def test_books_in_order_agree() -> None:
    assert found(the_books()) == set()


def sent_to(address: str, gateway: dict[str, Any]) -> dict[str, Any]:
    """Return the gateway's ledger with every message sent to another address."""
    return {**gateway, "outbox": [m | {"to": address} for m in gateway["outbox"]]}


def with_a_false_confirm(gateway: dict[str, Any]) -> dict[str, Any]:
    """Return the gateway's ledger with a CONFIRM that was wrong on purpose, and was refused."""
    false = a_message(2, "false-confirm", f"{PLATFORM_ID}:paid", REFERENCE, "given-up")
    return {**gateway, "outbox": [*gateway["outbox"], false], "outbox_last": 2}


PENDING = the_portal("offered", notices=())
FAILED = the_portal("failed")
AGREED: dict[str, Books] = {
    "nobody chose a bank yet": the_books(
        {**the_bank(), "payments": [], "entries": [], "entries_last": 0, "accounts": []},
        the_gateway("created"),
        PENDING,
    ),
    "the payer is at the bank": the_books(the_bank("pending"), the_gateway("bank-chosen"), PENDING),
    "the time ran out and the bank is silent": the_books(
        the_bank("pending"), the_gateway("unknown", asks=True), PENDING
    ),
    "the bank's notice is under way": the_books(
        the_bank(notice="due"), the_gateway("bank-chosen"), PENDING
    ),
    "the bank's notice was lost, the gateway asks": the_books(
        the_bank(), the_gateway("unknown", asks=True), PENDING
    ),
    "the CONFIRM is under way": the_books(gateway=the_gateway(confirm="due"), portal=PENDING),
    "the portal asked before the CONFIRM came": the_books(
        gateway=the_gateway(confirm="due"), portal=the_portal(notices=("query",))
    ),
    "the portal asked and was told as well": the_books(
        portal=the_portal(notices=("query", "confirm"))
    ),
    "told twice": the_books(portal=the_portal(notices=("confirm", "confirm"))),
    "no CONFIRM leaves, and the portal is going to ask": the_books(
        gateway=the_gateway(notice="never"),
        portal={**PENDING, "agenda": [{"kind": "reconcile", "key": REFERENCE, "due": ""}]},
    ),
    "no CONFIRM left, and the portal has asked": the_books(
        gateway=the_gateway(notice="never"), portal=the_portal(notices=("query",))
    ),
    "a CONFIRM was sent elsewhere, and the portal has asked": the_books(
        gateway=sent_to("http://listener.test/", the_gateway()),
        portal=the_portal(notices=("query",)),
    ),
    "a false CONFIRM was refused": the_books(gateway=with_a_false_confirm(the_gateway())),
    "charged at the bank and not told": the_books(
        the_bank("charged"), the_gateway("unknown", asks=True), PENDING
    ),
    "told to have failed, and the money still there": the_books(
        the_bank("owed"), the_gateway("failed"), FAILED
    ),
    "failed, and the money given back": the_books(
        the_bank("reversed"), the_gateway("failed"), FAILED
    ),
    "the bank never answered": the_books(
        {"payments": []}, the_gateway("bank-chosen", at_bank=False), PENDING
    ),
    "cancelled at the bank": the_books(the_bank("cancelled"), the_gateway("cancelled"), FAILED),
    "failed at the bank": the_books(the_bank("failed"), the_gateway("failed"), FAILED),
    "the gateway did not take the order": the_books(
        {}, {"payments": []}, the_portal("rejected", notices=())
    ),
    "the gateway never heard of the order": the_books(
        {}, {"payments": []}, the_portal("created", notices=())
    ),
    "a parcel waits": the_parcel(),
    "a report is under way": the_parcel(("-3",), ("-3", "-2"), state="accepted", reports="due"),
    "a parcel left twice": the_parcel(
        ("-3", "2", "3", "2"), ("-3", "2", "3", "2"), state="left", at_portal="arrived"
    ),
}


@pytest.mark.parametrize("books", AGREED.values(), ids=AGREED.keys())
def test_this_is_no_loss(books: Books) -> None:
    report = judge("a world", Ledgers(books))

    assert report.clean, "\n".join(report.lines())


LOST: dict[str, tuple[Books, str]] = {
    "the bank's notice was delivered and changed nothing": (
        the_books(the_bank(), the_gateway("bank-chosen"), PENDING),
        "bank=gateway",
    ),
    "the bank's notice was given up": (
        the_books(the_bank(notice="given-up"), the_gateway("bank-chosen"), PENDING),
        "outbox.given-up",
    ),
    "paid at the gateway, not at the bank": (
        the_books(the_bank("pending")),
        "bank=gateway",
    ),
    "the bank forgot what it had taken": (
        the_books({"payments": []}, the_gateway("bank-chosen"), PENDING),
        "bank=gateway",
    ),
    "the CONFIRM was delivered and changed nothing": (
        the_books(portal=the_portal("offered")),
        "gateway=portal",
    ),
    "the portal settled what the gateway says failed": (
        the_books(the_bank("failed"), the_gateway("failed"), the_portal()),
        "gateway=portal",
    ),
    "an order was offered that the gateway does not have": (
        the_books({}, {"payments": []}, PENDING),
        "gateway=portal",
    ),
    "no CONFIRM left, and the portal is not going to ask": (
        the_books(gateway=the_gateway(notice="never"), portal=PENDING),
        "gateway=portal",
    ),
    "a failed order was never told": (
        the_books(
            the_bank("failed"),
            {**the_gateway("failed"), "outbox": [], "outbox_last": 0},
            FAILED,
        ),
        "gateway.confirm",
    ),
    "a report was delivered and is not there": (
        the_parcel(("-3",), ("-3", "-2"), state="accepted"),
        "post.event",
    ),
    "a status that nobody knows": (
        the_parcel(("-3", "77"), ("-3", "77"), state="status 77"),
        "portal.delivery",
    ),
}


@pytest.mark.parametrize(("books", "check"), LOST.values(), ids=LOST.keys())
def test_this_is_a_loss(books: Books, check: str) -> None:
    assert check in found(books)


def with_surplus(portal: dict[str, Any]) -> Books:
    """Return books in which a second order of the dossier was paid, too."""
    books = the_books(portal=portal)
    (paid,) = books["bank"]["payments"]
    (order,) = books["gateway"]["payments"]
    books["bank"]["payments"].append(
        {**paid, "request_id": "req-2", "reference": "PP26112300000002"}
    )
    books["bank"]["entries"] += [
        {**e, "id": e["id"] + 2, "about": "payment:req-2"} for e in books["bank"]["entries"]
    ]
    for account in books["bank"]["accounts"]:
        account["balance"] *= 2
    books["bank"]["entries_last"] = 4
    books["bank"]["outbox"].append(a_message(2, "notice", "req-2", "PP26112300000002"))
    second = {"reference": "H24-2", "platform_id": "PP26112300000002", "request_id": "req-2"}
    books["gateway"]["payments"].append({**order, **second})
    books["gateway"]["outbox"].append(a_message(2, "confirm", "PP26112300000002:paid", "H24-2"))
    portal["orders"].append(an_order("surplus", "H24-2"))
    portal["notices"].append({**a_notice(platform_id="PP26112300000002"), "reference": "H24-2"})
    return books


def test_a_fee_that_was_paid_twice_is_settled_once_and_the_rest_is_surplus() -> None:
    assert found(with_surplus(the_portal())) == set()


def test_a_surplus_order_settles_nothing() -> None:
    books = with_surplus(the_portal())
    books["portal"]["orders"][0]["state"] = "surplus"

    assert "portal.fee" in found(books)


def test_two_orders_cannot_both_have_settled_a_fee() -> None:
    books = with_surplus(the_portal())
    books["portal"]["orders"][1]["state"] = "paid"

    assert "portal.fee" in found(books)


def test_a_surplus_order_has_no_receipt() -> None:
    books = with_surplus(the_portal())
    (receipt,) = books["portal"]["receipts"]
    books["portal"]["receipts"].append(
        {**receipt, "number": "BL2026-0000002", "reference": "H24-2"}
    )
    books["portal"]["receipt_counters"][0]["last"] = 2

    assert found(books) == {"portal.receipt"}


def test_codes_go_on_after_the_last_of_four_digits() -> None:
    portal = the_portal()
    (dossier,) = portal["dossiers"]
    portal["counters"][0]["last"] = 10_000
    portal["dossiers"] = [
        {**dossier, "number": n, "code": f"{CODE[:-4]}{n:04d}", "fee": FEE if n == 1 else 0}
        for n in range(1, 10_001)
    ]

    assert found({"portal": portal}) == set()
    del portal["dossiers"][9_998]
    (finding,) = judge("a world", Ledgers({"portal": portal})).findings
    assert finding == Finding(
        "portal.codes",
        "dossier 000.00.14.H24-261123-9999",
        "the counter gave its number (last 10000), and it is not there",
    )


def test_a_partner_of_ones_own_needs_no_portal() -> None:
    gateway = the_gateway()
    gateway["payments"][0] |= {"partner": "X01"}
    portal = {**the_portal("failed"), "orders": [], "notices": []}

    assert found(the_books(gateway=gateway, portal=portal)) == set()
