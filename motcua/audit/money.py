"""Money: bank = gateway = portal = receipt, and debits = credits."""

from collections.abc import Iterator

from motcua.audit.ledgers import Finding, Ledgers, Row, by

PORTAL_PARTNER = "H24"


def entries_balance(ledgers: Ledgers) -> Iterator[Finding]:
    """Every entry at the bank sums to zero, and every account is the sum of its postings."""
    entries = ledgers.rows("bank", "entries")
    for about, postings in by(entries, "about").items():
        total = sum(int(p["amount"]) for p in postings)
        if total:
            ids = ", ".join(str(p["id"]) for p in postings)
            yield Finding(
                "bank.entry-balances",
                f"bank entries {ids} ({about})",
                f"debits and credits differ by {total} đồng",
            )
    sums = {n: sum(int(p["amount"]) for p in ps) for n, ps in by(entries, "account").items()}
    accounts = {a["number"]: a for a in ledgers.rows("bank", "accounts")}
    for number, account in accounts.items():
        if int(account["balance"]) != sums.get(number, 0):
            yield Finding(
                "bank.account-sum",
                f"bank account {number}",
                f"holds {account['balance']} đồng, its postings say {sums.get(number, 0)}",
            )
    for number in sorted(sums.keys() - accounts.keys()):
        yield Finding("bank.account-sum", f"bank account {number}", "has postings and is not there")


def payments_are_booked(ledgers: Ledgers) -> Iterator[Finding]:
    """Check that a payment at the bank is paid exactly when its amount was moved, once."""
    moved = by(ledgers.rows("bank", "entries"), "about")
    for payment in ledgers.rows("bank", "payments"):
        credits_ = [int(p["amount"]) for p in moved.get(f"payment:{payment['request_id']}", [])]
        into = sum(a for a in credits_ if a > 0)
        due = int(payment["amount"]) if payment["state"] == "paid" else 0
        if into != due:
            yield Finding(
                "bank.payment-booked",
                f"bank payment {payment['request_id']}",
                f"is {payment['state']} over {payment['amount']} đồng, the ledger moved {into}",
            )


def bank_equals_gateway(ledgers: Ledgers) -> Iterator[Finding]:
    """Check that the bank was paid what the gateway says was paid, and nothing else."""
    if not ledgers.has("bank", "gateway"):
        return
    at_bank = {p["request_id"]: p for p in ledgers.rows("bank", "payments")}
    at_gateway = {
        p["request_id"]: p for p in ledgers.rows("gateway", "payments") if p["request_id"]
    }
    # The bank's word may still be under way: then it is in the bank's outbox.
    under_way = {m["about"] for m in ledgers.rows("bank", "outbox") if m["state"] == "due"}
    for request_id in sorted(at_bank.keys() | at_gateway.keys()):
        bank, gateway = at_bank.get(request_id), at_gateway.get(request_id)
        name = f"payment request {request_id}"
        if bank is None:
            yield Finding("bank=gateway", name, "the gateway has it, the bank does not")
        elif gateway is None:
            yield Finding("bank=gateway", name, "the bank has it, the gateway does not")
        elif int(bank["amount"]) != int(gateway["amount"]):
            yield Finding(
                "bank=gateway",
                name,
                f"{bank['amount']} đồng at the bank, {gateway['amount']} at the gateway",
            )
        elif (bank["state"] == "paid") != (gateway["state"] == "paid") and not (
            {request_id, bank["reference"]} & under_way
        ):
            yield Finding(
                "bank=gateway",
                name,
                f"{bank['state']} at the bank, {gateway['state']} at the gateway",
            )


def gateway_equals_portal(ledgers: Ledgers) -> Iterator[Finding]:
    """Check that the portal booked what the gateway was paid for it."""
    if not ledgers.has("gateway", "portal"):
        return
    payments = {
        p["reference"]: p
        for p in ledgers.rows("gateway", "payments")
        if p["partner"] == PORTAL_PARTNER
    }
    orders = {o["reference"]: o for o in ledgers.rows("portal", "orders")}
    under_way = {m["about"] for m in ledgers.rows("gateway", "outbox") if m["state"] == "due"}
    for reference, payment in payments.items():
        yield from _pair(reference, payment, orders.get(reference), under_way)
    for reference in sorted(orders.keys() - payments.keys()):
        if orders[reference]["state"] in {"paid", "surplus"}:
            yield Finding(
                "gateway=portal",
                f"portal order {reference}",
                "is paid at the portal, and the gateway has no such payment",
            )


