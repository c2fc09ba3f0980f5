"""Runs every check and tells the result to people and machines."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

from motcua.audit import money, papers
from motcua.audit.ledgers import Finding, Ledgers
from motcua.control import Controls

Check = Callable[[Ledgers], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    money.entries_balance,
    money.payments_are_booked,
    money.bank_equals_gateway,
    money.gateway_equals_portal,
    money.confirms_arrived,
    money.fees_are_settled_once,
    papers.codes_without_gap,
    papers.one_legal_path,
    papers.rows_belong_to_dossiers,
    papers.outboxes_are_whole,
    papers.messages_reached_the_phone,
    papers.parcels_are_known,
)


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
    counted = {
        "dossiers": len(ledgers.rows("portal", "dossiers")),
        "payments": len(ledgers.rows("gateway", "payments")),
        "bank entries": len(ledgers.rows("bank", "entries")),
        "parcels": len(ledgers.rows("post", "orders")),
        "messages": sum(len(ledgers.rows(h, "outbox")) for h in ledgers.houses()),
    }
    return Report(world, findings, counted)


def audit(controls: Controls, world: str) -> Report:
    """Let everything that is due be delivered, then fetch the ledgers and judge them."""
    controls.settle(world)
    return judge(world, Ledgers.fetch(controls, world))
