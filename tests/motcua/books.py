"""Hand-made ledgers of one dossier and its payment, all in order but for what is given."""

from typing import Any

CODE = "000.00.14.H24-261123-0001"
REFERENCE = "H24-1"
PLATFORM_ID = "PP26112300000001"
REQUEST = "req-1"
FEE = 50_000
CUSTOMER, SETTLEMENT, SUSPENSE = "1001", "970436-TT", "970436-TG"

Books = dict[str, dict[str, Any]]


def a_message(
    id_: int, kind: str, key: str, about: str, state: str = "delivered"
) -> dict[str, Any]:
    """Return a row of an outbox."""
    return {
        "id": id_,
        "kind": kind,
        "key": key,
        "to": "http://portal.test/payment-platform/confirm",
        "about": about,
        "state": state,
        "due": "2026-11-23T09:00:00+07:00",
        "tries": 1,
        "detail": "",
    }


_ENTRIES = {
    "paid": [("payment", CUSTOMER, SETTLEMENT)],
    "charged": [("hold", CUSTOMER, SUSPENSE)],
    "owed": [("hold", CUSTOMER, SUSPENSE)],
    "reversed": [("hold", CUSTOMER, SUSPENSE), ("reversal", SUSPENSE, CUSTOMER)],
}
"""What was moved for a payment, by how it stands: kind of entry, from, to."""
_SAID = {"charged": "pending", "owed": "failed", "reversed": "failed"}


def an_entry(id_: int, about: str, source: str, target: str, amount: int) -> list[dict[str, Any]]:
    """Return the two postings of an entry."""
    return [
        {"id": id_, "account": source, "amount": -amount, "about": about},
        {"id": id_ + 1, "account": target, "amount": amount, "about": about},
    ]


