"""Payments of the VNPAY dialect, their refunds and their money as rows."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from mock_payment_gateway.domain.course import Course
from mock_payment_gateway.domain.vnpay.api import Refund, RefundState
from mock_payment_gateway.domain.vnpay.merchant import Merchant
from mock_payment_gateway.domain.vnpay.sale import TRANSACTION_STATUS, Posting, Sale, SaleState
from mock_payment_gateway.domain.vnpay.wire import HashKind
from simkit.storage.moments import from_text, to_text
from simkit.storage.sql import Sql

_PLAIN = (
    "code", "wanted", "bank", "card", "card_type", "otp", "wrong_cards", "wrong_otps", "returned",
    "heard", "told", "reading",
)  # fmt: skip


class SaleRows:
    """Implements ``ports.Sales`` inside one unit of work."""

    def __init__(self, sql: Sql) -> None:
        """Use the unit's connection."""
        self._sql = sql

    def next_number(self) -> int:
        """Return the number of the next payment; the unit of work keeps it ours until it ends."""
        row = self._sql.row("SELECT COALESCE(MAX(number), 0) + 1 FROM vnp_sale")
        return int(row[0]) if row else 1

    def add(self, sale: Sale, *, day: str) -> bool:
        """Add the payment; ``False`` when its merchant has used the reference that day."""
        return bool(
            self._sql.rows(
                "INSERT INTO vnp_sale (number, token, merchant, reference, day, created, state,"
                " facts) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (merchant, reference, day) DO NOTHING RETURNING number",
                (
                    sale.number,
                    sale.token,
                    sale.merchant,
                    sale.reference,
                    day,
                    sale.request["vnp_CreateDate"],
                    sale.state,
                    _facts(sale),
                ),
            )
        )

    def put(self, sale: Sale) -> None:
        """Replace the payment with that number."""
        self._sql.rows(
            "UPDATE vnp_sale SET state = ?, facts = ? WHERE number = ?",
            (sale.state, _facts(sale), sale.number),
        )

    def by_token(self, token: str) -> Sale | None:
        """Return the payment of a payer's browser."""
        return self._one("token = ?", token)

    def by_number(self, number: int) -> Sale | None:
        """Return the payment that we number so."""
        return self._one("number = ?", number)

    def of(self, merchant: str) -> Sequence[Sale]:
        """Return the payments of a merchant, the oldest first."""
        rows = self._sql.rows(
            "SELECT number, token, state, facts FROM vnp_sale WHERE merchant = ? ORDER BY number",
            (merchant,),
        )
        return [_sale(row) for row in rows]

    def latest(self, merchant: str, reference: str) -> Sale | None:
        """Return the newest payment that a merchant calls so."""
        where = "merchant = ? AND reference = ? ORDER BY number DESC LIMIT 1"
        return self._one(where, merchant, reference)

    def asked(self, merchant: str, reference: str, created: str) -> Sale | None:
        """Return the payment with that vnp_TxnRef and vnp_CreateDate."""
        where = "merchant = ? AND reference = ? AND created = ? ORDER BY number DESC LIMIT 1"
        return self._one(where, merchant, reference, created)

    def note_request(self, merchant: str, request_id: str, day: str) -> bool:
        """Note a vnp_RequestId; ``False`` when the merchant has used it that day."""
        return bool(
            self._sql.rows(
                "INSERT INTO vnp_request (merchant, request_id, day) VALUES (?, ?, ?)"
                " ON CONFLICT DO NOTHING RETURNING day",
                (merchant, request_id, day),
            )
        )

    def next_refund(self) -> int:
        """Return the number of the next refund of this world, from 1."""
        row = self._sql.row("SELECT COALESCE(MAX(number), 0) + 1 FROM vnp_refund")
        return int(row[0]) if row else 1

    def put_refund(self, refund: Refund) -> None:
        """Add the refund, or replace the one with that number."""
        self._sql.rows(
            "INSERT INTO vnp_refund (number, sale, kind, amount, text, asked_at, state)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (number) DO UPDATE SET state = excluded.state",
            (
                refund.number,
                refund.sale,
                refund.kind,
                refund.amount,
                refund.text,
                to_text(refund.asked_at),
                refund.state,
            ),
        )

    def refund(self, number: int) -> Refund | None:
        """Return the refund that we number so."""
        return next(iter(self._refunds("number = ?", number)), None)

    def refunds(self, sale: int) -> Sequence[Refund]:
        """Return the refunds of a payment, the oldest first."""
        return self._refunds("sale = ?", sale)

    def post(self, about: str, postings: Sequence[Posting]) -> None:
        """Book postings that sum to zero."""
        for posting in postings:
            self._sql.rows(
                "INSERT INTO vnp_posting (about, account, amount) VALUES (?, ?, ?)",
                (about, posting.account, posting.amount),
            )

    def ledger(self) -> dict[str, object]:
        """Return payments, refunds and postings for the audit."""
        rows = self._sql.rows("SELECT number, token, state, facts FROM vnp_sale ORDER BY number")
        entries = self._sql.rows("SELECT about, account, amount FROM vnp_posting ORDER BY id")
        return {
            "vnpay_sales": [_listed(_sale(row)) for row in rows],
            "vnpay_refunds": [
                {
                    "transaction_no": refund.transaction_no,
                    "sale": refund.sale,
                    "kind": refund.kind,
                    "amount": refund.amount,
                    "status": refund.state,
                }
                for refund in self._refunds("1 = ?", 1)
            ],
            "vnpay_postings": [
                {"about": about, "account": account, "amount": amount}
                for about, account, amount in entries
            ],
        }

    def _one(self, where: str, *values: object) -> Sale | None:
        statement = f"SELECT number, token, state, facts FROM vnp_sale WHERE {where}"  # noqa: S608 -- constants of this module
        row = self._sql.row(statement, values)
        return None if row is None else _sale(row)

    def _refunds(self, where: str, *values: object) -> list[Refund]:
        columns = "number, sale, kind, amount, text, asked_at, state"
        statement = f"SELECT {columns} FROM vnp_refund WHERE {where} ORDER BY number"  # noqa: S608 -- constants of this module
        return [
            Refund(row[0], row[1], row[2], row[3], row[4], from_text(row[5]), RefundState(row[6]))
            for row in self._sql.rows(statement, values)
        ]


