"""VNPAY's hashes: the published vectors, what is taken, what is not."""

from urllib.parse import quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_payment_gateway.domain.explained import explanation
from mock_payment_gateway.domain.vnpay import api, wire
from mock_payment_gateway.domain.vnpay.errors import BadData
from mock_payment_gateway.domain.vnpay.pay import Pay
from mock_payment_gateway.domain.vnpay.wire import HashKind
from tests.builders import vnpay as v


@pytest.mark.parametrize(
    ("query", "right"), [(v.PAY_VECTOR, v.PAY_HASH), (v.RETURN_VECTOR, v.RETURN_HASH)]
)
def test_query_vectors(query: str, right: str) -> None:
    assert wire.sign(wire.decode(query), v.SECRET) == f"{query}&vnp_SecureHash={right}"
    assert wire.matching(f"{query}&vnp_SecureHash={right}", v.SECRET) == "raw"


API_VECTORS = [
    (
        "R1|2.1.0|querydr|HPTEST01|HS0001|20250101101010|20250101101310|127.0.0.1|Truy van HS0001",
        (
            "6d36402e66f944d512e0b1a012fec5195284f2ccdf7a3f488fa8a85013659360"
            "06becfc144535934bbba0a422bfe34a7a5e6b773795992aafbb8e1f92fad7215"
        ),
    ),
    (
        (
            "X1|querydr|00|QueryDR Success|HPTEST01|HS0001|15000000|NCB|20250101101210|14226112|01"
            "|00|Truy van HS0001||"
        ),
        (
            "31ce88fda4f7b1944ec6562b2b3879cf35c6c36511204b6eca522dbc3892b8d4"
            "3cc857c9b9586c8cc4dc686ae81b2176c2beaa69f770b5c1dd4f48198aaff78f"
        ),
    ),
    (
        (
            "R2|2.1.0|refund|HPTEST01|02|HS0001|15000000|14226112|20250101101010|admin|20250101101510"
            "|127.0.0.1|Hoan phi HS0001"
        ),
        (
            "53371de6e4c5fd8744374a2031382fa6bf0fcdc4baa2f857f100a8dbeaf33586"
            "1c8f2e85b8d437d56e0afa04c10115891322985846fe783bb31cacadebd021cd"
        ),
    ),
    (
        (
            "X2|refund|00|Refund success|HPTEST01|HS0001|15000000|NCB|20250101101511|14226113|02|05"
            "|Hoan phi HS0001"
        ),
        (
            "8f0fa519fcba20c34a0b55316627fc4f56c5be68b378df8ded216efe8efeebfe"
            "c980dadc7fc95b2b4efa2816f908e8577c86ccbd84c49d3286b5e39043a6b2bb"
        ),
    ),
]


@pytest.mark.parametrize(("text", "right"), API_VECTORS)
def test_pipe_vectors(text: str, right: str) -> None:
    assert wire.pipe_hash(text.split("|"), v.SECRET) == right


@pytest.mark.parametrize("index", [0, 2])
def test_requests_hash_their_fields_in_the_vectors_order(index: int) -> None:
    text, right = API_VECTORS[index]
    order = api.ORDERS[text.split("|")[2]]
    body: dict[str, object] = dict(zip(order, text.split("|"), strict=True))

    request = api.Request.read(body | {"vnp_SecureHash": right.upper()})

    assert request.hashed == text
    request.check(v.SECRET)


@pytest.mark.parametrize("index", [1, 3])
def test_answers_hash_their_fields_in_the_vectors_order(index: int) -> None:
    text, right = API_VECTORS[index]
    command = text.split("|")[1]
    values = dict(zip(api.ANSWER_ORDERS[command], text.split("|"), strict=True))
    asked = v.api_request(
        v.QUERYDR if command == "querydr" else v.REFUND, OrderInfo=values["vnp_OrderInfo"]
    )
    found = {n: x for n, x in values.items() if x and n != "vnp_ResponseId"}

    answer = api.Request.read(dict(asked)).answer(v.SECRET, values["vnp_ResponseId"], found)

    assert answer["vnp_SecureHash"] == right
    assert "vnp_PromotionCode" not in answer


def test_upper_case_hex_is_taken() -> None:
    assert wire.matching(f"{v.PAY_VECTOR}&vnp_SecureHash={v.PAY_HASH.upper()}", v.SECRET) == "raw"


NAMES = st.sampled_from(["vnp_OrderInfo", "vnp_TxnRef", "vnp_Inv_Email", "vnp_Bill_City"])
VALUES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30)


@given(st.dictionaries(NAMES, VALUES, min_size=1), st.sampled_from(sorted(wire.ENCODERS)))
def test_every_clients_spelling_is_taken_as_it_came(fields: dict[str, str], encoder: str) -> None:
    query = wire.encoded(fields, wire.ENCODERS[encoder])

    assert wire.matching(f"{query}&vnp_SecureHash={v.sha512(query)}", v.SECRET) == "raw"


def test_a_query_that_was_spelt_anew_on_its_way_is_taken_and_told() -> None:
    fields = {"vnp_OrderInfo": "Phi (A)*"}
    hashed = wire.encoded(fields, wire.ENCODERS["encodeURIComponent"])
    came = f"vnp_OrderInfo={quote_plus('Phi (A)*')}&vnp_SecureHash={v.sha512(hashed)}"

    assert wire.matching(came, v.SECRET) == "encodeURIComponent"


@given(st.text(max_size=200))
def test_any_query_string_is_refused_without_a_fault(raw: str) -> None:
    assert wire.matching(raw, v.SECRET) is None
    assert wire.matching_legacy(wire.decode(raw), v.SECRET) is None


@pytest.mark.parametrize("kind", [HashKind.MD5, HashKind.SHA256])
def test_the_old_hashes_are_still_spoken(kind: HashKind) -> None:
    pay = Pay.read(v.old_query(v.pay_fields(), kind), v.SECRET)

    assert pay is not None
    assert pay.hash_kind is kind
    answer = wire.decode(wire.sign({"vnp_TxnRef": "x y"}, v.SECRET, kind))
    assert wire.matching_legacy(answer, v.SECRET) is kind


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Amount", "150"),
        ("Amount", "1500000000000"),
        ("Amount", ""),
        ("Amount", "15000050"),
        ("CreateDate", "20251301101010"),
        ("ExpireDate", "2025"),
        ("CurrCode", "USD"),
        ("Locale", "fr"),
        ("OrderInfo", ""),
        ("OrderInfo", "x" * 256),
        ("ReturnUrl", "localhost"),
        ("ReturnUrl", "http://[/x"),
        ("TxnRef", "a|b"),
        ("Command", "steal"),
        ("Version", "3.0.0"),
    ],
)
def test_a_wrong_field_is_named(name: str, value: str) -> None:
    with pytest.raises(BadData) as refused:
        Pay.read(v.signed_query(v.pay_fields(**{name: value})), v.SECRET)

    assert f"vnp_{name}" in refused.value.facts


def test_a_wrong_hash_is_explained() -> None:
    query = v.PAY_VECTOR.replace("+", "%20")
    raw = f"{v.PAY_VECTOR}&vnp_SecureHash={v.sha512(query)}"

    told = explanation(raw, wire.decode(raw), v.SECRET)

    assert told["ours"].startswith("vnp_Amount=15000000&vnp_Command=pay")
    assert "%20" in told["theirs"]
    assert v.SECRET not in "".join(told.values())
