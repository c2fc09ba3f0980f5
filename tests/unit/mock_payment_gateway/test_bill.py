"""Receipt data: what is required for which service, every fault by its field, all sums alike."""

from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_payment_gateway.domain.bill import (
    LABELS,
    NO_ID,
    ROOT,
    Bill,
    FeeKind,
    Item,
    MalformedBill,
    Service,
    read,
)
from tests.builders.bill import a_fee_bill, a_fine_bill, a_line, an_item

FEE_FIELDS = (
    "MaDonVi TenDonVi MaHoSo MaDVC TenDVC MaTTHC TenTTHC TKThuHuong MaNHThuHuong TenTKThuHuong"
)
FINE_FIELDS = (
    "MaLoaiHinhThuPhat TenLoaiHinhThuPhat KhoBac NgayQD SoQD ThoiGianViPham DiaDiemViPham"
    " TenNguoiViPham"
)
ALWAYS = "NoiDungThanhToan HoTenNguoiNop SoCMNDNguoiNop DiaChiNguoiNop MaCoQuanQD TenCoQuanQD"


def faults(receipt: dict[str, Any], amount: int = 150_000) -> set[str]:
    """Return the fields that are named wrong, without the root."""
    with pytest.raises(MalformedBill) as refused:
        read(receipt, amount)
    assert all(name.startswith(f"{ROOT}.") and rule for name, rule in refused.value.facts.items())
    return {name.removeprefix(f"{ROOT}.") for name in refused.value.facts}


def test_the_receipt_data_of_a_fee_is_read() -> None:
    bill = read(a_fee_bill(), 150_000)

    assert (bill.service, bill.amount) == (Service.FEE, 150_000)
    assert bill.texts["TenTTHC"] == "Đăng ký thành lập hộ kinh doanh"
    assert [(line.kind, line.amount) for line in bill.fees] == [
        (FeeKind.CHARGE, 0),
        (FeeKind.FEE, 150_000),
    ]
    assert bill.items == (Item("Lệ phí hồ sơ", 150_000),)
    assert bill.day is None


def test_the_receipt_data_of_a_fine_is_read() -> None:
    bill = read(a_fine_bill(), 150_000)

    assert (bill.service, bill.fees) == (Service.FINE, ())
    assert bill.day == date(2026, 11, 23)


def test_each_kind_has_a_receipt_of_its_own_and_zero_lines_have_none() -> None:
    rows = [a_line("Phi", "100000"), a_line("2", 50_000), a_line("lephi", "0")]

    bill = read(a_fee_bill(PhiLePhi=rows), 150_000)

    assert [line.amount for line in bill.of_kind(FeeKind.CHARGE)] == [100_000]
    assert [line.amount for line in bill.of_kind(FeeKind.FEE)] == [50_000]


@pytest.mark.parametrize("name", [*FEE_FIELDS.split(), *ALWAYS.split(), "PhiLePhi", "DSKhoanNop"])
@pytest.mark.parametrize("empty", [None, ""])
def test_every_field_of_a_fee_is_needed(name: str, empty: object) -> None:
    receipt = a_fee_bill()
    if empty is None:
        del receipt[name]
    else:
        receipt[name] = [] if name in {"PhiLePhi", "DSKhoanNop"} else empty

    assert faults(receipt) == {name}


@pytest.mark.parametrize("name", [*FINE_FIELDS.split(), *ALWAYS.split(), "DSKhoanNop"])
def test_every_field_of_a_fine_is_needed(name: str) -> None:
    receipt = a_fine_bill()
    del receipt[name]

    assert faults(receipt) == {name}


def test_all_faults_are_named_at_once() -> None:
    assert faults({}) == {"MaDichVu", "DSKhoanNop", *ALWAYS.split()}
    assert faults({"MaDichVu": "2"}) == {
        *FEE_FIELDS.split(),
        *ALWAYS.split(),
        "PhiLePhi",
        "DSKhoanNop",
    }


@pytest.mark.parametrize("value", [None, "", "3", 2, ["2"], {}, True])
def test_the_service_is_one_of_two(value: object) -> None:
    assert faults(a_fee_bill(MaDichVu=value)) == {"MaDichVu"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TenTTHC", "x" * 251),
        ("MaHoSo", "x" * 51),
        ("HoTenNguoiNop", "x" * 151),
        ("HoTenNguoiNop", 5),
        ("HoTenNguoiNop", "  "),
        ("DiaChiNguoiNop", "một\ndòng"),
        ("DiaChiNguoiNop", "\ud800"),
        ("SoCMNDNguoiNop", "0310-1"),
        ("SoCMNDNguoiNop", "1" * 21),
        ("HuyenNguoiNop", ["Hồng Bàng"]),
        ("TinhNguoiNop", "x" * 101),
        ("NgayQD", "20260230"),
        ("NgayQD", "2026"),
        ("PhiLePhi", "150000"),
        ("PhiLePhi", [a_line("2", "3000")] * 51),
        ("DSKhoanNop", {"NoiDung": "x", "SoTien": "150000"}),
        ("PhiLePhi", [a_line("2", "149999")]),
        ("PhiLePhi", [a_line("2", "150001")]),
        ("DSKhoanNop", [an_item("150001")]),
        ("DSKhoanNop", [an_item("150000"), an_item("1")]),
    ],
)
def test_a_wrong_field_is_named(name: str, value: object) -> None:
    assert faults(a_fee_bill(**{name: value})) == {name}