class MerchantRows:
    """Implements ``ports.Merchants`` inside one unit of work."""

    def __init__(self, sql: Sql, standing: Mapping[str, Merchant]) -> None:
        """``standing``: the merchants of the settings; a row of the same code comes first."""
        self._sql = sql
        self._standing = standing

    def find(self, tmn_code: str) -> Merchant | None:
        """Return the merchant, if there is one."""
        row = self._sql.row("SELECT facts FROM vnp_merchant WHERE tmn_code = ?", (tmn_code,))
        return self._standing.get(tmn_code) if row is None else Merchant(**json.loads(row[0]))

    def put(self, merchant: Merchant) -> None:
        """Register the merchant, or replace the one with that code."""
        self._sql.rows(
            "INSERT INTO vnp_merchant (tmn_code, facts) VALUES (?, ?)"
            " ON CONFLICT (tmn_code) DO UPDATE SET facts = excluded.facts",
            (merchant.tmn_code, json.dumps(asdict(merchant), ensure_ascii=False)),
        )


def _facts(sale: Sale) -> str:
    return json.dumps(
        {
            **{name: getattr(sale, name) for name in _PLAIN},
            "request": dict(sale.request),
            "hash_kind": sale.hash_kind,
            "course": sale.course.facts(),
            "created_at": to_text(sale.created_at),
            "expires_at": to_text(sale.expires_at),
            "moved_at": to_text(sale.moved_at) if sale.moved_at else None,
        },
        ensure_ascii=False,
    )


def _sale(row: tuple[Any, ...]) -> Sale:
    facts = json.loads(row[3])
    moved = facts.pop("moved_at")
    return Sale(
        number=row[0],
        token=row[1],
        state=SaleState(row[2]),
        request=facts.pop("request"),
        hash_kind=HashKind(facts.pop("hash_kind")),
        course=Course().read(facts.pop("course")),
        created_at=from_text(facts.pop("created_at")),
        expires_at=from_text(facts.pop("expires_at")),
        moved_at=from_text(moved) if moved else None,
        **facts,
    )


def _listed(sale: Sale) -> dict[str, object]:
    return {
        "token": sale.token,
        "merchant": sale.merchant,
        "reference": sale.reference,
        "amount": sale.amount,
        "state": sale.state,
        "code": sale.code,
        "status": TRANSACTION_STATUS[sale.state],
        "transaction_no": sale.transaction_no,
        "returned": sale.returned,
        "notice": sale.told,
        "hash": sale.hash_kind,
        "reading": sale.reading,
    }
