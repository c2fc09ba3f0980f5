"""Listeners with the weaknesses that real ones were seen with; each weakness can be had alone."""

import json
from dataclasses import dataclass
from typing import Any

from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue

from tests.listeners.correct import PLATFORM, sha256
from tests.listeners.shop import Books, an_app


@dataclass(frozen=True)
class Weakness:
    """What a listener for the Payment Platform gets wrong."""

    ignores_signature: bool = False
    books_failures: bool = False
    books_twice: bool = False
    believes_query_answers: bool = False
    crashes: bool = False
    camel_case: bool = False


def a_careless_listener(books: Books, weak: Weakness) -> Flask:
    """Return an application that listens at /platform and has only these weaknesses."""
    app = an_app(books)

    @app.post("/platform")
    def platform() -> ResponseReturnValue:
        body = _read()
        if body is None:
            return ("Đã có lỗi", 500) if weak.crashes else _answer(weak, "99")
        texts = [str(body.get(name, "")) for name in PLATFORM.fields]
        wrong = str(body.get("MaXacThuc", "")).lower() != sha256(texts)
        bent = texts[0] != "CONFIRM" or any("|" in text for text in texts)
        if wrong and not weak.ignores_signature:
            return ("Sai chữ ký", 500) if weak.crashes else _answer(weak, "97")
        if bent and not (weak.believes_query_answers or weak.ignores_signature):
            return _answer(weak, "97")
        return _answer(weak, _booked(books, weak, texts))

    return app


def _booked(books: Books, weak: Weakness, texts: list[str]) -> str:
    _, code, partner, reference, amount, currency, *_ = texts
    with books.lock:
        entry = books.orders.get(reference)
        if entry is None:
            return "01"
        if (amount, currency, partner) != (str(entry.amount), "VND", "HTEST001"):
            return "99"
        if entry.payments and not weak.books_twice:
            return "02"
        entry.payments += code == "00" or weak.books_failures
        return "00"


def _read() -> dict[str, Any] | None:
    try:
        found = json.loads(request.get_data())
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _answer(weak: Weakness, code: str) -> ResponseReturnValue:
    return jsonify({"maLoi" if weak.camel_case else "MaLoi": code, "MoTaLoi": "Đã xử lý"})
