"""How the platform answers partners over HTTP."""

from typing import Any

import pytest

from tests.builders.gateway import REFERENCE, a_query, an_init, pipe_hash
from tests.web.mock_payment_gateway.neighbours import Street

INIT = "/payment-platform/1.0.6/init"
QUERY = "/payment-platform/1.0.6/query"


def test_an_init_is_answered_with_the_address_of_its_page(street: Street) -> None:
    answer = street.init()

    signature = answer.pop("MaXacThuc")
    assert list(answer) == ["MaLoi", "MoTaLoi", "MaDoiTac", "MaThamChieu", "UrlThanhToan"]
    assert (answer["MaLoi"], answer["MoTaLoi"]) == ("00", "Thành công")
    assert answer["UrlThanhToan"].startswith("http://gateway.test/thanh-toan/")
    assert signature == pipe_hash(*answer.values())


def test_an_order_of_another_world_has_that_worlds_address(street: Street) -> None:
    street.client.post("/_sim/worlds", json={"name": "an-03"})
    body = an_init(MaDoiTac="H24", secret="bi-mat-dung-chung-H24")

    answer = street.json(f"/w/an-03{INIT}", body)

    assert answer["UrlThanhToan"].startswith("http://gateway.test/w/an-03/thanh-toan/")
    assert street.client.get("/_sim/ledger").get_json()["payments"] == []


def test_the_portal_is_a_partner_of_every_world(street: Street) -> None:
    answer = street.json(INIT, an_init(MaDoiTac="H24", secret="bi-mat-dung-chung-H24"))

    token = answer["UrlThanhToan"].rpartition("/")[2]
    page = street.client.get(f"/thanh-toan/{token}").text
    back = street.client.post(f"/thanh-toan/{token}/huy").location
    assert "Cổng Dịch vụ công thành phố Hải Phòng" in page
    assert back == f"http://portal.test/thanh-toan/tro-ve?MaThamChieu={REFERENCE}"
    assert street.outbox("confirm")[0]["to"] == "http://portal.test/payment-platform/confirm"


def test_a_query_follows_the_order_of_the_confirm(street: Street) -> None:
    street.order()

    answer = street.json(QUERY, a_query())

    assert list(answer) == [
        "LoaiBanTin",
        "MaLoi",
        "MaDoiTac",
        "MaThamChieu",
        "SoTien",
        "MaTienTe",
        "MaGiaoDich",
        "MaNganHang",
        "ThoiGianGD",
        "ThongTinGiaoDich",
        "TrangThaiGD",
        "MaXacThuc",
    ]
    assert (answer["LoaiBanTin"], answer["TrangThaiGD"]) == ("QUERY", 3)


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        pytest.param(INIT, {}, "02", id="init: nothing"),
        pytest.param(INIT, [], "02", id="init: a list"),
        pytest.param(INIT, None, "02", id="init: null"),
        pytest.param(INIT, a_query(), "02", id="init: a query"),
        pytest.param(INIT, an_init(SoTien=150000), "02", id="init: amount as a number"),
        pytest.param(INIT, an_init(secret="x"), "07", id="init: signature"),
        pytest.param(INIT, an_init(MaDoiTac="NOBODY"), "09", id="init: partner"),
        pytest.param(INIT, an_init(), "03", id="init: used before"),
        pytest.param(QUERY, an_init(), "02", id="query: an init"),
        pytest.param(QUERY, a_query(secret="x"), "07", id="query: signature"),
        pytest.param(QUERY, a_query(MaDoiTac="NOBODY"), "09", id="query: partner"),
        pytest.param(QUERY, a_query(MaThamChieu="NONE"), "05", id="query: reference"),
    ],
)
def test_refusals_speak_the_platforms_shape(
    street: Street, path: str, body: Any, code: str
) -> None:
    street.order()

    answer = street.json(path, body)

    assert set(answer) - {"GiaiThich"} == {"MaLoi", "MoTaLoi"}
    assert ("GiaiThich" in answer) == (code == "07")
    assert answer["MaLoi"] == code
    assert answer["MoTaLoi"]


@pytest.mark.parametrize("path", [INIT, QUERY])
@pytest.mark.parametrize("raw", [b"", b"{", b"\xff\xfe", b"x" * 2_000_000], ids=len)
def test_bytes_that_are_no_json_are_a_wrong_format(street: Street, path: str, raw: bytes) -> None:
    answer = street.client.post(path, data=raw)

    assert (answer.status_code, answer.get_json()["MaLoi"]) == (200, "02")


def test_a_wrong_field_is_named_with_what_it_must_be(street: Street) -> None:
    answer = street.json(INIT, an_init(SoTien="1,5"))

    assert answer["MoTaLoi"] == (
        "Dữ liệu không đúng định dạng: SoTien phải là chuỗi chữ số, số tiền VND lớn hơn 0"
    )


def test_the_journal_names_the_reference(street: Street) -> None:
    token, request_id = street.at_bank()
    street.json(QUERY, a_query())
    street.notice(street.bank.says(request_id, "paid"))
    street.client.get(f"/thanh-toan/{token}/ket-qua", buffered=True)
    street.pump()

    entries = street.client.get(f"/_sim/journal?about={REFERENCE}").get_json()["entries"]
    seen = [(entry["direction"], entry["url"].rpartition("/")[2]) for entry in entries]
    assert ("in", "init") in seen
    assert ("in", "query") in seen
    assert ("out", "payments") in seen
    assert ("in", "notices") in seen
    assert ("in", "ket-qua") in seen
    assert ("out", "confirm") in seen
