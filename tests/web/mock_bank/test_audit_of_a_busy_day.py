"""After a day on which everything happened, the auditor of the front door finds nothing."""

from mock_bank.control import FIRST_PASSWORD
from mock_bank.domain.magic import MAGIC
from motcua.audit import bank
from motcua.audit.ledgers import Ledgers
from simkit.core.cast import CAST
from tests.web.mock_bank.conftest import Counter

CHECKS = (
    bank.entries_balance,
    bank.postings_without_gap,
    bank.accounts_are_their_postings,
    bank.entries_have_a_cause,
    bank.payments_are_booked,
    bank.held_money_is_owed,
    bank.refunds_are_booked,
    bank.transfers_are_booked,
    bank.endings_were_told,
)


def findings(counter: Counter) -> list[str]:
    ledgers = Ledgers({"bank": counter.json("/_sim/ledger")})
    return [str(finding) for check in CHECKS for finding in check(ledgers)]


def busy(counter: Counter) -> None:
    """Let every magic outcome come about, and pay by code, by transfer and not at all."""
    for row in MAGIC:
        name = f"req-{row.number}"
        counter.post("/_sim/seed", json={"outcomes": [{"payment": name, "magic": row.number}]})
        path = counter.order(request_id=name, reference=f"PP{row.number}")
        counter.sign_in(path)
        counter.post(f"{path}/chap-thuan", data={"agree": "1"})
        codes = counter.codes()
        counter.post(f"{path}/xac-nhan", data={"otp": codes[-1] if codes else "000000"})
    for number, amount in enumerate((100_000, 150_000, 200_000)):
        counter.order(request_id=f"qr-{number}", reference=f"QR{number}")
        qr = counter.json(f"/api/v1/payments/qr-{number}/qr")["qr"]
        counter.post(
            "/api/v1/transfers",
            json={"bank": "BIDV", "qr": qr, "amount": amount},
            headers={"Idempotency-Key": f"key-{number}"},
            auth=(CAST[0].phone, FIRST_PASSWORD),
        )
    for refund_id, amount in (("refund-1", 10_099), ("refund-2", 50_000)):
        body = {"refund_id": refund_id, "request_id": "qr-1", "amount": amount}
        assert counter.post("/api/v1/refunds", json=body).status_code == 201


def test_at_every_hour_of_a_busy_day_the_books_are_right(counter: Counter) -> None:
    busy(counter)
    assert findings(counter) == []

    for hours in (0.2, 0.5, 1, 24):
        counter.later(hours=hours)
        counter.post("/_sim/pump")
        assert findings(counter) == []

    states = {p["standing"] for p in counter.json("/_sim/ledger")["payments"]}
    assert states == {"paid", "failed", "cancelled", "expired", "reversed"}
