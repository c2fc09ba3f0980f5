"""No request to any route, however odd, is answered with a 5xx."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mock_bank.web.parsing import ORDER_FIELDS, SIGN_IN_FIELDS
from tests.web.mock_bank.conftest import Counter

# JSON can spell halves of letters that UTF-8 cannot: "\\ud800".
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=20)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=6,
)
TREACHEROUS = ["message", "self", "facts", "code", "customers", "now", "mode", "name", "seed"]
NEARLY_RIGHT = st.dictionaries(st.sampled_from([*ORDER_FIELDS, *TREACHEROUS]), ANY_JSON)
TRANSFER_FIELDS = ("to", "amount", "content", "key")
FORMS = st.dictionaries(
    st.sampled_from([*SIGN_IN_FIELDS, "agree", "otp", "method", "to", "amount", "content", "key"]),
    st.text(),
    max_size=5,
)
HOLES = ("<request_id>", "<token>", "<approval>", "<refund_id>", "<key>", "<any>")
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
# What these do to worlds is the kernel's business, and this test needs its world.
SPARED = ("/_sim/worlds", "/_sim/pump", "/static/")

hostile = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def paths(counter: Counter) -> list[str]:
    """Return the patterns of all routes, with the parts of a payment that is there."""
    token = counter.order().rsplit("/", 1)[1]
    rules = counter.client.application.url_map.iter_rules()
    patterns = sorted({str(r) for r in rules if not str(r).startswith(SPARED)})
    return [
        p.replace("<any('dang-nhap', 'chap-thuan', 'xac-nhan'):slug>", slug).replace(
            "/thanh-toan/<token>", f"/thanh-toan/{token}"
        )
        for p in patterns
        for slug in ("dang-nhap", "chap-thuan", "xac-nhan")
    ]


def filled(pattern: str, text: str) -> str:
    """Put a text where a route has a hole."""
    pattern = pattern.replace("<code>", "VIETCOMBANK" if len(text) % 2 else "<any>")
    for hole in HOLES:
        pattern = pattern.replace(hole, quote(text, safe="", errors="replace") or "x")
    return pattern


def status(counter: Counter, method: str, path: str, **more: Any) -> int:
    return counter.client.open(counter.prefix + path, method=method, **more).status_code


def as_json(body: object) -> dict[str, str]:
    return {"data": json.dumps(body), "content_type": "application/json"}


def test_every_route_of_the_house_is_tried(paths: list[str]) -> None:
    tried = " ".join(paths)

    for part in (
        "/api/v1/payments/<request_id>",
        "/dang-nhap",
        "/huy",
        "/_sim/seed",
        "/transfers",
        "/chuyen-tien",
    ):
        assert part in tried


@hostile
@given(data=st.data(), body=ANY_JSON | NEARLY_RIGHT, text=st.text(max_size=20))
def test_any_json(
    counter: Counter, paths: list[str], data: st.DataObject, body: object, text: str
) -> None:
    path = filled(data.draw(st.sampled_from(paths)), text)
    method = data.draw(st.sampled_from(METHODS))

    assert status(counter, method, path, **as_json(body)) < 500


@hostile
@given(data=st.data(), body=st.binary(), text=st.text(max_size=20))
def test_any_bytes(
    counter: Counter, paths: list[str], data: st.DataObject, body: bytes, text: str
) -> None:
    path = filled(data.draw(st.sampled_from(paths)), text)
    method = data.draw(st.sampled_from(METHODS))

    assert status(counter, method, path, data=body) < 500


@hostile
@given(data=st.data(), form=FORMS, text=st.text(max_size=20))
def test_any_form(
    counter: Counter, paths: list[str], data: st.DataObject, form: dict[str, str], text: str
) -> None:
    path = filled(data.draw(st.sampled_from(paths)), text)
    clean = {k: v.encode(errors="replace").decode() for k, v in form.items()}

    assert status(counter, "POST", path, data=clean) < 500


@hostile
@given(changes=NEARLY_RIGHT)
def test_any_change_to_a_right_order(counter: Counter, changes: dict[str, object]) -> None:
    body = {k: v for k, v in (counter.body() | changes).items() if k in ORDER_FIELDS}
    header = body["request_id"]
    headers = {"x-request-id": header if header == "req-1" else "req-1"}

    answer = counter.post("/api/v1/payments", headers=headers, **as_json(body))

    assert answer.status_code in {200, 201, 400, 409, 422}


@hostile
@given(
    customer=st.fixed_dictionaries(
        dict.fromkeys(("name", "user", "password", "phone", "bank", "balance"), ANY_JSON)
    )
)
def test_any_customer(counter: Counter, customer: dict[str, object]) -> None:
    answer = counter.post("/_sim/seed", **as_json({"customers": [customer]}))

    assert answer.status_code in {200, 400}
