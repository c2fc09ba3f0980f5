"""Turns requests into the post's own values, or refuses them naming each field."""

import re
from collections.abc import Mapping

from mock_post.domain.order import Contact, Order
from simkit.core.errors import BadInput
from simkit.core.refs import S10

# The most characters of each text field (ours; the real limits are not public).
TEXTS = {
    "CustomerCode": 20,
    "OrderNumber": 60,
    "ItemKind": 20,
    "SenderName": 200,
    "SenderAddress": 500,
    "SenderTel": 20,
    "ReceiverName": 200,
    "ReceiverAddress": 500,
    "ReceiverTel": 20,
    "ReceiverProvince": 60,
    "ReceiverDistrict": 120,
    "Description": 500,
}
MAY_BE_EMPTY = frozenset({"ReceiverDistrict", "Description"})
WRITTEN_AS_NUMBERS_TOO = frozenset({"ReceiverProvince", "ReceiverDistrict"})  # int in one SDK [S]
MOST_COD = 1_000_000_000  # đồng

_HIDDEN = re.compile(r"[\x00-\x1f\x7f]")
_TELEPHONE = re.compile(r"(?:\+?84|0)[0-9]{8,10}", re.ASCII)


def order_from(body: Mapping[str, object]) -> Order:
    """Read a delivery order, or raise ``BadInput`` naming every field that is wrong."""
    wrong = {name: "unknown field" for name in body if name not in {*TEXTS, "CODAmount"}}
    text = {name: _text(name, body.get(name, ""), wrong) for name in TEXTS}
    for name in ("SenderTel", "ReceiverTel"):
        if name not in wrong and not _TELEPHONE.fullmatch(re.sub(r"[\s.\-()]", "", text[name])):
            wrong[name] = "not a Vietnamese telephone number"
    cod = body.get("CODAmount")
    if type(cod) is not int or not 0 <= cod <= MOST_COD:
        wrong["CODAmount"] = f"required, whole đồng from 0 to {MOST_COD}"
        cod = 0
    if wrong:
        raise BadInput(f"Yêu cầu chuyển phát chưa đúng ở: {', '.join(wrong)}.", wrong)
    return Order(
        customer=text["CustomerCode"],
        number=text["OrderNumber"],
        item_kind=text["ItemKind"],
        cod=cod,
        sender=Contact(text["SenderName"], text["SenderAddress"], text["SenderTel"]),
        receiver=Contact(text["ReceiverName"], text["ReceiverAddress"], text["ReceiverTel"]),
        province=text["ReceiverProvince"],
        district=text["ReceiverDistrict"],
        description=text["Description"],
    )


def _text(name: str, value: object, wrong: dict[str, str]) -> str:
    """Return one text field, trimmed; what is wrong with it is written into ``wrong``."""
    if name in WRITTEN_AS_NUMBERS_TOO and type(value) is int and abs(value) < 10**6:
        value = str(value)
    if not isinstance(value, str):
        wrong[name] = "not text"
        return ""
    text = value.strip()
    if not text and name not in MAY_BE_EMPTY:
        wrong[name] = "required"
    elif len(text) > TEXTS[name]:
        wrong[name] = f"at most {TEXTS[name]} characters"
    elif _HIDDEN.search(text):
        wrong[name] = "holds characters that cannot be shown"
    return text


def item_code_from(typed: str) -> str:
    """Return an item code as people write it, or raise ``BadInput`` for the field.

    Only the form is judged: the post's own sample carries a wrong check digit [S].
    """
    code = re.sub(r"\s", "", typed).upper()
    if not code:
        raise BadInput("Nhập số hiệu bưu gửi cần tra cứu.", {"so_hieu": "required"})
    try:
        S10.parse(code)
    except BadInput as error:
        raise BadInput(str(error), {"so_hieu": "not an S10 number"}) from None
    return code
