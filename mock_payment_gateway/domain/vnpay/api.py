"""querydr and refund: their fields in hash order, and the life of a refund."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from mock_payment_gateway.domain.course import tokens
from mock_payment_gateway.domain.payment import wire_time
from mock_payment_gateway.domain.text import is_storable
from mock_payment_gateway.domain.vnpay import wire
from mock_payment_gateway.domain.vnpay.errors import ApiRefused
from mock_payment_gateway.domain.vnpay.sale import (
    MERCHANT,
    PAYER,
    TRANSACTION_STATUS,
    TRANSIT,
    Posting,
    Sale,
    SaleState,
)
from simkit.core.machine import Machine

QUERYDR, REFUND = "querydr", "refund"
PAYMENT_TYPE, FULL, PARTIAL = "01", "02", "03"
REFUND_TAKES = timedelta(minutes=10)
"""So long a refund is being processed (05) before it goes to the bank (06) (ours)."""

_QUERYDR_ORDER = (
    "vnp_RequestId", "vnp_Version", "vnp_Command", "vnp_TmnCode", "vnp_TxnRef",
    "vnp_TransactionDate", "vnp_CreateDate", "vnp_IpAddr", "vnp_OrderInfo",
)  # fmt: skip
_REFUND_ORDER = (
    "vnp_RequestId", "vnp_Version", "vnp_Command", "vnp_TmnCode", "vnp_TransactionType",
    "vnp_TxnRef", "vnp_Amount", "vnp_TransactionNo", "vnp_TransactionDate", "vnp_CreateBy",
    "vnp_CreateDate", "vnp_IpAddr", "vnp_OrderInfo",
)  # fmt: skip
ORDERS: Mapping[str, tuple[str, ...]] = {QUERYDR: _QUERYDR_ORDER, REFUND: _REFUND_ORDER}

_ANSWER_ORDER = (
    "vnp_ResponseId", "vnp_Command", "vnp_ResponseCode", "vnp_Message", "vnp_TmnCode",
    "vnp_TxnRef", "vnp_Amount", "vnp_BankCode", "vnp_PayDate", "vnp_TransactionNo",
    "vnp_TransactionType", "vnp_TransactionStatus", "vnp_OrderInfo",
)  # fmt: skip
_PROMOTION = ("vnp_PromotionCode", "vnp_PromotionAmount")
ANSWER_ORDERS: Mapping[str, tuple[str, ...]] = {
    QUERYDR: (*_ANSWER_ORDER, *_PROMOTION),
    REFUND: _ANSWER_ORDER,
}
"""Field orders of both directions [S]; absent promotion fields are hashed as empty [S]."""

_RULES: Mapping[str, str] = {
    "vnp_RequestId": r"[A-Za-z0-9_.-]{1,32}",
    "vnp_Version": r"2\.1\.0",
    "vnp_Command": "querydr|refund",
    "vnp_TmnCode": "[A-Za-z0-9]{1,8}",
    "vnp_TxnRef": r"[^\x00-\x1f|]{1,100}",
    "vnp_TransactionDate": "[0-9]{14}",
    "vnp_CreateDate": "[0-9]{14}",
    "vnp_IpAddr": r"(?s).{2,45}",
    "vnp_OrderInfo": r"(?s).{1,255}",
    "vnp_TransactionType": "0[23]",
    "vnp_Amount": "[1-9][0-9]{0,9}00",
    "vnp_TransactionNo": "[0-9]{0,15}",
    "vnp_CreateBy": r"(?s).{1,245}",
}
WORDS: Mapping[str, str] = {
    "02": "Merchant invalid",
    "03": "Data format invalid",
    "91": "Transaction not found",
    "94": "Duplicate request",
    "95": "Refund refused",
    "97": "Invalid checksum",
    "99": "Unexpected error",
}


def refuse(code: str, **facts: str) -> ApiRefused:
    """Return the refusal with that code."""
    return ApiRefused(code, WORDS[code], facts)


@dataclass(frozen=True, slots=True)
class Request:
    """A querydr or a refund, read but not yet checked."""

    fields: Mapping[str, str]
    signature: str

    @classmethod
    def read(cls, body: Mapping[str, object]) -> "Request":
        """Read a request; 03 naming every wrong field. Numbers are taken as their digits (ours)."""
        command = body.get("vnp_Command")
        order = ORDERS.get(command) if isinstance(command, str) else None
        if order is None:
            raise refuse("03", vnp_Command="phải là querydr hoặc refund")
        texts = {name: _text(body.get(name)) for name in order}
        wrong = {
            name: "không đúng định dạng"
            for name, value in texts.items()
            if re.fullmatch(_RULES[name], value) is None or not is_storable(value)
        }
        if wrong:
            raise ApiRefused("03", f"{WORDS['03']}: {', '.join(wrong)}", wrong)
        signature = body.get(wire.HASH)
        return cls(texts, signature if isinstance(signature, str) else "")

    def __getitem__(self, name: str) -> str:
        """Return a field without its ``vnp_``."""
        return self.fields[f"vnp_{name}"]

    @property
    def hashed(self) -> str:
        """Return the string that is hashed."""
        return "|".join(self.fields.values())

    def check(self, secret: str) -> None:
        """Refuse a wrong hash with 97."""
        if not wire.same(wire.hmac_sha512(self.hashed, secret), self.signature):
            raise refuse("97")

    def answer(self, secret: str, response_id: str, found: Mapping[str, str]) -> dict[str, str]:
        """Return the signed answer; ``found``: the fields that speak of the transaction."""
        fields = {
            "vnp_ResponseId": response_id,
            "vnp_Command": self["Command"],
            "vnp_TmnCode": self["TmnCode"],
            "vnp_TxnRef": self["TxnRef"],
            "vnp_OrderInfo": self["OrderInfo"],
            **found,
        }
        values = [fields.get(name, "") for name in ANSWER_ORDERS[self["Command"]]]
        return {**fields, wire.HASH: wire.pipe_hash(values, secret)}


def _text(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        # Python refuses to write out numbers of thousands of digits; they are wrong anyway.
        return str(value) if abs(value) < 10**20 else "x"
    return value if isinstance(value, str) else ""


class RefundState(StrEnum):
    """Where a refund is; the values are vnp_TransactionStatus [S]."""

    PROCESSING = "05"
    SENT = "06"
    REJECTED = "09"


class RefundEvent(StrEnum):
    """What can happen to it."""

    SEND = "send"
    REJECT = "reject"


REFUND_LIFE = Machine[RefundState, RefundEvent](
    "refund",
    [
        (RefundState.PROCESSING, RefundEvent.SEND, RefundState.SENT),
        (RefundState.PROCESSING, RefundEvent.REJECT, RefundState.REJECTED),
    ],
)

REFUND_TOKENS: Mapping[str, str] = {
    "SIM-REFUND-REJECT": "the bank rejects the refund: 05, later 09; the money stays",
    "SIM-REFUND-STUCK": "the refund stays 05",
    "SIM-REFUND-99": "answered 99, as the real sandbox does; nothing happens",
}
"""Words in a refund's vnp_OrderInfo."""


