"""The audit is silent when nothing was lost, and names every row that was."""

import json

import pytest

from tests.motcua.planting import Loss, all_losses
from tests.wiring.city import Place

LOSSES = list(all_losses())
AN_SMS = next(loss for loss in LOSSES if loss.name == "an SMS of the portal")
A_POSTING = next(loss for loss in LOSSES if loss.name == "the newest posting")


def test_a_world_in_which_nothing_was_lost_is_clean(whole: Place) -> None:
    report = whole.audit()

    assert report.clean, "\n".join(report.lines())
    ledgers = whole.ledgers()
    assert report.counted == {
        "dossiers": 4,
        "payments": 4,
        "bank entries": len(ledgers["bank"]["entries"]),
        "parcels": 2,
        "messages": sum(len(ledger["outbox"]) for ledger in ledgers.values()),
        "of them under way": 0,
    }


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: f"{loss.house}-{loss.name}")
def test_a_planted_loss_is_named(whole: Place, loss: Loss) -> None:
    row = loss.make(whole.file(loss.house))

    report = whole.audit()

    assert not report.clean
    assert (loss.check, row) in {(f.check, f.row) for f in report.findings}, "\n".join(
        report.lines()
    )


def test_two_losses_are_both_named(whole: Place) -> None:
    rows = {loss.make(whole.file(loss.house)) for loss in (AN_SMS, A_POSTING)}

    report = whole.audit()

    assert rows <= {f.row for f in report.findings}


def test_a_report_tells_people_and_machines_the_same(whole: Place) -> None:
    row = AN_SMS.make(whole.file("phone"))

    report = whole.audit()

    told = json.loads(json.dumps(report.as_json()))
    assert told["clean"] is False
    assert told["world"] == whole.name
    assert told["findings"] == [
        {"check": f.check, "row": f.row, "message": f.message} for f in report.findings
    ]
    lines = list(report.lines())
    assert lines[0].startswith(f"World {whole.name}: looked at 4 dossiers")
    assert any(line.startswith(f"  LOSS  phone.messages: {row}: ") for line in lines)
    assert lines[-1] == "1 rows do not agree."
