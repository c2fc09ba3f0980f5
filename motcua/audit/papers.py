"""Papers: codes without gap, one legal path per dossier, every notice sent, every parcel known."""

from collections.abc import Iterator

from motcua.audit.ledgers import Finding, Ledgers, Row, by
from simkit.core.messages import mail_id


def codes_without_gap(ledgers: Ledgers) -> Iterator[Finding]:
    """Per unit and day the codes run from 1 to the counter, each once."""
    given = by(
        [d for d in ledgers.rows("portal", "dossiers") if d["code"]],
        "unit",
        "day",
    )
    counters = {(c["unit"], c["day"]): int(c["last"]) for c in ledgers.rows("portal", "counters")}
    for unit, day in sorted(counters.keys() | given.keys()):
        numbers = [int(d["number"]) for d in given.get((unit, day), [])]
        last = counters.get((unit, day), 0)
        for missing in sorted(set(range(1, last + 1)) - set(numbers)):
            yield Finding(
                "portal.codes",
                f"dossier {missing:04d} of {unit} on {day}",
                f"the counter gave it (last {last}), and the dossier is not there",
            )
        for number in sorted({n for n in numbers if n > last or numbers.count(n) > 1}):
            yield Finding(
                "portal.codes",
                f"dossier {number:04d} of {unit} on {day}",
                f"was given {numbers.count(number)} times; the counter stands at {last}",
            )


def one_legal_path(ledgers: Ledgers) -> Iterator[Finding]:
    """Check that a dossier's history is one unbroken path of permitted moves to its state."""
    moves = {tuple(m) for m in ledgers.value("portal", "moves", [])}
    for dossier in ledgers.rows("portal", "dossiers"):
        at, name = None, f"dossier {dossier['code'] or dossier.get('ref', '')}"
        for seq, step in enumerate(dossier["history"], start=1):
            if int(step["seq"]) != seq:
                yield Finding("portal.path", name, f"step {seq} of its history is missing")
                break
            if at is not None and step["from"] != at:
                yield Finding(
                    "portal.path", name, f"step {seq} starts from {step['from']}, not {at}"
                )
            if moves and (step["from"], step["event"], step["to"]) not in moves:
                yield Finding("portal.path", name, f"step {seq} is not permitted: {step['event']}")
            at = step["to"]
        else:
            if dossier["history"] and at != dossier["state"]:
                yield Finding(
                    "portal.path", name, f"is {dossier['state']}, its history ends in {at}"
                )


def rows_belong_to_dossiers(ledgers: Ledgers) -> Iterator[Finding]:
    """Fees, orders, receipts and deliveries belong to a dossier that is there."""
    codes = {d["code"] for d in ledgers.rows("portal", "dossiers")}
    for table, reference in (
        ("fees", "dossier"),
        ("orders", "reference"),
        ("receipts", "number"),
        ("deliveries", "order_number"),
    ):
        for row in ledgers.rows("portal", table):
            if row["dossier"] not in codes:
                yield Finding(
                    "portal.orphan",
                    f"{table} {row[reference]}",
                    f"belongs to dossier {row['dossier']}, which is not there",
                )


def outboxes_are_whole(ledgers: Ledgers) -> Iterator[Finding]:
    """Every message is delivered or still due, and none was taken out of an outbox."""
    for house in ledgers.houses():
        messages = ledgers.rows(house, "outbox")
        for message in messages:
            if message["state"] == "given-up":
                yield Finding(
                    "outbox.given-up",
                    f"{house} message {message['id']} ({message['kind']} {message['key']})",
                    f"was given up after {message['tries']} tries: {message['detail']}",
                )
        there = {int(m["id"]) for m in messages}
        last = int(ledgers.value(house, "outbox_last", 0))
        for missing in sorted(set(range(1, last + 1)) - there):
            yield Finding("outbox.lost", f"{house} message {missing}", "is gone from the outbox")


def messages_reached_the_phone(ledgers: Ledgers) -> Iterator[Finding]:
    """Every SMS and mail that was delivered is on the phone or in the mailbox, once."""
    if not ledgers.has("phone"):
        return
    arrived = by(ledgers.rows("phone", "messages"), "id")
    for house in ledgers.houses():
        for message in ledgers.rows(house, "outbox"):
            if message["kind"] in {"sms", "mail"} and message["state"] == "delivered":
                key = message["key"]
                name = mail_id(key) if message["kind"] == "mail" else key
                count = len(arrived.get(name, []))
                if count != 1:
                    yield Finding(
                        "phone.messages",
                        f"{message['kind']} {message['key']} from {house}",
                        f"was delivered and is there {count} times",
                    )


def parcels_are_known(ledgers: Ledgers) -> Iterator[Finding]:
    """Each delivery that the post accepted is an order there, and the ends agree."""
    if not ledgers.has("portal", "post"):
        return
    orders = {o["order_number"]: o for o in ledgers.rows("post", "orders")}
    under_way = {m["about"] for h in ("portal", "post") for m in _due(ledgers, h)}
    for delivery in ledgers.rows("portal", "deliveries"):
        yield from _parcel(delivery, orders.get(delivery["order_number"]), under_way)
    known = {d["order_number"] for d in ledgers.rows("portal", "deliveries")}
    for number in sorted(orders.keys() - known):
        yield Finding("post.order", f"post order {number}", "the portal has no such delivery")


def _due(ledgers: Ledgers, house: str) -> list[Row]:
    return [m for m in ledgers.rows(house, "outbox") if m["state"] == "due"]


def _parcel(delivery: Row, order: Row | None, under_way: set[str]) -> Iterator[Finding]:
    name = f"delivery {delivery['order_number']}"
    if not delivery["item_code"]:
        return  # not ordered yet
    if order is None:
        yield Finding("post.order", name, "the portal ordered it, the post does not have it")
    elif order["item_code"] != delivery["item_code"]:
        yield Finding(
            "post.order",
            name,
            f"is {delivery['item_code']} at the portal and {order['item_code']} at the post",
        )
    elif (order["state"] == "delivered") != (delivery["state"] == "delivered") and not (
        {delivery["order_number"], delivery["dossier"], order["item_code"]} & under_way
    ):
        yield Finding(
            "post.order",
            name,
            f"is {delivery['state']} at the portal and {order['state']} at the post",
        )