def the_accounts(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a customer's account and the bank's own two, with the balances of these entries."""
    kinds = {CUSTOMER: "customer", SETTLEMENT: "settlement", SUSPENSE: "suspense"}
    return [
        {
            "number": number,
            "owner": "A",
            "kind": kind,
            "balance": sum(e["amount"] for e in entries if e["account"] == number),
        }
        for number, kind in kinds.items()
    ]


def the_bank(standing: str = "paid", notice: str = "delivered") -> dict[str, Any]:
    """Return the bank's ledger; ``notice`` is the state of its word to the gateway."""
    paid = standing == "paid"
    state = _SAID.get(standing, standing)
    moved = _ENTRIES.get(standing, [])
    entries = [
        posting
        for n, (kind, source, target) in enumerate(moved)
        for posting in an_entry(2 * n + 1, f"{kind}:{REQUEST}", source, target, FEE)
    ]
    return {
        "accounts": the_accounts(entries),
        "entries": entries,
        "entries_last": len(entries),
        "payments": [
            {
                "request_id": REQUEST,
                "state": state,
                "amount": FEE,
                "bank_ref": "FT1" if paid else None,
                "reference": PLATFORM_ID,
                "standing": standing,
                "payer": CUSTOMER if moved else "",
            }
        ],
        **_outbox(state != "pending", a_message(1, "notice", REQUEST, PLATFORM_ID, notice)),
    }


def the_gateway(
    state: str = "paid",
    confirm: str = "delivered",
    *,
    at_bank: bool = True,
    asks: bool = False,
    notice: str = "at-once",
) -> dict[str, Any]:
    """Return the gateway's ledger; ``asks``: its question to the bank is under way."""
    is_open = state in {"created", "bank-chosen"}
    over = state in {"paid", "failed", "cancelled", "expired"}
    question = a_message(1, "ask-bank", PLATFORM_ID, REFERENCE, "due")
    message = a_message(1, "confirm", f"{PLATFORM_ID}:{state}", REFERENCE, confirm)
    return {
        "payments": [
            {
                "reference": REFERENCE,
                "platform_id": PLATFORM_ID,
                "request_id": "" if state == "created" else REQUEST,
                "partner": "H24",
                "amount": FEE,
                "state": state,
                "code": "",
                "bank_ref": "FT1" if state == "paid" else "",
                "at_bank": at_bank,
                "notice": notice,
            }
        ],
        "agenda": [{"kind": "time-out", "key": PLATFORM_ID, "due": ""}] if is_open else [],
        **_outbox((over and notice != "never") or asks, question if asks else message),
    }


def an_order(state: str = "paid", reference: str = REFERENCE) -> dict[str, Any]:
    """Return an order at the portal."""
    return {"reference": reference, "dossier": CODE, "amount": FEE, "state": state}


def a_notice(source: str = "confirm", platform_id: str = PLATFORM_ID) -> dict[str, Any]:
    """Return a word of the gateway that the portal kept."""
    return {
        "reference": REFERENCE,
        "code": "00",
        "platform_id": platform_id,
        "source": source,
        "answer": "00",
    }


def the_portal(
    order: str = "paid", fee: str | None = None, notices: tuple[str, ...] = ("confirm",)
) -> dict[str, Any]:
    """Return the portal's ledger; ``fee`` is settled if the order is paid, unless given."""
    settled = (fee or ("settled" if order == "paid" else "due")) == "settled"
    step = {"seq": 1, "event": "submit", "from": "draft", "to": "new", "at": ""}
    receipt = {"number": "BL2026-0000001", "dossier": CODE, "amount": FEE, "reference": REFERENCE}
    return {
        "dossiers": [
            {
                "code": CODE,
                "unit": "000.00.14.H24",
                "day": "2026-11-23",
                "number": 1,
                "procedure": "1",
                "fee": FEE,
                "state": "new",
                "history": [step],
            }
        ],
        "moves": [{"from": "draft", "event": "submit", "to": "new"}],
        "counters": [{"unit": "000.00.14.H24", "day": "2026-11-23", "last": 1}],
        "fees": [
            {
                "dossier": CODE,
                "amount": FEE,
                "state": "settled" if settled else "due",
                "settled_by": REFERENCE if settled else None,
            }
        ],
        "orders": [an_order(order)],
        "receipts": [receipt] if settled else [],
        "receipt_counters": [{"year": 2026, "last": 1}] if settled else [],
        "notices": [a_notice(source) for source in notices],
    }


def the_books(
    bank: dict[str, Any] | None = None,
    gateway: dict[str, Any] | None = None,
    portal: dict[str, Any] | None = None,
) -> Books:
    """Return the three ledgers; one that is not given is in order."""
    return {
        "bank": the_bank() if bank is None else bank,
        "gateway": the_gateway() if gateway is None else gateway,
        "portal": the_portal() if portal is None else portal,
    }


def the_parcel(
    portal: tuple[str, ...] = ("-3",),
    post: tuple[str, ...] = ("-3",),
    *,
    state: str = "awaiting",
    at_portal: str = "awaiting",
    reports: str = "delivered",
) -> Books:
    """Return the ledgers of one parcel: statuses the portal heard of, and those at the post.

    ``reports`` is the state of the reports that the portal has not heard.
    """
    item = "EA000000016VN"
    events = [{"id": f"e{n}", "item_code": item, "status": s} for n, s in enumerate(post)]
    told = [
        {"id": f"e{n}", "item_code": item, "status": s, "order_number": CODE}
        for n, s in enumerate(post)
        if n < len(portal)
    ]
    messages = [
        a_message(n + 1, "post-event", f"e{n}", CODE, "delivered" if n < len(portal) else reports)
        for n in range(len(post))
    ]
    order = a_message(1, "post-order", CODE, CODE)
    delivery = {"dossier": CODE, "order_number": CODE, "item_code": item, "state": at_portal}
    return {
        "portal": {
            **the_portal("failed"),
            "deliveries": [delivery],
            "reports": told,
            "outbox": [order],
            "outbox_last": 1,
        },
        "post": {
            "orders": [{"order_number": CODE, "item_code": item, "state": state}],
            "events": events,
            "agenda": [{"kind": "next-leg", "key": item, "due": ""}],
            "outbox": messages,
            "outbox_last": len(messages),
        },
    }


def _outbox(there: bool, message: dict[str, Any]) -> dict[str, Any]:  # noqa: FBT001 -- two callers
    return {"outbox": [message] if there else [], "outbox_last": int(there)}
