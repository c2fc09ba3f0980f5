"""Parcels: a result that goes home is one order at the post, whose events reach the portal."""

from collections.abc import Iterator

from motcua.audit.ledgers import Finding, Ledgers, Row, by

_STATUS = {
    "awaiting": "-3",
    "accepted": "-2",
    "collected": "1",
    "left": "2",
    "arrived": "3",
    "with-postman": "12",
    "out-for-delivery": "-1",
    "delivered": "5",
}
"""The post's StatusCode of each state, in the order of the way (docs/architecture.md, 5)."""
_WAY = ("ordered", *_STATUS)


def deliveries_were_ordered(ledgers: Ledgers) -> Iterator[Finding]:
    """Prove that the portal wrote one order to the post for each delivery, and for nothing else."""
    ordered = {m["key"]: m for m in ledgers.messages("portal", "post-order")}
    deliveries = {d["order_number"]: d for d in ledgers.rows("portal", "deliveries")}
    for number in sorted(ordered.keys() - deliveries.keys()):
        yield Finding("portal.delivery", f"delivery {number}", "was ordered and is not there")
    for number, delivery in deliveries.items():
        message = ordered.get(number)
        if message is None:
            yield Finding(
                "portal.delivery", f"delivery {number}", "no order to the post is in the outbox"
            )
        elif message["state"] == "delivered" and not delivery["item_code"]:
            yield Finding(
                "portal.delivery", f"delivery {number}", "the post took it, its item code is lost"
            )


def deliveries_equal_orders(ledgers: Ledgers) -> Iterator[Finding]:
    """Prove that portal and post have the same parcels under the same item codes."""
    if not ledgers.has("portal", "post"):
        return
    deliveries = {d["order_number"]: d for d in ledgers.rows("portal", "deliveries")}
    orders = {o["order_number"]: o for o in ledgers.rows("post", "orders")}
    under_way = ledgers.under_way("portal", "post-order")
    for number in sorted(orders.keys() | deliveries.keys()):
        delivery, order = deliveries.get(number), orders.get(number)
        if delivery is None:
            yield Finding("post.order", f"post order {number}", "the portal has no such delivery")
        elif number in under_way:
            continue
        elif order is None:
            yield Finding("post.order", f"delivery {number}", "the post does not have it")
        elif order["item_code"] != delivery["item_code"]:
            yield Finding(
                "post.order",
                f"delivery {number}",
                f"is {delivery['item_code']} at the portal and {order['item_code']} at the post",
            )


def parcels_are_where_they_were_seen(ledgers: Ledgers) -> Iterator[Finding]:
    """Prove that each parcel's state at the post is what the last line of its history says."""
    events = by(ledgers.rows("post", "events"), "item_code")
    known = set()
    for order in ledgers.rows("post", "orders"):
        known.add(order["item_code"])
        seen = events.get(order["item_code"], [])
        last = _state(seen[-1]) if seen else "nothing"
        if last != order["state"]:
            yield Finding(
                "post.state",
                f"post order {order['order_number']} ({order['item_code']})",
                f"is {order['state']}, its history ends with {last}",
            )
    for item_code in sorted(events.keys() - known):
        yield Finding("post.order", f"parcel {item_code}", "has a history and no order")


def events_were_reported(ledgers: Ledgers) -> Iterator[Finding]:
    """Prove that each event at the post was told to the portal as it was, or is under way."""
    sent = {m["key"]: m for m in ledgers.messages("post", "post-event")}
    reports = {r["id"]: r for r in ledgers.rows("portal", "reports")}
    numbers = {o["item_code"]: o["order_number"] for o in ledgers.rows("post", "orders")}
    events = {e["id"]: e for e in ledgers.rows("post", "events")}
    for name, event in events.items():
        row = f"post event {name} ({event['item_code']}, status {event['status']})"
        message = sent.get(name)
        if message is None:
            yield Finding("post.event", row, "no report of it is in the outbox")
        elif message["state"] == "delivered" and ledgers.has("portal"):
            right = (event["item_code"], numbers.get(event["item_code"]), event["status"])
            wrong = _misheard(reports.get(name), right)
            if wrong:
                yield Finding("post.event", row, wrong)
    if ledgers.has("post"):
        for name in sorted(reports.keys() - events.keys()):
            yield Finding("post.event", f"post event {name}", "the portal heard of it, it is gone")


def _misheard(report: Row | None, right: tuple[str, str | None, str]) -> str:
    """Return how the portal's report differs from what happened, or nothing."""
    if report is None:
        return "was reported, and the portal has no report of it"
    heard = (report["item_code"], report["order_number"], report["status"])
    return "" if heard == right else f"the portal heard {heard}, it was {right}"


def reports_moved_deliveries(ledgers: Ledgers) -> Iterator[Finding]:
    """Prove that each delivery is as far as the furthest report of it, and its dossier with it."""
    reports = by(ledgers.rows("portal", "reports"), "order_number")
    states = {d["code"]: d["state"] for d in ledgers.rows("portal", "dossiers")}
    for delivery in ledgers.rows("portal", "deliveries"):
        number, state = delivery["order_number"], delivery["state"]
        told = _furthest(reports.get(number, []))
        if state != told:
            yield Finding(
                "portal.delivery", f"delivery {number}", f"is {state}, the post reported {told}"
            )
        dossier = states.get(delivery["dossier"], "returned")
        if (state == "delivered") != (dossier == "returned"):
            yield Finding(
                "portal.delivery",
                f"delivery {number}",
                f"is {state}, its dossier {delivery['dossier']} is {dossier}",
            )


def _furthest(reports: list[Row]) -> str:
    """Return the state furthest on the way; a report may be overtaken by later ones."""
    states = [_state(report) for report in reports]
    unknown = [state for state in states if state not in _WAY]
    return unknown[0] if unknown else max(states, key=_WAY.index, default=_WAY[0])


def _state(told: Row) -> str:
    """Return the state that a status means."""
    code = told["status"]
    return next((state for state, known in _STATUS.items() if known == code), f"status {code}")