def _pair(
    reference: str,
    payment: Row,
    order: Row | None,
    under_way: set[str],
) -> Iterator[Finding]:
    name = f"payment {reference}"
    if order is None:
        yield Finding("gateway=portal", name, "the gateway has it, the portal has no such order")
        return
    if int(order["amount"]) != int(payment["amount"]):
        yield Finding(
            "gateway=portal",
            name,
            f"{payment['amount']} đồng at the gateway, {order['amount']} at the portal",
        )
    booked = order["state"] in {"paid", "surplus"}
    if (payment["state"] == "paid") != booked and reference not in under_way:
        yield Finding(
            "gateway=portal",
            name,
            f"{payment['state']} at the gateway, {order['state']} at the portal",
        )


def confirms_arrived(ledgers: Ledgers) -> Iterator[Finding]:
    """Each decided payment was confirmed to its partner, and the portal kept the notice."""
    if not ledgers.has("gateway", "portal"):
        return
    confirms = by(ledgers.rows("gateway", "outbox"), "about")
    notices = {n["reference"] for n in ledgers.rows("portal", "notices")}
    for payment in ledgers.rows("gateway", "payments"):
        if payment["state"] != "paid":
            continue
        reference = payment["reference"]
        sent = [m for m in confirms.get(reference, []) if m["kind"] == "confirm"]
        if not sent:
            yield Finding(
                "gateway.confirm",
                f"gateway payment {reference}",
                "is paid, and no CONFIRM notice to the partner is in the outbox",
            )
        delivered = any(m["state"] == "delivered" for m in sent)
        if payment["partner"] == PORTAL_PARTNER and delivered and reference not in notices:
            yield Finding(
                "portal.notice",
                f"portal notice {reference}",
                "the gateway delivered a CONFIRM, and the portal has no notice of it",
            )


def fees_are_settled_once(ledgers: Ledgers) -> Iterator[Finding]:
    """Check that a settled fee has one paid order and one receipt over its amount."""
    orders = {o["reference"]: o for o in ledgers.rows("portal", "orders")}
    receipts = by(ledgers.rows("portal", "receipts"), "dossier")
    fees = {f["dossier"]: f for f in ledgers.rows("portal", "fees")}
    for dossier, fee in fees.items():
        yield from _settlement(dossier, fee, orders, receipts.get(dossier, []))
    for dossier in sorted(receipts.keys() - fees.keys()):
        yield Finding("portal.fee", f"receipt of dossier {dossier}", "there is no fee for it")
    paid = by([o for o in orders.values() if o["state"] == "paid"], "dossier")
    for dossier, found in paid.items():
        if len(found) > 1:
            names = ", ".join(o["reference"] for o in found)
            yield Finding("portal.fee", f"dossier {dossier}", f"was settled by orders {names}")


def _settlement(
    dossier: str,
    fee: Row,
    orders: dict[str, Row],
    receipts: list[Row],
) -> Iterator[Finding]:
    name = f"fee of dossier {dossier}"
    if fee["state"] != "settled":
        if receipts:
            yield Finding("portal.fee", name, "is not settled and has a receipt")
        return
    order = orders.get(fee["settled_by"])
    if order is None or order["state"] != "paid" or order["dossier"] != dossier:
        yield Finding("portal.fee", name, f"is settled by {fee['settled_by']}, which is not paid")
    if len(receipts) != 1:
        yield Finding("portal.receipt", name, f"is settled and has {len(receipts)} receipts")
    elif int(receipts[0]["amount"]) != int(fee["amount"]):
        yield Finding(
            "portal.receipt",
            f"receipt {receipts[0]['number']}",
            f"is over {receipts[0]['amount']} đồng, the fee was {fee['amount']}",
        )
