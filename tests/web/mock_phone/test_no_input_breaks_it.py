"""No request to any route, however odd, is answered with a 5xx."""

import re
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mock_phone.service import PhoneService
from simkit.flaskkit.house import House

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
FIELDS = st.sampled_from(["id", "to", "from", "text", "self", "message", "facts", "after", "wait"])
VALUES = st.sampled_from(["0912345678", "x", "1", "30", "an@x.y", ""]) | st.text()
NEARLY_RIGHT = st.dictionaries(FIELDS, ANY_JSON | VALUES)
QUIET = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None
)


def routes(house: House[PhoneService]) -> list[tuple[str, str]]:
    return sorted(
        (method, rule.rule)
        for rule in house.flask.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if not rule.rule.startswith("/_sim")
    )


@pytest.fixture(scope="module")
def opened(house: House[PhoneService]) -> tuple[FlaskClient, list[tuple[str, str]]]:
    return house.flask.test_client(), routes(house)


Opened = tuple[FlaskClient, list[tuple[str, str]]]


@QUIET
@given(data=st.data())
def test_any_address_and_body(opened: Opened, data: st.DataObject) -> None:
    client, known = opened
    method, rule = data.draw(st.sampled_from(known))
    path = re.sub(r"<[^>]+>", lambda _: quote(data.draw(VALUES), safe="") or "x", rule)
    query = data.draw(
        st.dictionaries(FIELDS.filter(lambda name: name != "wait"), VALUES, max_size=3),
    )
    accept = data.draw(st.sampled_from(["text/html", "application/json", "*/*"]))
    body = data.draw(
        st.one_of(
            st.builds(lambda j: {"json": j}, ANY_JSON | NEARLY_RIGHT),
            st.builds(lambda b: {"data": b}, st.binary()),
            st.builds(lambda f: {"data": f}, st.dictionaries(FIELDS, VALUES)),
        ),
    )

    answer = client.open(
        path, method=method, query_string=query, headers={"Accept": accept}, **body
    )

    assert answer.status_code < 500
    answer.close()


@QUIET
@given(wait=st.text(), after=st.text())
def test_any_question(opened: Opened, wait: str, after: str) -> None:
    client, _ = opened
    query = {"wait": "x" + wait, "after": after}

    assert client.get("/api/v1/messages", query_string=query).status_code == 400
