"""Money inside the bank: kept back, refunded, transferred; and the appointments that move it."""

from typing import Any

import pytest

from motcua.audit.ledgers import Ledgers
from motcua.audit.report import judge
from tests.motcua.books import (
    CUSTOMER,
    FEE,
    REQUEST,
    SETTLEMENT,
    SUSPENSE,
    an_entry,
    the_accounts,
    the_bank,
    the_books,
    the_gateway,
    the_parcel,
    the_portal,
)

Bank = dict[str, Any]
ANOTHER = "1002"


def rows(bank: Bank) -> set[tuple[str, str]]:
    """Return check and row of what is found in a bank alone."""
    findings = judge("a world", Ledgers({"bank": bank})).findings
    return {(finding.check, finding.row) for finding in findings}


def with_entry(bank: Bank, about: str, source: str, target: str, amount: int) -> Bank:
    """Return the bank with one more entry, and the balances it makes."""
    entries = [*bank["entries"], *an_entry(len(bank["entries"]) + 1, about, source, target, amount)]
    balances = {a["number"]: a for a in the_accounts(entries)}
    known = [a for a in bank["accounts"] if a["number"] not in balances]
    return {
        **bank,
        "entries": entries,
        "entries_last": len(entries),
        "accounts": [*balances.values(), *known],
    }


def with_refund(
    bank: Bank, state: str = "done", amount: int = FEE, back: int | None = None
) -> Bank:
    """Return the bank with a refund of its payment; ``back`` đồng went back, all if it is done."""
    refund = {"refund_id": "r1", "request_id": REQUEST, "amount": amount, "state": state}
    agenda = [{"kind": "refund", "key": "r1", "due": ""}] if state == "pending" else []
    booked = (amount if state == "done" else 0) if back is None else back
    made = {**bank, "refunds": [*bank.get("refunds", []), refund], "agenda": agenda}
    return with_entry(made, "refund:r1", SETTLEMENT, CUSTOMER, booked) if booked else made


def with_transfer(bank: Bank, state: str = "booked", to_return: int = 0) -> Bank:
    """Return the bank with a transfer of 900 đồng, of which a part comes back or came."""
    transfer = {
        "key": "t1",
        "from": CUSTOMER,
        "to": SETTLEMENT,
        "amount": 900,
        "state": state,
        "to_return": to_return,
    }
    made = {**bank, "transfers": [transfer]}
    if state in {"booked", "returned"}:
        target = SUSPENSE if to_return else SETTLEMENT
        made = with_entry(made, "transfer:t1", CUSTOMER, target, 900)
    if state == "returned":
        made = with_entry(made, "return:t1", SUSPENSE, CUSTOMER, to_return)
    return made


