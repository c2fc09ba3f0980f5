"""What people see when they look for a parcel."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.builders.post import A_CITIZEN, an_order_body
from tests.web.mock_post.test_life_of_a_parcel import START, advance

HTML = {"Accept": "text/html"}


def item_code(client: FlaskClient) -> str:
    taken = client.post("/ngsp/v1/orders", json=an_order_body()).json
    assert taken is not None
    return str(taken["ItemCode"])


def test_the_front_door_leads_to_the_look_up(client: FlaskClient) -> None:
    assert client.get("/", headers=HTML).location == "/tra-cuu"


def test_the_look_up_has_its_labels(client: FlaskClient) -> None:
    page = client.get("/tra-cuu", headers=HTML).text

    assert ">Tra cứu bưu gửi</h1>" in page
    assert "Số hiệu bưu gửi" in page
    assert "Mô phỏng" in page


def test_a_parcel_is_found_however_its_number_is_typed(client: FlaskClient) -> None:
    code = item_code(client)
    typed = f" {code[:2].lower()} {code[2:6]} {code[6:]} "

    page = client.get("/tra-cuu", query_string={"so_hieu": typed}, headers=HTML)

    assert page.status_code == 200
    assert f"Bưu gửi {code}" in page.text
    assert "Chờ tiếp nhận" in page.text


def test_the_whole_way_is_shown_and_no_personal_data(client: FlaskClient) -> None:
    code = item_code(client)
    advance(client, START + timedelta(days=3))

    page = client.get("/tra-cuu", query_string={"so_hieu": code}, headers=HTML).text

    labels = ("Phát thành công", "Đang phát", "Giao bưu tá", "Đến bưu cục", "Đi khỏi bưu cục")
    places = [page.rindex(label) for label in labels]
    assert places == sorted(places)
    for secret in (A_CITIZEN.name, A_CITIZEN.phone, A_CITIZEN.address):
        assert secret not in page


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("", 400),
        ("abc", 400),
        ("EA12345678VN", 400),
        ("EA123456785VN", 404),
        ("EA123456780VN", 404),
    ],
)
def test_what_is_not_found_is_said_at_the_field(
    client: FlaskClient, typed: str, status: int
) -> None:
    page = client.get("/tra-cuu", query_string={"so_hieu": typed}, headers=HTML)

    assert page.status_code == status
    assert 'aria-invalid="true"' in page.text
    assert page.text.count("<h1") == 1
