"""The notices of three payment systems, made and signed as the real ones do.

Field names, their order and the hashes: Payment Platform 1.0.6 and VNPT Pay 1.0.6 (SHA-256 over the
values joined by ``|``, secret last) and VNPAY 2.1.0 (HMAC-SHA512 over the sorted query) [S].
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol
from urllib.parse import quote_plus, urlencode

from motcua.judge.wire import Shot

Fields = Mapping[str, str | int]
JSON_TYPE = "application/json; charset=utf-8"
FORM_TYPE = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Order:
    """An order that the listener knows and that nobody has paid; ``amount`` in whole đồng."""

    reference: str
    amount: int


@dataclass(frozen=True, slots=True)
class Moment:
    """When and as which transaction a notice says that it was paid (``yyyyMMddHHmmss``, GMT+7)."""

    stamp: str
    number: int


@dataclass(frozen=True, slots=True)
class Names:
    """How a dialect calls what the cases change; ``currency`` is empty where there is none."""

    kind: str
    code: str
    partner: str
    reference: str
    amount: str
    currency: str
    info: str
    hash: str
    ack_code: str


class Dialect(Protocol):
    """A payment system's way to tell that an order was paid."""

    @property
    def key(self) -> str:
        """The name on the command line."""
        ...

    @property
    def names(self) -> Names:
        """How it calls things."""
        ...

    @property
    def partner(self) -> str:
        """The integrator's code at the payment system."""
        ...

    @property
    def unit(self) -> int:
        """What one đồng is on the wire."""
        ...

    @property
    def amount_code(self) -> str:
        """The code for a wrong amount; empty where the list has none."""
        ...

    def paid(self, order: Order, moment: Moment) -> Fields:
        """Return the unsigned notice that an order was paid in full."""
        ...

    def failed(self, fields: Fields) -> list[Fields]:
        """Return the unsigned notices that the same order was not paid."""
        ...

    def signed(self, fields: Fields, secret: str = "") -> Fields:
        """Return the notice with its hash, made with our secret or with another one."""
        ...

    def shot(self, fields: Fields) -> Shot:
        """Return the request that carries a notice."""
        ...

    def old_format(self, fields: Fields) -> Shot:
        """Return the notice as an older version of the protocol would send it."""
        ...

    def with_secret(self, secret: str) -> "Dialect":
        """Return the same dialect with another secret."""
        ...


# -- Payment Platform and VNPT Pay --------------------------------------------------------------

