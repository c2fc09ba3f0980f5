"""Procedures for machines."""

import pytest

from tests.web.mock_portal.visitor import Visitor


def test_a_phrase_finds_procedures_with_terms_and_fees(visitor: Visitor) -> None:
    answer = visitor.get("/api/v1/procedures", query_string={"q": "trích lục hộ tịch", "limit": 1})

    assert answer.status_code == 200
    body = answer.get_json()
    (found,) = body["procedures"]
    assert body["total"] >= 1
    assert found["code"] == "2.000635"
    assert found["submittable_online"] is True
    assert found["channels"]["online"]["fee"] == {
        "amount": 8000,
        "currency": "VND",
        "per": "bản sao",
    }


def test_without_a_phrase_there_are_twenty_of_all(visitor: Visitor) -> None:
    body = visitor.get("/api/v1/procedures").get_json()

    assert body["total"] == len(visitor.service.site.procedures)
    assert len(body["procedures"]) == 20


def test_hints_come_along(visitor: Visitor) -> None:
    body = visitor.get("/api/v1/procedures?q=căn cước công dân").get_json()

    assert "công an" in body["hints"][0]["text"]


@pytest.mark.parametrize(
    ("query", "status", "code", "fact"),
    [
        pytest.param({"limit": "0"}, 400, "bad-input", "limit", id="limit too low"),
        pytest.param({"limit": "101"}, 400, "bad-input", "limit", id="limit too high"),
        pytest.param({"limit": "x"}, 400, "bad-input", "limit", id="limit no number"),
        pytest.param({"page": "2"}, 400, "bad-input", "page", id="unknown parameter"),
        pytest.param({"message": "2"}, 400, "bad-input", "message", id="a treacherous name"),
        pytest.param({"q": "x" * 201}, 400, "bad-input", "q", id="an endless phrase"),
        pytest.param({"agency": "x"}, 404, "agency-unknown", "agency", id="no such agency"),
        pytest.param({"field": "x"}, 404, "field-unknown", "field", id="no such field"),
    ],
)
def test_refusals_share_one_shape(
    visitor: Visitor, query: dict[str, str], status: int, code: str, fact: str
) -> None:
    answer = visitor.get("/api/v1/procedures", query_string=query)

    assert answer.status_code == status
    assert set(answer.get_json()) == {"code", "message", "facts"}
    assert answer.get_json()["code"] == code
    assert fact in answer.get_json()["facts"]
