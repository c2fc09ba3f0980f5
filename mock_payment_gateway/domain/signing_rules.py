"""What each dialect hashes, as data: field order, spelling, algorithm, and where the secret goes.

Field orders and hash rules are [S] unless a line says otherwise.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from mock_payment_gateway.domain.platform import INIT_FIELDS, QUERY_FIELDS

Layout = Literal["pipe", "query"]
Algorithm = Literal["md5", "sha1", "sha256", "sha512"]
Place = Literal["last", "first", "hmac"]


@dataclass(frozen=True, slots=True)
class SigningRule:
    """How one message of one dialect is signed.

    ``pipe``: the values of ``fields`` in that order, joined by ``|``; an absent one is empty.
    ``query``: every ``name=value`` that came, sorted by name and joined by ``&``; ``fields`` are
    then the names that the dialect knows, in the order in which its documents list them.
    """

    name: str
    layout: Layout
    fields: tuple[str, ...]
    algorithm: Algorithm
    place: Place
    signature: str
    not_hashed: tuple[str, ...] = ()
    amount: str = ""
    encoded: bool = False  # values as they stand in the URL; else as they read
    any_case: bool = True  # whether hex digits may be capitals

    @property
    def drops_empty(self) -> bool:
        """Tell whether an empty value is left out: so with sorted fields, not between pipes."""
        return self.layout == "query"

    @property
    def joint(self) -> str:
        """Return what stands between the values and a secret that is part of the text."""
        return "|" if self.layout == "pipe" else ""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _platform(name: str, fields: Iterable[str], amount: str = "") -> SigningRule:
    return SigningRule(
        name=f"platform-{name}",
        layout="pipe",
        fields=tuple(fields),
        algorithm="sha256",
        place="last",
        signature="MaXacThuc",
        amount=amount,
        any_case=False,
    )


def _vnpt(name: str, fields: str, amount: str = "") -> SigningRule:
    return SigningRule(
        name=f"vnpt-pay-{name}",
        layout="pipe",
        fields=_words(fields),
        algorithm="sha256",
        place="last",
        signature="SECURE_CODE",
        amount=amount,
    )


def _vnpay_api(name: str, fields: str, amount: str = "") -> SigningRule:
    return SigningRule(
        name=f"vnpay-{name}",
        layout="pipe",
        fields=tuple(f"vnp_{one}" for one in _words(fields)),
        algorithm="sha512",
        place="hmac",
        signature="vnp_SecureHash",
        amount=amount,
    )


_ASKED = tuple(field.name for field in QUERY_FIELDS)
PLATFORM_INIT = _platform("init", (field.name for field in INIT_FIELDS), "SoTien")
PLATFORM_QUERY = _platform("query", _ASKED)
PLATFORM_GET_BILL = _platform("get-bill", _ASKED)
PLATFORM_CONFIRM = _platform(
    "confirm",
    _words(
        "LoaiBanTin MaLoi MaDoiTac MaThamChieu SoTien MaTienTe MaGiaoDich MaNganHang ThoiGianGD"
        " ThongTinGiaoDich"
    ),
    "SoTien",
)
# The hash of an acknowledgement follows VNPT Pay's [G].
PLATFORM_ACK = _platform("ack", _words("MaLoi MoTaLoi MaDoiTac MaThamChieu ThoiGianGD"))

_VNPAY_FIELDS = tuple(
    f"vnp_{name}"
    for name in _words(
        "Version Command TmnCode Amount BankCode BankTranNo CardType CreateDate CurrCode"
        " ExpireDate IpAddr Locale OrderInfo OrderType PayDate ResponseCode ReturnUrl"
        " TransactionNo TransactionStatus TxnRef"
    )
)
_VNPAY_HASHES = ("vnp_SecureHash", "vnp_SecureHashType")

VNPAY = SigningRule(
    name="vnpay-2.1.0",
    layout="query",
    fields=_VNPAY_FIELDS,
    algorithm="sha512",
    place="hmac",
    signature="vnp_SecureHash",
    not_hashed=_VNPAY_HASHES,
    amount="vnp_Amount",
    encoded=True,
)
VNPAY_QUERYDR = _vnpay_api(
    "querydr",
    "RequestId Version Command TmnCode TxnRef TransactionDate CreateDate IpAddr OrderInfo",
)
VNPAY_REFUND = _vnpay_api(
    "refund",
    "RequestId Version Command TmnCode TransactionType TxnRef Amount TransactionNo TransactionDate"
    " CreateBy CreateDate IpAddr OrderInfo",
    "vnp_Amount",
)


def vnpay_legacy(algorithm: Literal["md5", "sha256"]) -> SigningRule:
    """Return the rule of 2.0.x: plain hash of the secret and the sorted, unencoded query."""
    return SigningRule(
        name=f"vnpay-2.0-{algorithm}",
        layout="query",
        fields=_VNPAY_FIELDS,
        algorithm=algorithm,
        place="first",
        signature="vnp_SecureHash",
        not_hashed=_VNPAY_HASHES,
        amount="vnp_Amount",
    )


_VNPT_TAIL = "DEVICE LOCALE CURRENCY_CODE PAYMENT_METHOD DESCRIPTION CREATE_DATE CLIENT_IP"
VNPT_INIT = _vnpt(
    "1.0.6-init",
    f"ACTION VERSION MERCHANT_SERVICE_ID MERCHANT_ORDER_ID SERVICE_ID AMOUNT {_VNPT_TAIL}",
    "AMOUNT",
)
VNPT_INIT_1_0_5 = _vnpt(
    "1.0.5-init",
    "ACTION VERSION MERCHANT_SERVICE_ID MERCHANT_ORDER_ID AMOUNT AMOUNT_DETAIL SERVICE_ID"
    f" {_VNPT_TAIL}",
    "AMOUNT",
)
# That a query hashes these five follows the platform's QUERY [G].
VNPT_QUERY = _vnpt(
    "1.0.6-query", "ACTION VERSION MERCHANT_SERVICE_ID MERCHANT_ORDER_ID CREATE_DATE"
)
VNPT_CONFIRM = _vnpt(
    "1.0.6-confirm",
    "ACTION RESPONSE_CODE MERCHANT_SERVICE_ID MERCHANT_ORDER_ID AMOUNT CURRENCY_CODE"
    " VNPTPAY_TRANSACTION_ID PAYMENT_METHOD PAY_DATE ADDITIONAL_INFO",
    "AMOUNT",
)
VNPT_ACK = _vnpt(
    "1.0.6-ack", "RESPONSE_CODE DESCRIPTION MERCHANT_SERVICE_ID MERCHANT_ORDER_ID CREATE_DATE"
)
