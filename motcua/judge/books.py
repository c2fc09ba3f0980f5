"""What a judge must know of a listener's books: orders to fire at, and whether they are paid."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote

import requests

from motcua.judge.dialects import Order

PLACE = "{reference}"


class BooksClosed(Exception):
    """The set-up or state address did not do what it is there for; the message says what."""


@dataclass(frozen=True, slots=True)
class State:
    """What the books say of an order; ``payments`` is how often it was booked, if they tell."""

    paid: bool
    payments: int | None = None


class StateReader(Protocol):
    """Knows whether an order is paid."""

    def of(self, order: Order) -> State:
        """Return the order's state, or raise ``BooksClosed``."""
        ...


@dataclass(frozen=True)
class StateDoor:
    """Asks ``template`` (with ``{reference}`` in it) whether an order is paid.

    Without ``field`` and ``value`` the JSON object's ``paid`` must be true; else the dotted
    ``field`` must be ``value`` as text. ``payments``, if there, is how often it was booked.
    """

    template: str
    session: requests.Session
    field: str = "paid"
    value: str = "true"
    timeout: float = 10.0

    def of(self, order: Order) -> State:
        """Return the order's state."""
        url = self.template.replace(PLACE, quote(order.reference, safe=""))
        found = _object(self.session, "GET", url, None, self.timeout)
        value: object = found
        for name in self.field.split("."):
            value = value.get(name) if isinstance(value, dict) else None
        if value is None:
            raise BooksClosed(f"GET {url} answers no «{self.field}».")
        payments = found.get("payments")
        return State(
            paid=_plain(value) == self.value.casefold(),
            payments=payments if type(payments) is int else None,
        )


@dataclass(frozen=True)
class SetupDoor:
    """Makes orders known: ``POST url`` with ``{"reference", "amount"}``.

    An answer that names another ``reference`` is taken at its word.
    """

    url: str
    session: requests.Session
    prefix: str
    amount: int
    timeout: float = 10.0

    def order(self, number: int) -> Order:
        """Have the listener know a new order and return it."""
        wanted = Order(f"{self.prefix}{number:02d}", self.amount)
        body = {"reference": wanted.reference, "amount": wanted.amount}
        found = _object(self.session, "POST", self.url, body, self.timeout)
        reference = found.get("reference")
        return Order(str(reference), wanted.amount) if reference else wanted


class Pool:
    """Hands out orders that nobody has paid: the given ones first, then new ones, if any can be."""

    def __init__(self, given: Iterable[Order], door: SetupDoor | None = None) -> None:
        """``door`` makes more when the given ones are used up."""
        self._given = list(given)
        self._door = door
        self._made = 0

    def take(self) -> Order | None:
        """Return a fresh order, or ``None`` when there are no more."""
        if self._given:
            return self._given.pop(0)
        if self._door is None:
            return None
        self._made += 1
        return self._door.order(self._made)


def _object(
    session: requests.Session,
    method: str,
    url: str,
    body: dict[str, object] | None,
    timeout: float,
) -> dict[str, object]:
    try:
        answer = session.request(method, url, json=body, timeout=timeout)
    except requests.RequestException as error:
        raise BooksClosed(f"{method} {url}: {type(error).__name__}: {error}") from error
    if not answer.ok:
        raise BooksClosed(f"{method} {url} answers HTTP {answer.status_code}.")
    try:
        found = json.loads(answer.content or b"{}")
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        # A set-up hook may answer anything that is 2xx; a state must be an object.
        if method == "POST":
            return {}
        raise BooksClosed(f"{method} {url} answers no JSON object.")
    return found


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).casefold()