@dataclass(frozen=True, slots=True)
class Refund:
    """Money on its way back to a payer."""

    number: int  # the transaction's own: payments and refunds count together
    sale: int  # number of the payment
    kind: str  # 02 full, 03 partial
    amount: int  # đồng
    text: str
    asked_at: datetime
    state: RefundState = RefundState.PROCESSING

    @property
    def transaction_no(self) -> str:
        """Return the refund's own vnp_TransactionNo."""
        return str(15_000_000 + self.number)

    def happen(self, event: RefundEvent) -> "Refund":
        """Return the refund after ``event``, or raise ``IllegalMove``."""
        return replace(self, state=REFUND_LIFE.after(self.state, event))

    @property
    def next(self) -> RefundEvent | None:
        """Return what will happen to it by itself."""
        asked = set(tokens(self.text))
        if self.state is not RefundState.PROCESSING or "SIM-REFUND-STUCK" in asked:
            return None
        return RefundEvent.REJECT if "SIM-REFUND-REJECT" in asked else RefundEvent.SEND

    def postings(self) -> tuple[Posting, ...]:
        """Return what moves when the refund gets into its present state."""
        giver, taker = {
            RefundState.PROCESSING: (MERCHANT, TRANSIT),
            RefundState.SENT: (TRANSIT, PAYER),
            RefundState.REJECTED: (TRANSIT, MERCHANT),
        }[self.state]
        return (Posting(giver, -self.amount), Posting(taker, self.amount))


