"""«Thanh toán trực tuyến»: what an account's dossiers cost, what is due and what is paid."""

from collections.abc import Iterator

import pytest
from werkzeug.test import TestResponse

from tests.builders.dossiers import FREE, PAID, PRICE
from tests.web.mock_portal.dossier_house import LAN, DossierHouse, said


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DossierHouse]:
    portal = DossierHouse(tmp_path_factory.mktemp("portal"))
    yield portal
    portal.close()


@pytest.fixture
def portal(opened: DossierHouse) -> DossierHouse:
    return opened.anew()


def test_the_account_page_leads_to_the_payments(portal: DossierHouse) -> None:
    portal.sent()

    assert 'href="/tai-khoan/thanh-toan"' in portal.client.get("/tai-khoan").text


def test_a_fee_that_is_due_has_the_icon_to_pay_it(portal: DossierHouse) -> None:
    code = portal.sent()

    page = portal.client.get("/tai-khoan/thanh-toan").text

    assert f'href="/ho-so/{code}/thanh-toan"' in page
    assert f"Thanh toán hồ sơ {code}" in page
    assert f'value="{PRICE}"' in page


def test_a_fee_that_is_paid_has_its_receipt_and_no_icon(portal: DossierHouse) -> None:
    code = portal.sent()
    assert portal.confirm(portal.an_order(code)) == "00"

    page = portal.client.get("/tai-khoan/thanh-toan").text

    assert f'href="/ho-so/{code}/thanh-toan"' not in page
    assert "/bien-lai/BL" in page


def test_what_costs_nothing_and_drafts_are_not_listed(portal: DossierHouse) -> None:
    free, draft = portal.sent(procedure=FREE), portal.draft()

    page = portal.client.get("/tai-khoan/thanh-toan").text

    assert free not in page
    assert draft not in page


def test_whoever_has_not_signed_in_is_asked_to(portal: DossierHouse) -> None:
    page = {"Accept": "text/html"}

    answer = portal.fresh().get("/tai-khoan/thanh-toan", headers=page)

    assert "/dang-nhap" in answer.location


# -- dossiers put in place --------------------------------------------------------------------

SEED = {"key": "k1", "user": LAN.user, "procedure": PAID}


def seeded(portal: DossierHouse, **changed: object) -> TestResponse:
    return portal.fresh().post("/_sim/seed", json={"dossiers": [SEED | changed]})


def test_a_dossier_is_put_in_place_for_an_account(portal: DossierHouse) -> None:
    done = said(seeded(portal, key="mine"))["dossiers"]

    page = portal.client.get("/tai-khoan/thanh-toan").text
    assert (done["made"], done["known"]) == (1, 0)
    assert f'href="/ho-so/{done["codes"]["mine"]}/thanh-toan"' in page


def test_the_same_key_is_the_same_dossier(portal: DossierHouse) -> None:
    first = said(seeded(portal, key="twice"))["dossiers"]
    again = said(seeded(portal, key="twice"))["dossiers"]

    assert (again["made"], again["known"]) == (0, 1)
    assert again["codes"] == first["codes"]


@pytest.mark.parametrize(
    ("changed", "fact"),
    [
        ({"user": "khong.co"}, "dossiers[0].user"),
        ({"procedure": "khong-co"}, "dossiers[0].procedure"),
        ({"agency": "khong-co"}, "dossiers[0].unit"),
        ({"key": ""}, "dossiers[0].key"),
        ({"key": 1}, "dossiers[0].key"),
        ({"x": "1"}, "dossiers[0].x"),
    ],
)
def test_a_dossier_that_cannot_be_is_refused_with_its_place(
    portal: DossierHouse, changed: dict[str, object], fact: str
) -> None:
    answer = seeded(portal, **changed)

    assert answer.status_code == 400
    assert fact in said(answer)["facts"]


@pytest.mark.parametrize("listed", [{}, [1], [None], [[]], [{"key": "x"}]])
def test_a_list_that_is_none_is_refused(portal: DossierHouse, listed: object) -> None:
    assert portal.fresh().post("/_sim/seed", json={"dossiers": listed}).status_code == 400
