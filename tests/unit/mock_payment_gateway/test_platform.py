"""Messages of the Payment Platform: what is read, what is refused, what is said."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_payment_gateway.domain.errors import (
    DESCRIPTIONS,
    MalformedMessage,
    MaLoi,
    WrongSignature,
)
from mock_payment_gateway.domain.payment import PaymentState
from mock_payment_gateway.domain.platform import Ack, Init, Query
from tests.builders.gateway import (
    INIT_ORDER,
    QUERY_ORDER,
    SECRET,
    a_payment,
    a_query,
    an_init,
    pipe_hash,
)


def test_an_init_is_read() -> None:
    message = Init.read(an_init())

    message.check(SECRET)
    assert (message.partner, message.reference) == ("HPG01", "dvcH24120250101101010")
    assert message.amount == 150_000
    assert message.asked_at == "20250101101010"
    assert message.receipt["MaDichVu"] == "2"


def test_receipt_data_may_be_missing() -> None:
    body = an_init()
    del body["ThongTinBienLai"]

    assert Init.read(body).receipt == {}


def test_fields_that_nobody_knows_are_left_alone() -> None:
    Init.read(an_init() | {"MaMoi": "x"}).check(SECRET)


@pytest.mark.parametrize("name", [*INIT_ORDER, "MaXacThuc"])
def test_every_field_of_an_init_is_needed(name: str) -> None:
    body = an_init()
    del body[name]

    with pytest.raises(MalformedMessage) as refused:
        Init.read(body)

    assert set(refused.value.facts) == {name}


@pytest.mark.parametrize("name", [*QUERY_ORDER, "MaXacThuc"])
def test_every_field_of_a_query_is_needed(name: str) -> None:
    body = a_query()
    del body[name]

    with pytest.raises(MalformedMessage) as refused:
        Query.read(body)

    assert set(refused.value.facts) == {name}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LoaiBanTin", "QUERY"),
        ("PhienBan", "1.0.5"),
        ("MaDoiTac", "x" * 51),
        ("MaThamChieu", ""),
        ("MaThamChieu", "x" * 256),
        ("MaThamChieu", "a|b"),
        ("MaThamChieu", "a\nb"),
        ("SoTien", 150000),
        ("SoTien", "0"),
        ("SoTien", "-5"),
        ("SoTien", "1500.00"),
        ("SoTien", "0150000"),
        ("SoTien", "１５０"),
        ("SoTien", "1" * 13),
        ("LoaiHinhThanhToan", "REFUND"),
        ("MaTienTe", "USD"),
        ("ThongTinGiaoDich", ""),
        ("ThongTinGiaoDich", "x" * 256),
        ("ThongTinGiaoDich", "nửa chữ \ud800"),
        ("ThongTinGiaoDich", "không \0"),
        ("ThoiGianGD", "2025-01-01"),
        ("ThoiGianGD", "20250101101010\n"),
        ("Ip", ["10.0.0.1"]),
        ("Ip", None),
        ("ThongTinBienLai", "text"),
        ("ThongTinBienLai", None),
        ("ThongTinBienLai", []),
    ],
)
def test_an_init_with_a_wrong_field_is_refused_by_its_name(name: str, value: Any) -> None:
    body = an_init() | {name: value}

    with pytest.raises(MalformedMessage) as refused:
        Init.read(body)

    assert set(refused.value.facts) == {name}
    assert name in str(refused.value)
    assert refused.value.answer is MaLoi.BAD_FORMAT


@pytest.mark.parametrize("hours", ["20250101011010", "20251301996199"])
def test_the_time_is_compared_and_never_judged(hours: str) -> None:
    assert Init.read(an_init(ThoiGianGD=hours)).asked_at == hours


@pytest.mark.parametrize(
    "signature",
    ["x", "ả", pipe_hash("INIT"), "0" * 64],
)
def test_a_wrong_signature_is_refused(signature: str) -> None:
    message = Init.read(an_init() | {"MaXacThuc": signature})

    with pytest.raises(WrongSignature):
        message.check(SECRET)


def test_the_signature_is_lower_case() -> None:
    body = an_init()

    with pytest.raises(WrongSignature):
        Init.read(body | {"MaXacThuc": str(body["MaXacThuc"]).upper()}).check(SECRET)


@given(st.sampled_from(INIT_ORDER), st.characters(codec="utf-8"))
def test_no_signed_field_can_be_changed(name: str, letter: str) -> None:
    body = an_init()
    changed = body | {name: str(body[name]) + letter}
    try:
        message = Init.read(changed)
    except MalformedMessage:
        return
    with pytest.raises(WrongSignature):
        message.check(SECRET)


def test_receipt_data_is_not_part_of_the_signature() -> None:
    Init.read(an_init() | {"ThongTinBienLai": {"MaDichVu": "1"}}).check(SECRET)


@pytest.mark.parametrize(
    ("receipt", "subject"),
    [
        (
            {"NoiDungThanhToan": "Thanh toán lệ phí cho hồ sơ H24.1"},
            "Thanh toán lệ phí cho hồ sơ H24.1",
        ),
        ({}, "THANH TOAN HO SO H24.1"),
        ({"NoiDungThanhToan": ""}, "THANH TOAN HO SO H24.1"),
        ({"NoiDungThanhToan": 7}, "THANH TOAN HO SO H24.1"),
        ({"NoiDungThanhToan": "\ud800"}, "THANH TOAN HO SO H24.1"),
    ],
)
def test_the_payer_reads_the_receipts_words_or_else_the_description(
    receipt: dict[str, object], subject: str
) -> None:
    assert Init.read(an_init(ThongTinBienLai=receipt)).subject == subject


def test_the_accepted_init_is_signed_over_all_values_in_order() -> None:
    answer = Init.read(an_init()).accepted("http://gateway.test/thanh-toan/x", SECRET)

    signature = answer.pop("MaXacThuc")
    assert list(answer) == ["MaLoi", "MoTaLoi", "MaDoiTac", "MaThamChieu", "UrlThanhToan"]
    assert signature == pipe_hash(*answer.values())


def test_a_query_about_a_failed_payment_works_all_the_same() -> None:
    answer = a_payment(PaymentState.FAILED).report().answer(4, SECRET)

    assert (answer["MaLoi"], answer["TrangThaiGD"]) == ("00", 4)
    assert list(answer)[-2:] == ["TrangThaiGD", "MaXacThuc"]


def test_amounts_go_out_as_numbers() -> None:
    assert a_payment(PaymentState.PAID).report().confirm(SECRET)["SoTien"] == 150_000


@pytest.mark.parametrize(
    ("body", "taken"),
    [
        pytest.param({"MaLoi": "00"}, True, id="taken"),
        pytest.param({"MaLoi": "02"}, True, id="confirmed before"),
        pytest.param({"maLoi": "00", "moTaLoi": "Thành công"}, True, id="camel case"),
        pytest.param({"MALOI": "00"}, True, id="upper case"),
        pytest.param({"MaLoi": "01"}, False, id="unknown order"),
        pytest.param({"MaLoi": "08"}, False, id="busy"),
        pytest.param({"MaLoi": "97"}, False, id="bad signature"),
        pytest.param({"MaLoi": "99"}, False, id="other"),
        pytest.param({"MaLoi": 0}, False, id="a number"),
        pytest.param({"MaLoi": None}, False, id="null"),
        pytest.param({"return_code": -1, "return_msg": "x"}, False, id="a real client's failure"),
        pytest.param({}, False, id="empty"),
    ],
)
def test_acknowledgements_are_read_with_patience(body: dict[str, object], *, taken: bool) -> None:
    assert Ack.read(body).taken is taken


def test_every_code_has_its_vietnamese_words() -> None:
    assert set(DESCRIPTIONS) == set(MaLoi)
    assert {code.value for code in MaLoi} == {
        "00", "01", "02", "03", "04", "05", "06", "07", "08", "09", "96", "99",
    }  # fmt: skip
