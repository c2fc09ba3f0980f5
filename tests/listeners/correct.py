"""A listener that does everything right, in three dialects."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue

from tests.listeners.shop import PARTNER, SECRET, Books, an_app


@dataclass(frozen=True)
class Language:
    """The names of a dialect with ten hashed values, by their place in the hash."""

    names: str
    hash: str
    ack: tuple[str, ...]

    @property
    def fields(self) -> list[str]:
        """The names one by one."""
        return self.names.split()


PLATFORM = Language(
    (
        "LoaiBanTin MaLoi MaDoiTac MaThamChieu SoTien MaTienTe MaGiaoDich MaNganHang ThoiGianGD "
        "ThongTinGiaoDich"
    ),
    "MaXacThuc",
    ("MaLoi", "MoTaLoi", "MaDoiTac", "MaThamChieu", "ThoiGianGD"),
)
VNPTPAY = Language(
    (
        "ACTION RESPONSE_CODE MERCHANT_SERVICE_ID MERCHANT_ORDER_ID AMOUNT CURRENCY_CODE "
        "VNPTPAY_TRANSACTION_ID PAYMENT_METHOD PAY_DATE ADDITIONAL_INFO"
    ),
    "SECURE_CODE",
    (
        "RESPONSE_CODE",
        "DESCRIPTION",
        "MERCHANT_SERVICE_ID",
        "MERCHANT_ORDER_ID",
        "CREATE_DATE",
    ),
)


def sha256(values: list[str]) -> str:
    return hashlib.sha256("|".join([*values, SECRET]).encode()).hexdigest()


def judged_by_pipes(books: Books, language: Language, body: Mapping[str, Any]) -> str:
    """Return the code of the acknowledgement, and book what has to be booked."""
    texts = [str(body.get(name, "")) for name in language.fields]
    kind, code, partner, reference, amount, currency, *_ = texts
    right = sha256(texts)
    given = str(body.get(language.hash, "")).lower()
    genuine = hmac.compare_digest(given.encode(), right.encode())
    if not genuine or kind != "CONFIRM" or any("|" in text for text in texts):
        return "97"
    with books.lock:
        entry = books.orders.get(reference)
        if entry is None:
            return "01"
        if partner != PARTNER or currency != "VND" or amount != str(entry.amount):
            return "99"
        if entry.payments:
            return "02"
        entry.payments += code == "00"
        return "00"


def judged_vnpay(books: Books, given: Mapping[str, str]) -> str:
    """Return RspCode, and book what has to be booked."""
    hashed = "&".join(
        f"{quote_plus(name)}={quote_plus(given[name])}"
        for name in sorted(given)
        if given[name] and name not in {"vnp_SecureHash", "vnp_SecureHashType"}
    )
    right = hmac.new(SECRET.encode(), hashed.encode(), hashlib.sha512).hexdigest()
    sent = given.get("vnp_SecureHash", "").lower()
    if not hmac.compare_digest(sent.encode(), right.encode()):
        return "97"
    with books.lock:
        entry = books.orders.get(given["vnp_TxnRef"])
        if entry is None or given["vnp_TmnCode"] != PARTNER:
            return "01"
        if given["vnp_Amount"] != str(entry.amount * 100):
            return "04"
        if entry.payments:
            return "02"
        paid = given["vnp_ResponseCode"] == given["vnp_TransactionStatus"] == "00"
        entry.payments += paid
        return "00"


def the_notice() -> dict[str, Any] | None:
    """Return the JSON of the body, or of the form field «data»; ``None`` for anything else."""
    text = request.form.get("data") or request.get_data()
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def acknowledged(language: Language, code: str, body: Mapping[str, Any]) -> dict[str, str]:
    """Return an acknowledgement with its own hash."""
    values = [code, "Đã xử lý", PARTNER, str(body.get(language.fields[3], "")), "20260105090000"]
    return {**dict(zip(language.ack, values, strict=True)), language.hash: sha256(values)}


def a_correct_listener(books: Books) -> Flask:
    """Return an application that listens at /platform, /vnptpay and /vnpay."""
    app = an_app(books)

    def told(language: Language) -> ResponseReturnValue:
        body = the_notice()
        code = "99" if body is None else judged_by_pipes(books, language, body)
        return jsonify(acknowledged(language, code, body or {}))

    app.add_url_rule("/platform", "platform", lambda: told(PLATFORM), methods=["POST"])
    app.add_url_rule("/vnptpay", "vnptpay", lambda: told(VNPTPAY), methods=["POST"])

    @app.get("/vnpay")
    def vnpay() -> ResponseReturnValue:
        return jsonify(RspCode=judged_vnpay(books, request.args.to_dict()), Message="Đã xử lý")

    return app
