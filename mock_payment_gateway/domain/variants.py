"""The ways in which clients are known to build another text than the rule's, each with a name.

What is hashed is built in seven stages: which fields, their values, their order, how each is
spelt, how they are joined, which secret, and where the secret goes. A variant changes one stage.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import unquote_plus

from mock_payment_gateway.domain.signing_rules import SigningRule
from mock_payment_gateway.domain.spelling import (
    AMOUNTS,
    ENCODERS,
    SECRETS,
    TEXTS,
    lower_escapes,
    octets,
    percent_20,
    plus,
)

_MOST_FIELDS = 40  # more are hashed, but none of them is left out or moved by a variant


@dataclass(frozen=True, slots=True)
class Piece:
    """One field that came: its value as it reads and, from a URL, ``name=value`` as it stood."""

    name: str
    value: str
    sent: str | None = None


Pieces = tuple[Piece, ...]
Joined = tuple[str, str]  # the text, and what stands between it and a secret
Placed = tuple[bytes, bytes | None]  # what goes into the hash, and the key if it is an HMAC


def as_text(value: object, *, spaced: bool = False) -> str:
    """Return any JSON value as clients put it into a text: empty for null, objects as JSON."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    separators = None if spaced else (",", ":")
    try:
        return json.dumps(value, ensure_ascii=False, separators=separators, default=repr)
    except (ValueError, TypeError, RecursionError):  # endless, or a number of 5,000 digits
        return "?"


@dataclass(frozen=True, slots=True)
class Came:
    """The message that was signed: its pieces in the order of arrival, and its objects."""

    rule: SigningRule
    pieces: Pieces
    objects: Mapping[str, object]

    @classmethod
    def of_object(cls, rule: SigningRule, body: Mapping[str, object]) -> "Came":
        """Take a JSON object or form fields."""
        kept = {str(name): value for name, value in body.items()}
        pieces = tuple(Piece(name, as_text(value)) for name, value in kept.items())
        objects = {n: value for n, value in kept.items() if isinstance(value, (dict, list))}
        return cls(rule, pieces, objects)

    @classmethod
    def of_query(cls, rule: SigningRule, query: str) -> "Came":
        """Take a query string as it was received."""
        return cls(rule, tuple(_piece(one) for one in query.split("&") if one), {})

    def _hashed(self, piece: Piece) -> bool:
        return piece.name != self.rule.signature and piece.name not in self.rule.not_hashed

    @property
    def usable(self) -> Pieces:
        """Return everything but the signature, in the order of arrival."""
        return tuple(piece for piece in self.pieces if self._hashed(piece))

    def members(self) -> Pieces:
        """Return the fields that the rule hashes, in the order of arrival or of the rule."""
        if self.rule.layout == "query":
            return tuple(piece for piece in self.usable if piece.value)
        known = {piece.name: piece for piece in self.usable}
        return tuple(known.get(name, Piece(name, "")) for name in self.rule.fields)

    def extras(self) -> Pieces:
        """Return what came and is not hashed, the signature apart."""
        if self.rule.layout == "query":
            others = (self.rule.signature,)
            return tuple(p for p in self.pieces if not self._hashed(p) and p.name not in others)
        return tuple(p for p in self.usable if p.name not in self.rule.fields)