@pytest.mark.parametrize(
    ("row", "names"),
    [
        ("text", {"PhiLePhi[1]"}),
        (None, {"PhiLePhi[1]"}),
        ({}, {f"PhiLePhi[1].{n}" for n in ("LoaiPhiLePhi", "MaPhiLePhi", "TenPhiLePhi", "SoTien")}),
        (a_line("3", "0"), {"PhiLePhi[1].LoaiPhiLePhi"}),
        (a_line(2, "0"), {"PhiLePhi[1].LoaiPhiLePhi"}),
        (a_line("2", "-1"), {"PhiLePhi[1].SoTien"}),
        (a_line("2", -1), {"PhiLePhi[1].SoTien"}),
        (a_line("2", "1.5"), {"PhiLePhi[1].SoTien"}),
        (a_line("2", 1.0), {"PhiLePhi[1].SoTien"}),
        (a_line("2", True), {"PhiLePhi[1].SoTien"}),
        (a_line("2", 10**12), {"PhiLePhi[1].SoTien"}),
        (a_line("2", "٣"), {"PhiLePhi[1].SoTien"}),
        (a_line("2", "0") | {"TenPhiLePhi": "x" * 251}, {"PhiLePhi[1].TenPhiLePhi"}),
    ],
)
def test_a_wrong_line_is_named_with_its_place(row: object, names: set[str]) -> None:
    assert faults(a_fee_bill(PhiLePhi=[a_line("2", "150000"), row])) == names


def test_a_wrong_item_is_named_with_its_place() -> None:
    assert faults(a_fee_bill(DSKhoanNop=[{"SoTien": "150000"}])) == {"DSKhoanNop[0].NoiDung"}


def test_a_fee_over_several_lines_adds_up() -> None:
    rows = [a_line("1", "100000"), a_line("2", "50000")]
    items = [an_item("50000"), an_item("70000"), an_item("30000")]

    assert read(a_fee_bill(PhiLePhi=rows, DSKhoanNop=items), 150_000).amount == 150_000


def test_a_fine_with_lines_of_a_fee_has_to_add_up_too() -> None:
    assert faults(a_fine_bill(PhiLePhi=[a_line("1", "1")])) == {"PhiLePhi"}


def test_another_amount_of_the_order_is_noticed_in_both_sums() -> None:
    assert faults(a_fee_bill(), 150_001) == {"PhiLePhi", "DSKhoanNop"}


def test_a_payer_without_a_number_and_fields_that_nobody_knows_are_fine() -> None:
    bill = read(a_fee_bill(SoCMNDNguoiNop=NO_ID, MaMoi={"x": 1}, TinhNguoiNop=""), 150_000)

    assert bill.texts["SoCMNDNguoiNop"] == NO_ID
    assert "MaMoi" not in bill.texts
    assert "TinhNguoiNop" not in bill.texts


def test_texts_come_in_the_order_in_which_a_receipt_prints_them() -> None:
    names = list(read(dict(reversed(a_fee_bill().items())), 150_000).texts)

    assert names == [name for name in LABELS if name in names]


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(
    changes=st.dictionaries(st.sampled_from([*a_fee_bill(), *a_fine_bill()]), ANY),
    fine=st.booleans(),
)
def test_anything_is_read_or_refused_by_name(changes: dict[str, object], *, fine: bool) -> None:
    receipt: dict[str, Any] = (a_fine_bill() if fine else a_fee_bill()) | changes
    bill: Bill | None = None
    with suppress(MalformedBill):
        bill = read(receipt, 150_000)

    assert bill is None or sum(item.amount for item in bill.items) == bill.amount


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=50))
def test_money_is_counted_line_by_line(amounts: list[int]) -> None:
    total = sum(amounts)
    rows = [a_line("2", str(amount)) for amount in amounts]
    receipt = a_fee_bill(PhiLePhi=rows, DSKhoanNop=[an_item(str(total))])

    assert sum(line.amount for line in read(receipt, total).fees) == total
    assert faults(receipt, total + 1) == {"PhiLePhi", "DSKhoanNop"}
