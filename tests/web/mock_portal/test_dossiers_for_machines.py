"""Dossiers over JSON, and the listeners of platform and post."""

import base64
from collections.abc import Iterator
from typing import Any

import pytest

from tests.builders.dossiers import (
    FREE,
    JUSTICE,
    LEVEL_TWO,
    PAID,
    PDF,
    PLACE,
    PROGRAM,
    a_confirm,
    an_order,
)
from tests.web.mock_portal.dossier_house import AT_HOME, DossierHouse, said


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DossierHouse]:
    portal = DossierHouse(tmp_path_factory.mktemp("portal"))
    yield portal
    portal.close()


@pytest.fixture
def portal(opened: DossierHouse) -> DossierHouse:
    return opened.anew()


def encoded(data: bytes = PDF) -> str:
    return base64.b64encode(data).decode()


def a_request(**changed: Any) -> dict[str, Any]:
    return {
        "procedure": PAID,
        "agency": JUSTICE,
        "applicant": {
            "full_name": "Trần Thu Lan",
            "id_number": "031190000001",
            "email": "lan@hop-thu.example",
            "phone": "0912345678",
            "address": "12 Lê Lợi",
        },
        "documents": [{"component": "01", "name": "a.pdf", "content_base64": encoded()}],
        **changed,
    }


def test_a_machine_files_a_dossier_and_reads_it_back(portal: DossierHouse) -> None:
    made = portal.fresh().post("/api/v1/dossiers", json=a_request())
    read = portal.fresh().get(made.location)

    assert (made.status_code, read.status_code) == (201, 200)
    assert said(made) == said(read)
    assert said(made) | {"code": "", "submitted_at": ""} == {
        "code": "",
        "state": "new",
        "state_label": "Mới đăng ký",
        "national_state": 1,
        "procedure": PAID,
        "procedure_name": f"Cấp bản sao trích lục ({PAID})",
        "agency": JUSTICE,
        "agency_name": "Sở Tư pháp",
        "submitted_at": "",
        "due_at": None,
    }


def test_delivery_at_home_is_taken_from_machines_too(portal: DossierHouse) -> None:
    home = {"receiver": "Lan", "phone": "0912345678", "address": "12 Lê Lợi", "place": PLACE}

    answer = portal.fresh().post("/api/v1/dossiers", json=a_request(delivery=home))

    assert answer.status_code == 201


def test_the_same_key_again_gives_the_same_dossier(portal: DossierHouse) -> None:
    header = {"Idempotency-Key": "don-vi-7/1"}

    first = portal.fresh().post("/api/v1/dossiers", json=a_request(), headers=header)
    second = portal.fresh().post("/api/v1/dossiers", json=a_request(), headers=header)
    other = portal.fresh().post("/api/v1/dossiers", json=a_request(procedure=FREE), headers=header)

    assert (first.status_code, second.status_code, other.status_code) == (201, 200, 409)
    assert said(first) == said(second)
    assert second.headers["Idempotent-Replayed"] == "true"
    assert said(other)["code"] == "idempotency-key-reused"


APPLICANT = a_request()["applicant"]
FILE = {"component": "01", "name": "a.pdf", "content_base64": encoded()}
REFUSALS = [
    pytest.param({}, 400, "bad-input", "procedure", id="empty"),
    pytest.param(a_request(extra=1), 400, "bad-input", "extra", id="unknown-field"),
    pytest.param(a_request(procedure=5), 400, "bad-input", "procedure", id="procedure-no-text"),
    pytest.param(
        a_request(procedure="9.9"), 404, "procedure-unknown", "procedure", id="unknown-procedure"
    ),
    pytest.param(
        a_request(procedure=LEVEL_TWO), 422, "not-filed-online", "procedure", id="level-two"
    ),
    pytest.param(a_request(agency="x"), 422, "dossier-incomplete", "agency", id="unknown-agency"),
    pytest.param(a_request(applicant=[]), 400, "bad-input", "applicant", id="applicant-no-object"),
    pytest.param(
        a_request(applicant={"full_name": "Lan"}),
        400,
        "bad-input",
        "applicant.phone",
        id="applicant-incomplete",
    ),
    pytest.param(
        a_request(applicant=APPLICANT | {"phone": "113"}),
        422,
        "dossier-incomplete",
        "applicant.phone",
        id="wrong-phone",
    ),
    pytest.param(
        a_request(documents=[]), 422, "dossier-incomplete", "documents.01", id="nothing-attached"
    ),
    pytest.param(a_request(documents={}), 400, "bad-input", "documents", id="documents-no-list"),
    pytest.param(
        a_request(documents=[FILE | {"content_base64": "%"}]),
        400,
        "bad-input",
        "documents[0].content_base64",
        id="not-base64",
    ),
    pytest.param(
        a_request(documents=[FILE | {"content_base64": 5}]),
        400,
        "bad-input",
        "documents[0].content_base64",
        id="content-no-text",
    ),
    pytest.param(
        a_request(documents=[FILE | {"content_base64": encoded(PROGRAM)}]),
        422,
        "dossier-incomplete",
        "documents.01",
        id="a-program",
    ),
    pytest.param(
        a_request(documents=[FILE | {"x": 1}]),
        400,
        "bad-input",
        "documents[0].x",
        id="odd-document",
    ),
    pytest.param(
        a_request(delivery={"receiver": "Lan", "phone": "", "address": "", "place": "1"}),
        422,
        "dossier-incomplete",
        "delivery.place",
        id="delivery-to-nowhere",
    ),
]