AGREED: dict[str, Bank] = {
    "a payment": the_bank(),
    "a refund": with_refund(the_bank()),
    "a part was refunded": with_refund(the_bank(), amount=FEE // 2),
    "a refund that is going to be booked": with_refund(the_bank(), "pending"),
    "a refund that failed": with_refund(the_bank(), "failed"),
    "a transfer": with_transfer(the_bank()),
    "a transfer that was refused": with_transfer(the_bank(), "refused"),
    "a transfer that is going to come back": with_transfer(the_bank(), to_return=900),
    "a transfer that came back": with_transfer(the_bank(), "returned", to_return=900),
    "charged, and nobody told": the_bank("charged"),
    "charged, and owed back": the_bank("owed"),
    "charged, and given back": the_bank("reversed"),
}


@pytest.mark.parametrize("bank", AGREED.values(), ids=AGREED.keys())
def test_this_agrees(bank: Bank) -> None:
    assert rows(bank) == set()


def changed(bank: Bank, table: str, **fields: object) -> Bank:
    """Return the bank with other values in the one row of a table."""
    (row,) = bank[table]
    return {**bank, table: [row | fields]}


LOST: dict[str, tuple[Bank, str, str]] = {
    "a refund is done and nothing went back": (
        with_refund(the_bank(), back=0),
        "bank.refund",
        "bank refund r1",
    ),
    "a refund failed and money went back": (
        with_refund(the_bank(), "failed", back=FEE),
        "bank.refund",
        "bank refund r1",
    ),
    "more was refunded than was paid": (
        with_refund(the_bank(), amount=FEE + 1),
        "bank.refund",
        f"bank payment {REQUEST}",
    ),
    "a refund of what was never paid": (
        with_refund(the_bank("failed"), "pending"),
        "bank.refund",
        f"bank payment {REQUEST}",
    ),
    "a refund of nobody": (
        with_entry(the_bank(), "refund:r9", SETTLEMENT, CUSTOMER, 1),
        "bank.cause",
        "bank entry refund:r9",
    ),
    "a refund that nobody will book": (
        {**with_refund(the_bank(), "pending"), "agenda": []},
        "agenda.lost",
        "bank refund r1",
    ),
    "a transfer was booked and moved nothing": (
        changed(with_transfer(the_bank(), "refused"), "transfers", state="booked"),
        "bank.transfer",
        "bank transfer t1",
    ),
    "a transfer was refused and moved money": (
        changed(with_transfer(the_bank()), "transfers", state="refused"),
        "bank.transfer",
        "bank transfer t1",
    ),
    "a transfer came back and is said to be there": (
        changed(with_transfer(the_bank(), "returned", to_return=900), "transfers", state="booked"),
        "bank.transfer",
        "bank transfer t1",
    ),
    "a transfer of nobody": (
        {**with_transfer(the_bank()), "transfers": []},
        "bank.cause",
        "bank entry transfer:t1",
    ),
    "money that is kept back for nobody": (
        changed(the_bank("charged"), "payments", standing="cancelled", state="cancelled", payer=""),
        "bank.held",
        f"bank accounts {SUSPENSE}",
    ),
    "a payment said to be other than it stands": (
        changed(the_bank("owed"), "payments", state="paid"),
        "bank.payment-booked",
        f"bank payment {REQUEST}",
    ),
    "somebody else was debited": (
        changed(the_bank(), "payments", payer=ANOTHER),
        "bank.payment-booked",
        f"bank payment {REQUEST}",
    ),
}


@pytest.mark.parametrize(("bank", "check", "row"), LOST.values(), ids=LOST.keys())
def test_this_is_a_loss(bank: Bank, check: str, row: str) -> None:
    assert (check, row) in rows(bank)


@pytest.mark.parametrize("there", ["bank", "gateway"])
def test_a_refund_that_only_one_of_both_knows_is_a_loss(there: str) -> None:
    bank, gateway = the_bank(), the_gateway()
    refund = {"refund_id": "r1", "platform_id": "x", "name": "n", "amount": FEE, "state": "done"}
    if there == "bank":
        bank = with_refund(bank)
    else:
        gateway = {**gateway, "refunds": [refund]}

    findings = judge("a world", Ledgers(the_books(bank, gateway, the_portal()))).findings

    assert [(f.check, f.row) for f in findings] == [("bank=gateway", "refund r1")]


def test_what_nobody_will_do_is_a_loss() -> None:
    parcel = the_parcel()
    parcel["post"]["agenda"] = []
    gateway = {**the_gateway("created"), "agenda": []}
    nothing: Bank = {"payments": []}

    lost = {
        finding.check
        for books in (parcel, the_books(nothing, gateway, the_portal("offered", notices=())))
        for finding in judge("a world", Ledgers(books)).findings
    }

    assert lost == {"agenda.lost"}


def cards(
    state: str = "paid", refund: str = "", returned: int | None = None, moved: int = FEE
) -> Bank:
    """Return the books of one card payment over ``FEE``; a refund has the status ``refund``."""
    postings = [("payer", -moved), ("merchant", moved)] if state == "paid" else []
    back = {"05": ("merchant", "transit"), "06": ("merchant", "payer")}.get(refund)
    refunds = [{"transaction_no": "2", "sale": 1, "kind": "02", "amount": FEE, "status": refund}]
    given = (FEE if back else 0) if returned is None else returned
    return {
        "vnpay_sales": [
            {"merchant": "M", "reference": "A", "amount": FEE, "state": state, "returned": given}
        ],
        "vnpay_refunds": refunds if refund else [],
        "vnpay_postings": [
            *({"about": "sale:1", "account": a, "amount": n} for a, n in postings),
            *(
                {"about": "refund:1", "account": account, "amount": amount}
                for account, amount in zip(back or (), (-FEE, FEE), strict=False)
            ),
        ],
    }


@pytest.mark.parametrize(
    "gateway",
    [cards(), cards("failed"), cards(refund="05"), cards(refund="06"), cards(refund="09")],
    ids=["paid", "failed", "refund under way", "refunded", "refund rejected"],
)
def test_card_payments_add_up(gateway: Bank) -> None:
    assert judge("a world", Ledgers({"gateway": gateway})).clean


@pytest.mark.parametrize(
    ("gateway", "row"),
    [
        pytest.param(cards(moved=FEE - 1), "gateway account merchant", id="too little came"),
        pytest.param(
            {**cards(), "vnpay_postings": cards()["vnpay_postings"][:1]},
            "gateway entry sale:1",
            id="half an entry",
        ),
        pytest.param(
            {**cards(refund="06"), "vnpay_refunds": []},
            "gateway card refunds",
            id="a refund is gone",
        ),
        pytest.param(cards(returned=FEE + 1), "gateway card payment M A", id="too much went back"),
        pytest.param(
            {**cards(), "vnpay_sales": []}, "gateway account merchant", id="a payment is gone"
        ),
    ],
)
def test_card_payments_that_do_not_add_up_are_a_loss(gateway: Bank, row: str) -> None:
    assert row in {f.row for f in judge("a world", Ledgers({"gateway": gateway})).findings}
