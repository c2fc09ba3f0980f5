"""No body, form, address or header about dossiers, however odd, is answered with a 5xx."""

import io
import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders.dossiers import FREE, JUSTICE, PAID, a_confirm, an_order
from tests.web.mock_portal.dossier_house import AT_HOME, FORM, DossierHouse

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
# Text that JSON can spell and no store can keep: zero bytes and halves of surrogate pairs.
ODD_TEXT = st.text(st.characters(codec=None)) | st.sampled_from(
    ["\0", "\ud800", "a\ud800b", "x" * 9999]
)
VALUE = ANY_JSON | ODD_TEXT
API = ["procedure", "agency", "applicant", "documents", "delivery", "message", "self", "facts"]
CONFIRM = list(a_confirm(an_order()))
EVENT = ["_id", "CustomerCode", "OrderNumber", "ItemCode", "StatusCode", "EventTime", "Notes"]
RIGHT_EVENT = {
    "_id": "e",
    "CustomerCode": "H24",
    "OrderNumber": "x",
    "StatusCode": "5",
    "EventTime": "2026-03-02T09:00:00+07:00",
}
RIGHT_APPLICANT = {name: FORM[name] for name in FORM if name != "unit"}
RIGHT_FILE = {"component": "01", "name": "a.pdf", "content_base64": "JVBERi0xLjQK"}
RIGHT_REQUEST: dict[str, Any] = {
    "procedure": FREE,
    "agency": JUSTICE,
    "applicant": RIGHT_APPLICANT,
    "documents": [RIGHT_FILE],
}
FIELDS = st.sampled_from(
    [*FORM, *AT_HOME, "detach", "cong_thanh_toan", "code", "captcha_token", "x"]
)
FORMS = st.dictionaries(FIELDS | st.text(max_size=8), st.text(), max_size=8)
PLAIN = settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DossierHouse]:
    portal = DossierHouse(tmp_path_factory.mktemp("portal"))
    yield portal.anew()
    portal.close()


@pytest.fixture(scope="module")
def places(portal: DossierHouse) -> dict[str, str]:
    """Where forms go, with a draft and a dossier that are there."""
    return {
        "new": f"/nop-ho-so/{PAID}",
        "draft": f"{portal.draft()}/sua",
        "payment": f"/ho-so/{portal.sent()}/thanh-toan",
        "look-up": "/tra-cuu",
    }


def nearly(right: Mapping[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Return right bodies with one field replaced by anything."""
    return st.tuples(st.sampled_from(sorted(right)), VALUE).map(
        lambda odd: {**right, odd[0]: odd[1]}
    )


@given(st.dictionaries(st.sampled_from(API), VALUE) | ANY_JSON | nearly(RIGHT_REQUEST))
@PLAIN
def test_any_json_to_the_core(portal: DossierHouse, body: object) -> None:
    assert portal.client.post("/api/v1/dossiers", data=json.dumps(body)).status_code < 500


@given(nearly(RIGHT_APPLICANT) | st.dictionaries(st.text(), VALUE))
@PLAIN
def test_any_applicant_to_the_core(portal: DossierHouse, applicant: object) -> None:
    body = RIGHT_REQUEST | {"applicant": applicant}

    assert portal.client.post("/api/v1/dossiers", data=json.dumps(body)).status_code < 500


@given(st.lists(nearly(RIGHT_FILE) | ANY_JSON, max_size=3))
@PLAIN
def test_any_documents_to_the_core(portal: DossierHouse, documents: object) -> None:
    body = RIGHT_REQUEST | {"documents": documents}

    assert portal.client.post("/api/v1/dossiers", data=json.dumps(body)).status_code < 500


@given(st.dictionaries(st.sampled_from(CONFIRM), VALUE) | ANY_JSON | nearly(a_confirm(an_order())))
@PLAIN
def test_any_json_to_the_platform_s_listener(portal: DossierHouse, body: object) -> None:
    assert portal.client.post("/payment-platform/confirm", data=json.dumps(body)).status_code < 500


@given(st.dictionaries(st.sampled_from(EVENT), VALUE) | ANY_JSON | nearly(RIGHT_EVENT))
@PLAIN
def test_any_json_to_the_post_s_listener(portal: DossierHouse, body: object) -> None:
    assert portal.client.post("/post/events", data=json.dumps(body)).status_code < 500


@pytest.mark.parametrize("path", ["/api/v1/dossiers", "/payment-platform/confirm", "/post/events"])
@given(body=st.binary())
@PLAIN
def test_any_bytes_to_any_listener(portal: DossierHouse, path: str, body: bytes) -> None:
    assert portal.client.post(path, data=body).status_code < 500


@pytest.mark.parametrize("place", ["new", "draft", "payment", "look-up"])
@given(form=FORMS)
@PLAIN
def test_any_form(
    portal: DossierHouse, places: dict[str, str], place: str, form: dict[str, str]
) -> None:
    assert portal.client.post(places[place], data=form).status_code < 500


@given(name=st.text(max_size=300), key=st.text(max_size=20), content=st.binary())
@PLAIN
def test_any_file(portal: DossierHouse, name: str, key: str, content: bytes) -> None:
    data = FORM | {
        f"file_{key}": (io.BytesIO(content), name),
        "file_01": (io.BytesIO(b"%PDF-"), name),
    }
    path = f"/nop-ho-so/{PAID}"

    answer = portal.client.post(path, data=data, content_type="multipart/form-data")

    assert answer.status_code < 500


@given(body=st.binary(), boundary=st.sampled_from(["b", "", "x" * 80]))
@PLAIN
def test_any_bytes_as_a_form(portal: DossierHouse, body: bytes, boundary: str) -> None:
    kind = f"multipart/form-data; boundary={boundary}"

    assert portal.client.post(f"/nop-ho-so/{PAID}", data=body, content_type=kind).status_code < 500


PATHS = [
    "/nop-ho-so/{}",
    "/ho-so/{}",
    "/ho-so/nhap/{}",
    "/ho-so/nhap/{}/sua",
    "/ho-so/tep/{}/x",
    "/ho-so/tep/x/{}",
    "/ho-so/{}/da-gui",
    "/ho-so/{}/thanh-toan",
    "/thanh-toan/tro-ve?MaThamChieu={}",
    "/bien-lai/{}",
    "/api/v1/dossiers/{}",
]


@pytest.mark.parametrize("path", PATHS)
@given(part=st.binary(min_size=1, max_size=30))
@settings(PLAIN, max_examples=15)
def test_any_address(portal: DossierHouse, path: str, part: bytes) -> None:
    with portal.client.get(path.format(quote(part, safe=""))) as answer:
        assert answer.status_code < 500


@given(key=st.binary(max_size=30).map(lambda raw: raw.decode("latin-1")))
@PLAIN
def test_any_idempotency_key(portal: DossierHouse, key: str) -> None:
    header = {"Idempotency-Key": "".join(c for c in key if c not in "\r\n")}

    answer = portal.client.post("/api/v1/dossiers", json=RIGHT_REQUEST, headers=header)

    assert answer.status_code < 500
