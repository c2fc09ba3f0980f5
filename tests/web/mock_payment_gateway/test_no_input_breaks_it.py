"""No body, however odd, to any route is answered with a 5xx."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import vnpay as v
from tests.builders.gateway import an_init
from tests.web.mock_payment_gateway.neighbours import Street
from tests.web.mock_payment_gateway.vnpay_rig import Shop

ANY_TEXT = st.text(st.characters(exclude_categories=()))
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(ANY_TEXT, inner),
    max_leaves=8,
)
NAMES = st.sampled_from(
    [*an_init(), "TrangThaiGD", "request_id", "state", "code", "amount", "bank_ref", "partners",
     "name", "secret", "confirm_url", "bank", "message", "self", "facts", "merchants", "courses",
     "events", "mismatches", "data", "ACTION", "AMOUNT", "SECURE_CODE", "otpvalue", "cardNumber",
     "paymethod", "token", "vnp_Command", "vnp_RequestId", "MaHoanTien", "NgayDoiSoat"]
)  # fmt: skip
NEARLY_RIGHT = st.dictionaries(NAMES, ANY_JSON) | st.builds(
    lambda changes: an_init() | changes, st.dictionaries(NAMES, ANY_JSON, max_size=2)
)


@pytest.fixture(scope="module")
def here() -> Iterator[tuple[Street, str]]:
    street = Street()
    street.house.flask.testing = True  # an unforeseen error is raised, and so found
    yield street, street.order()
    street.close()


def _routes(street: Street, token: str) -> list[tuple[str, str]]:
    """Return every route that takes a body or an argument, with real arguments."""
    found = []
    for rule in street.house.flask.url_map.iter_rules():
        if rule.rule.startswith("/_sim") and rule.rule != "/_sim/seed":
            continue  # the kernel's own
        path = rule.rule.replace("<path:filename>", "kit.css").replace("<token>", token)
        found += [(method, path) for method in (rule.methods or ()) if method != "OPTIONS"]
    return found


@given(data=st.data())
@settings(max_examples=200, deadline=None)
def test_any_json(here: tuple[Street, str], data: st.DataObject) -> None:
    street, token = here
    method, path = data.draw(st.sampled_from(_routes(street, token)))
    body = data.draw(ANY_JSON | NEARLY_RIGHT)

    # Spelt in ASCII: JSON can hold half characters that UTF-8 cannot.
    raw = json.dumps(body).encode("ascii")
    assert _sent(street, method, path, data=raw, content_type="application/json") < 500


@given(data=st.data())
@settings(max_examples=200, deadline=None)
def test_any_bytes(here: tuple[Street, str], data: st.DataObject) -> None:
    street, token = here
    method, path = data.draw(st.sampled_from(_routes(street, token)))
    kind = data.draw(st.sampled_from(["application/json", "text/plain", "multipart/form-data", ""]))
    headers = {"Content-Type": kind, "x-request-signature": data.draw(st.text("0aé", max_size=4))}

    raw = data.draw(st.binary())
    assert _sent(street, method, path, data=raw, headers=headers) < 500


@given(data=st.data())
@settings(max_examples=200, deadline=None)
def test_any_form(here: tuple[Street, str], data: st.DataObject) -> None:
    street, token = here
    method, path = data.draw(st.sampled_from(_routes(street, token)))
    form = data.draw(st.dictionaries(NAMES, st.text()))

    assert _sent(street, method, path, data=form) < 500


VNPAY = st.sampled_from([*v.pay_fields(), "vnp_SecureHash", "vnp_ExpireDate", "vnp_BankCode"])


@given(st.dictionaries(VNPAY, ANY_TEXT, max_size=4))
@settings(max_examples=200, deadline=None)
def test_any_pay_request_under_a_right_hash(
    here: tuple[Street, str], changes: dict[str, str]
) -> None:
    street, _ = here
    Shop(street)
    changes = {name: text.encode("utf-8", "replace").decode() for name, text in changes.items()}

    raw = v.signed_query(v.pay_fields() | changes)
    assert _sent(street, "GET", f"/paymentv2/vpcpay.html?{raw}") < 500


@given(st.binary())
@settings(max_examples=100, deadline=None)
def test_any_query_string(here: tuple[Street, str], raw: bytes) -> None:
    street, _ = here

    assert _sent(street, "GET", "/paymentv2/vpcpay.html", query_string=raw.decode("latin-1")) < 500


@given(st.text(min_size=1))
@settings(max_examples=100, deadline=None)
def test_any_token(here: tuple[Street, str], token: str) -> None:
    street, _ = here

    assert _sent(street, "GET", f"/thanh-toan/{token}/ket-qua") < 500


@pytest.mark.parametrize("path", ["/payment-platform/1.0.6/init", "/bank/notices", "/_sim/seed"])
@pytest.mark.parametrize("raw", [b"[" * 100_000, b'{"a":' * 100_000, b"1" * 5000])
def test_json_without_end(here: tuple[Street, str], path: str, raw: bytes) -> None:
    street, _ = here

    assert _sent(street, "POST", path, data=raw) < 500


def _sent(street: Street, method: str, path: str, **parts: Any) -> int:
    return street.client.open(path, method=method, **parts).status_code