def check_refund(sale: Sale, request: Request, *, pending: bool) -> None:
    """Refuse a refund with 95 (not paid, or too much) or 94 (another one is under way)."""
    amount = int(request["Amount"]) // 100
    named = request["TransactionNo"]
    if named not in {"", "0", sale.transaction_no}:
        raise refuse("91")
    if sale.state is not SaleState.PAID:
        raise refuse("95", state=sale.state)
    if pending:
        raise refuse("94")
    left = sale.amount - sale.returned
    whole = request["TransactionType"] == FULL
    if amount > left or (whole and amount != sale.amount):
        raise refuse("95", left=str(left))


def found_sale(sale: Sale) -> dict[str, str]:
    """Return what querydr says of a payment."""
    report = sale.report()
    kept = ("vnp_Amount", "vnp_BankCode", "vnp_TransactionNo", "vnp_TransactionStatus")
    return {
        "vnp_ResponseCode": "00",
        "vnp_Message": "QueryDR Success",
        **{name: report[name] for name in kept},
        "vnp_PayDate": report["vnp_PayDate"] if TRANSACTION_STATUS[sale.state] == "00" else "",
        "vnp_TransactionType": PAYMENT_TYPE,
    }


def old_querydr(fields: Mapping[str, str]) -> tuple[str, str]:
    """Return vnp_TxnRef and the time of the payment (``vnp_TransDate`` [S]) of a 2.0.x querydr."""
    names = {"vnp_TxnRef": "vnp_TxnRef", "vnp_TransDate": "vnp_TransactionDate"}
    wrong = {
        name: "không đúng định dạng"
        for name, rule in names.items()
        if re.fullmatch(_RULES[rule], fields.get(name, "")) is None or not is_storable(fields[name])
    }
    if fields.get("vnp_Command") != QUERYDR:
        wrong["vnp_Command"] = "phải là querydr"
    if wrong:
        raise ApiRefused("03", f"{WORDS['03']}: {', '.join(wrong)}", wrong)
    return fields["vnp_TxnRef"], fields["vnp_TransDate"]


def found_old(sale: Sale) -> dict[str, str]:
    """Return what a 2.0.x querydr is told of a payment; empty values are left out."""
    told = found_sale(sale)
    names = {"vnp_TmnCode": sale.merchant, "vnp_TxnRef": sale.reference, "vnp_OrderInfo": sale.text}
    return {name: value for name, value in {**told, **names}.items() if value}


def found_refund(refund: Refund, sale: Sale, message: str) -> dict[str, str]:
    """Return what refund, and querydr with a refund's own number, say of a refund."""
    return {
        "vnp_ResponseCode": "00",
        "vnp_Message": message,
        "vnp_Amount": str(refund.amount * 100),
        "vnp_BankCode": sale.bank or "VNPAY",
        "vnp_PayDate": wire_time(refund.asked_at),
        "vnp_TransactionNo": refund.transaction_no,
        "vnp_TransactionType": refund.kind,
        "vnp_TransactionStatus": refund.state,
    }