def _piece(sent: str) -> Piece:
    name, _, value = sent.partition("=")
    return Piece(unquote_plus(name), unquote_plus(value), sent)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to build what is hashed: one function for each stage."""

    members: Callable[[], Pieces]
    values: Callable[[Pieces], Pieces]
    order: Callable[[Pieces], Pieces]
    spell: Callable[[Piece], str]
    join: Callable[[list[str], Pieces], Joined]
    secret: Callable[[bytes], bytes]
    place: Callable[[bytes, bytes, bytes], Placed]

    def build(self, secret: bytes) -> Placed:
        """Return the bytes for the hash and the key."""
        text, joint, key = self._text(secret)
        return self.place(text, key, joint)

    def shown(self, secret: bytes) -> bytes:
        """Return the same bytes with a star for each byte of the secret."""
        text, joint, key = self._text(secret)
        return self.place(text, b"*" * len(key), joint)[0]

    def _text(self, secret: bytes) -> tuple[bytes, bytes, bytes]:
        pieces = self.order(self.values(self.members()))
        text, joint = self.join([self.spell(piece) for piece in pieces], pieces)
        return octets(text), octets(joint), self.secret(secret)


Stage = Literal["members", "values", "order", "spell", "join", "secret", "place"]


@dataclass(frozen=True, slots=True)
class Variant:
    """One known deviation: its name, the field that it is about, and what it changes."""

    code: str
    stage: Stage
    change: Callable[..., object]
    field: str = ""

    def applied(self, recipe: Recipe) -> Recipe:
        """Return the recipe with this stage changed."""
        changed: dict[str, object] = {self.stage: self.change}
        return replace(recipe, **changed)  # type: ignore[arg-type]  # the stage names its own kind


def canonical(came: Came) -> Recipe:
    """Return the rule's own recipe."""
    rule = came.rule
    in_query = rule.layout == "query"
    separator = "&" if in_query else "|"
    return Recipe(
        members=came.members,
        values=lambda pieces: pieces,
        order=_sorted if in_query else lambda pieces: pieces,
        spell=_speller(rule),
        join=lambda texts, _: (separator.join(texts), rule.joint),
        secret=lambda secret: secret,
        place=PLACES[rule.place],
    )


def _speller(rule: SigningRule) -> Callable[[Piece], str]:
    if rule.layout == "pipe":
        return lambda piece: piece.value
    return _as_sent if rule.encoded else _as_read


def _as_sent(piece: Piece) -> str:
    return _encoded(plus)(piece) if piece.sent is None else piece.sent


def _as_read(piece: Piece) -> str:
    return f"{piece.name}={piece.value}"


def _encoded(spell: Callable[[str], str]) -> Callable[[Piece], str]:
    return lambda piece: f"{spell(piece.name)}={spell(piece.value)}"


def _sorted(pieces: Pieces) -> Pieces:
    return tuple(sorted(pieces, key=lambda piece: piece.name))


# -- where the secret goes -------------------------------------------------------------------------

PLACES: Mapping[str, Callable[[bytes, bytes, bytes], Placed]] = {
    "last": lambda text, secret, joint: (text + joint + secret, None),
    "first": lambda text, secret, joint: (secret + joint + text, None),
    "missing": lambda text, _secret, _joint: (text, None),
    "hmac": lambda text, secret, _joint: (text, secret),
    "glued": lambda text, secret, _joint: (text + secret, None),
    "closed": lambda text, secret, joint: (text + joint + secret + (joint or b"&"), None),
    "text-and-key": lambda text, secret, joint: (text + joint + secret, secret),
}


def _place_variants(rule: SigningRule) -> Iterator[Variant]:
    for place, function in PLACES.items():
        if place != rule.place:
            yield Variant(f"secret-{place}", "place", function)


# -- how a value is spelt --------------------------------------------------------------------------


def _spell_variants(rule: SigningRule) -> Iterator[Variant]:
    if rule.layout == "pipe":
        yield Variant("values-encoded", "spell", lambda piece: plus(piece.value))
        yield Variant("values-encoded-20", "spell", lambda piece: percent_20(piece.value))
        return
    own = _speller(rule)
    yield Variant("space-percent-20", "spell", lambda piece: own(piece).replace("+", "%20"))
    yield Variant("space-plus", "spell", lambda piece: own(piece).replace("%20", "+"))
    yield Variant("not-encoded", "spell", _as_read)
    yield Variant("escapes-lower-case", "spell", lambda piece: lower_escapes(own(piece)))
    for code, spell in ENCODERS.items():
        yield Variant(code, "spell", _encoded(spell))
    yield Variant("double-encoded", "spell", _encoded(lambda text: plus(plus(text))))


# -- values ----------------------------------------------------------------------------------------


def _each(change: Callable[[str], str], only: str = "") -> Callable[[Pieces], Pieces]:
    def changed(piece: Piece) -> Piece:
        if only and piece.name != only:
            return piece
        value = change(piece.value)
        return piece if value == piece.value else Piece(piece.name, value)

    return lambda pieces: tuple(changed(piece) for piece in pieces)


