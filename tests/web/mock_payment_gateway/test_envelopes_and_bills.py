"""What differs from partner to partner: the envelope of INIT, the shape of GET_BILL, strictness."""

import io
import json
from dataclasses import replace
from typing import Any

import pypdf
import pytest

from mock_payment_gateway.domain.payment import wire_time
from tests.builders.gateway import PARTNER, REFERENCE, SECRET, a_partner, an_init, pipe_hash
from tests.web.mock_payment_gateway.neighbours import Street

INIT = "/payment-platform/1.0.6/init"
BILL = "/payment-platform/1.0.6/get-bill"
RECEIPT = {
    "MaDichVu": "2",
    "MaDonVi": "H24.1",
    "TenDonVi": "UBND phường Hồng Bàng",
    "MaHoSo": "H24.1-261123-0001",
    "MaDVC": "1.000001.01",
    "TenDVC": "Đăng ký",
    "MaTTHC": "1.000001",
    "TenTTHC": "Đăng ký",
    "TKThuHuong": "0123456789",
    "MaNHThuHuong": "VIETCOMBANK",
    "TenTKThuHuong": "UBND phường Hồng Bàng",
    "NoiDungThanhToan": "Lệ phí hồ sơ H24.1-261123-0001",
    "HoTenNguoiNop": "Bùi Thị Sao",
    "SoCMNDNguoiNop": "000000000",
    "DiaChiNguoiNop": "Hải Phòng",
    "MaCoQuanQD": "H24.1",
    "TenCoQuanQD": "UBND phường Hồng Bàng",
    "PhiLePhi": [
        {"LoaiPhiLePhi": "2", "MaPhiLePhi": "LP1", "TenPhiLePhi": "Lệ phí", "SoTien": "150000"}
    ],
    "DSKhoanNop": [{"NoiDung": "Lệ phí", "SoTien": "150000"}],
}


def as_partner(street: Street, **changes: Any) -> None:
    with street.house.within("main") as service:
        service.register([replace(a_partner(), **changes)])


def pay(street: Street, **changes: object) -> str:
    token = str(street.init(**({"ThongTinBienLai": RECEIPT} | changes))["UrlThanhToan"])
    token = token.rpartition("/")[2]
    street.client.post(f"/thanh-toan/{token}", data={"bank": "SAOBIEN"})
    street.notice(street.bank.says(list(street.bank.payments)[-1], "paid"))
    return token


def get_bill(street: Street, at: str = "20250101101010") -> Any:
    fields = {
        "LoaiBanTin": "GET_BILL",
        "PhienBan": "1.0.6",
        "MaDoiTac": PARTNER,
        "MaThamChieu": REFERENCE,
        "ThoiGianGD": at,
    }
    return street.client.post(BILL, json=fields | {"MaXacThuc": pipe_hash(*fields.values())})


def test_through_the_lgsp_the_answer_is_text_in_an_envelope(street: Street) -> None:
    as_partner(street, envelope="lgsp")

    answer = street.init()

    assert set(answer) == {"error_code", "message"}
    assert answer["error_code"] == "0"
    assert "/thanh-toan/" in json.loads(answer["message"])["UrlThanhToan"]


@pytest.mark.parametrize(
    ("body", "code"), [(an_init(secret="x"), "07"), ({"MaDoiTac": PARTNER}, "02")]
)
def test_through_the_lgsp_a_refusal_has_another_code(
    street: Street, body: dict[str, object], code: str
) -> None:
    as_partner(street, envelope="lgsp")

    answer = street.json(INIT, body)

    assert answer["error_code"] == code
    assert json.loads(answer["message"])["MaLoi"] == code


def test_get_bill_names_an_address_where_the_receipt_is(street: Street) -> None:
    pay(street)

    answer = get_bill(street).get_json()

    told = ["00", "Thành công", PARTNER, REFERENCE, answer["UrlBienLai"]]
    assert answer["MaXacThuc"] == pipe_hash(*told)
    path = answer["UrlBienLai"].removeprefix("http://gateway.test")
    page = pypdf.PdfReader(io.BytesIO(street.client.get(path).data)).pages[0].extract_text()
    assert REFERENCE in page


