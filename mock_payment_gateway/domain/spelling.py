"""How clients are known to spell a value, an amount and a secret, byte for byte.

URL encoders: measured [E] for Node, Java and Python; PHP and .NET are remembered [R].
"""

import binascii
import re
import unicodedata
from base64 import b64decode
from collections.abc import Callable, Mapping

_LONGEST_AMOUNT = 18
_A_HUNDRED = 100
_ALWAYS_RAW = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."
_ESCAPE = re.compile("%[0-9A-Fa-f]{2}")

Spell = Callable[[str], str]


def octets(text: str) -> bytes:
    """Return the UTF-8 of any text, even of half a character that JSON may spell."""
    return text.encode("utf-8", "surrogatepass")


def _encoder(also_raw: str, space: str, form: str = "%{:02X}") -> Spell:
    raw = {ord(letter) for letter in _ALWAYS_RAW + also_raw}
    table = [chr(code) if code in raw else form.format(code) for code in range(256)]
    table[ord(" ")] = space

    def spell(text: str) -> str:
        return "".join([table[octet] for octet in octets(text)])

    return spell


plus = _encoder("~", "+")
"""The rule's own spelling, which is Python's ``quote_plus``."""

percent_20 = _encoder("~", "%20")
"""RFC 3986: Python's ``quote`` without safe letters, PHP's ``rawurlencode``."""

ENCODERS: Mapping[str, Spell] = {
    "encoder-python": plus,
    "encoder-node-java": _encoder("*", "+"),
    "encoder-php": _encoder("", "+"),
    "encoder-dotnet": _encoder("()*!", "+"),
    "encoder-dotnet-lower": _encoder("()*!", "+", "%{:02x}"),
    "encoder-uri-component": _encoder("!~*'()", "+"),
    "encoder-uri-component-20": _encoder("!~*'()", "%20"),
    "encoder-rfc3986": percent_20,
    "encoder-slash-raw": _encoder("~/", "%20"),
}


def lower_escapes(spelt: str) -> str:
    """Return the text with the digits of its ``%XX`` in lower case."""
    return _ESCAPE.sub(lambda found: found[0].lower(), spelt)


def _without_accents(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def _whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST_AMOUNT


def _divided(text: str) -> str:
    return text[:-2] if _whole(text) and int(text) % _A_HUNDRED == 0 and int(text) else text


AMOUNTS: Mapping[str, Callable[[str], str]] = {
    "amount-times-100": lambda text: text + "00" if _whole(text) else text,
    "amount-not-times-100": _divided,
    "amount-one-decimal": lambda text: text + ".0" if _whole(text) else text,
    "amount-two-decimals": lambda text: text + ".00" if _whole(text) else text,
    "amount-commas": lambda text: f"{int(text):,}" if _whole(text) else text,
    "amount-dots": lambda text: f"{int(text):,}".replace(",", ".") if _whole(text) else text,
}
TEXTS: Mapping[str, Callable[[str], str]] = {
    "charset-us-ascii": lambda text: text.encode("ascii", "replace").decode("ascii"),
    "charset-latin-1": lambda text: octets(text).decode("latin-1"),
    "unicode-composed": lambda text: unicodedata.normalize("NFC", text),
    "unicode-decomposed": lambda text: unicodedata.normalize("NFD", text),
    "accents-removed": _without_accents,
    "values-trimmed": str.strip,
}


def _decoded(decode: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    def change(secret: bytes) -> bytes:
        try:
            return decode(secret)
        except (binascii.Error, ValueError):
            return secret

    return change


SECRETS: Mapping[str, Callable[[bytes], bytes]] = {
    "secret-trimmed": bytes.strip,
    "secret-newline": lambda secret: secret + b"\n",
    "secret-crlf": lambda secret: secret + b"\r\n",
    "secret-space": lambda secret: secret + b" ",
    "secret-quoted": lambda secret: b'"' + secret + b'"',
    "secret-upper": bytes.upper,
    "secret-lower": bytes.lower,
    "secret-from-hex": _decoded(binascii.unhexlify),
    "secret-from-base64": _decoded(lambda secret: b64decode(secret, validate=True)),
}