def _value_variants(rule: SigningRule) -> Iterator[Variant]:
    if rule.amount:
        for code, change in AMOUNTS.items():
            yield Variant(code, "values", _each(change, rule.amount), rule.amount)
    for code, change in TEXTS.items():
        yield Variant(code, "values", _each(change))


# -- which fields ----------------------------------------------------------------------------------


def _member_variants(came: Came) -> Iterator[Variant]:
    rule, own = came.rule, came.members()
    empty = Piece(rule.signature, "")
    if rule.drops_empty:
        yield Variant("empty-kept", "members", lambda: came.usable)
        known = tuple(piece for piece in own if piece.name in rule.fields)
        yield Variant("unknown-dropped", "members", lambda: known)
    else:
        yield Variant("empty-dropped", "members", lambda: tuple(p for p in own if p.value))
        yield Variant("all-as-sent", "members", lambda: came.usable)
    yield Variant("signature-included-empty", "members", lambda: (*own, empty))
    for extra in came.extras()[:_MOST_FIELDS]:
        with_it = (*own, extra)
        yield Variant("field-extra", "members", lambda w=with_it: w, extra.name)
        if extra.name in came.objects:
            spaced = Piece(extra.name, as_text(came.objects[extra.name], spaced=True))
            yield Variant("field-extra", "members", lambda w=(*own, spaced): w, extra.name)
    for index, piece in enumerate(own[:_MOST_FIELDS]):
        without = own[:index] + own[index + 1 :]
        yield Variant("field-missing", "members", lambda w=without: w, piece.name)


# -- order -----------------------------------------------------------------------------------------


def _declared(rule: SigningRule) -> Callable[[Pieces], Pieces]:
    rank = {name: index for index, name in enumerate(rule.fields)}
    return lambda pieces: tuple(sorted(pieces, key=lambda p: rank.get(p.name, len(rank))))


def _order_variants(came: Came) -> Iterator[Variant]:
    rank = {piece.name: index for index, piece in enumerate(came.pieces)}
    yield Variant(
        "order-as-sent",
        "order",
        lambda pieces: tuple(sorted(pieces, key=lambda p: rank.get(p.name, len(rank)))),
    )
    if came.rule.layout == "query":
        yield Variant("order-declared", "order", _declared(came.rule))
        return
    yield Variant("order-sorted", "order", _sorted)
    for index, name in enumerate(came.rule.fields[:-1][:_MOST_FIELDS]):
        yield Variant("order-swapped", "order", _swap(index), name)


def _swap(index: int) -> Callable[[Pieces], Pieces]:
    return lambda pieces: (
        *pieces[:index],
        *reversed(pieces[index : index + 2]),
        *pieces[index + 2 :],
    )


# -- joining ---------------------------------------------------------------------------------------


def _join_variants(rule: SigningRule) -> Iterator[Variant]:
    mark, joint = ("&" if rule.layout == "query" else "|"), rule.joint
    yield Variant("trailing-separator", "join", lambda texts, _: (mark.join([*texts, ""]), joint))
    yield Variant("no-separator", "join", lambda texts, _: ("".join(texts), ""))
    if rule.layout == "query":
        yield Variant("question-mark", "join", lambda texts, _: ("?" + mark.join(texts), joint))
        yield Variant(
            "values-by-pipe", "join", lambda _, pieces: ("|".join(p.value for p in pieces), "|")
        )
        return
    yield Variant(
        "names-included",
        "join",
        lambda texts, pieces: ("&".join(map("=".join, _named(texts, pieces))), "&"),
    )
    yield Variant(
        "names-included-pipe",
        "join",
        lambda texts, pieces: (mark.join(map("=".join, _named(texts, pieces))), joint),
    )


def _named(texts: list[str], pieces: Pieces) -> Iterator[tuple[str, str]]:
    return ((piece.name, text) for piece, text in zip(pieces, texts, strict=True))


def variants(came: Came) -> Iterator[Variant]:
    """Yield every single deviation for this message, the likely ones first."""
    rule = came.rule
    for code, change in SECRETS.items():
        yield Variant(code, "secret", change)
    yield from _spell_variants(rule)
    yield from _value_variants(rule)
    yield from _join_variants(rule)
    yield from _place_variants(rule)
    yield from _order_variants(came)
    yield from _member_variants(came)
