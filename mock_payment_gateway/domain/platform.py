"""Payment Platform 1.0.6 on the wire: its messages, their fields in hash order, their signature.

Field tables, order and hash are [S] (two independent public clients agree byte for byte); what the
clients do not show is marked where it stands. Values are hashed raw, as sent.
"""

import hmac
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from mock_payment_gateway.domain.errors import DESCRIPTIONS, MalformedMessage, MaLoi, WrongSignature
from mock_payment_gateway.domain.text import is_storable

VERSION = "1.0.6"
CURRENCY = "VND"

Fields = dict[str, str | int]
"""A message in the order in which its fields are hashed and sent."""


@dataclass(frozen=True, slots=True)
class Field:
    """One text field of a message that a partner sends us."""

    name: str
    pattern: re.Pattern[str]
    rule: str  # what it must be, for a developer who reads Vietnamese


def _exactly(name: str, value: str) -> Field:
    return Field(name, re.compile(re.escape(value)), f"phải là {value}")


def _text(name: str, longest: int = 50) -> Field:
    rule = f"phải là chuỗi từ 1 đến {longest} ký tự"
    return Field(name, re.compile(rf"(?s).{{1,{longest}}}"), rule)


# A pipe or a line break in a reference would make two different messages hash alike (ours).
_REFERENCE = Field(
    "MaThamChieu",
    re.compile(r"[^|\x00-\x1f]{1,255}"),
    "phải là chuỗi từ 1 đến 255 ký tự, không có |",
)
# Any 14 digits: one real client writes a 12-hour clock, so the time is compared, never judged [S].
_TIME = Field("ThoiGianGD", re.compile(r"[0-9]{14}"), "phải có dạng yyyyMMddHHmmss")

INIT_FIELDS = (
    _exactly("LoaiBanTin", "INIT"),
    _exactly("PhienBan", VERSION),
    _text("MaDoiTac"),
    _REFERENCE,
    Field("SoTien", re.compile(r"[1-9][0-9]{0,11}"), "phải là chuỗi chữ số, số tiền VND lớn hơn 0"),
    _exactly("LoaiHinhThanhToan", "PAY"),
    _text("MaKenhThanhToan"),
    _text("MaThietBi"),
    _text("NgonNgu"),
    _exactly("MaTienTe", CURRENCY),
    _text("MaNganHang"),
    _text("ThongTinGiaoDich", 255),
    _TIME,
    _text("Ip", 255),
)
_ASKED = (_exactly("PhienBan", VERSION), _text("MaDoiTac"), _REFERENCE, _TIME)
QUERY_FIELDS = (_exactly("LoaiBanTin", "QUERY"), *_ASKED)
GET_BILL_FIELDS = (_exactly("LoaiBanTin", "GET_BILL"), *_ASKED)
_SUBJECT = _text("NoiDungThanhToan", 255)
_SIGNATURE = Field("MaXacThuc", re.compile(r"(?s).{1,255}"), "phải là chuỗi SHA-256 viết thường")


def sign(values: Iterable[str | int], secret: str) -> str:
    """Return ``MaXacThuc``: lower hex SHA-256 of the values and the secret, joined by pipes [S]."""
    return sha256("|".join((*map(str, values), secret)).encode()).hexdigest()


def signed(fields: Fields, secret: str) -> Fields:
    """Return the message with its ``MaXacThuc``: the hash of every value in order."""
    return {**fields, "MaXacThuc": sign(fields.values(), secret)}


def check(values: Iterable[str | int], secret: str, signature: str) -> None:
    """Refuse a signature that does not fit; how far it fits cannot be told from the time."""
    if not hmac.compare_digest(sign(values, secret).encode(), signature.encode()):
        raise WrongSignature


def _is_wrong(field: Field, value: object) -> bool:
    if not isinstance(value, str) or field.pattern.fullmatch(value) is None:
        return True
    return not is_storable(value)


def read_values(body: Mapping[str, object], fields: tuple[Field, ...]) -> dict[str, str]:
    """Return the values in hash order, then ``MaXacThuc``; unknown fields are left alone [G]."""
    wanted = (*fields, _SIGNATURE)
    wrong = {field.name: field.rule for field in wanted if _is_wrong(field, body.get(field.name))}
    if wrong:
        detail = "; ".join(f"{name} {rule}" for name, rule in wrong.items())
        raise MalformedMessage(detail, wrong)
    return {field.name: str(body[field.name]) for field in wanted}


