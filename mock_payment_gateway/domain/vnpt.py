"""VNPT Pay 1.0.6 (and INIT of 1.0.5) on the wire; its orders live like the platform's.

Field order, the hash over all values with the secret last, and the codes are [S]. Its messages are
read into the platform's: the two formats say the same under other names.
"""

import json
import re
from collections.abc import Iterable, Mapping

from mock_payment_gateway.domain.errors import DESCRIPTIONS, MalformedMessage, MaLoi
from mock_payment_gateway.domain.platform import Fields, Init, Query, Report, sign
from mock_payment_gateway.domain.text import is_storable

CODE = "SECURE_CODE"
_TEXT = (r"(?s).{1,255}", "phải là chuỗi từ 1 đến 255 ký tự")
_ANY = (r"(?s).{0,4000}", "phải là chuỗi tối đa 4000 ký tự")
_SHORT = (r"(?s).{1,50}", "phải là chuỗi từ 1 đến 50 ký tự")
_RULES: Mapping[str, tuple[str, str]] = {
    "ACTION": ("INIT|QUERY", "phải là INIT hoặc QUERY"),
    "VERSION": (r"1\.0\.[56]", "phải là 1.0.6 hoặc 1.0.5"),
    "MERCHANT_SERVICE_ID": _SHORT,
    "AGENCY_ID": _SHORT,
    "MERCHANT_ORDER_ID": (r"[^|\x00-\x1f]{1,255}", "phải là chuỗi từ 1 đến 255 ký tự, không có |"),
    "SERVICE_ID": _TEXT,
    "AMOUNT": (r"[1-9][0-9]{0,11}", "phải là số tiền VND lớn hơn 0"),
    "AMOUNT_DETAIL": _ANY,
    "DEVICE": _TEXT,
    "LOCALE": _TEXT,
    "CURRENCY_CODE": ("VND", "phải là VND"),
    "PAYMENT_METHOD": ("VNPTPAY", "phải là VNPTPAY"),
    "DESCRIPTION": _TEXT,
    "CREATE_DATE": ("[0-9]{14}", "phải có dạng yyyyMMddHHmmss"),
    "CLIENT_IP": _TEXT,
    CODE: _TEXT,
}
_HEAD = ("ACTION", "VERSION", "MERCHANT_SERVICE_ID", "MERCHANT_ORDER_ID")
_TAIL = (
    "DEVICE", "LOCALE", "CURRENCY_CODE", "PAYMENT_METHOD", "DESCRIPTION", "CREATE_DATE",
    "CLIENT_IP",
)  # fmt: skip
INIT_ORDERS: Mapping[str, tuple[str, ...]] = {
    "1.0.6": (*_HEAD, "SERVICE_ID", "AMOUNT", *_TAIL),
    "1.0.5": (*_HEAD, "AMOUNT", "AMOUNT_DETAIL", "SERVICE_ID", *_TAIL),
}
QUERY_ORDER = (*_HEAD, "CREATE_DATE")
"""That a query hashes these five follows the platform's QUERY [G]."""
STATUS_NAMES: Mapping[int, str] = {1: "1", 3: "3", 4: "4"}


def read_init(body: Mapping[str, object]) -> Init:
    """Read an INIT; ``AGENCY_ID`` is hashed after the merchant when it is there."""
    order = INIT_ORDERS.get(str(body.get("VERSION")), INIT_ORDERS["1.0.6"])
    if "AGENCY_ID" in body:
        order = (*order[:3], "AGENCY_ID", *order[3:])
    values = _read(body, order, "INIT")
    return Init(
        values=tuple(values[name] for name in order),
        signature=values[CODE],
        partner=values["MERCHANT_SERVICE_ID"],
        reference=values["MERCHANT_ORDER_ID"],
        amount=int(values["AMOUNT"]),
        bank="PAYMENT",
        description=values["DESCRIPTION"],
        asked_at=values["CREATE_DATE"],
        receipt={},
    )


def read_query(body: Mapping[str, object]) -> Query:
    """Read a QUERY; ``CREATE_DATE`` is that of the INIT."""
    values = _read(body, QUERY_ORDER, "QUERY")
    return Query(
        values=tuple(values[name] for name in QUERY_ORDER),
        signature=values[CODE],
        partner=values["MERCHANT_SERVICE_ID"],
        reference=values["MERCHANT_ORDER_ID"],
        asked_at=values["CREATE_DATE"],
    )


def _read(body: Mapping[str, object], order: Iterable[str], action: str) -> dict[str, str]:
    """Return the texts; numbers are taken as their digits, as clients hash them (ours)."""
    texts = {name: _text(body.get(name)) for name in (*order, CODE)}
    wrong = {
        name: _RULES[name][1]
        for name, value in texts.items()
        if re.fullmatch(_RULES[name][0], value) is None or not is_storable(value)
    }
    if texts["ACTION"] != action:
        wrong["ACTION"] = f"phải là {action}"
    if wrong:
        raise MalformedMessage("; ".join(f"{n} {rule}" for n, rule in wrong.items()), wrong)
    return texts


def _text(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < 10**20 else "x"
    return value if isinstance(value, str) else ""


def _signed(fields: Fields, secret: str) -> Fields:
    return {**fields, CODE: sign(fields.values(), secret)}


def accepted(pay_page: str, secret: str) -> Fields:
    """Return the answer to an INIT: clients hash its values in the order of the JSON [S]."""
    fields: Fields = {
        "RESPONSE_CODE": MaLoi.OK,
        "DESCRIPTION": DESCRIPTIONS[MaLoi.OK],
        "REDIRECT_URL": pay_page,
    }
    return _signed(fields, secret)


def _report(report: Report, action: str) -> Fields:
    return {
        "ACTION": action,
        "RESPONSE_CODE": report.code,
        "MERCHANT_SERVICE_ID": report.partner,
        "MERCHANT_ORDER_ID": report.reference,
        "AMOUNT": report.amount,
        "CURRENCY_CODE": "VND",
        "VNPTPAY_TRANSACTION_ID": report.platform_id,
        "PAYMENT_METHOD": report.bank,
        "PAY_DATE": report.at,
        "ADDITIONAL_INFO": report.description,
    }


def confirm(report: Report, secret: str) -> Fields:
    """Return the CONFIRM, in hash order [S]."""
    return _signed(_report(report, "CONFIRM"), secret)


def form(message: Fields) -> Fields:
    """Return a CONFIRM as the one field of a form [S]."""
    return {"data": json.dumps(message, ensure_ascii=False)}


def found(report: Report, status: int, secret: str) -> Fields:
    """Return the answer to a QUERY: 00 means that it worked; ``TRANSACTION_STATUS`` says the end.

    The field is [S]; that its values are the platform's 1, 3 and 4 is [G].
    """
    fields: Fields = {
        **_report(report, "QUERY"),
        "RESPONSE_CODE": MaLoi.OK,
        "DESCRIPTION": DESCRIPTIONS[MaLoi.OK],
        "TRANSACTION_STATUS": STATUS_NAMES[status],
    }
    return _signed(fields, secret)
