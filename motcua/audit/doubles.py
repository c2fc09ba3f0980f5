"""Doubles: what exists once is there once, in every house."""

from collections.abc import Iterator, Mapping

from motcua.audit.ledgers import Finding, Ledgers, by

NAMES: Mapping[tuple[str, str], tuple[tuple[str, ...], ...]] = {
    ("bank", "accounts"): (("number",),),
    ("bank", "entries"): (("id",),),
    ("bank", "payments"): (("request_id",),),
    ("gateway", "payments"): (("platform_id",), ("partner", "reference")),
    ("portal", "counters"): (("unit", "day"),),
    ("portal", "fees"): (("dossier",),),
    ("portal", "orders"): (("reference",),),
    ("portal", "receipts"): (("number",),),
    ("portal", "receipt_counters"): (("year",),),
    ("portal", "deliveries"): (("order_number",), ("dossier",)),
    ("portal", "reports"): (("id",),),
    ("post", "orders"): (("item_code",), ("order_number",)),
    ("post", "events"): (("id",),),
    ("phone", "messages"): (("kind", "id", "to"),),
}
"""By house and table: the names under which no second row may be. Codes have a check of their own;
a word of the gateway may be heard as often as it is said, so notices have no name."""


def nothing_is_there_twice(ledgers: Ledgers) -> Iterator[Finding]:
    """Prove that no two rows of a table bear one name, and no message was written twice."""
    for (house, table), names in NAMES.items():
        for fields in names:
            yield from _twice(ledgers, house, table, fields)
    for house in ledgers.houses():
        for fields in (("id",), ("kind", "key")):
            yield from _twice(ledgers, house, "outbox", fields)


def _twice(ledgers: Ledgers, house: str, table: str, fields: tuple[str, ...]) -> Iterator[Finding]:
    for name, rows in by(ledgers.rows(house, table), *fields).items():
        if len(rows) > 1:
            shown = " ".join(map(str, name)) if isinstance(name, tuple) else name
            what = " and ".join(fields)
            yield Finding(
                "doubled", f"{house} {table} {shown}", f"{len(rows)} rows have this {what}"
            )