PLATFORM_NAMES = Names(
    kind="LoaiBanTin",
    code="MaLoi",
    partner="MaDoiTac",
    reference="MaThamChieu",
    amount="SoTien",
    currency="MaTienTe",
    info="ThongTinGiaoDich",
    hash="MaXacThuc",
    ack_code="MaLoi",
)
VNPTPAY_NAMES = Names(
    kind="ACTION",
    code="RESPONSE_CODE",
    partner="MERCHANT_SERVICE_ID",
    reference="MERCHANT_ORDER_ID",
    amount="AMOUNT",
    currency="CURRENCY_CODE",
    info="ADDITIONAL_INFO",
    hash="SECURE_CODE",
    ack_code="RESPONSE_CODE",
)
PLATFORM_ORDER = (
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
VNPTPAY_ORDER = (
    "ACTION",
    "RESPONSE_CODE",
    "MERCHANT_SERVICE_ID",
    "MERCHANT_ORDER_ID",
    "AMOUNT",
    "CURRENCY_CODE",
    "VNPTPAY_TRANSACTION_ID",
    "PAYMENT_METHOD",
    "PAY_DATE",
    "ADDITIONAL_INFO",
)
FAILED_CODE = "01"
"""«Giao dịch thất bại» of the sister protocol's list [S]."""


@dataclass(frozen=True)
class PipeDialect:
    """A JSON notice whose ten values are hashed in a fixed order; the amount is a JSON number."""

    key: str
    names: Names
    order: tuple[str, ...]
    ack_order: tuple[str, ...]
    partner: str
    secret: str
    unit: int = 1
    amount_code: str = ""

    def paid(self, order: Order, moment: Moment) -> Fields:
        """Return the unsigned CONFIRM of a full payment."""
        values: tuple[str | int, ...] = (
            "CONFIRM",
            "00",
            self.partner,
            order.reference,
            order.amount,
            "VND",
            f"PP{moment.number:08d}",
            "VIETCOMBANK",
            moment.stamp,
            f"THANH TOAN {order.reference}",
        )
        return dict(zip(self.order, values, strict=True))

    def failed(self, fields: Fields) -> list[Fields]:
        """Return the CONFIRM that the payment did not succeed."""
        return [{**fields, self.names.code: FAILED_CODE}]

    def signed(self, fields: Fields, secret: str = "") -> Fields:
        """Return the notice with SHA-256 over the ten values and the secret."""
        values = [str(fields.get(name, "")) for name in self.order if name in fields]
        return {**fields, self.names.hash: pipe_hash(values, secret or self.secret)}

    def shot(self, fields: Fields) -> Shot:
        """Return a POST of JSON."""
        return Shot("POST", _json(fields), content_type=JSON_TYPE)

    def in_form(self, fields: Fields) -> Shot:
        """Return a form whose field ``data`` holds the JSON: VNPT Pay sends both [S]."""
        body = urlencode({"data": _json(fields).decode()}).encode()
        return Shot("POST", body, content_type=FORM_TYPE)

    def old_format(self, fields: Fields) -> Shot:
        """Return the notice without its kind, hashed with MD5: an outdated one (ours)."""
        old = {name: value for name, value in fields.items() if name != self.names.kind}
        values = [*(str(value) for value in old.values()), self.secret]
        digest = hashlib.md5("|".join(values).encode(), usedforsecurity=False).hexdigest()
        return self.shot({**old, self.names.hash: digest})

    def query_answer_as_notice(self, fields: Fields) -> Fields:
        """Return a genuine QUERY answer «still pending», bent into a CONFIRM without the secret.

        The answer is hashed over the same ten values and its state (3), joined by ``|`` [S]. Put
        ``|3`` at the end of the last value, and its hash is right for the ten values of a CONFIRM.
        """
        answer = {**fields, self.names.kind: "QUERY"}
        values = [*(str(value) for value in answer.values()), "3"]
        return {
            **answer,
            self.names.info: f"{answer[self.names.info]}|3",
            self.names.hash: pipe_hash(values, self.secret),
        }

    def with_secret(self, secret: str) -> "PipeDialect":
        """Return the same dialect with another secret."""
        return replace(self, secret=secret)


def pipe_hash(values: list[str], secret: str) -> str:
    """Return lower-case hex SHA-256 over the values and the secret, joined by ``|`` [S]."""
    return hashlib.sha256("|".join([*values, secret]).encode()).hexdigest()


def _json(fields: Fields) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode()


# -- VNPAY --------------------------------------------------------------------------------------

VNPAY_NAMES = Names(
    kind="",
    code="vnp_ResponseCode",
    partner="vnp_TmnCode",
    reference="vnp_TxnRef",
    amount="vnp_Amount",
    currency="",
    info="vnp_OrderInfo",
    hash="vnp_SecureHash",
    ack_code="RspCode",
)


@dataclass(frozen=True)
class QueryDialect:
    """VNPAY 2.1.0: the notice is the query of a GET, hashed as it stands, sorted by name."""

    partner: str
    secret: str
    key: str = "vnpay"
    names: Names = VNPAY_NAMES
    unit: int = 100
    amount_code: str = "04"

    def paid(self, order: Order, moment: Moment) -> Fields:
        """Return the unsigned IPN of a full payment at NCB, as captured from the sandbox [S]."""
        number = f"{14_000_000 + moment.number}"
        return {
            "vnp_Amount": order.amount * self.unit,
            "vnp_BankCode": "NCB",
            "vnp_BankTranNo": f"VNP{number}",
            "vnp_CardType": "ATM",
            "vnp_OrderInfo": f"Thanh toan {order.reference}",
            "vnp_PayDate": moment.stamp,
            "vnp_ResponseCode": "00",
            "vnp_TmnCode": self.partner,
            "vnp_TransactionNo": number,
            "vnp_TransactionStatus": "00",
            "vnp_TxnRef": order.reference,
        }

    def failed(self, fields: Fields) -> list[Fields]:
        """Return a cancelled payment, and one whose two codes do not agree: both must be 00."""
        return [
            {**fields, "vnp_ResponseCode": "24", "vnp_TransactionStatus": "02"},
            {**fields, "vnp_TransactionStatus": "02"},
        ]

    def signed(self, fields: Fields, secret: str = "") -> Fields:
        """Return the notice with HMAC-SHA512 over its encoded query."""
        key = (secret or self.secret).encode()
        digest = hmac.new(key, vnpay_query(fields).encode(), hashlib.sha512).hexdigest()
        return {**fields, self.names.hash: digest}

    def shot(self, fields: Fields) -> Shot:
        """Return a GET; the hash stands last."""
        rest = {name: value for name, value in fields.items() if name != self.names.hash}
        query = vnpay_query(rest)
        if self.names.hash in fields:
            query += f"&{self.names.hash}={fields[self.names.hash]}"
        return Shot("GET", query=query)

    def old_format(self, fields: Fields) -> Shot:
        """Return the notice as version 2.0 signed it: SHA-256 of secret and plain query [S]."""
        plain = "&".join(f"{name}={fields[name]}" for name in sorted(fields))
        digest = hashlib.sha256((self.secret + plain).encode()).hexdigest()
        query = f"{vnpay_query(fields)}&vnp_SecureHashType=SHA256&{self.names.hash}={digest}"
        return Shot("GET", query=query)

    def with_secret(self, secret: str) -> "QueryDialect":
        """Return the same dialect with another secret."""
        return replace(self, secret=secret)


def vnpay_query(fields: Fields) -> str:
    """Return the query that is hashed: sorted, no empty values, a space as ``+`` [S]."""
    return "&".join(
        f"{quote_plus(name)}={quote_plus(str(fields[name]))}"
        for name in sorted(fields)
        if fields[name] != ""
    )


# -- by name ------------------------------------------------------------------------------------


def _platform(partner: str, secret: str) -> Dialect:
    acks = ("MaLoi", "MoTaLoi", "MaDoiTac", "MaThamChieu", "ThoiGianGD")
    return PipeDialect("platform", PLATFORM_NAMES, PLATFORM_ORDER, acks, partner, secret)


def _vnptpay(partner: str, secret: str) -> Dialect:
    acks = (
        "RESPONSE_CODE",
        "DESCRIPTION",
        "MERCHANT_SERVICE_ID",
        "MERCHANT_ORDER_ID",
        "CREATE_DATE",
    )
    return PipeDialect("vnptpay", VNPTPAY_NAMES, VNPTPAY_ORDER, acks, partner, secret)


DIALECTS: Mapping[str, Callable[[str, str], Dialect]] = {
    "platform": _platform,
    "vnpay": QueryDialect,
    "vnptpay": _vnptpay,
}