@pytest.mark.parametrize(("body", "status", "code", "fact"), REFUSALS)
def test_what_a_machine_gets_wrong_is_told_by_field(
    portal: DossierHouse, body: dict[str, Any], status: int, code: str, fact: str
) -> None:
    answer = portal.fresh().post("/api/v1/dossiers", json=body)

    assert (answer.status_code, said(answer)["code"]) == (status, code)
    assert fact in said(answer)["facts"]


@pytest.mark.parametrize("key", ["", "a b", "x" * 201, "khóa"])
def test_an_odd_key_is_refused(portal: DossierHouse, key: str) -> None:
    header = {"Idempotency-Key": key.encode().decode("latin-1")}

    answer = portal.fresh().post("/api/v1/dossiers", json=a_request(), headers=header)

    assert (answer.status_code, said(answer)["code"]) == (400, "bad-input")


@pytest.mark.parametrize("code", ["x", "000.00.15.H24-200101-0001", "%00"])
def test_an_unknown_code_is_refused_in_json(portal: DossierHouse, code: str) -> None:
    answer = portal.fresh().get(f"/api/v1/dossiers/{code}")

    assert (answer.status_code, said(answer)["code"]) == (404, "dossier-unknown")


# -- the platform's listener -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "code"),
    [
        pytest.param(b"", "99", id="nothing"),
        pytest.param(b"[]", "99", id="a-list"),
        pytest.param(b"\xff", "99", id="bytes"),
        pytest.param(b"{}", "97", id="empty"),
    ],
)
def test_the_listener_answers_in_the_platform_s_shape_whatever_comes(
    portal: DossierHouse, body: bytes, code: str
) -> None:
    answer = portal.fresh().post("/payment-platform/confirm", data=body)

    assert (answer.status_code, said(answer)["MaLoi"]) == (200, code)


def test_a_forged_notice_is_refused_and_kept_in_the_ledger(portal: DossierHouse) -> None:
    reference = portal.an_order(portal.sent())
    forged = a_confirm(an_order(reference=reference), secret="doan-mo")

    answer = portal.fresh().post("/payment-platform/confirm", json=forged)

    rows = [row for row in portal.ledger()["notices"] if row["reference"] == reference]
    assert said(answer)["MaLoi"] == "97"
    assert [row["answer"] for row in rows] == ["97"]
    assert all(row["settled_by"] != reference for row in portal.ledger()["fees"])


# -- the post's listener -----------------------------------------------------------------------


def an_event(number: str, **changed: Any) -> dict[str, Any]:
    return {
        "_id": f"e-{number}",
        "CustomerCode": "H24",
        "OrderNumber": number,
        "ItemCode": "EA123456785VN",
        "StatusCode": "5",
        "StatusMessage": "Phát thành công",
        "EventTime": "2026-03-02T09:00:00+07:00",
        "POSID": "189910",
        "Notes": "",
        **changed,
    }


def a_parcel(portal: DossierHouse) -> str:
    code = portal.sent(procedure=FREE, **AT_HOME)
    portal.steps(code, "receive", "start-processing", "approve")
    return code


def test_a_delivered_result_is_returned_once(portal: DossierHouse) -> None:
    code = a_parcel(portal)

    answers = [portal.fresh().post("/post/events", json=an_event(code)) for _ in range(2)]

    assert [each.status_code for each in answers] == [200, 200]
    assert said(portal.fresh().get(f"/api/v1/dossiers/{code}"))["state"] == "returned"
    (delivery,) = [row for row in portal.ledger()["deliveries"] if row["dossier"] == code]
    assert delivery["state"] == "delivered"


def test_the_order_to_the_post_brings_the_item_code(portal: DossierHouse) -> None:
    code = a_parcel(portal)

    portal.pump()

    (delivery,) = [row for row in portal.ledger()["deliveries"] if row["dossier"] == code]
    assert delivery["item_code"] == "EA123456785VN"


@pytest.mark.parametrize(
    ("changed", "status", "fact"),
    [
        pytest.param({"OrderNumber": "x"}, 404, "OrderNumber", id="unknown-order"),
        pytest.param({"StatusCode": "99"}, 400, "StatusCode", id="unknown-status"),
        pytest.param({"StatusCode": True}, 400, "StatusCode", id="status-no-code"),
        pytest.param({"EventTime": "hôm qua"}, 400, "EventTime", id="no-moment"),
        pytest.param({"CustomerCode": "H49"}, 400, "CustomerCode", id="another-customer"),
        pytest.param({"_id": ""}, 400, "_id", id="no-id"),
        pytest.param({"Notes": []}, 400, "Notes", id="no-text"),
        pytest.param({"Extra": 1}, 400, "Extra", id="unknown-field"),
    ],
)
def test_a_report_that_is_not_right_is_refused(
    portal: DossierHouse, changed: dict[str, Any], status: int, fact: str
) -> None:
    answer = portal.fresh().post("/post/events", json=an_event("x") | changed)

    assert answer.status_code == status
    assert fact in said(answer)["facts"]


@pytest.mark.parametrize(
    "moment", ["20260302090000", "2026-03-02T09:00:00", "2026-03-02T02:00:00Z"]
)
def test_the_post_may_write_the_moment_in_several_ways(portal: DossierHouse, moment: str) -> None:
    code = a_parcel(portal)

    answer = portal.fresh().post(
        "/post/events", json=an_event(code, EventTime=moment, StatusCode=-2)
    )

    assert answer.status_code == 200
