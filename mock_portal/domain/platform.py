"""Our side of the messages of the national Payment Platform 1.0.6: made, hashed and verified.

Field names, their order in the hash and the hash itself (SHA-256 over the values joined by ``|``
with the secret last, lower-case hex) are those of two public merchant clients that agree [S].
"""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mock_portal.domain.fee import Order
from simkit.core.clock import ICT
from simkit.core.errors import BadInput

VERSION = "1.0.6"
MAX_TEXT = 255
MAX_AMOUNT = 10**15
NAME_LENGTH = 200
"""A name of a procedure is cut here, as one public client does before 250 [S]."""

CONFIRM_FIELDS = (
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
)
"""The fields of a CONFIRM in the order of its hash [S]."""

INIT_FIELDS = (
    "LoaiBanTin",
    "PhienBan",
    "MaDoiTac",
    "MaThamChieu",
    "SoTien",
    "LoaiHinhThanhToan",
    "MaKenhThanhToan",
    "MaThietBi",
    "NgonNgu",
    "MaTienTe",
    "MaNganHang",
    "ThongTinGiaoDich",
    "ThoiGianGD",
    "Ip",
)
QUERY_FIELDS = ("LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "ThoiGianGD")
ACK_FIELDS = ("MaLoi", "MoTaLoi", "MaDoiTac", "MaThamChieu", "ThoiGianGD")

OK = "00"


class Answer(StrEnum):
    """MaLoi of our acknowledgement of a CONFIRM; the list of the sister protocol [S].

    That list has no code of its own for a wrong amount, so it is ``OTHER``.
    """

    OK = "00"
    NOT_FOUND = "01"
    ALREADY = "02"
    WRONG_HASH = "97"
    OTHER = "99"


class QueryState(StrEnum):
    """TrangThaiGD of the answer to a QUERY [S]; 2 is not documented."""

    PAID = "1"
    PENDING = "3"
    FAILED = "4"


@dataclass(frozen=True, slots=True)
class Partner:
    """Who we are at the platform, and the account that fees go to (invented)."""

    code: str = "H24"
    secret: str = "bi-mat-dung-chung-H24"  # noqa: S105 - shared with a simulated platform only
    account: str = "3949.0.1052147.00000"
    bank: str = "KBNN"
    account_name: str = "Kho bạc Nhà nước (mô phỏng)"
    ip: str = "127.0.0.1"


def hash_of(values: Iterable[str], secret: str) -> str:
    """Return MaXacThuc for these values in this order."""
    return hashlib.sha256("|".join([*values, secret]).encode("utf-8", "surrogatepass")).hexdigest()


def same_hash(given: str, right: str) -> bool:
    """Compare two hashes in constant time; upper-case digits are taken too."""
    return hmac.compare_digest(
        given.lower().encode("utf-8", "surrogatepass"), right.encode("ascii")
    )


def stamp(at: datetime) -> str:
    """Return a moment as ``yyyyMMddHHmmss`` of Vietnam's time."""
    return at.astimezone(ICT).strftime("%Y%m%d%H%M%S")


def signed(message: Mapping[str, str], fields: Iterable[str], secret: str) -> dict[str, object]:
    """Return the message with its MaXacThuc over these fields."""
    return {**message, "MaXacThuc": hash_of([message[name] for name in fields], secret)}


@dataclass(frozen=True, slots=True)
class Payee:
    """What the receipt data of an INIT says about dossier and payer (ThongTinBienLai)."""

    unit: str
    unit_name: str
    procedure: str
    procedure_name: str
    payer: str
    id_number: str
    address: str


def init_message(order: Order, payee: Payee, partner: Partner) -> dict[str, object]:
    """Return the INIT of an order; the amount is text in whole đồng, not times 100 [S]."""
    message = {
        "LoaiBanTin": "INIT",
        "PhienBan": VERSION,
        "MaDoiTac": partner.code,
        "MaThamChieu": order.reference,
        "SoTien": str(order.amount),
        "LoaiHinhThanhToan": "PAY",
        "MaKenhThanhToan": "1",
        "MaThietBi": "1",
        "NgonNgu": "vi-VN",
        "MaTienTe": "VND",
        "MaNganHang": "PAYMENT",
        "ThongTinGiaoDich": f"THANH TOAN HO SO {order.dossier}",
        "ThoiGianGD": stamp(order.at),
        "Ip": partner.ip,
    }
    return {
        **signed(message, INIT_FIELDS, partner.secret),
        "ThongTinBienLai": _receipt_data(order, payee, partner),
    }


def _receipt_data(order: Order, payee: Payee, partner: Partner) -> dict[str, object]:
    """Return ThongTinBienLai; it is not part of the hash [S]."""
    amount = str(order.amount)
    name = payee.procedure_name
    name = name if len(name) <= NAME_LENGTH else name[:NAME_LENGTH] + "..."
    return {
        "MaDichVu": "2",
        "MaDonVi": payee.unit,
        "TenDonVi": payee.unit_name,
        "MaHoSo": order.dossier,
        "MaDVC": f"{payee.procedure}.01",
        "TenDVC": name,
        "MaTTHC": payee.procedure,
        "TenTTHC": name,
        "TKThuHuong": partner.account,
        "MaNHThuHuong": partner.bank,
        "TenTKThuHuong": partner.account_name,
        "PhiLePhi": [
            {
                "LoaiPhiLePhi": "2",
                "MaPhiLePhi": f"LP-{payee.procedure}",
                "TenPhiLePhi": f"Lệ phí {name}",
                "SoTien": amount,
            }
        ],
        "NoiDungThanhToan": f"Thanh toán lệ phí cho hồ sơ {order.dossier}",
        "HoTenNguoiNop": payee.payer,
        "SoCMNDNguoiNop": payee.id_number or "000000000",
        "DiaChiNguoiNop": payee.address,
        "MaCoQuanQD": payee.unit,
        "TenCoQuanQD": payee.unit_name,
        "DSKhoanNop": [{"NoiDung": f"Lệ phí hồ sơ {order.dossier}", "SoTien": amount}],
    }


def query_message(order: Order, partner: Partner) -> dict[str, object]:
    """Return the QUERY about an order: it repeats the moment of the INIT [S]."""
    message = {
        "LoaiBanTin": "QUERY",
        "PhienBan": VERSION,
        "MaDoiTac": partner.code,
        "MaThamChieu": order.reference,
        "ThoiGianGD": stamp(order.at),
    }
    return signed(message, QUERY_FIELDS, partner.secret)


_WORDS = {
    Answer.OK: "Thành công",
    Answer.NOT_FOUND: "Không tìm thấy giao dịch",
    Answer.ALREADY: "Giao dịch đã được xác nhận trước đó",
    Answer.WRONG_HASH: "Mã xác thực không hợp lệ",
    Answer.OTHER: "Các lỗi khác",
}


def ack_message(
    answer: Answer, reference: str, at: datetime, partner: Partner
) -> dict[str, object]:
    """Return our acknowledgement of a CONFIRM, hashed over its own values in order [S]."""
    message = {
        "MaLoi": answer.value,
        "MoTaLoi": _WORDS[answer],
        "MaDoiTac": partner.code,
        "MaThamChieu": reference,
        "ThoiGianGD": stamp(at),
    }
    return signed(message, ACK_FIELDS, partner.secret)


@dataclass(frozen=True, slots=True)
class PlatformNotice:
    """What the platform told about a payment: a CONFIRM, or the answer to a QUERY.

    ``texts`` are the values as text, in the order of ``CONFIRM_FIELDS``; ``state`` is TrangThaiGD
    of an answer to a QUERY and ``None`` in a CONFIRM.
    """

    texts: tuple[str, ...]
    given_hash: str
    state: str | None = None

    def value(self, name: str) -> str:
        """Return one field as text."""
        return self.texts[CONFIRM_FIELDS.index(name)]

    @property
    def reference(self) -> str:
        """Return MaThamChieu."""
        return self.value("MaThamChieu")

    @property
    def code(self) -> str:
        """Return MaLoi."""
        return self.value("MaLoi")

    @property
    def platform_id(self) -> str:
        """Return MaGiaoDich."""
        return self.value("MaGiaoDich")

    @property
    def bank(self) -> str:
        """Return MaNganHang."""
        return self.value("MaNganHang")

    @property
    def amount(self) -> int | None:
        """Return SoTien in whole đồng, or ``None`` when it is not such a number."""
        text = self.value("SoTien")
        return int(text) if text.isascii() and text.isdigit() else None

    @property
    def tells_success(self) -> bool:
        """Tell whether the money was taken; in a QUERY MaLoi only judges the query itself [S]."""
        if self.state is None:
            return self.code == OK
        return self.code == OK and self.state == QueryState.PAID

    @property
    def tells_failure(self) -> bool:
        """Tell whether the payment ended without money being taken."""
        if self.state is None:
            return self.code != OK
        return self.code == OK and self.state == QueryState.FAILED

    def is_genuine(self, partner: Partner) -> bool:
        """Tell whether hash and partner are right, so that the platform itself said this."""
        right = hash_of(self._hashed(), partner.secret)
        return same_hash(self.given_hash, right) and self.value("MaDoiTac") == partner.code

    def _hashed(self) -> tuple[str, ...]:
        return self.texts if self.state is None else (*self.texts, self.state)


def read_confirm(body: Mapping[str, object]) -> PlatformNotice:
    """Return the notice that came as a CONFIRM, or refuse what has not the shape of one."""
    return _read(body, None)


def read_query_answer(body: Mapping[str, object]) -> PlatformNotice:
    """Return what was answered to a QUERY: the fields of a CONFIRM and TrangThaiGD [S]."""
    return _read(body, _text(body, "TrangThaiGD"))


def _read(body: Mapping[str, object], state: str | None) -> PlatformNotice:
    texts = tuple(_text(body, name) for name in CONFIRM_FIELDS)
    return PlatformNotice(texts, _text(body, "MaXacThuc"), state)


def _text(body: Mapping[str, object], name: str) -> str:
    """Return a field as the text that is hashed: numbers in plain digits, nothing as empty."""
    value = body.get(name)
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < MAX_AMOUNT:
        return str(value)
    if isinstance(value, str) and len(value) <= MAX_TEXT and _can_be_kept(value):
        return value
    raise BadInput(f"Trường {name} không đúng định dạng.", {name: "not text or a whole number"})


def _can_be_kept(text: str) -> bool:
    """Tell whether text has no half characters and no zero bytes, which no store takes."""
    return not any(c == "\0" or "\ud800" <= c <= "\udfff" for c in text)
