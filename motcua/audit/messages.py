"""Messages: none is taken out of an outbox, and what was delivered is with whom it was for."""

from collections.abc import Iterator

from motcua.audit.ledgers import Finding, Ledgers, Row, by, gaps
from simkit.core.messages import mail_id

_TO_PEOPLE = ("sms", "mail")
_STATES = ("due", "delivered")
_FALSE = "false-"
"""Begins the kinds of messages that are wrong on purpose: to be refused is right for them."""
_MOVING = frozenset(
    {"awaiting", "accepted", "collected", "left", "arrived", "with-postman", "out-for-delivery"}
)


def outboxes_are_whole(ledgers: Ledgers) -> Iterator[Finding]:
    """Prove that every message a house ever had is delivered or still due: none is gone."""
    for house in ledgers.houses():
        messages = ledgers.rows(house, "outbox")
        for message in messages:
            if message["state"] not in _STATES and not message["kind"].startswith(_FALSE):
                yield Finding(
                    "outbox.given-up",
                    f"{house} message {message['id']} ({message['kind']} {message['key']})",
                    f"is {message['state']} after {message['tries']} tries: {message['detail']}",
                )
        last = int(ledgers.value(house, "outbox_last", 0))
        for missing in gaps((int(m["id"]) for m in messages), last):
            yield Finding(
                "outbox.lost",
                f"{house} message {missing}",
                f"is gone from the outbox{_perhaps(ledgers)}",
            )


def _perhaps(ledgers: Ledgers) -> str:
    """Return what came to the phone from nobody: one of these a lost message may have been."""
    sent = {_phone_id(m) for h in ledgers.houses() for m in ledgers.messages(h, *_TO_PEOPLE)}
    unknown = [m["id"] for m in ledgers.rows("phone", "messages") if m["id"] not in sent]
    return f"; on the phone and in no outbox: {', '.join(unknown)}" if unknown else ""


def _phone_id(message: Row) -> str:
    """Return the id under which the phone keeps a message."""
    return mail_id(message["key"]) if message["kind"] == "mail" else str(message["key"])


def messages_reached_the_phone(ledgers: Ledgers) -> Iterator[Finding]:
    """Prove that each SMS and mail that was delivered is with the person it was for, once."""
    if not ledgers.has("phone"):
        return
    arrived = by(ledgers.rows("phone", "messages"), "kind", "id")
    for house in ledgers.houses():
        for message in ledgers.messages(house, *_TO_PEOPLE):
            found = arrived.get((message["kind"], _phone_id(message)), [])
            if message["state"] != "delivered":
                continue
            if [m["to"] for m in found] != [message["to"]]:
                with_ = ", ".join(m["to"] for m in found) or "nobody"
                yield Finding(
                    "phone.messages",
                    f"{message['kind']} {message['key']} from {house}",
                    f"was delivered to {message['to']} and is with {with_}",
                )


def nothing_due_is_forgotten(ledgers: Ledgers) -> Iterator[Finding]:
    """Prove that what has to happen by itself is still going to: it stands on its agenda."""
    expiring = ledgers.appointments("gateway", "time-out")
    for payment in ledgers.rows("gateway", "payments"):
        if (
            payment["state"] in {"created", "bank-chosen"}
            and payment["platform_id"] not in expiring
        ):
            yield Finding(
                "agenda.lost",
                f"gateway payment {payment['platform_id']} ({payment['reference']})",
                f"is {payment['state']}, and its time will never run out",
            )
    travelling = ledgers.appointments("post", "next-leg")
    for order in ledgers.rows("post", "orders"):
        if order["state"] in _MOVING and order["item_code"] not in travelling:
            yield Finding(
                "agenda.lost",
                f"post order {order['order_number']} ({order['item_code']})",
                f"is {order['state']}, and will never move again",
            )
    booking = ledgers.appointments("bank", "refund")
    for refund in ledgers.rows("bank", "refunds"):
        if refund["state"] == "pending" and refund["refund_id"] not in booking:
            yield Finding(
                "agenda.lost",
                f"bank refund {refund['refund_id']}",
                "is pending, and will never be booked",
            )
