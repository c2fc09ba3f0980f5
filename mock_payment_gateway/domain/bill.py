"""ThongTinBienLai: what a receipt says, checked field by field; every fault is named at once.

Which fields are required for which ``MaDichVu`` is [S] (two independent clients agree); lengths are
ours but for names of procedures, of which one client cuts what is longer than 250 [S].
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from mock_payment_gateway.domain.errors import MalformedMessage
from mock_payment_gateway.domain.text import is_storable

ROOT = "ThongTinBienLai"
MOST_LINES = 50  # ours
_TOO_MUCH = 10**12
NO_ID = "000000000"
"""What a real client sends for a payer without a number [S]."""

_MISSING = "không được thiếu"
_AMOUNT = re.compile(r"[0-9]{1,12}")
_DAY = re.compile(r"[0-9]{8}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Service(StrEnum):
    """``MaDichVu``: what is paid for [S]."""

    FINE = "1"
    FEE = "2"


class FeeKind(StrEnum):
    """``LoaiPhiLePhi`` as one client numbers it [S]; the other writes the word."""

    CHARGE = "1"
    FEE = "2"


_KINDS: Mapping[str, FeeKind] = {
    "1": FeeKind.CHARGE,
    "phi": FeeKind.CHARGE,
    "2": FeeKind.FEE,
    "lephi": FeeKind.FEE,
}
KIND_NAMES: Mapping[FeeKind, str] = {FeeKind.CHARGE: "Phí", FeeKind.FEE: "Lệ phí"}


class MalformedBill(MalformedMessage):
    """``ThongTinBienLai`` is not as it must be; ``facts``: field -> what it must be."""

    code = "malformed-bill"


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One charge (phí) or fee (lệ phí); zero is a line like any other [S]."""

    kind: FeeKind
    code: str
    name: str
    amount: int  # đồng


@dataclass(frozen=True, slots=True)
class Item:
    """One item (khoản nộp) of what is paid."""

    text: str
    amount: int  # đồng


@dataclass(frozen=True, slots=True)
class Bill:
    """Receipt data that holds together: all sums are the amount of the order."""

    service: Service
    amount: int  # đồng
    texts: Mapping[str, str]  # every text field that came, in the order of ``LABELS``
    fees: tuple[FeeLine, ...]
    items: tuple[Item, ...]

    def of_kind(self, kind: FeeKind) -> tuple[FeeLine, ...]:
        """Return the lines of one kind that cost something: each kind has a receipt of its own."""
        return tuple(line for line in self.fees if line.kind is kind and line.amount)

    @property
    def day(self) -> date | None:
        """Return the day of the decision (``NgayQD``) of a fine."""
        text = self.texts.get("NgayQD")
        return None if text is None else _day(text)


@dataclass(frozen=True, slots=True)
class _Text:
    name: str
    label: str
    longest: int = 255
    pattern: re.Pattern[str] | None = None
    rule: str = ""


_CODE, _NAME = 50, 250
_IN_ALL = (
    _Text("NoiDungThanhToan", "Nội dung thanh toán"),
    _Text("HoTenNguoiNop", "Người nộp", 150),
    _Text(
        "SoCMNDNguoiNop",
        "Số CCCD/CMND",
        20,
        re.compile(r"[0-9A-Za-z]{1,20}"),
        "phải là 1 đến 20 chữ số hoặc chữ cái; không có số thì gửi 000000000",
    ),
    _Text("DiaChiNguoiNop", "Địa chỉ"),
    _Text("MaCoQuanQD", "Mã cơ quan quyết định", _CODE),
    _Text("TenCoQuanQD", "Cơ quan quyết định", _NAME),
)
_OPTIONAL = (
    _Text("HuyenNguoiNop", "Quận, huyện", 100),
    _Text("TinhNguoiNop", "Tỉnh, thành phố", 100),
    _Text("TaiKhoanThuNSNN", "Tài khoản thu ngân sách", _CODE),
)
_OF_A_FEE = (
    _Text("MaDonVi", "Mã đơn vị", _CODE),
    _Text("TenDonVi", "Đơn vị thu", _NAME),
    _Text("MaHoSo", "Mã hồ sơ", _CODE),
    _Text("MaDVC", "Mã dịch vụ công", _CODE),
    _Text("TenDVC", "Dịch vụ công", _NAME),
    _Text("MaTTHC", "Mã thủ tục", _CODE),
    _Text("TenTTHC", "Thủ tục", _NAME),
    _Text("TKThuHuong", "Tài khoản thụ hưởng", _CODE),
    _Text("MaNHThuHuong", "Ngân hàng thụ hưởng", _CODE),
    _Text("TenTKThuHuong", "Chủ tài khoản thụ hưởng", _NAME),
)
_OF_A_FINE = (
    _Text("MaLoaiHinhThuPhat", "Mã loại hình thu phạt", _CODE),
    _Text("TenLoaiHinhThuPhat", "Loại hình thu phạt", _NAME),
    _Text("KhoBac", "Kho bạc", _NAME),
    _Text("NgayQD", "Ngày quyết định", 8, _DAY, "phải có dạng yyyyMMdd và là một ngày có thật"),
    _Text("SoQD", "Số quyết định", _CODE),
    _Text("ThoiGianViPham", "Thời gian vi phạm", 100),
    _Text("DiaDiemViPham", "Địa điểm vi phạm"),
    _Text("TenNguoiViPham", "Người vi phạm", 150),
)
_REQUIRED: Mapping[Service, tuple[_Text, ...]] = {
    Service.FEE: (*_OF_A_FEE, *_IN_ALL),
    Service.FINE: (*_OF_A_FINE, *_IN_ALL),
}
_EVERY = (*_OF_A_FEE, *_OF_A_FINE, *_IN_ALL, *_OPTIONAL)

