"""Fees: what a dossier costs is owed once, settled once, and receipted once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from motcua.audit.ledgers import Finding, Ledgers, Row, by, gaps

_RECEIPT = re.compile(r"BL([0-9]{4})-([0-9]{7,})")


def fees_are_asked(ledgers: Ledgers) -> Iterator[Finding]:
    """Prove that each dossier that costs something has its fee, over that amount."""
    fees = {f["dossier"]: f for f in ledgers.rows("portal", "fees")}
    for dossier in ledgers.rows("portal", "dossiers"):
        fee = fees.get(dossier["code"])
        asked = 0 if fee is None else int(fee["amount"])
        if asked != int(dossier["fee"]):
            yield Finding(
                "portal.fee",
                f"fee of dossier {dossier['code']}",
                f"its procedure costs {dossier['fee']} đồng, the fee is over {asked}",
            )


@dataclass(frozen=True)
class _Account:
    """Everything about the fee of one dossier."""

    fee: Row
    orders: list[Row]
    receipts: list[Row]

    def wrongs(self) -> Iterator[tuple[str, str]]:
        """Yield check and message of what does not agree."""
        amount = int(self.fee["amount"])
        for order in self.orders:
            if int(order["amount"]) != amount:
                text = f"order {order['reference']} is over {order['amount']} đồng, not {amount}"
                yield "portal.order", text
        if self.fee["state"] == "settled":
            yield from self._settled(amount)
        else:
            yield from self._due()

    def _due(self) -> Iterator[tuple[str, str]]:
        if self.fee["state"] != "due" or self.fee["settled_by"]:
            yield "portal.fee", f"is {self.fee['state']} by {self.fee['settled_by']}"
        paid = [o["reference"] for o in self.orders if o["state"] in {"paid", "surplus"}]
        if paid:
            yield "portal.fee", f"is not settled, and order {', '.join(paid)} was paid"
        if self.receipts:
            numbers = ", ".join(r["number"] for r in self.receipts)
            yield "portal.fee", f"is not settled and has receipt {numbers}"

    def _settled(self, amount: int) -> Iterator[tuple[str, str]]:
        by_order = self.fee["settled_by"]
        paid = [o["reference"] for o in self.orders if o["state"] == "paid"]
        if paid != [by_order]:
            yield "portal.fee", f"is settled by {by_order}; paid are {', '.join(paid) or 'none'}"
        if len(self.receipts) != 1:
            yield "portal.receipt", f"is settled and has {len(self.receipts)} receipts"
        for receipt in self.receipts:
            if (int(receipt["amount"]), receipt["reference"]) != (amount, by_order):
                text = f"is over {receipt['amount']} đồng by order {receipt['reference']}"
                wrong = f"receipt {receipt['number']} {text}, the fee was {amount} by {by_order}"
                yield "portal.receipt", wrong


def fees_are_settled_once(ledgers: Ledgers) -> Iterator[Finding]:
    """Prove that a fee is settled exactly if one order paid it, and then has one receipt over it.

    An order that was paid beside («surplus») settles nothing and has no receipt.
    """
    orders = by(ledgers.rows("portal", "orders"), "dossier")
    receipts = by(ledgers.rows("portal", "receipts"), "dossier")
    fees = {f["dossier"]: f for f in ledgers.rows("portal", "fees")}
    for dossier, fee in fees.items():
        account = _Account(fee, orders.get(dossier, []), receipts.get(dossier, []))
        for check, message in account.wrongs():
            yield Finding(check, f"fee of dossier {dossier}", message)
    for dossier in sorted((orders.keys() | receipts.keys()) - fees.keys()):
        rows = [r["reference"] for r in (*orders.get(dossier, []), *receipts.get(dossier, []))]
        yield Finding(
            "portal.fee",
            f"fee of dossier {dossier}",
            f"is not there, and order {', '.join(sorted(set(rows)))} was made for it",
        )


def receipts_without_gap(ledgers: Ledgers) -> Iterator[Finding]:
    """Prove that no receipt was taken out: per year they run from 1 to the counter, each once."""
    given: dict[int, list[int]] = {}
    for receipt in ledgers.rows("portal", "receipts"):
        match = _RECEIPT.fullmatch(receipt["number"])
        if match:
            given.setdefault(int(match[1]), []).append(int(match[2]))
    counters = {int(c["year"]): int(c["last"]) for c in ledgers.rows("portal", "receipt_counters")}
    for year in sorted(given.keys() | counters.keys()):
        last = counters.get(year, 0)
        for missing in gaps(given.get(year, []), last):
            yield Finding(
                "portal.receipts",
                f"receipt BL{year}-{missing:07d}",
                f"the counter gave it (last {last}), and it is not there",
            )
        for number in sorted(n for n in given.get(year, []) if n > last):
            yield Finding(
                "portal.receipts",
                f"receipt BL{year}-{number:07d}",
                f"is there, and the counter stands at {last}",
            )