@dataclass(frozen=True, slots=True)
class Init:
    """A partner asks for a payment page."""

    values: tuple[str, ...]
    signature: str
    partner: str
    reference: str
    amount: int  # đồng; a JSON string on the wire
    bank: str  # «PAYMENT»: the payer chooses on our page
    description: str
    asked_at: str  # as sent; only ever compared
    receipt: Mapping[str, object]  # ThongTinBienLai: kept, not part of the hash

    @classmethod
    def read(cls, body: Mapping[str, object]) -> "Init":
        """Read an INIT, or refuse it naming every wrong field."""
        values = read_values(body, INIT_FIELDS)
        receipt = body.get("ThongTinBienLai", {})
        if not isinstance(receipt, dict):
            rule = "phải là một đối tượng"
            raise MalformedMessage(f"ThongTinBienLai {rule}", {"ThongTinBienLai": rule})
        signature = values.pop("MaXacThuc")
        return cls(
            values=tuple(values.values()),
            signature=signature,
            partner=values["MaDoiTac"],
            reference=values["MaThamChieu"],
            amount=int(values["SoTien"]),
            bank=values["MaNganHang"],
            description=values["ThongTinGiaoDich"],
            asked_at=values["ThoiGianGD"],
            receipt=receipt,
        )

    def check(self, secret: str) -> None:
        """Refuse the message unless the partner's secret signed it."""
        check(self.values, secret, self.signature)

    @property
    def subject(self) -> str:
        """Return what the payer reads as «Đơn hàng»: the receipt's words, else the description."""
        words = self.receipt.get("NoiDungThanhToan")
        return (
            words if isinstance(words, str) and not _is_wrong(_SUBJECT, words) else self.description
        )

    def accepted(self, pay_page: str, secret: str) -> Fields:
        """Return the answer that sends the payer to ``pay_page``.

        ``MaLoi`` and ``UrlThanhToan`` are [S]; the other fields and the hash over all values in
        JSON order follow VNPT Pay [G].
        """
        answer: Fields = {
            "MaLoi": MaLoi.OK,
            "MoTaLoi": DESCRIPTIONS[MaLoi.OK],
            "MaDoiTac": self.partner,
            "MaThamChieu": self.reference,
            "UrlThanhToan": pay_page,
        }
        return signed(answer, secret)


@dataclass(frozen=True, slots=True)
class Query:
    """A partner asks how a payment stands, or for its receipt (GET_BILL)."""

    values: tuple[str, ...]
    signature: str
    partner: str
    reference: str
    asked_at: str  # ThoiGianGD of the INIT [S]; of GET_BILL also that of the CONFIRM [S]

    @classmethod
    def read(cls, body: Mapping[str, object], fields: tuple[Field, ...] = QUERY_FIELDS) -> "Query":
        """Read a QUERY or a GET_BILL, or refuse it naming every wrong field."""
        values = read_values(body, fields)
        signature = values.pop("MaXacThuc")
        return cls(
            values=tuple(values.values()),
            signature=signature,
            partner=values["MaDoiTac"],
            reference=values["MaThamChieu"],
            asked_at=values["ThoiGianGD"],
        )

    def check(self, secret: str) -> None:
        """Refuse the message unless the partner's secret signed it."""
        check(self.values, secret, self.signature)


def bill_answer(query: Query, url: str, secret: str) -> Fields:
    """Return the answer to a GET_BILL that names an address; all but ``UrlBienLai`` is [G]."""
    answer: Fields = {
        "MaLoi": MaLoi.OK,
        "MoTaLoi": DESCRIPTIONS[MaLoi.OK],
        "MaDoiTac": query.partner,
        "MaThamChieu": query.reference,
        "UrlBienLai": url,
    }
    return signed(answer, secret)


def enveloped(answer: Mapping[str, object]) -> Fields:
    """Return an answer to an INIT as through the LGSP: the rest as text in ``message`` [S].

    That ``error_code`` of a refusal is its ``MaLoi`` is ours.
    """
    code = str(answer["MaLoi"])
    text = json.dumps(answer, ensure_ascii=False)
    return {"error_code": "0" if code == MaLoi.OK else code, "message": text}


@dataclass(frozen=True, slots=True)
class Report:
    """What the platform says of one payment, in a CONFIRM and in the answer to a QUERY."""

    code: MaLoi
    partner: str
    reference: str
    amount: int  # đồng; a JSON number on the wire [S]
    platform_id: str
    bank: str
    at: str  # yyyyMMddHHmmss
    description: str

    def _fields(self, kind: str) -> Fields:
        return {
            "LoaiBanTin": kind,
            "MaLoi": self.code,
            "MaDoiTac": self.partner,
            "MaThamChieu": self.reference,
            "SoTien": self.amount,
            "MaTienTe": CURRENCY,
            "MaGiaoDich": self.platform_id,
            "MaNganHang": self.bank,
            "ThoiGianGD": self.at,
            "ThongTinGiaoDich": self.description,
        }

    def confirm(self, secret: str) -> Fields:
        """Return the CONFIRM for the partner's listener, in hash order [S]."""
        return signed(self._fields("CONFIRM"), secret)

    def answer(self, status: int, secret: str) -> Fields:
        """Return the answer to a QUERY: the CONFIRM's fields and ``TrangThaiGD`` [S].

        ``MaLoi`` 00 means here that the query worked, however the payment ended [S]. That the hash
        takes in ``TrangThaiGD`` follows VNPT Pay's rule of all values in JSON order [G].
        """
        fields = {**self._fields("QUERY"), "MaLoi": MaLoi.OK, "TrangThaiGD": status}
        return signed(fields, secret)


@dataclass(frozen=True, slots=True)
class Ack:
    """A partner's answer to a CONFIRM, read with patience: real listeners are careless [S]."""

    code: str
    text: str

    @classmethod
    def read(cls, body: Mapping[str, object]) -> "Ack":
        """Read an acknowledgement of either dialect; keys in any case, missing ones empty."""
        folded = {key.casefold(): value for key, value in body.items()}
        code = folded.get("maloi", folded.get("response_code"))
        text = folded.get("motaloi", folded.get("description"))
        return cls(
            code=code if isinstance(code, str) else "",
            text=text if isinstance(text, str) else "",
        )

    @property
    def taken(self) -> bool:
        """Tell whether the partner has it: 00 now, 02 since before (VNPT Pay's list [S])."""
        return self.code in {"00", "02"}
