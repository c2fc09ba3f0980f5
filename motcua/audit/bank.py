"""Inside the bank: debits equal credits, and money moves for something that is there."""

from collections import Counter
from collections.abc import Iterator, Mapping

from motcua.audit.ledgers import Finding, Ledgers, Row, by, gaps

_SEED = "seed"
_CAUSES: Mapping[str, tuple[str, str]] = {
    "payment": ("payments", "request_id"),
    "hold": ("payments", "request_id"),
    "reversal": ("payments", "request_id"),
    "refund": ("refunds", "refund_id"),
    "transfer": ("transfers", "key"),
    "return": ("transfers", "key"),
}
"""By the first word of an entry's name: the table and field that the rest of the name is in."""
_OF_PAYMENTS = ("payment", "hold", "reversal")
_SAID = {"charged": "pending", "owed": "failed", "reversed": "failed"}
"""What the gateway is told where that is not how a payment stands."""
_HELD = frozenset({"charged", "owed"})
"""Standings in which the bank has taken the money and not passed it on."""
_TOUCHED = _HELD | {"paid", "reversed"}
"""Standings in which money has left an account of the payer's."""
_OPEN = "pending"


def entries_balance(ledgers: Ledgers) -> Iterator[Finding]:
    """Prove that no đồng appeared or vanished: the postings of each entry sum to zero."""
    for about, postings in by(ledgers.rows("bank", "entries"), "about").items():
        total = sum(int(p["amount"]) for p in postings)
        if total:
            ids = ", ".join(str(p["id"]) for p in postings)
            yield Finding(
                "bank.entry-balances",
                f"bank entry {about} (postings {ids})",
                f"debits and credits differ by {total} đồng",
            )


def postings_without_gap(ledgers: Ledgers) -> Iterator[Finding]:
    """Prove that no posting was taken out: their numbers run from 1 to the last that was given."""
    numbers = [int(p["id"]) for p in ledgers.rows("bank", "entries")]
    last = int(ledgers.value("bank", "entries_last", 0))
    for missing in gaps(numbers, last):
        yield Finding("bank.postings", f"bank posting {missing}", "is gone from the ledger")


def accounts_are_their_postings(ledgers: Ledgers) -> Iterator[Finding]:
    """Prove that each balance is the sum of the account's postings, and no posting lacks one."""
    postings = by(ledgers.rows("bank", "entries"), "account")
    sums = {number: sum(int(p["amount"]) for p in rows) for number, rows in postings.items()}
    accounts = {a["number"]: int(a["balance"]) for a in ledgers.rows("bank", "accounts")}
    for number, balance in accounts.items():
        if balance != sums.get(number, 0):
            yield Finding(
                "bank.account-sum",
                f"bank account {number}",
                f"holds {balance} đồng, its postings say {sums.get(number, 0)}",
            )
    for number in sorted(sums.keys() - accounts.keys()):
        yield Finding("bank.account-sum", f"bank account {number}", "has postings and is not there")


def entries_have_a_cause(ledgers: Ledgers) -> Iterator[Finding]:
    """Prove that money moved for something that is there, or came in with a seeded customer."""
    names = {
        kind: {row[field] for row in ledgers.rows("bank", table)}
        for kind, (table, field) in _CAUSES.items()
    }
    for about in by(ledgers.rows("bank", "entries"), "about"):
        kind, _, name = about.partition(":")
        if kind != _SEED and name not in names.get(kind, set()):
            yield Finding(
                "bank.cause", f"bank entry {about}", "moved money for something that is not there"
            )


class _Moved:
    """What entries moved, in đồng: into an account, or into all accounts of a kind."""

    def __init__(self, ledgers: Ledgers) -> None:
        self._kinds = {a["number"]: a["kind"] for a in ledgers.rows("bank", "accounts")}
        self._entries = by(ledgers.rows("bank", "entries"), "about")

    def by_kind(self, *abouts: str) -> Counter[str]:
        """Return the sums by the kind of account."""
        sums: Counter[str] = Counter()
        for posting in self._postings(abouts):
            sums[self._kinds.get(posting["account"], "unknown")] += int(posting["amount"])
        return sums

    def customers(self, *abouts: str) -> set[str]:
        """Return the accounts of customers that were touched."""
        numbers = {posting["account"] for posting in self._postings(abouts)}
        return {number for number in numbers if self._kinds.get(number) == "customer"}

    def into(self, account: str, about: str) -> int:
        """Return the sum for one account."""
        return sum(int(p["amount"]) for p in self._postings((about,)) if p["account"] == account)

    def _postings(self, abouts: tuple[str, ...]) -> Iterator[Row]:
        for about in abouts:
            yield from self._entries.get(about, [])


