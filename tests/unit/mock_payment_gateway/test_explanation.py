"""What an explanation of a signature says, and that nothing that comes can break it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_payment_gateway.domain import signing_rules as rules
from mock_payment_gateway.domain.explain import (
    MOST_HASHES,
    Difference,
    explain,
    first_difference,
    fits,
)
from mock_payment_gateway.domain.signing_rules import SigningRule
from tests.builders.gateway import INIT_ORDER
from tests.builders.signing import (
    INIT,
    PAY,
    PIPES,
    PLAIN,
    QUERY_SECRET,
    RIGHT,
    SECRET,
    VALUES,
    joined,
    keyed,
    piped,
    sha256,
    sha512,
)

RIGHT_ONES = [
    (rules.PLATFORM_INIT, INIT, SECRET, RIGHT),
    (rules.VNPAY, PLAIN, QUERY_SECRET, sha512(PLAIN)),
    (rules.VNPAY, PAY, QUERY_SECRET, sha512(PLAIN).upper()),
    (rules.VNPAY, "vnp_OrderInfo=a(*)%20b", SECRET, sha512("vnp_OrderInfo=a(*)%20b", SECRET)),
    (
        rules.vnpay_legacy("md5"),
        PLAIN + "&vnp_SecureHashType=MD5",
        QUERY_SECRET,
        hashlib.md5((QUERY_SECRET + joined(spell=str)).encode()).hexdigest(),  # noqa: S324 -- the rule of 2.0.x
    ),
    (
        rules.vnpay_legacy("sha256"),
        PLAIN,
        QUERY_SECRET,
        sha256(QUERY_SECRET + joined(spell=str)),
    ),
]


@pytest.mark.parametrize(("rule", "came", "secret", "signature"), RIGHT_ONES)
def test_a_right_signature_fits_and_needs_no_words(
    rule: SigningRule, came: Mapping[str, object] | str, secret: str, signature: str
) -> None:
    told = explain(rule, came, secret, signature)

    assert fits(rule, came, secret, signature)
    assert told.fits
    assert (told.codes, told.difference, told.hashes) == ((), None, 1)
    assert told.sentence == "Chữ ký đúng."


def filled(rule: SigningRule, piped_values: str) -> dict[str, object]:
    return dict(zip(rule.fields, piped_values.split("|"), strict=True))


def test_the_published_vectors_fit() -> None:
    """One for each message of payments that is signed with pipes."""
    secret = "TESTSECRET0123456789TESTSECRET01"
    query = filled(
        rules.VNPAY_QUERYDR,
        "R1|2.1.0|querydr|HPTEST01|HS0001|20250101101010|20250101101310|127.0.0.1|Truy van HS0001",
    )
    refund = filled(
        rules.VNPAY_REFUND,
        "R2|2.1.0|refund|HPTEST01|02|HS0001|15000000|14226112|20250101101010|admin"
        "|20250101101510|127.0.0.1|Hoan phi HS0001",
    )
    confirm = filled(
        rules.PLATFORM_CONFIRM,
        "CONFIRM|00|HPG01|dvcH24120250101101010|150000|VND|PP0001|VIETCOMBANK|20250101101510"
        "|THANH TOAN HO SO H24.1",
    )

    assert fits(
        rules.VNPAY_QUERYDR,
        query,
        secret,
        "6d36402e66f944d512e0b1a012fec5195284f2ccdf7a3f488fa8a8501365936006becfc144535934"
        "bbba0a422bfe34a7a5e6b773795992aafbb8e1f92fad7215",
    )
    assert fits(
        rules.VNPAY_REFUND,
        refund,
        secret,
        "53371de6e4c5fd8744374a2031382fa6bf0fcdc4baa2f857f100a8dbeaf335861c8f2e85b8d437d5"
        "6e0afa04c10115891322985846fe783bb31cacadebd021cd",
    )
    assert fits(
        rules.PLATFORM_CONFIRM,
        confirm | {"SoTien": 150_000},
        "SECRET",
        "008fca31ac680ebfc17ab13fd446c51c28ee54297d4bbe23f910fa1166de168b",
    )


UNREADABLE = {
    "": ("signature-empty",),
    " \n": ("signature-empty",),
    "không phải băm": ("signature-unreadable",),
    "=": ("signature-unreadable",),
    "YWJj": ("signature-unreadable",),
    "a" * 1001: ("signature-unreadable",),
    "abc": ("signature-length",),
    "a" * 127: ("signature-length",),
    " abc": ("signature-padded", "signature-length"),
}


@pytest.mark.parametrize("signature", UNREADABLE)
def test_a_text_that_is_no_hash_is_called_that(signature: str) -> None:
    told = explain(rules.PLATFORM_INIT, INIT, SECRET, signature)

    assert told.codes == UNREADABLE[signature]
    assert not told.recognised
    assert told.hashes == 0
    assert "so từng byte" in told.sentence


def test_a_stranger_is_not_recognised_and_sees_what_we_hashed() -> None:
    told = explain(rules.PLATFORM_INIT, INIT, SECRET, "0" * 64)

    assert not told.recognised
    assert told.codes == ()
    assert told.ours == PIPES + "|" + "*" * len(SECRET)
    assert told.difference is None


def test_the_first_byte_that_differs_is_shown_with_what_stands_around_it() -> None:
    signature = sha512(PLAIN.replace("+", "%20"))

    told = explain(rules.VNPAY, urlencode(PAY), QUERY_SECRET, signature)

    assert told.theirs == PLAIN.replace("+", "%20")
    assert told.difference == Difference(
        len("utm=a"), "+", "%", "utm=a+b&vnp_Amount=150", "utm=a%20b&vnp_Amount=1"
    )


def test_the_difference_counts_bytes_and_names_whole_characters() -> None:
    gap = first_difference("Lệ phí".encode(), "Lễ phí".encode())

    assert gap == Difference(3, "ệ", "ễ", "Lệ phí", "Lễ phí")


def test_a_text_that_ends_early_differs_at_its_end() -> None:
    gap = first_difference(b"a|b", b"a|")

    assert gap == Difference(2, "b", "", "a|b", "a|")


@pytest.mark.parametrize(
    "signature",
    [
        piped(*VALUES, secret=SECRET.upper()),
        sha256(f"{PIPES}|{SECRET}|"),
        keyed(PIPES),
        RIGHT.upper(),
    ],
)
def test_neither_the_secret_nor_a_right_signature_is_ever_told(signature: str) -> None:
    told = explain(rules.PLATFORM_INIT, INIT, SECRET, signature)

    words = json.dumps(told.as_json(), ensure_ascii=False)
    assert SECRET.lower() not in words.lower()
    assert RIGHT not in words


def test_an_explanation_is_ready_for_json() -> None:
    told = explain(rules.PLATFORM_INIT, INIT, SECRET, piped(*VALUES, "x")).as_json()

    assert json.loads(json.dumps(told)) == told
    assert told["rule"] == "platform-init"
    assert told["findings"] == [
        {
            "code": "field-extra",
            "field": "MaMoi",
            "sentence": "Bên gửi băm thừa trường MaMoi: trường này không nằm trong chuỗi băm.",
        }
    ]
    assert told["difference"] == {
        "at": len(PIPES.encode()) + 1,
        "ours": "*",
        "theirs": "x",
        "our_context": PIPES[-15:] + "|" + "*" * 16,
        "their_context": PIPES[-15:] + "|x|" + "*" * 15,
    }


def test_the_rules_hold_the_fields_of_the_documents() -> None:
    """The lists that other tests do not spell out."""
    assert rules.VNPT_INIT.fields[4:6] == ("SERVICE_ID", "AMOUNT")
    assert rules.VNPT_INIT_1_0_5.fields[4:7] == ("AMOUNT", "AMOUNT_DETAIL", "SERVICE_ID")
    assert rules.PLATFORM_GET_BILL.fields == rules.PLATFORM_QUERY.fields
    assert len(rules.VNPT_CONFIRM.fields) == len(rules.PLATFORM_CONFIRM.fields) == 10
    assert rules.PLATFORM_ACK.fields[-1] == "ThoiGianGD"
    assert rules.VNPT_ACK.fields[0] == "RESPONSE_CODE"
    assert rules.VNPT_QUERY.fields[-1] == "CREATE_DATE"


RULES = st.sampled_from(
    [
        rules.PLATFORM_INIT,
        rules.PLATFORM_QUERY,
        rules.VNPAY,
        rules.VNPAY_REFUND,
        rules.VNPT_INIT,
        rules.vnpay_legacy("md5"),
    ]
)
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=30)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=5,
)
NAMES = st.sampled_from(INIT_ORDER) | st.sampled_from(rules.VNPAY.fields) | ANY_TEXT
HASH_LIKE = st.sampled_from([32, 40, 64, 128, 50]).map(lambda size: "ab" * (size // 2))


@given(
    RULES,
    ANY_TEXT | st.dictionaries(NAMES, ANY_JSON, max_size=8),
    ANY_TEXT,
    ANY_TEXT | HASH_LIKE,
)
def test_nothing_that_comes_can_break_it(
    rule: SigningRule, came: dict[str, object] | str, secret: str, signature: str
) -> None:
    told = explain(rule, came, secret, signature)

    assert told.hashes <= MOST_HASHES
    json.dumps(told.as_json(), ensure_ascii=False).encode()
    assert told.fits == fits(rule, came, secret, signature)


@pytest.mark.parametrize(
    "value", [10**5000, {1: object()}, float("nan")], ids=["long", "object", "nan"]
)
def test_values_that_json_cannot_spell_are_only_values(value: object) -> None:
    assert not explain(rules.PLATFORM_INIT, INIT | {"SoTien": value}, SECRET, "0" * 64).recognised


def test_an_endless_object_is_only_a_value() -> None:
    endless: list[object] = []
    endless.append(endless)

    assert not explain(rules.PLATFORM_INIT, INIT | {"Ip": endless}, SECRET, "0" * 64).recognised


def test_a_huge_message_is_searched_less_far() -> None:
    query = "&".join(f"a{number}={'x' * 100}" for number in range(5_000))

    told = explain(rules.VNPAY, query, QUERY_SECRET, "0" * 128)

    assert 1 < told.hashes < 40


def test_the_work_is_bounded_however_many_fields_there_are() -> None:
    rule = replace(rules.PLATFORM_INIT, fields=tuple(f"f{number}" for number in range(60)))
    body = {name: f"Lệ {name}" for name in rule.fields}

    assert explain(rule, body, SECRET, "0" * 64).hashes == MOST_HASHES


def test_the_query_is_read_as_a_browser_sends_it() -> None:
    told = explain(rules.VNPAY, "&vnp_Amount=1&&vnp_TxnRef", SECRET, "0" * 128)

    assert told.ours == "vnp_Amount=1"
    assert parse_qsl(told.ours) == [("vnp_Amount", "1")]
