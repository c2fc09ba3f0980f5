"""Pages, captchas, refusals, and where forms may come from."""

import re
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simkit.flaskkit.house import House
from tests.simkit.a_house import Notes

HTML = {"Accept": "text/html"}


def token_of(client: FlaskClient) -> str:
    found = re.search(r'id="token">([^<]+)<', client.get("/").text)
    assert found
    return found[1]


def answer_to(client: FlaskClient, token: str) -> str:
    return str(client.get(f"/_sim/captcha/{token}").get_json()["answer"])


def test_every_page_says_that_it_is_a_simulation(client: FlaskClient) -> None:
    assert "Mô phỏng – không phải dịch vụ thật" in client.get("/").text


def test_a_page_says_which_world_and_which_time_it_shows(client: FlaskClient) -> None:
    client.post("/_sim/worlds", json={"name": "an-03"})
    client.patch("/w/an-03/_sim/clock", json={"mode": "frozen", "now": "2030-05-06T07:08:00+07:00"})

    page = client.get("/w/an-03/").text

    assert "an-03" in page
    assert "07:08 06/05/2030" in page


def test_a_captcha_counts_once(client: FlaskClient) -> None:
    token = token_of(client)
    answer = answer_to(client, token)

    first = client.post("/form", data={"token": token, "answer": answer})
    second = client.post("/form", data={"token": token, "answer": answer})

    assert first.status_code == 200
    assert second.status_code == 400


def test_a_wrong_answer_uses_the_captcha_up(client: FlaskClient) -> None:
    token = token_of(client)

    wrong = client.post("/form", data={"token": token, "answer": "x"})
    right = client.post("/form", data={"token": token, "answer": answer_to(client, token)})

    assert (wrong.status_code, right.status_code) == (400, 400)


def test_a_captcha_grows_old(client: FlaskClient) -> None:
    client.patch("/_sim/clock", json={"mode": "frozen"})
    token = token_of(client)
    answer = answer_to(client, token)
    now = datetime.fromisoformat(client.get("/_sim/clock").get_json()["now"])
    client.patch("/_sim/clock", json={"now": (now + timedelta(minutes=11)).isoformat()})

    assert client.post("/form", data={"token": token, "answer": answer}).status_code == 400


def test_a_captcha_of_another_world_is_worth_nothing(client: FlaskClient) -> None:
    client.post("/_sim/worlds", json={"name": "one"})
    token = token_of(client)
    answer = answer_to(client, token)

    answer_there = client.post("/w/one/form", data={"token": token, "answer": answer})

    assert answer_there.status_code == 400


def test_a_captcha_is_a_picture_and_a_sound(client: FlaskClient) -> None:
    fresh = client.get("/captcha/moi", headers={"Accept": "application/json"}).get_json()

    picture, sound = client.get(fresh["picture"]), client.get(fresh["audio"])

    assert picture.data.startswith(b"\x89PNG")
    assert sound.data.startswith(b"RIFF")


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/fails/bad", 400, "bad-input"),
        ("/fails/who", 401, "not-signed-in"),
        ("/fails/down", 503, "neighbour-down"),
        ("/nowhere", 404, "http-404"),
    ],
)
def test_people_get_a_page_and_machines_json(
    client: FlaskClient, path: str, status: int, code: str
) -> None:
    page = client.get(path, headers=HTML)
    body = client.get(path, headers={"Accept": "application/json"})

    assert page.status_code == body.status_code == status
    assert page.mimetype == "text/html"
    assert code in page.text
    assert body.get_json()["code"] == code


def test_an_unforeseen_error_is_a_bare_500_in_the_same_shape(client: FlaskClient) -> None:
    answer = client.get("/fails/bug", headers={"Accept": "application/json"})

    assert answer.status_code == 500
    assert answer.get_json()["code"] == "internal-error"
    assert "xin lỗi" not in answer.text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({}, 200, id="no browser"),
        pytest.param({"Sec-Fetch-Site": "same-origin"}, 200, id="our own page"),
        pytest.param({"Sec-Fetch-Site": "cross-site"}, 403, id="another site"),
        pytest.param({"Sec-Fetch-Site": "same-site"}, 403, id="another house"),
        pytest.param({"Origin": "http://localhost"}, 200, id="older browser, our page"),
        pytest.param({"Origin": "http://evil.example"}, 403, id="older browser, another site"),
        pytest.param({"Origin": "null"}, 403, id="hidden origin"),
    ],
)
def test_forms_of_other_sites_are_refused(
    client: FlaskClient, headers: dict[str, str], status: int
) -> None:
    assert client.post("/me", data={"me": "x"}, headers=headers).status_code == status


def test_answers_carry_the_security_headers(client: FlaskClient) -> None:
    headers = client.get("/").headers

    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_fonts_and_styles_come_from_the_house_itself(client: FlaskClient) -> None:
    page = client.get("/").text
    outside = [url for url in re.findall(r'(?:src|href)="([^"]+)"', page) if "//" in url]

    assert outside == []
    for url in re.findall(r'(?:src|href)="(/static/[^"]+)"', page):
        assert client.get(url).status_code == 200


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(), path=st.sampled_from(["/api/notes", "/form", "/_sim/clock", "/_sim/seed"]))
def test_any_bytes_are_answered(house: House[Notes], body: bytes, path: str) -> None:
    client = house.flask.test_client()

    for method in ("POST", "PATCH", "PUT"):
        answer = client.open(path, method=method, data=body, content_type="application/json")
        assert answer.status_code < 500


@pytest.mark.parametrize("body", [b'{"text": "\\ud800"}', b'{"\\ud800": 1}', b"[" * 100_000])
def test_json_that_breaks_naive_readers_is_refused(client: FlaskClient, body: bytes) -> None:
    answer = client.post("/api/notes", data=body, content_type="application/json")

    assert answer.status_code == 400
