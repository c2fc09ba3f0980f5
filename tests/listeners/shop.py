"""The books of a small shop whose listener is judged, and the two doors that a judge may use."""

from dataclasses import dataclass
from threading import Lock
from typing import Any

from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue

SECRET = "bi-mat-cua-nguoi-tich-hop"
PARTNER = "HTEST001"
LARGEST = 64 * 1024


@dataclass
class Entry:
    """An order: what it costs, and how often it was booked as paid."""

    amount: int
    payments: int = 0


class Books:
    """Orders by reference; booking is one step for all threads."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self.lock = Lock()
        self.orders: dict[str, Entry] = {}

    def add(self, reference: str, amount: int) -> None:
        """Make an order known."""
        self.orders[reference] = Entry(amount)


def an_app(books: Books) -> Flask:
    """Return an application with the hooks ``POST /orders`` and ``GET /orders/<reference>``."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST

    @app.post("/orders")
    def known() -> ResponseReturnValue:
        wanted: Any = request.get_json()
        books.add(wanted["reference"], wanted["amount"])
        return "", 204

    @app.get("/orders/<reference>")
    def state(reference: str) -> ResponseReturnValue:
        entry = books.orders[reference]
        return jsonify(paid=entry.payments > 0, payments=entry.payments)

    return app
