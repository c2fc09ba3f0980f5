"""Runs every check and tells the result to people and machines."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

from motcua.audit import bank, doubles, fees, messages, money, papers, parcels, vnpay
from motcua.audit.ledgers import Finding, Ledgers
from motcua.control import Controls

Check = Callable[[Ledgers], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    bank.entries_balance,
    bank.postings_without_gap,
    bank.accounts_are_their_postings,
    bank.entries_have_a_cause,
    bank.payments_are_booked,
    bank.held_money_is_owed,
    bank.refunds_are_booked,
    bank.transfers_are_booked,
    bank.endings_were_told,
    money.bank_equals_gateway,
    money.debited_once,
    money.orders_without_gap,
    money.gateway_equals_portal,
    money.outcomes_were_told,
    money.refunds_equal,
    money.notices_were_kept,
    vnpay.card_postings_balance,
    vnpay.card_money_is_where_it_is_said_to_be,
    vnpay.card_refunds_are_within_their_payment,
    fees.fees_are_asked,
    fees.fees_are_settled_once,
    fees.receipts_without_gap,
    papers.codes_without_gap,
    papers.codes_tell_unit_and_day,
    papers.one_legal_path,
    papers.rows_belong_to_dossiers,
    parcels.deliveries_were_ordered,
    parcels.deliveries_equal_orders,
    parcels.parcels_are_where_they_were_seen,
    parcels.events_were_reported,
    parcels.reports_moved_deliveries,
    messages.outboxes_are_whole,
    messages.messages_reached_the_phone,
    messages.nothing_due_is_forgotten,
    doubles.nothing_is_there_twice,
)
"""Every check says in its first line what a run of it without a finding proves."""


@dataclass(frozen=True)
class Report:
    """What an audit found, and how much it looked at."""

    world: str
    findings: tuple[Finding, ...]
    counted: dict[str, int]

    @property
    def clean(self) -> bool:
        """Whether everything agrees."""
        return not self.findings

    def as_json(self) -> dict[str, object]:
        """Return it for machines."""
        return {
            "world": self.world,
            "clean": self.clean,
            "counted": self.counted,
            "findings": [asdict(f) for f in self.findings],
        }

    def lines(self) -> Iterator[str]:
        """Yield it for people."""
        counted = ", ".join(f"{n} {what}" for what, n in self.counted.items())
        yield f"World {self.world}: looked at {counted}."
        for finding in self.findings:
            yield f"  LOSS  {finding}"
        yield "Everything agrees." if self.clean else f"{len(self.findings)} rows do not agree."


def judge(world: str, ledgers: Ledgers) -> Report:
    """Run every check on ledgers that were fetched."""
    findings = tuple(f for check in CHECKS for f in check(ledgers))
    outbox = [m for house in ledgers.houses() for m in ledgers.rows(house, "outbox")]
    counted = {
        "dossiers": len(ledgers.rows("portal", "dossiers")),
        "payments": len(ledgers.rows("gateway", "payments")),
        "bank entries": len(ledgers.rows("bank", "entries")),
        "parcels": len(ledgers.rows("post", "orders")),
        "messages": len(outbox),
        "of them under way": sum(m["state"] == "due" for m in outbox),
    }
    return Report(world, findings, counted)


def audit(controls: Controls, world: str) -> Report:
    """Let everything that is due be delivered, then fetch the ledgers and judge them."""
    controls.settle(world)
    return judge(world, Ledgers.fetch(controls, world))
