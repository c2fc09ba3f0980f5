"""Wrong signatures explained: a client that does exactly this is recognised as doing this."""

import base64
import hashlib
import json
import unicodedata
from collections.abc import Mapping
from urllib.parse import quote, quote_plus, urlencode

import pytest

from mock_payment_gateway.domain import signing_rules as rules
from mock_payment_gateway.domain.explain import (
    MOST_HASHES,
    explain,
)
from mock_payment_gateway.domain.findings import SENTENCES
from mock_payment_gateway.domain.signing_rules import SigningRule
from tests.builders.gateway import INIT_ORDER
from tests.builders.signing import (
    AS_SENT,
    INIT,
    PAY,
    PIPES,
    PLAIN,
    QUERY_SECRET,
    RECEIPT,
    RIGHT,
    SECRET,
    SHOWN,
    VALUES,
    ascii_only,
    changed,
    each,
    encoded,
    joined,
    keyed,
    lower_escapes,
    mojibake,
    piped,
    sha256,
    sha512,
    swapped,
    unaccented,
    with_value,
)

PIPE_CLIENTS: dict[str, tuple[str, ...]] = {
    # the name of the variant: the signature that such a client sends, and the field it is about
    "secret-newline": (piped(*VALUES, secret=SECRET + "\n"),),
    "secret-crlf": (piped(*VALUES, secret=SECRET + "\r\n"),),
    "secret-space": (piped(*VALUES, secret=SECRET + " "),),
    "secret-quoted": (piped(*VALUES, secret=f'"{SECRET}"'),),
    "secret-upper": (piped(*VALUES, secret=SECRET.upper()),),
    "secret-lower": (piped(*VALUES, secret=SECRET.lower()),),
    "secret-first": (sha256(f"{SECRET}|{PIPES}"),),
    "secret-missing": (sha256(PIPES),),
    "secret-hmac": (keyed(PIPES),),
    "secret-glued": (sha256(PIPES + SECRET),),
    "secret-closed": (sha256(f"{PIPES}|{SECRET}|"),),
    "secret-text-and-key": (keyed(f"{PIPES}|{SECRET}"),),
    "values-encoded": (piped(*each(quote_plus)),),
    "values-encoded-20": (piped(*each(lambda text: quote(text, safe=""))),),
    "amount-times-100": (piped(*with_value("SoTien", lambda v: v + "00")), "SoTien"),
    "amount-not-times-100": (piped(*with_value("SoTien", lambda v: v[:-2])), "SoTien"),
    "amount-one-decimal": (piped(*with_value("SoTien", lambda v: v + ".0")), "SoTien"),
    "amount-two-decimals": (piped(*with_value("SoTien", lambda v: v + ".00")), "SoTien"),
    "amount-commas": (piped(*with_value("SoTien", lambda _: "150,000")), "SoTien"),
    "amount-dots": (piped(*with_value("SoTien", lambda _: "150.000")), "SoTien"),
    "charset-us-ascii": (piped(*each(ascii_only)),),
    "charset-latin-1": (piped(*each(mojibake)),),
    "unicode-decomposed": (piped(*each(lambda text: unicodedata.normalize("NFD", text))),),
    "accents-removed": (piped(*each(unaccented)),),
    "values-trimmed": (piped(*each(str.strip)),),
    "empty-dropped": (piped(*filter(None, VALUES)),),
    "all-as-sent": (
        piped(*AS_SENT, json.dumps(RECEIPT, ensure_ascii=False, separators=(",", ":"))),
    ),
    # an empty signature field before the secret makes the same bytes
    "trailing-separator": (piped(*VALUES, ""),),
    "field-extra": (piped(*VALUES, "x"), "MaMoi"),
    "field-missing": (
        piped(*(v for n, v in zip(INIT_ORDER, VALUES, strict=True) if n != "Ip")),
        "Ip",
    ),
    "order-as-sent": (piped("10.0.0.1", *VALUES[:-1]),),
    "order-sorted": (piped(*(str(INIT[name]) for name in sorted(INIT_ORDER))),),
    "order-swapped": (piped(*swapped(3)), "MaThamChieu"),
    "no-separator": (sha256("".join([*VALUES, SECRET])),),
    "names-included": (
        sha256("&".join([*map("=".join, zip(INIT_ORDER, VALUES, strict=True)), SECRET])),
    ),
    "names-included-pipe": (
        sha256("|".join([*map("=".join, zip(INIT_ORDER, VALUES, strict=True)), SECRET])),
    ),
    "algorithm-md5": (hashlib.md5(f"{PIPES}|{SECRET}".encode()).hexdigest(), "sha256"),  # noqa: S324 -- what such a client does
    "algorithm-sha1": (hashlib.sha1(f"{PIPES}|{SECRET}".encode()).hexdigest(), "sha256"),  # noqa: S324 -- what such a client does
    "algorithm-sha512": (hashlib.sha512(f"{PIPES}|{SECRET}".encode()).hexdigest(), "sha256"),
    "hex-upper-case": (RIGHT.upper(),),
    "hex-with-dashes": ("-".join(RIGHT[i : i + 2] for i in range(0, 64, 2)).upper(),),
    "digest-base64": (base64.b64encode(bytes.fromhex(RIGHT)).decode(),),
    "signature-cut": (RIGHT[:50], "50"),
    "signature-padded": (f"{RIGHT}\n", "MaXacThuc"),
}


