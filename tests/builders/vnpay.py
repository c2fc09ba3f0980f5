"""A VNPAY merchant's side for tests, written from the published tables alone."""

import hashlib
import hmac
from urllib.parse import quote_plus

TMN = "HPTEST01"
SECRET = "TESTSECRET0123456789TESTSECRET01"
ORDER = "HS0001"
TEXT = "Le phi ho so H24.12-250101-0001: 150,000 VND"
CREATED = "20261123090000"
GOOD_CARD = "9704198526191432198"
POOR_CARD = "9704195798459170488"

PAY_VECTOR = (
    "vnp_Amount=15000000&vnp_Command=pay&vnp_CreateDate=20250101101010&vnp_CurrCode=VND"
    "&vnp_ExpireDate=20250101102510&vnp_IpAddr=127.0.0.1&vnp_Locale=vn"
    "&vnp_OrderInfo=Le+phi+ho+so+H24.12-250101-0001%3A+150%2C000+VND&vnp_OrderType=other"
    "&vnp_ReturnUrl=http%3A%2F%2Flocalhost%3A8080%2Freturn%3Fhs%3D1&vnp_TmnCode=HPTEST01"
    "&vnp_TxnRef=HS0001&vnp_Version=2.1.0"
)
PAY_HASH = (
    "0e9e17b41dc3cfcbaf9786599c933c97eb79aa7604fcb29b610e4d32d3b3b48e"
    "3de474983810b359e47e711b2c1ba3ab02ece6184019fb44c90fcc95cb2d9469"
)
RETURN_VECTOR = (
    "vnp_Amount=15000000&vnp_BankCode=NCB&vnp_BankTranNo=VNP14226112&vnp_CardType=ATM"
    "&vnp_OrderInfo=Le+phi+ho+so+H24.12-250101-0001%3A+150%2C000+VND"
    "&vnp_PayDate=20250101101210&vnp_ResponseCode=00&vnp_TmnCode=HPTEST01"
    "&vnp_TransactionNo=14226112&vnp_TransactionStatus=00&vnp_TxnRef=HS0001"
)
RETURN_HASH = (
    "dac8f548d604dcca9f42ff82363e4406d0910bf0a846b52ddb4499441a024e4a"
    "f43676645200a448ba0ba6e335ac4bf1d2c77105728c3708c97bd7c288336143"
)


def sha512(text: str, secret: str = SECRET) -> str:
    """Return the hash of 2.1.0, written here once more from its description."""
    return hmac.new(secret.encode(), text.encode(), hashlib.sha512).hexdigest()


def pay_fields(**changes: str) -> dict[str, str]:
    """Return the fields of an unremarkable pay request, but for what is given."""
    fields = {
        "vnp_Version": "2.1.0",
        "vnp_Command": "pay",
        "vnp_TmnCode": TMN,
        "vnp_Amount": "15000000",
        "vnp_CreateDate": CREATED,
        "vnp_CurrCode": "VND",
        "vnp_IpAddr": "127.0.0.1",
        "vnp_Locale": "vn",
        "vnp_OrderInfo": TEXT,
        "vnp_OrderType": "other",
        "vnp_ReturnUrl": "http://partner.test/back?hs=1",
        "vnp_TxnRef": ORDER,
    }
    return fields | {f"vnp_{name}": value for name, value in changes.items()}


def signed_query(fields: dict[str, str], secret: str = SECRET) -> str:
    """Return the query string of a careful 2.1.0 client."""
    kept = sorted((name, value) for name, value in fields.items() if value)
    query = "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in kept)
    return f"{query}&vnp_SecureHash={sha512(query, secret)}"


def old_query(fields: dict[str, str], kind: str, secret: str = SECRET) -> str:
    """Return the query string of a 2.0.x client; ``kind``: MD5 or SHA256."""
    fields = fields | {"vnp_Version": "2.0.0"}
    kept = sorted((name, value) for name, value in fields.items() if value)
    data = secret + "&".join(f"{name}={value}" for name, value in kept)
    made = hashlib.new(kind.lower(), data.encode()).hexdigest()
    query = "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in kept)
    return f"{query}&vnp_SecureHashType={kind}&vnp_SecureHash={made}"


_TAIL = ["CreateDate", "IpAddr", "OrderInfo"]
_HEAD = ["RequestId", "Version", "Command", "TmnCode"]
QUERYDR = [*_HEAD, "TxnRef", "TransactionDate", *_TAIL]
REFUND = [
    *_HEAD,
    "TransactionType",
    "TxnRef",
    "Amount",
    "TransactionNo",
    "TransactionDate",
    "CreateBy",
    *_TAIL,
]


def api_request(order: list[str], secret: str = SECRET, **changes: str) -> dict[str, str]:
    """Return a querydr or refund, rightly signed."""
    fields = {
        "RequestId": "R1",
        "Version": "2.1.0",
        "Command": "querydr" if order is QUERYDR else "refund",
        "TmnCode": TMN,
        "TxnRef": ORDER,
        "TransactionDate": CREATED,
        "CreateDate": CREATED,
        "IpAddr": "127.0.0.1",
        "OrderInfo": "Truy van",
        "TransactionType": "02",
        "Amount": "15000000",
        "TransactionNo": "",
        "CreateBy": "admin",
    } | changes
    values = [fields[name] for name in order]
    return {f"vnp_{name}": fields[name] for name in order} | {
        "vnp_SecureHash": sha512("|".join(values), secret)
    }
