"""Money between the houses: bank = gateway = portal, and each of them was told."""

import re
from collections import Counter
from collections.abc import Iterator

from motcua.audit.ledgers import Finding, Ledgers, Row, by, gaps

PORTAL_PARTNER = "H24"
_OUTCOMES = frozenset({"paid", "failed", "cancelled", "expired"})
"""States of an order at the gateway of which the partner is told."""

_AT_PORTAL = {
    "paid": frozenset({"paid", "surplus"}),
    **dict.fromkeys(_OUTCOMES - {"paid"}, frozenset({"failed", "rejected"})),
}
"""What an order may be at the portal once it has heard how the gateway's ended."""
_AT_PORTAL_OPEN = frozenset({"created", "offered", "rejected"})
# The portal writes an order before it announces it, and «rejected» when it was refused: of these
# alone the gateway may know nothing.
_NEVER_AT_GATEWAY = frozenset({"created", "rejected"})
_CONFIRM = ("confirm", "confirm-form")
_LISTENER = "/payment-platform/confirm"
"""Where the portal listens; a CONFIRM that somebody had sent elsewhere it need not know."""
_NEVER = "never"
_TAKEN = frozenset({"00", "02"})
"""Answers to a notice that say that it was understood: now, or before."""
_NUMBERED = re.compile(r"PP[0-9]{6}([0-9]{8})")


def bank_equals_gateway(ledgers: Ledgers) -> Iterator[Finding]:
    """Prove that bank and gateway agree on each payment: there at both, amount, state, reference.

    Their states may differ while the bank's notice, or the gateway's question, is under way.
    """
    if not ledgers.has("bank", "gateway"):
        return
    at_bank = {p["request_id"]: p for p in ledgers.rows("bank", "payments")}
    at_gateway = {
        p["request_id"]: p for p in ledgers.rows("gateway", "payments") if p["request_id"]
    }
    under_way = ledgers.under_way("bank", "notice") | ledgers.under_way("gateway", "ask-bank")
    for request_id in sorted(at_bank.keys() | at_gateway.keys()):
        bank, gateway = at_bank.get(request_id), at_gateway.get(request_id)
        wrong = _disagreement(bank, gateway, under_way)
        if wrong:
            yield Finding("bank=gateway", f"payment request {request_id}", wrong)


def _disagreement(bank: Row | None, gateway: Row | None, under_way: set[str]) -> str:
    """Return what bank and gateway do not agree on, or nothing."""
    if gateway is None:
        return "the bank has it, the gateway does not"
    if bank is None:
        # A bank that never answered need not know of it.
        asked = gateway["at_bank"] or gateway["state"] in _OUTCOMES
        return "the gateway has it, the bank does not" if asked else ""
    same = [
        ("amount", bank["amount"], gateway["amount"]),
        ("reference", bank["reference"], gateway["platform_id"]),
    ]
    if not {bank["request_id"], gateway["reference"], gateway["platform_id"]} & under_way:
        open_at_both = gateway["state"] in {"bank-chosen", "unknown"}
        state = "pending" if open_at_both else gateway["state"]
        same.append(("state", bank["state"], state))
        same.append(("bank reference", bank["bank_ref"] or "", gateway["bank_ref"]))
    wrong = [f"{name} {mine} there, {yours} here" for name, mine, yours in same if mine != yours]
    return f"the bank and the gateway differ: {'; '.join(wrong)}" if wrong else ""


def debited_once(ledgers: Ledgers) -> Iterator[Finding]:
    """Prove that no order was paid by two payments at the bank."""
    paid = [p for p in ledgers.rows("bank", "payments") if p["state"] == "paid"]
    for reference, payments in by(paid, "reference").items():
        if len(payments) > 1:
            names = ", ".join(p["request_id"] for p in payments)
            yield Finding("bank.debited-once", f"order {reference}", f"was paid by {names}")


def orders_without_gap(ledgers: Ledgers) -> Iterator[Finding]:
    """Prove that no order was taken out of the gateway: the numbers in their ids have no gap."""
    found = (_NUMBERED.fullmatch(p["platform_id"]) for p in ledgers.rows("gateway", "payments"))
    numbers = [int(match[1]) for match in found if match]
    for missing in gaps(numbers, max(numbers, default=0)):
        yield Finding(
            "gateway.orders", f"gateway payment number {missing:08d}", "is gone from the gateway"
        )


