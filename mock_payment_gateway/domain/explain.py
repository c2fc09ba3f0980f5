"""Explains a wrong signature: what we hashed, what the client probably hashed, where they part.

The client's text is searched among the named variants, one by one and then two together (ours).
No answer holds a right signature or a letter of the secret: an explanation signs nothing.
"""

import binascii
import hashlib
import hmac
import re
from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from mock_payment_gateway.domain.findings import Finding, sentence_of
from mock_payment_gateway.domain.signing_rules import Algorithm, SigningRule
from mock_payment_gateway.domain.spelling import octets
from mock_payment_gateway.domain.variants import Came, Recipe, Variant, canonical, variants

MOST_HASHES = 2_000
_MOST_OCTETS = 8_000_000  # hashed in all: a huge message is searched less far
_AROUND = 16  # characters of context on each side of the difference
_SHORTEST_CUT = 16  # hex digits below which a cut signature proves nothing
_LONGEST_SIGNATURE = 1_000

_BY_SIZE: Mapping[int, Algorithm] = {16: "md5", 20: "sha1", 32: "sha256", 64: "sha512"}
_SIZES = {algorithm: size for size, algorithm in _BY_SIZE.items()}
_HEX = re.compile("[0-9a-fA-F]+")
_DASHED = re.compile("[0-9a-fA-F]{2}(-[0-9a-fA-F]{2})+")


@dataclass(frozen=True, slots=True)
class Difference:
    """The first byte at which two texts part; an empty character means that the text ends there."""

    at: int  # counted in bytes of UTF-8, from 0
    ours: str
    theirs: str
    our_context: str
    their_context: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a signature does not fit, as far as it can be told."""

    rule: str
    fits: bool  # nothing to explain
    ours: str  # the exact text that we hashed, a star for each byte of the secret
    theirs: str | None  # the text that the client hashed, in the same manner, if it was found
    findings: tuple[Finding, ...]
    difference: Difference | None
    hashes: int  # how many were tried

    @property
    def recognised(self) -> bool:
        """Tell whether the client's text was found."""
        return self.theirs is not None

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the names of what deviates, in the order of the search."""
        return tuple(finding.code for finding in self.findings)

    @property
    def sentence(self) -> str:
        """Return the whole explanation in Vietnamese."""
        if self.fits:
            return "Chữ ký đúng."
        words = [finding.sentence for finding in self.findings]
        if not self.recognised:
            words.append(
                "Không tìm được chuỗi mà bên gửi đã băm: hãy so từng byte chuỗi của mình với chuỗi"
                " của chúng tôi; nếu hai chuỗi giống hệt nhau thì khóa bí mật khác nhau."
            )
        return " ".join(words)

    def as_json(self) -> dict[str, object]:
        """Return the explanation for machines and for the journal."""
        gap = self.difference
        return {
            "rule": self.rule,
            "fits": self.fits,
            "recognised": self.recognised,
            "sentence": self.sentence,
            "ours": self.ours,
            "theirs": self.theirs,
            "findings": [
                {"code": one.code, "field": one.field, "sentence": one.sentence}
                for one in self.findings
            ],
            "difference": gap
            and {
                "at": gap.at,
                "ours": gap.ours,
                "theirs": gap.theirs,
                "our_context": gap.our_context,
                "their_context": gap.their_context,
            },
            "hashes": self.hashes,
        }


@dataclass(frozen=True, slots=True)
class _Sought:
    """A signature as it was read: its first hex digits, the algorithm, what is odd about it."""

    digits: str
    algorithm: Algorithm
    findings: tuple[Finding, ...]

    def is_of(self, digest: bytes) -> bool:
        digits = digest.hex()[: len(self.digits)]
        return hmac.compare_digest(digits.encode(), self.digits.encode())


def fits(rule: SigningRule, came: Mapping[str, object] | str, secret: str, signature: str) -> bool:
    """Tell, in constant time, whether the signature is the rule's own for what came."""
    placed = canonical(_came(rule, came)).build(octets(secret))
    given = signature.lower() if rule.any_case else signature
    return hmac.compare_digest(_digest(rule.algorithm, *placed).hex().encode(), octets(given))


def explain(
    rule: SigningRule, came: Mapping[str, object] | str, secret: str, signature: str
) -> Explanation:
    """Explain a signature; ``came`` is a JSON object, form fields, or a query string as received.

    Never raises, and never tries more than ``MOST_HASHES`` hashes.
    """
    message, key = _came(rule, came), octets(secret)
    own = canonical(message)
    ours = own.shown(key)
    sought, odd = _read(rule, signature)
    recipe, used, hashes = (None, (), 0) if sought is None else _search(message, own, key, sought)
    if recipe is None:
        return Explanation(rule.name, False, _legible(ours), None, odd, None, hashes)
    theirs = recipe.shown(key)
    found = (
        *odd,
        *(Finding(one.code, one.field, sentence_of(one.code, one.field)) for one in used),
    )
    return Explanation(
        rule=rule.name,
        fits=not found,
        ours=_legible(ours),
        theirs=_legible(theirs),
        findings=found,
        difference=first_difference(ours, theirs),
        hashes=hashes,
    )