LABELS: Mapping[str, str] = {text.name: text.label for text in _EVERY}
"""What a receipt calls each field, in the order in which it prints them."""


def read(receipt: Mapping[str, object], amount: int) -> Bill:
    """Read ``ThongTinBienLai`` of an order over ``amount`` đồng.

    Raises ``MalformedBill`` naming every fault, ``PhiLePhi[0].SoTien`` and the like.
    Fields that are not required for this ``MaDichVu`` may be missing or empty; unknown ones are
    left alone.
    """
    faults: dict[str, str] = {}
    service = _service(receipt, faults)
    required = _REQUIRED[service] if service else _IN_ALL
    texts = {
        one.name: value
        for one in _EVERY
        if (value := _text(receipt, one, faults, needed=one in required))
    }
    fees = _lines(receipt, "PhiLePhi", faults, _fee, needed=service is Service.FEE)
    items = _lines(receipt, "DSKhoanNop", faults, _item, needed=True)
    _sum("PhiLePhi", fees, amount, faults)
    _sum("DSKhoanNop", items, amount, faults)
    if faults or service is None:
        facts = {f"{ROOT}.{name}": rule for name, rule in faults.items()}
        raise MalformedBill("; ".join(f"{name} {rule}" for name, rule in facts.items()), facts)
    return Bill(service, amount, texts, tuple(fees or ()), tuple(items or ()))


def _service(receipt: Mapping[str, object], faults: dict[str, str]) -> Service | None:
    value = receipt.get("MaDichVu")
    if value in (*Service,):
        return Service(str(value))
    faults["MaDichVu"] = "phải là 1 (nộp phạt) hoặc 2 (phí, lệ phí)"
    return None


def _text(
    holder: Mapping[str, object], one: _Text, faults: dict[str, str], *, needed: bool, at: str = ""
) -> str:
    value = holder.get(one.name)
    if value is None or value == "":
        if needed:
            faults[at + one.name] = _MISSING
        return ""
    if not isinstance(value, str) or not value.strip() or len(value) > one.longest or _odd(value):
        faults[at + one.name] = one.rule or f"phải là chuỗi từ 1 đến {one.longest} ký tự"
        return ""
    if one.pattern is not None and not one.pattern.fullmatch(value):
        faults[at + one.name] = one.rule
        return ""
    if one.pattern is _DAY and _day(value) is None:
        faults[at + one.name] = one.rule
        return ""
    return value


def _odd(value: str) -> bool:
    return not is_storable(value) or _CONTROL.search(value) is not None


def _day(value: str) -> date | None:
    try:
        return datetime.strptime(f"{value}+0700", "%Y%m%d%z").date()
    except ValueError:
        return None


_Line = TypeVar("_Line", FeeLine, Item)


def _lines(
    receipt: Mapping[str, object],
    name: str,
    faults: dict[str, str],
    read_line: Callable[[Mapping[str, object], str, dict[str, str]], _Line],
    *,
    needed: bool,
) -> list[_Line] | None:
    """Return the lines of a list, or nothing if it is missing or wrong."""
    rows = receipt.get(name)
    if rows is None or rows == []:
        if needed:
            faults[name] = "phải có ít nhất một dòng"
        return None
    if not isinstance(rows, list) or len(rows) > MOST_LINES:
        faults[name] = f"phải là danh sách từ 1 đến {MOST_LINES} dòng"
        return None
    known = len(faults)
    lines: list[_Line] = []
    for index, row in enumerate(rows):
        if isinstance(row, dict):
            lines.append(read_line(row, f"{name}[{index}].", faults))
        else:
            faults[f"{name}[{index}]"] = "phải là một đối tượng"
    return lines if len(faults) == known else None


_FEE_CODE = _Text("MaPhiLePhi", "Mã phí, lệ phí", _CODE)
_FEE_NAME = _Text("TenPhiLePhi", "Tên phí, lệ phí", _NAME)
_ITEM_TEXT = _Text("NoiDung", "Nội dung")


def _fee(row: Mapping[str, object], at: str, faults: dict[str, str]) -> FeeLine:
    word = row.get("LoaiPhiLePhi")
    kind = _KINDS.get(word.casefold()) if isinstance(word, str) else None
    if kind is None:
        faults[at + "LoaiPhiLePhi"] = "phải là 1 (phí) hoặc 2 (lệ phí)"
    return FeeLine(
        kind or FeeKind.FEE,
        _text(row, _FEE_CODE, faults, needed=True, at=at),
        _text(row, _FEE_NAME, faults, needed=True, at=at),
        _money(row, at, faults),
    )


def _item(row: Mapping[str, object], at: str, faults: dict[str, str]) -> Item:
    return Item(_text(row, _ITEM_TEXT, faults, needed=True, at=at), _money(row, at, faults))


def _money(row: Mapping[str, object], at: str, faults: dict[str, str]) -> int:
    """Return the đồng of a line: digits as both clients send them [S], or a number."""
    value = row.get("SoTien")
    text = str(value) if type(value) is int and 0 <= value < _TOO_MUCH else value
    if isinstance(text, str) and _AMOUNT.fullmatch(text):
        return int(text)
    faults[at + "SoTien"] = "phải là số đồng nguyên, từ 0, tối đa 12 chữ số"
    return 0


def _sum(
    name: str, lines: Sequence[FeeLine | Item] | None, amount: int, faults: dict[str, str]
) -> None:
    total = sum(line.amount for line in lines or ())
    if lines is not None and total != amount:
        faults[name] = f"tổng {total} khác số tiền {amount} của giao dịch"