def test_get_bill_is_the_file_itself_for_partners_that_want_it(street: Street) -> None:
    as_partner(street, bill="pdf")
    pay(street)

    answer = get_bill(street)

    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF-")


def test_get_bill_takes_the_time_of_the_confirm_too(street: Street) -> None:
    pay(street)

    assert get_bill(street, wire_time(street.now())).get_json()["MaLoi"] == "00"
    assert get_bill(street, "20250101101011").get_json()["MaLoi"] == "05"


def test_there_is_no_bill_before_the_money(street: Street) -> None:
    token = street.order()

    assert get_bill(street).get_json()["MaLoi"] == "05"
    assert street.client.get(f"/bien-lai/{token}.pdf").status_code == 404


def test_receipt_data_that_makes_no_receipt_is_named(street: Street) -> None:
    pay(street, ThongTinBienLai={"MaDichVu": "2"})

    answer = get_bill(street).get_json()

    assert answer["MaLoi"] == "02"
    assert "HoTenNguoiNop" in answer["MoTaLoi"]
    notes = street.client.get("/_sim/journal").get_json()["entries"]
    assert any("HoTenNguoiNop" in note["note"] for note in notes if note["direction"] == "note")


def test_strict_partners_are_refused_with_it_and_get_no_explanation(street: Street) -> None:
    as_partner(street, strict=True)

    refused = street.json(INIT, an_init(ThongTinBienLai={"MaDichVu": "2"}))
    forged = street.json(INIT, an_init(secret="x"))

    assert refused["MaLoi"] == "02"
    assert set(forged) == {"MaLoi", "MoTaLoi"}
    assert street.json(INIT, an_init(ThongTinBienLai=RECEIPT))["MaLoi"] == "00"


def test_a_wrong_hash_is_explained_in_answer_and_journal(street: Street) -> None:
    answer = street.json(INIT, an_init(secret=f"{SECRET} "))

    assert answer["GiaiThich"]["ours"].startswith("INIT|1.0.6|HPG01|")
    assert answer["GiaiThich"]["theirs"] != answer["GiaiThich"]["ours"]
    notes = street.client.get("/_sim/journal").get_json()["entries"]
    assert any("MaXacThuc" in note["note"] for note in notes)


@pytest.mark.parametrize(
    ("course", "heard"),
    [
        ({"notice": "never"}, []),
        ({"copies": 3}, [True, True, True]),
        ({"tamper": "signature"}, [False, True]),
        ({"tamper": "forged-amount"}, [False, True]),
        ({"tamper": "amount"}, [True, True]),
        ({"tamper": "old-format"}, [False, True]),
    ],
)
def test_the_order_of_events_is_owned_here_too(
    street: Street, course: dict[str, object], heard: list[bool]
) -> None:
    street.json("/_sim/seed", {"courses": [{"partner": PARTNER, "reference": REFERENCE} | course]})
    pay(street)
    street.pump()

    genuine = []
    for message in street.listener.heard:
        *values, seal = message.values()
        genuine.append(pipe_hash(*values) == seal)
    assert genuine == heard
    if "tamper" in course:
        assert street.listener.heard[0] != street.listener.heard[1]


def test_the_browser_can_be_made_to_wait_for_the_notice(street: Street) -> None:
    token = pay(street, ThongTinGiaoDich="THANH TOAN SIM-IPN-BEFORE")
    way = f"/thanh-toan/{token}/ket-qua"

    waiting = street.client.get(way)
    street.pump()

    assert waiting.status_code == 200
    assert 'http-equiv="refresh"' in waiting.text
    assert street.client.get(way).location.startswith("http://partner.test/back")


def test_the_browser_can_be_kept(street: Street) -> None:
    token = pay(street, ThongTinGiaoDich="THANH TOAN SIM-RETURN-NEVER")
    street.pump()

    assert street.client.get(f"/thanh-toan/{token}/ket-qua").status_code == 200
    assert len(street.listener.heard) == 1
