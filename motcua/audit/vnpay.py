"""Card payments at the gateway, which keeps books of its own for them: they add up."""

from collections import Counter
from collections.abc import Iterator

from motcua.audit.ledgers import Finding, Ledgers, by

_WITH_MERCHANT = frozenset({"paid"})
_IN_TRANSIT = frozenset({"unknown", "suspect"})
_REFUND_UNDER_WAY, _REFUND_SENT = "05", "06"


def card_postings_balance(ledgers: Ledgers) -> Iterator[Finding]:
    """Prove that no đồng of a card payment appeared or vanished: its postings sum to zero."""
    for about, postings in by(ledgers.rows("gateway", "vnpay_postings"), "about").items():
        total = sum(int(p["amount"]) for p in postings)
        if total:
            yield Finding(
                "gateway.entry-balances",
                f"gateway entry {about}",
                f"debits and credits differ by {total} đồng",
            )


def card_money_is_where_it_is_said_to_be(ledgers: Ledgers) -> Iterator[Finding]:
    """Prove that merchants and transit hold exactly what payments and refunds say."""
    sales = ledgers.rows("gateway", "vnpay_sales")
    refunds = ledgers.rows("gateway", "vnpay_refunds")
    moving = sum(int(r["amount"]) for r in refunds if r["status"] == _REFUND_UNDER_WAY)
    sent = sum(int(r["amount"]) for r in refunds if r["status"] == _REFUND_SENT)
    right = {
        "merchant": sum(int(s["amount"]) for s in sales if s["state"] in _WITH_MERCHANT)
        - moving
        - sent,
        "transit": sum(int(s["amount"]) for s in sales if s["state"] in _IN_TRANSIT) + moving,
    }
    held: Counter[str] = Counter()
    for posting in ledgers.rows("gateway", "vnpay_postings"):
        held[posting["account"]] += int(posting["amount"])
    for account, amount in right.items():
        if held[account] != amount:
            yield Finding(
                "gateway.cards",
                f"gateway account {account}",
                f"holds {held[account]} đồng, payments and refunds say {amount}",
            )


def card_refunds_are_within_their_payment(ledgers: Ledgers) -> Iterator[Finding]:
    """Prove that no more of a card payment was given back than was paid, and all of it is there."""
    sales = ledgers.rows("gateway", "vnpay_sales")
    for sale in sales:
        if int(sale["returned"]) > int(sale["amount"]):
            yield Finding(
                "gateway.card-refund",
                f"gateway card payment {sale['merchant']} {sale['reference']}",
                f"{sale['returned']} đồng of {sale['amount']} went back",
            )
    refunds = ledgers.rows("gateway", "vnpay_refunds")
    given = {_REFUND_UNDER_WAY, _REFUND_SENT}
    total = sum(int(r["amount"]) for r in refunds if r["status"] in given)
    told = sum(int(sale["returned"]) for sale in sales)
    if total != told:
        yield Finding(
            "gateway.card-refund",
            "gateway card refunds",
            f"are over {total} đồng, the payments say {told}",
        )