@pytest.mark.parametrize("code", PIPE_CLIENTS)
def test_a_client_of_the_platform_is_recognised(code: str) -> None:
    signature, *field = PIPE_CLIENTS[code]

    told = explain(rules.PLATFORM_INIT, INIT, SECRET, signature)

    assert told.codes == (code,)
    assert [told.findings[0].field] == (field or [""])
    assert told.recognised
    assert not told.fits
    assert told.sentence == told.findings[0].sentence


QUERY_CLIENTS: dict[str, tuple[str, ...]] = {
    "secret-newline": (sha512(PLAIN, QUERY_SECRET + "\n"),),
    "secret-lower": (sha512(PLAIN, QUERY_SECRET.lower()),),
    "secret-last": (hashlib.sha512((PLAIN + QUERY_SECRET).encode()).hexdigest(),),
    "secret-first": (hashlib.sha512((QUERY_SECRET + PLAIN).encode()).hexdigest(),),
    "secret-missing": (hashlib.sha512(PLAIN.encode()).hexdigest(),),
    "secret-text-and-key": (sha512(PLAIN + QUERY_SECRET),),
    "secret-closed": (hashlib.sha512(f"{PLAIN}{QUERY_SECRET}&".encode()).hexdigest(),),
    "space-percent-20": (sha512(PLAIN.replace("+", "%20")),),
    "not-encoded": (sha512(joined(spell=str)),),
    "double-encoded": (sha512(joined(spell=lambda text: quote_plus(quote_plus(text)))),),
    "escapes-lower-case": (sha512(joined(spell=lower_escapes(quote_plus))),),
    "encoder-node-java": (sha512(joined(spell=encoded("*"))),),
    "encoder-php": (sha512(joined(spell=encoded(""))),),
    "encoder-dotnet": (sha512(joined(spell=encoded("()*!"))),),
    "encoder-dotnet-lower": (sha512(joined(spell=lower_escapes(encoded("()*!")))),),
    "encoder-uri-component": (sha512(joined(spell=encoded("!~*'()"))),),
    "encoder-uri-component-20": (sha512(joined(spell=encoded("!~*'()", "%20"))),),
    "encoder-slash-raw": (sha512(joined(spell=quote)),),
    "charset-us-ascii": (sha512(joined(spell=lambda text: quote_plus(ascii_only(text)))),),
    "charset-latin-1": (sha512(joined(spell=lambda text: quote_plus(mojibake(text)))),),
    "amount-not-times-100": (sha512(joined(changed("vnp_Amount", "150000"))), "vnp_Amount"),
    "amount-times-100": (sha512(joined(changed("vnp_Amount", "1500000000"))), "vnp_Amount"),
    "empty-kept": (sha512(joined(dict(sorted(PAY.items())))),),
    "unknown-dropped": (sha512(joined({n: v for n, v in SHOWN.items() if n != "utm"})),),
    "signature-included-empty": (
        sha512(joined(dict(sorted({**SHOWN, "vnp_SecureHash": ""}.items())))),
    ),
    "field-missing": (
        sha512(joined({n: v for n, v in SHOWN.items() if n != "vnp_IpAddr"})),
        "vnp_IpAddr",
    ),
    "order-as-sent": (sha512(joined({n: v for n, v in PAY.items() if v})),),
    "trailing-separator": (sha512(PLAIN + "&"),),
    "no-separator": (sha512(joined(mark="")),),
    "question-mark": (sha512("?" + PLAIN),),
    "values-by-pipe": (sha512("|".join(SHOWN.values())),),
    "algorithm-sha256": (keyed(PLAIN, QUERY_SECRET, "sha256"), "sha512"),
    "signature-cut": (sha512(PLAIN)[:100], "100"),
}


@pytest.mark.parametrize("code", QUERY_CLIENTS)
def test_a_client_of_vnpay_is_recognised(code: str) -> None:
    signature, *field = QUERY_CLIENTS[code]
    received = urlencode({**PAY, "vnp_SecureHash": signature})

    told = explain(rules.VNPAY, received, QUERY_SECRET, signature)

    assert told.codes == (code,)
    assert [told.findings[0].field] == (field or [""])
    assert told.recognised


