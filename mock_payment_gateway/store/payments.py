"""Orders as rows. The statements are SQL text: INIT and QUERY are the hot path of this house."""

from collections.abc import Sequence
from typing import Any

from mock_payment_gateway.domain.payment import Payment, PaymentState
from simkit.storage.moments import from_text, to_text
from simkit.storage.sql import Sql

_COLUMNS = (
    "platform_id, token, partner, reference, amount, description, subject, wished_bank, asked_at,"
    " receipt, created_at, expires_at, state, bank, bank_name, request_id, pay_url, bank_ref,"
    " bank_code, settled_at"
)
_SELECT = f"SELECT {_COLUMNS} FROM payment"  # noqa: S608 -- only the constant above
_INSERT = (
    f"INSERT INTO payment ({_COLUMNS}) VALUES ({', '.join('?' * 20)})"  # noqa: S608 -- the same
    " ON CONFLICT (partner, reference) DO NOTHING RETURNING number"
)
_UPDATE = (
    "UPDATE payment SET state = ?, bank = ?, bank_name = ?, request_id = ?, pay_url = ?,"
    " bank_ref = ?, bank_code = ?, settled_at = ? WHERE platform_id = ?"
)


class PaymentRows:
    """Implements ``ports.Payments`` inside one unit of work."""

    def __init__(self, sql: Sql) -> None:
        """Use the unit's connection."""
        self._sql = sql

    def next_number(self) -> int:
        """Return the number of the next order; the unit of work keeps it ours until it ends."""
        row = self._sql.row("SELECT COALESCE(MAX(number), 0) + 1 FROM payment")
        return int(row[0]) if row else 1

    def add(self, payment: Payment) -> bool:
        """Add the order; ``False`` when its partner has used the reference before."""
        fixed = (
            payment.platform_id,
            payment.token,
            payment.partner,
            payment.reference,
            payment.amount,
            payment.description,
            payment.subject,
            payment.wished_bank,
            payment.asked_at,
            payment.receipt,
            to_text(payment.created_at),
            to_text(payment.expires_at),
        )
        return bool(self._sql.rows(_INSERT, (*fixed, *_changing(payment))))

    def put(self, payment: Payment) -> None:
        """Replace what may change of the order with that platform id."""
        self._sql.rows(_UPDATE, (*_changing(payment), payment.platform_id))

    def by_token(self, token: str) -> Payment | None:
        """Return the order of a payer's browser."""
        return self._one(f"{_SELECT} WHERE token = ?", token)

    def by_request(self, request_id: str) -> Payment | None:
        """Return the order of a request at the bank."""
        return self._one(f"{_SELECT} WHERE request_id = ?", request_id)

    def by_reference(self, partner: str, reference: str) -> Payment | None:
        """Return the order that a partner calls so."""
        return self._one(f"{_SELECT} WHERE partner = ? AND reference = ?", partner, reference)

    def by_platform_id(self, platform_id: str) -> Payment | None:
        """Return the order that we call so."""
        return self._one(f"{_SELECT} WHERE platform_id = ?", platform_id)

    def note_told(self, platform_id: str, state: str) -> None:
        """Note that the partner's listener was called about that outcome."""
        self._sql.rows("UPDATE payment SET told = ? WHERE platform_id = ?", (state, platform_id))

    def told(self, platform_id: str) -> str:
        """Return the outcome of which the partner's listener was last called."""
        row = self._sql.row("SELECT told FROM payment WHERE platform_id = ?", (platform_id,))
        return str(row[0]) if row else ""

    def all(self) -> Sequence[Payment]:
        """Return every order, the oldest first."""
        return [_payment(row) for row in self._sql.rows(f"{_SELECT} ORDER BY number")]

    def _one(self, statement: str, *values: str) -> Payment | None:
        row = self._sql.row(statement, values)
        return None if row is None else _payment(row)


def _changing(payment: Payment) -> tuple[str | None, ...]:
    """Return the values of the columns that an order's life changes."""
    return (
        payment.state,
        payment.bank,
        payment.bank_name,
        payment.request_id,
        payment.pay_url,
        payment.bank_ref,
        payment.bank_code,
        to_text(payment.settled_at) if payment.settled_at else None,
    )


def _payment(row: tuple[Any, ...]) -> Payment:
    return Payment(
        platform_id=row[0],
        token=row[1],
        partner=row[2],
        reference=row[3],
        amount=row[4],
        description=row[5],
        subject=row[6],
        wished_bank=row[7],
        asked_at=row[8],
        receipt=row[9],
        created_at=from_text(row[10]),
        expires_at=from_text(row[11]),
        state=PaymentState(row[12]),
        bank=row[13],
        bank_name=row[14],
        request_id=row[15],
        pay_url=row[16],
        bank_ref=row[17],
        bank_code=row[18],
        settled_at=from_text(row[19]) if row[19] else None,
    )