def _came(rule: SigningRule, came: Mapping[str, object] | str) -> Came:
    return Came.of_query(rule, came) if isinstance(came, str) else Came.of_object(rule, came)


def _digest(algorithm: Algorithm, text: bytes, key: bytes | None) -> bytes:
    if key is None:
        return hashlib.new(algorithm, text, usedforsecurity=False).digest()
    return hmac.digest(key, text, algorithm)


def _finding(code: str, field: str = "") -> Finding:
    return Finding(code, field, sentence_of(code, field))


def _read(rule: SigningRule, signature: str) -> tuple[_Sought | None, tuple[Finding, ...]]:
    """Return what to look for, if the text can be a hash at all, and what is odd about its form."""
    odd: list[Finding] = []
    text = signature.strip()
    if not text:
        return None, (_finding("signature-empty", rule.signature),)
    if text != signature:
        odd.append(_finding("signature-padded", rule.signature))
    digits = _digits(text, odd)
    if digits is None or len(text) > _LONGEST_SIGNATURE:
        return None, (*odd, _finding("signature-unreadable", rule.signature))
    algorithm = _BY_SIZE.get(len(digits) // 2) if len(digits) % 2 == 0 else None
    if algorithm is None:
        algorithm = rule.algorithm
        if not _SHORTEST_CUT <= len(digits) < 2 * _SIZES[algorithm]:
            return None, (*odd, _finding("signature-length", str(len(digits))))
        odd.append(_finding("signature-cut", str(len(digits))))
    if algorithm != rule.algorithm:
        odd.append(_finding(f"algorithm-{algorithm}", rule.algorithm))
    if digits != digits.lower() and not rule.any_case:
        odd.append(_finding("hex-upper-case"))
    return _Sought(digits.lower(), algorithm, tuple(odd)), tuple(odd)


def _digits(text: str, odd: list[Finding]) -> str | None:
    """Return the hex digits that a signature stands for, noting another form than hex."""
    if _HEX.fullmatch(text):
        return text
    if _DASHED.fullmatch(text):
        odd.append(_finding("hex-with-dashes"))
        return text.replace("-", "").lower()
    try:
        digest = b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    if len(digest) not in _BY_SIZE:
        return None
    odd.append(_finding("digest-base64"))
    return digest.hex()


def _search(
    came: Came, own: Recipe, key: bytes, sought: _Sought
) -> tuple[Recipe | None, tuple[Variant, ...], int]:
    seen: set[tuple[bytes, bytes | None]] = set()
    octets_left = _MOST_OCTETS
    for recipe, used in _recipes(came, own, key):
        placed = recipe.build(key)
        octets_left -= len(placed[0])
        if len(seen) == MOST_HASHES or (seen and octets_left < 0):
            break
        if placed in seen:
            continue
        seen.add(placed)
        if sought.is_of(_digest(sought.algorithm, *placed)):
            return recipe, used, len(seen)
    return None, (), len(seen)


def _recipes(came: Came, own: Recipe, key: bytes) -> Iterator[tuple[Recipe, tuple[Variant, ...]]]:
    """Yield the rule's own recipe, then each variant, then two together that change two stages."""
    yield own, ()
    seen = {own.build(key)}
    telling: list[Variant] = []
    for variant in variants(came):
        recipe = variant.applied(own)
        yield recipe, (variant,)
        placed = recipe.build(key)
        if placed not in seen:  # what changes nothing alone is left out of the pairs
            seen.add(placed)
            telling.append(variant)
    pairs = combinations(enumerate(telling), 2)
    for (_, one), (_, other) in sorted(pairs, key=lambda pair: pair[0][0] + pair[1][0]):
        if one.stage != other.stage:
            yield other.applied(one.applied(own)), (one, other)


def _legible(text: bytes) -> str:
    return text.decode("utf-8", "backslashreplace")


def first_difference(ours: bytes, theirs: bytes) -> Difference | None:
    """Return where two texts part, or nothing if they do not."""
    if ours == theirs:
        return None
    shorter = min(len(ours), len(theirs))
    at = next((index for index in range(shorter) if ours[index] != theirs[index]), shorter)
    our_sign, our_context = _around(ours, at)
    their_sign, their_context = _around(theirs, at)
    return Difference(at, our_sign, their_sign, our_context, their_context)


def _around(text: bytes, at: int) -> tuple[str, str]:
    """Return the character that the byte belongs to, and some text on both sides of it."""
    start = at
    while 0 < start < len(text) and text[start] & 0xC0 == 0x80:  # noqa: PLR2004 -- inside a character
        start -= 1
    after = _legible(text[start : start + 4 * _AROUND])
    before = _legible(text[max(0, start - 4 * _AROUND) : start])
    return after[:1], before[-_AROUND:] + after[: _AROUND + 1]
