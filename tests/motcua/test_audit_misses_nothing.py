"""Take any row out of any ledger, put it in twice, or change any word of it: the audit is red.

What it does not see is listed here, with the reason.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from motcua.audit.ledgers import Ledgers
from motcua.audit.report import judge
from tests.motcua.planting import FIRST
from tests.wiring.city import Place

ByHouse = Mapping[str, Mapping[str, Any]]

_LEGAL_LAW = "the rules themselves: the audit believes the portal's list of permitted moves"
_OUTBOX = "how a delivery went, or a hint for readers of the journal: nothing was lost"
_REPEATED = "the portal asks as often as somebody looks; that CONFIRM was kept is checked"
_BY_TOKEN = "an appointment at the bank is named by a link that only its payer may know"
_ASKS = "the portal asks as long as it thinks worth while: an excuse, not a duty"
_WHEN = "when it was written down: no other house knows"

UNSEEN: Mapping[tuple[str, str, str], str] = {
    **{
        (house, "outbox", field): _OUTBOX
        for house in ("portal", "gateway", "bank", "post")
        for field in ("about", "due", "tries", "detail", "kind", "to")
    },
    **{("portal", "moves", field): _LEGAL_LAW for field in ("from", "event", "to", "row")},
    **{("portal", "notices", f): _REPEATED for f in ("row", "source", "answer", "platform_id")},
    ("portal", "notices", "reference"): "the gateway's own id of the order is what is compared",
    ("portal", "notices", "code"): "the words of the gateway: what they did is checked",
    ("portal", "notices", "at"): _WHEN,
    ("portal", "dossiers", "procedure"): "only its price is money, and that is compared",
    ("gateway", "payments", "code"): "the bank's reason, which the bank tells in its notice only",
    ("gateway", "payments", "at_bank"): "it only says more than that the bank has the payment",
    ("gateway", "payments", "notice"): "when a notice leaves is anybody's choice",
    **{("bank", "agenda", f): _BY_TOKEN for f in ("row", "kind", "key")},
    **{("portal", "agenda", f): _ASKS for f in ("row", "kind", "key")},
    **{(house, "agenda", "due"): _WHEN for house in ("portal", "gateway", "bank", "post")},
    ("bank", "accounts", "owner"): "a name: the money is compared",
    ("bank", "accounts", "kind"): "told by the accounts into which payments went, only",
    ("bank", "accounts", "row"): "an account on which nothing ever moved has left no trace",
    ("bank", "accounts", "number"): "the same",
    ("bank", "entries", "at"): _WHEN,
    ("post", "events", "at"): _WHEN,
    ("phone", "messages", "at"): _WHEN,
}
MAY_BE_TWICE = {
    ("portal", "moves"),
    ("portal", "notices"),
    *((house, "agenda") for house in ("portal", "gateway", "bank", "post")),
}
NOT_IN_THIS_WORLD = {
    ("phone", "outbox"),
    ("phone", "agenda"),
    ("bank", "refunds"),
    ("bank", "transfers"),
    ("gateway", "refunds"),
    ("gateway", "vnpay_sales"),
    ("gateway", "vnpay_refunds"),
    ("gateway", "vnpay_postings"),
}
"""Tables that are empty here; ``test_audit_under_way`` and ``test_audit_of_banks`` fill them."""


@pytest.fixture(scope="module")
def ledgers(told: Place) -> ByHouse:
    told.controls.restore(told.name, "whole")
    return told.ledgers()


def is_red(ledgers: ByHouse) -> bool:
    return not judge("a world", Ledgers(ledgers)).clean


def tables(ledgers: ByHouse) -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    """Yield house, name and rows of every table."""
    for house, ledger in ledgers.items():
        for name, rows in ledger.items():
            if isinstance(rows, list):
                yield house, name, rows


def with_rows(ledgers: ByHouse, house: str, table: str, rows: list[dict[str, Any]]) -> ByHouse:
    return {**ledgers, house: {**ledgers[house], table: rows}}


def another(value: object) -> object:
    """Return a value that is not this one."""
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int) else f"{value or ''}x"


def test_the_ledgers_as_they_are_agree(ledgers: ByHouse) -> None:
    assert not is_red(ledgers)
    assert {(house, table) for house, table, rows in tables(ledgers) if not rows} == (
        NOT_IN_THIS_WORLD
    )


def test_a_row_that_is_gone_is_missed(ledgers: ByHouse) -> None:
    unseen = {
        (house, table, "row")
        for house, table, rows in tables(ledgers)
        for n in range(len(rows))
        if not is_red(with_rows(ledgers, house, table, rows[:n] + rows[n + 1 :]))
    }

    assert unseen <= UNSEEN.keys()


def test_a_row_that_is_there_twice_is_seen(ledgers: ByHouse) -> None:
    unseen = {
        (house, table)
        for house, table, rows in tables(ledgers)
        for row in rows
        if not is_red(with_rows(ledgers, house, table, [*rows, row]))
    }

    assert unseen <= MAY_BE_TWICE


def test_a_word_that_was_changed_is_seen(ledgers: ByHouse) -> None:
    unseen = {
        (house, table, field)
        for house, table, rows in tables(ledgers)
        for n, row in enumerate(rows)
        for field, value in row.items()
        if not isinstance(value, list)
        if not is_red(
            with_rows(
                ledgers, house, table, [*rows[:n], {**row, field: another(value)}, *rows[n + 1 :]]
            )
        )
    }

    assert unseen <= UNSEEN.keys()


def test_the_list_of_what_is_not_seen_names_real_fields(ledgers: ByHouse) -> None:
    real = {
        (house, table, field)
        for house, table, rows in tables(ledgers)
        for field in (*(rows[0] if rows else ()), "row")
    }

    assert UNSEEN.keys() <= real


@pytest.mark.parametrize("step", range(5))
@pytest.mark.parametrize("field", ["row", "seq", "event", "from", "to"])
def test_a_step_of_a_history_that_is_gone_or_changed_is_seen(
    ledgers: ByHouse, step: int, field: str
) -> None:
    dossiers = ledgers["portal"]["dossiers"]
    (place,) = [n for n, dossier in enumerate(dossiers) if dossier["code"] == FIRST]
    history = list(dossiers[place]["history"])
    changed = [] if field == "row" else [{**history[step], field: another(history[step][field])}]
    history[step : step + 1] = changed
    rows = [*dossiers[:place], {**dossiers[place], "history": history}, *dossiers[place + 1 :]]

    assert is_red(with_rows(ledgers, "portal", "dossiers", rows))


@pytest.mark.parametrize("left_out", ["portal", "gateway", "bank", "post", "phone"])
def test_a_house_that_does_not_run_here_is_not_missed(ledgers: ByHouse, left_out: str) -> None:
    there = {house: ledger for house, ledger in ledgers.items() if house != left_out}

    assert not is_red(there)


@pytest.mark.parametrize("alone", ["portal", "gateway", "bank", "post", "phone"])
def test_one_house_alone_agrees_with_itself(ledgers: ByHouse, alone: str) -> None:
    assert not is_red({alone: ledgers[alone]})
