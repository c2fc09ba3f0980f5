"""No request to any route of the portal, however odd, is answered with a 5xx.

The neighbours are away, so 503 (a neighbour is down, said in the one shape) is a right answer of
the routes that ask one.
"""

import io
import json
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mock_portal.service import PortalService
from simkit.core.cast import CAST
from simkit.flaskkit.house import House
from tests.web.mock_portal.visitor import Visitor

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    [
        "full_name",
        "id_number",
        "email",
        "phone",
        "agree",
        "captcha",
        "captcha_token",
        "code",
        "user",
        "password",
        "next",
        "event",
        "reason",
        "day",
        "state",
        "q",
        "agency",
        "field",
        "page",
        "limit",
        "unit",
        "address",
        "at_home",
        "delivery_place",
        "procedure",
        "applicant",
        "accounts",
        "officers",
        "MaThamChieu",
        "MaDoiTac",
        "MaXacThuc",
        "_id",
        "StatusCode",
        "OrderNumber",
        "CustomerCode",
        "self",
        "message",
        "facts",
        "file_01",
    ]
)
VALUES = (
    st.sampled_from(
        [
            "0912345678",
            "1.001193",
            "2.000635",
            "000.00.15.H24",
            "receive",
            "refuse",
            "tat-ca",
            "1",
            "x",
            "",
        ]
    )
    | st.text()
)
NEARLY_RIGHT = st.dictionaries(FIELDS, ANY_JSON | VALUES)
HALF_CHARACTERS = st.text(st.characters(categories=["Cs", "Cc", "Ll"]), min_size=1)
BODIES = st.one_of(
    st.builds(
        lambda j: {"data": json.dumps(j), "content_type": "application/json"},
        st.dictionaries(FIELDS, HALF_CHARACTERS | st.dictionaries(FIELDS, HALF_CHARACTERS)),
    ),
    st.builds(lambda j: {"json": j}, ANY_JSON | NEARLY_RIGHT),
    st.builds(lambda b: {"data": b}, st.binary()),
    st.builds(
        lambda b, t: {"data": b, "content_type": t},
        st.binary(),
        st.sampled_from(
            [
                "application/json",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "multipart/form-data",
            ]
        ),
    ),
    st.builds(lambda f: {"data": f}, st.dictionaries(FIELDS, VALUES)),
    st.builds(
        lambda f, b, n: {"data": f | {"file_01": (io.BytesIO(b), n)}},
        st.dictionaries(FIELDS, VALUES),
        st.binary(),
        st.text(min_size=1).filter(lambda name: not re.search(r'[\r\n"\x00]', name)),
    ),
)
NEIGHBOUR_DOWN = 503
QUIET = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=150,
    deadline=None,
)


def routes(house: House[PortalService]) -> list[tuple[str, str]]:
    """Return method and rule of every route but the kernel's control room."""
    return sorted(
        (method, rule.rule)
        for rule in house.flask.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if not rule.rule.startswith("/_sim") or rule.rule == "/_sim/seed"
    )


@pytest.fixture(scope="module")
def people(house: House[PortalService]) -> dict[str, Visitor]:
    """Return a stranger, a citizen and an admin, in a world of their own."""
    house.worlds.create("odd-input")
    stranger = Visitor(house, "odd-input")
    citizen, officer = stranger.fresh(), stranger.fresh()
    citizen.sign_in(CAST[0].user, CAST[0].password)
    officer.sign_in_officer("quantri")
    return {"stranger": stranger, "citizen": citizen, "officer": officer}


@QUIET
@given(data=st.data())
def test_any_request(people: dict[str, Visitor], data: st.DataObject) -> None:
    visitor = people[data.draw(st.sampled_from(sorted(people)))]
    method, rule = data.draw(st.sampled_from(routes(visitor.house)))
    path = re.sub(r"<[^>]+>", lambda _: data.draw(VALUES).replace("/", "") or "x", rule)
    query = data.draw(st.dictionaries(FIELDS, VALUES, max_size=3))
    body: dict[str, Any] = data.draw(BODIES)
    accept = data.draw(st.sampled_from(["text/html", "application/json", "*/*"]))

    answer = visitor.browser.open(
        visitor.url(path), method=method, query_string=query, headers={"Accept": accept}, **body
    )

    assert answer.status_code < 500 or answer.status_code == NEIGHBOUR_DOWN
    answer.close()


@QUIET
@given(form=st.dictionaries(FIELDS, VALUES), password=st.text(), user=st.text())
@pytest.mark.parametrize("path", ["/dang-ky", "/dang-nhap", "/can-bo/dang-nhap", "/tra-cuu"])
def test_any_form_with_a_right_captcha(
    people: dict[str, Visitor], path: str, form: dict[str, str], user: str, password: str
) -> None:
    stranger = people["stranger"].fresh()
    sent = form | stranger.captcha() | {"user": user, "password": password}

    assert stranger.post(path, sent).status_code < 500


@QUIET
@given(query=st.dictionaries(FIELDS, VALUES))
@pytest.mark.parametrize("path", ["/thu-tuc", "/nop-ho-so", "/can-bo", "/api/v1/procedures"])
def test_any_question(people: dict[str, Visitor], path: str, query: dict[str, str]) -> None:
    assert people["officer"].get(path, query_string=query).status_code < 500