ODD_CASES: dict[str, tuple[SigningRule, Mapping[str, object] | str, str, str]] = {
    "secret-trimmed": (rules.PLATFORM_INIT, INIT, f" {SECRET}\n", RIGHT),
    "secret-from-hex": (
        rules.PLATFORM_INIT,
        INIT,
        b"raw key".hex(),
        piped(*VALUES, secret="raw key"),
    ),
    "secret-from-base64": (
        rules.PLATFORM_INIT,
        INIT,
        base64.b64encode(b"raw key").decode(),
        piped(*VALUES, secret="raw key"),
    ),
    "unicode-composed": (
        rules.PLATFORM_INIT,
        INIT | {"ThongTinGiaoDich": unicodedata.normalize("NFD", VALUES[11])},
        SECRET,
        RIGHT,
    ),
    "space-plus": (
        rules.VNPAY,
        "vnp_OrderInfo=Le%20phi",
        SECRET,
        sha512("vnp_OrderInfo=Le+phi", SECRET),
    ),
    "encoder-python": (
        rules.VNPAY,
        "vnp_OrderInfo=a(%20)b~",
        SECRET,
        sha512("vnp_OrderInfo=a%28+%29b~", SECRET),
    ),
    "encoder-rfc3986": (
        rules.VNPAY,
        "vnp_OrderInfo=a(+)b~",
        SECRET,
        sha512("vnp_OrderInfo=a%28%20%29b~", SECRET),
    ),
    "order-declared": (
        rules.VNPAY,
        "vnp_TxnRef=1&vnp_Amount=2&vnp_Version=3",
        SECRET,
        sha512("vnp_Version=3&vnp_Amount=2&vnp_TxnRef=1", SECRET),
    ),
    "field-extra": (
        rules.VNPAY,
        "vnp_Amount=1&vnp_SecureHashType=SHA512",
        SECRET,
        sha512("vnp_Amount=1&vnp_SecureHashType=SHA512", SECRET),
    ),
    "secret-hmac": (
        rules.vnpay_legacy("sha256"),
        "vnp_Amount=1&vnp_OrderInfo=a+b",
        SECRET,
        keyed("vnp_Amount=1&vnp_OrderInfo=a b"),
    ),
}


@pytest.mark.parametrize("code", ODD_CASES)
def test_a_client_with_a_message_of_its_own_is_recognised(code: str) -> None:
    told = explain(*ODD_CASES[code])

    assert told.codes == (code,)


@pytest.mark.parametrize("spaced", [False, True])
def test_receipt_data_that_was_hashed_is_found_in_either_spelling(spaced: bool) -> None:  # noqa: FBT001 -- a parameter of pytest
    separators = (", ", ": ") if spaced else (",", ":")
    text = json.dumps(RECEIPT, ensure_ascii=False, separators=separators)

    told = explain(rules.PLATFORM_INIT, INIT, SECRET, piped(*VALUES, text))

    assert [(one.code, one.field) for one in told.findings] == [("field-extra", "ThongTinBienLai")]


def test_every_name_of_a_deviation_has_a_client_that_is_recognised_by_it() -> None:
    unreadable = {"signature-empty", "signature-unreadable", "signature-length"}

    assert {*PIPE_CLIENTS, *QUERY_CLIENTS, *ODD_CASES} == set(SENTENCES) - unreadable


PAIRS = {
    ("secret-newline", "not-encoded"): sha512(joined(spell=str), QUERY_SECRET + "\n"),
    ("space-percent-20", "amount-not-times-100"): sha512(
        joined(changed("vnp_Amount", "150000"), lambda text: quote_plus(text).replace("+", "%20"))
    ),
    ("not-encoded", "order-as-sent"): sha512(joined({n: v for n, v in PAY.items() if v}, str)),
    ("algorithm-sha256", "not-encoded", "secret-first"): sha256(QUERY_SECRET + joined(spell=str)),
    ("algorithm-md5", "not-encoded", "secret-first"): hashlib.md5(  # noqa: S324 -- what such a client does
        (QUERY_SECRET + joined(spell=str)).encode()
    ).hexdigest(),
    ("trailing-separator", "empty-kept"): sha512(joined(dict(sorted(PAY.items()))) + "&"),
}


@pytest.mark.parametrize("codes", PAIRS)
def test_two_deviations_together_are_recognised(codes: tuple[str, ...]) -> None:
    """The last two: an old 2.0.x client that talks to the new rule."""
    told = explain(rules.VNPAY, urlencode(PAY), QUERY_SECRET, PAIRS[codes])

    assert told.codes == codes
    assert told.hashes <= MOST_HASHES