def gateway_equals_portal(ledgers: Ledgers) -> Iterator[Finding]:
    """Prove that gateway and portal agree on each order: there at both, amount and how it ended.

    How it ended may differ while the gateway's CONFIRM is under way, or the portal is going to
    ask. Where somebody asked for it, no CONFIRM leaves: then only the asking counts.
    """
    if not ledgers.has("gateway", "portal"):
        return
    payments = {
        p["reference"]: p
        for p in ledgers.rows("gateway", "payments")
        if p["partner"] == PORTAL_PARTNER
    }
    orders = {o["reference"]: o for o in ledgers.rows("portal", "orders")}
    under_way = ledgers.under_way("gateway", *_CONFIRM)
    under_way |= ledgers.appointments("portal", "reconcile")
    for reference, payment in payments.items():
        wrong = _difference(payment, orders.get(reference), excused=reference in under_way)
        if wrong:
            yield Finding("gateway=portal", f"order {reference}", wrong)
    for reference in sorted(orders.keys() - payments.keys()):
        state = orders[reference]["state"]
        if state not in _NEVER_AT_GATEWAY:
            yield Finding(
                "gateway=portal",
                f"order {reference}",
                f"is {state} at the portal, and the gateway has no such payment",
            )


def _difference(payment: Row, order: Row | None, *, excused: bool) -> str:
    """Return what gateway and portal do not agree on, or nothing."""
    if order is None:
        return "the gateway has it, the portal has no such order"
    if int(order["amount"]) != int(payment["amount"]):
        return f"{payment['amount']} đồng at the gateway, {order['amount']} at the portal"
    allowed = _AT_PORTAL.get(payment["state"], _AT_PORTAL_OPEN)
    if excused:  # it may not have heard, or only of a failure before: money that came later wins
        allowed |= _AT_PORTAL_OPEN | {"failed"}
    if order["state"] not in allowed:
        return f"it is {payment['state']} at the gateway, {order['state']} at the portal"
    return ""


def refunds_equal(ledgers: Ledgers) -> Iterator[Finding]:
    """Prove that gateway and bank agree on each refund: there at both, amount and how it ended."""
    if not ledgers.has("bank", "gateway"):
        return
    there = {r["refund_id"]: r for r in ledgers.rows("bank", "refunds")}
    here = {r["refund_id"]: r for r in ledgers.rows("gateway", "refunds")}
    under_way = ledgers.under_way("gateway", "refund") | ledgers.under_way("bank", "notice")
    for refund_id in sorted(there.keys() | here.keys()):
        mine, yours = here.get(refund_id), there.get(refund_id)
        told = [f"{r['amount']} đồng {r['state']}" if r else "nothing" for r in (mine, yours)]
        excused = refund_id in under_way or f"refund-{refund_id}" in under_way
        if told[0] != told[1] and not excused:
            yield Finding(
                "bank=gateway",
                f"refund {refund_id}",
                f"{told[0]} at the gateway, {told[1]} at the bank",
            )


def outcomes_were_told(ledgers: Ledgers) -> Iterator[Finding]:
    """Prove that the gateway wrote a CONFIRM about each order that ended."""
    sent = {m["key"] for m in ledgers.messages("gateway", *_CONFIRM)}
    for payment in ledgers.rows("gateway", "payments"):
        if payment["state"] not in _OUTCOMES or payment["notice"] == _NEVER:
            continue
        if f"{payment['platform_id']}:{payment['state']}" not in sent:
            yield Finding(
                "gateway.confirm",
                f"gateway payment {payment['platform_id']} ({payment['reference']})",
                f"is {payment['state']}, and no CONFIRM of it is in the outbox",
            )


def notices_were_kept(ledgers: Ledgers) -> Iterator[Finding]:
    """Prove that the portal kept each CONFIRM it took, and the word by which each order ended."""
    if not ledgers.has("portal"):
        return
    taken = [n for n in ledgers.rows("portal", "notices") if n["answer"] in _TAKEN]
    kept = Counter(n["platform_id"] for n in taken if n["source"] == "confirm")
    told = Counter(
        m["key"].partition(":")[0]
        for m in ledgers.messages("gateway", *_CONFIRM)
        if m["state"] == "delivered" and m["to"].endswith(_LISTENER)
    )
    for payment in ledgers.rows("gateway", "payments"):
        name = payment["platform_id"]
        if payment["partner"] == PORTAL_PARTNER and kept[name] < told[name]:
            yield Finding(
                "portal.notice",
                f"portal notice of {payment['reference']}",
                f"the gateway delivered {told[name]} CONFIRM, the portal kept {kept[name]}",
            )
    heard_of = {n["reference"] for n in taken}
    for order in ledgers.rows("portal", "orders"):
        ended = order["state"] in {"paid", "surplus", "failed"}
        if ended and order["reference"] not in heard_of:
            yield Finding(
                "portal.notice",
                f"portal order {order['reference']}",
                f"is {order['state']}, and no word of the gateway about it is kept",
            )
