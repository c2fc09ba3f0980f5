"""How VNPAY hashes: 2.1.0 with HMAC-SHA512 over the encoded query, 2.0.x with MD5 or SHA-256.

Sorted by name, empty values and the hash itself left out, ``name=value`` joined by ``&``, a blank
as ``+`` [S]. Clients encode differently, so a request is judged by the bytes that came [S].
"""

import hmac
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from hashlib import md5, sha256
from urllib.parse import quote_plus, unquote_plus

HASH, HASH_TYPE = "vnp_SecureHash", "vnp_SecureHashType"
_OUTSIDE = frozenset({HASH, HASH_TYPE})
Pairs = list[tuple[str, str]]


class HashKind(StrEnum):
    """Which hash a merchant's client speaks."""

    HMAC_SHA512 = "HmacSHA512"  # 2.1.0
    SHA256 = "SHA256"  # 2.0.x
    MD5 = "MD5"  # 2.0.x


def _with_tilde(safe: str) -> Callable[[str], str]:
    return lambda text: quote_plus(text, safe=safe).replace("~", "%7E")


ENCODERS: Mapping[str, Callable[[str], str]] = {
    "quote_plus": quote_plus,
    "URLSearchParams": _with_tilde("*"),
    "PHP urlencode": _with_tilde(""),
    "encodeURIComponent": lambda text: quote_plus(text, safe="()*'!"),
    "WebUtility.UrlEncode": _with_tilde("()*!"),
}
"""How client libraries write a value; measured, or remembered of PHP and .NET."""


def split(raw: str) -> Pairs:
    """Return names and values of a query string exactly as they came."""
    parts = (part.partition("=") for part in raw.split("&") if part)
    return [(name, value) for name, _, value in parts]


def decode(raw: str) -> dict[str, str]:
    """Return the decoded fields; of a repeated name the first."""
    fields: dict[str, str] = {}
    for name, value in split(raw):
        fields.setdefault(unquote_plus(name), unquote_plus(value))
    return fields


def joined(pairs: Iterable[tuple[str, str]]) -> str:
    """Return the string that is hashed, from pairs that are encoded already."""
    kept = sorted((name, value) for name, value in pairs if value and name not in _OUTSIDE)
    return "&".join(f"{name}={value}" for name, value in kept)


def encoded(fields: Mapping[str, str], encoder: Callable[[str], str] = quote_plus) -> str:
    """Return the string that is hashed, from plain fields."""
    return joined((encoder(name), encoder(value)) for name, value in fields.items())


def hmac_sha512(data: str, secret: str) -> str:
    """Return the lower hex HMAC-SHA512: lower, because several clients compare strictly [S]."""
    return hmac.new(secret.encode(), data.encode("utf-8", "replace"), "sha512").hexdigest()


def legacy_hash(fields: Mapping[str, str], secret: str, kind: HashKind) -> str:
    """Return the hash of 2.0.x: MD5 or SHA-256 of the secret and the unencoded query [S]."""
    data = (secret + joined(fields.items())).encode("utf-8", "replace")
    if kind is HashKind.MD5:
        return md5(data, usedforsecurity=False).hexdigest()
    return sha256(data).hexdigest()


def sign(fields: Mapping[str, str], secret: str, kind: HashKind = HashKind.HMAC_SHA512) -> str:
    """Return the whole query string, signed."""
    query = encoded(fields)
    if kind is HashKind.HMAC_SHA512:
        return f"{query}&{HASH}={hmac_sha512(query, secret)}"
    return f"{query}&{HASH_TYPE}={kind}&{HASH}={legacy_hash(fields, secret, kind)}"


def same(one: str, other: str) -> bool:
    """Compare two hashes in constant time; case does not matter, some clients send upper [S]."""
    return hmac.compare_digest(one.lower().encode(), other.lower().encode("utf-8", "replace"))


def matching(raw: str, secret: str) -> str | None:
    """Return which reading of a 2.1.0 query its hash fits (``raw``, or an encoder), or ``None``."""
    given = dict(reversed(split(raw))).get(HASH, "")
    if same(hmac_sha512(joined(split(raw)), secret), given):
        return "raw"
    fields = decode(raw)
    for name, encoder in ENCODERS.items():
        if same(hmac_sha512(encoded(fields, encoder), secret), given):
            return name
    return None


def matching_legacy(fields: Mapping[str, str], secret: str) -> HashKind | None:
    """Return which hash of 2.0.x fits, or ``None``; the named kind, or else either."""
    named = fields.get(HASH_TYPE, "").upper()
    kinds = [k for k in (HashKind.MD5, HashKind.SHA256) if named in {"", k}]
    for kind in kinds:
        if same(legacy_hash(fields, secret, kind), fields.get(HASH, "")):
            return kind
    return None


def pipe_hash(values: Iterable[str], secret: str) -> str:
    """Return the hash of the JSON interface: HMAC-SHA512 of the raw values joined by pipes [S]."""
    return hmac_sha512("|".join(values), secret)