def payments_are_booked(ledgers: Ledgers) -> Iterator[Finding]:
    """Prove that a payment is paid exactly if its amount reached the gateway's account, once.

    And that it came from its payer, that what the bank says of it fits how it stands.
    """
    moved = _Moved(ledgers)
    for payment in ledgers.rows("bank", "payments"):
        abouts = [f"{kind}:{payment['request_id']}" for kind in _OF_PAYMENTS]
        standing, amount = payment["standing"], int(payment["amount"])
        into = moved.by_kind(*abouts)["settlement"]
        wrong = []
        if into != amount * (standing == "paid"):
            wrong.append(f"is {standing} over {amount} đồng, the gateway's account got {into}")
        if moved.customers(*abouts) - {payment["payer"]}:
            wrong.append(f"was paid by {payment['payer']}, others were debited")
        if payment["payer"] and standing not in _TOUCHED:
            wrong.append(f"is {standing}, and names {payment['payer']} as its payer")
        if payment["state"] != _SAID.get(standing, standing):
            wrong.append(f"is {standing}, and said to be {payment['state']}")
        name = f"bank payment {payment['request_id']}"
        yield from (Finding("bank.payment-booked", name, text) for text in wrong)


def held_money_is_owed(ledgers: Ledgers) -> Iterator[Finding]:
    """Prove that the bank keeps back exactly what it still owes: not told, or to be returned."""
    held = [a for a in ledgers.rows("bank", "accounts") if a["kind"] == "suspense"]
    balance = sum(int(a["balance"]) for a in held)
    payments = [p for p in ledgers.rows("bank", "payments") if p["standing"] in _HELD]
    transfers = [t for t in ledgers.rows("bank", "transfers") if t["state"] == "booked"]
    owed = sum(int(p["amount"]) for p in payments) + sum(int(t["to_return"]) for t in transfers)
    if balance != owed:
        numbers = ", ".join(a["number"] for a in held)
        yield Finding(
            "bank.held", f"bank accounts {numbers}", f"hold {balance} đồng, {owed} are owed"
        )


def refunds_are_booked(ledgers: Ledgers) -> Iterator[Finding]:
    """Prove that a refund is done exactly if its amount went back, and none exceeds its payment."""
    moved = _Moved(ledgers)
    refunds = ledgers.rows("bank", "refunds")
    for refund in refunds:
        back = -moved.by_kind(f"refund:{refund['refund_id']}")["settlement"]
        if back != int(refund["amount"]) * (refund["state"] == "done"):
            yield Finding(
                "bank.refund",
                f"bank refund {refund['refund_id']}",
                f"is {refund['state']} over {refund['amount']} đồng, {back} went back",
            )
    paid = {
        p["request_id"]: int(p["amount"]) * (p["standing"] == "paid")
        for p in ledgers.rows("bank", "payments")
    }
    for request_id, given in by(refunds, "request_id").items():
        total = sum(int(r["amount"]) for r in given if r["state"] != "failed")
        if total > paid.get(request_id, 0):
            yield Finding(
                "bank.refund",
                f"bank payment {request_id}",
                f"{total} đồng of it are refunded, {paid.get(request_id, 0)} were paid",
            )


def transfers_are_booked(ledgers: Ledgers) -> Iterator[Finding]:
    """Prove that each transfer left its account once, and came back as far as it says."""
    moved = _Moved(ledgers)
    for transfer in ledgers.rows("bank", "transfers"):
        key, source, state = transfer["key"], transfer["from"], transfer["state"]
        went = -moved.into(source, f"transfer:{key}")
        came = moved.into(source, f"return:{key}")
        right = (
            int(transfer["amount"]) * (state in {"booked", "returned"}),
            int(transfer["to_return"]) * (state == "returned"),
        )
        if (went, came) != right:
            yield Finding(
                "bank.transfer",
                f"bank transfer {key}",
                f"is {state}: {went} đồng left {source} and {came} came back, not {right}",
            )


def endings_were_told(ledgers: Ledgers) -> Iterator[Finding]:
    """Prove that the bank wrote to the gateway about each payment that ended."""
    told = {m["key"] for m in ledgers.messages("bank", "notice")}
    for payment in ledgers.rows("bank", "payments"):
        if payment["state"] != _OPEN and payment["request_id"] not in told:
            yield Finding(
                "bank.notice",
                f"bank payment {payment['request_id']}",
                f"is {payment['state']}, and no notice of it is in the outbox",
            )
