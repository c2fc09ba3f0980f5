"""Papers: codes without gap, one legal path per dossier, nothing without its dossier."""

from collections import Counter
from collections.abc import Iterator

from motcua.audit.ledgers import Finding, Ledgers, Row, by, gaps

_DRAFT = "draft"
Moves = set[tuple[str, str, str]]


def _code(unit: str, day: str, number: int) -> str:
    """Return the code that a unit (code), a day (ISO) and its running number make."""
    return f"{unit}-{day[2:].replace('-', '')}-{number:04d}"


def codes_without_gap(ledgers: Ledgers) -> Iterator[Finding]:
    """Prove that no dossier was lost or doubled: per unit and day 1 to the counter, each once."""
    given = by(ledgers.rows("portal", "dossiers"), "unit", "day")
    counters = {(c["unit"], c["day"]): int(c["last"]) for c in ledgers.rows("portal", "counters")}
    for unit, day in sorted(counters.keys() | given.keys()):
        times = Counter(int(d["number"]) for d in given.get((unit, day), []))
        last = counters.get((unit, day), 0)
        for missing in gaps(times, last):
            yield Finding(
                "portal.codes",
                f"dossier {_code(unit, day, missing)}",
                f"the counter gave its number (last {last}), and it is not there",
            )
        for number, count in sorted(times.items()):
            if number > last or count > 1:
                yield Finding(
                    "portal.codes",
                    f"dossier {_code(unit, day, number)}",
                    f"is there {count} times; the counter stands at {last}",
                )


def codes_tell_unit_and_day(ledgers: Ledgers) -> Iterator[Finding]:
    """Prove that each code is that of the unit that has the dossier."""
    for dossier in ledgers.rows("portal", "dossiers"):
        right = _code(dossier["unit"], dossier["day"], int(dossier["number"]))
        if dossier["code"] != right:
            yield Finding(
                "portal.codes",
                f"dossier {dossier['code']}",
                f"is with {dossier['unit']}, where its code would be {right}",
            )


def one_legal_path(ledgers: Ledgers) -> Iterator[Finding]:
    """Prove that each history leads from the draft to the state by permitted moves, none left out.

    Which moves are permitted the portal says itself.
    """
    moves = {(m["from"], m["event"], m["to"]) for m in ledgers.rows("portal", "moves")}
    for dossier in ledgers.rows("portal", "dossiers"):
        wrong = _fault(dossier, moves)
        if wrong:
            yield Finding("portal.path", f"dossier {dossier['code']}", wrong)


def _fault(dossier: Row, moves: Moves) -> str:
    """Return the first thing that is wrong with a history, or nothing."""
    at = _DRAFT
    for number, step in enumerate(dossier["history"], start=1):
        if int(step["seq"]) != number:
            return f"step {number} of its history is missing"
        if step["from"] != at:
            return f"step {number} starts from {step['from']}, not {at}"
        if (step["from"], step["event"], step["to"]) not in moves:
            return f"step {number} is not permitted: {at}, {step['event']}, {step['to']}"
        at = step["to"]
    return "" if at == dossier["state"] else f"is {dossier['state']}, its history ends in {at}"


def rows_belong_to_dossiers(ledgers: Ledgers) -> Iterator[Finding]:
    """Prove that each fee, order, receipt and delivery belongs to a dossier that is there."""
    codes = {d["code"] for d in ledgers.rows("portal", "dossiers")}
    for table, what, name in (
        ("fees", "fee of dossier", "dossier"),
        ("orders", "order", "reference"),
        ("receipts", "receipt", "number"),
        ("deliveries", "delivery", "order_number"),
    ):
        for row in ledgers.rows("portal", table):
            if row["dossier"] not in codes:
                yield Finding(
                    "portal.orphan",
                    f"{what} {row[name]}",
                    f"belongs to dossier {row['dossier']}, which is not there",
                )
