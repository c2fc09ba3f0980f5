"""The refusals of this house, and the platform's own code for each of them."""

from collections.abc import Mapping
from enum import StrEnum

from simkit.core.errors import Conflict, NotAllowed, NotFound, RuleBroken


class MaLoi(StrEnum):
    """Result codes: 00 and 99 are seen of the platform [S], the rest is VNPT Pay's list [S]."""

    OK = "00"
    PAYMENT_FAILED = "01"
    BAD_FORMAT = "02"
    REFERENCE_EXISTS = "03"
    TIMED_OUT = "04"
    NO_SUCH_DATA = "05"
    SYSTEM_ERROR = "06"
    BAD_SIGNATURE = "07"
    PARTNER_LOCKED = "08"
    NO_SUCH_PARTNER = "09"
    MAINTENANCE = "96"
    UNKNOWN = "99"


DESCRIPTIONS: Mapping[MaLoi, str] = {
    MaLoi.OK: "Thành công",
    MaLoi.PAYMENT_FAILED: "Giao dịch thất bại",
    MaLoi.BAD_FORMAT: "Dữ liệu không đúng định dạng",
    MaLoi.REFERENCE_EXISTS: "Mã tham chiếu đã tồn tại",
    MaLoi.TIMED_OUT: "Hết thời gian chờ thanh toán",
    MaLoi.NO_SUCH_DATA: "Không tìm thấy dữ liệu giao dịch",
    MaLoi.SYSTEM_ERROR: "Lỗi hệ thống",
    MaLoi.BAD_SIGNATURE: "Mã xác thực không đúng",
    MaLoi.PARTNER_LOCKED: "Dịch vụ của đối tác đang bị khóa",
    MaLoi.NO_SUCH_PARTNER: "Đối tác không tồn tại",
    MaLoi.MAINTENANCE: "Hệ thống đang bảo trì",
    MaLoi.UNKNOWN: "Lỗi không xác định",
}


class PlatformRefused(RuleBroken):
    """A message of a partner that the platform answers with a ``MaLoi`` other than 00."""

    code = "platform-refused"
    answer = MaLoi.UNKNOWN

    def __init__(self, detail: str = "", facts: Mapping[str, str] | None = None) -> None:
        """Say the code's own sentence, and after a colon the ``detail`` that helps a developer."""
        words = DESCRIPTIONS[self.answer]
        super().__init__(f"{words}: {detail}" if detail else words, facts)


class MalformedMessage(PlatformRefused):
    """A field is missing or not as the table says; ``facts``: field -> what it must be."""

    code = "malformed-message"
    answer = MaLoi.BAD_FORMAT


class ReferenceExists(PlatformRefused):
    """The partner has used this ``MaThamChieu`` before."""

    code = "reference-exists"
    answer = MaLoi.REFERENCE_EXISTS


class NoSuchTransaction(PlatformRefused):
    """No INIT of this partner had that ``MaThamChieu`` and ``ThoiGianGD``."""

    code = "no-such-transaction"
    answer = MaLoi.NO_SUCH_DATA


class WrongSignature(PlatformRefused):
    """``MaXacThuc`` is not the hash of what was sent."""

    code = "wrong-signature"
    answer = MaLoi.BAD_SIGNATURE


class NoSuchPartner(PlatformRefused):
    """``MaDoiTac`` is not registered."""

    code = "no-such-partner"
    answer = MaLoi.NO_SUCH_PARTNER


class NoSuchOrder(NotFound):
    """No order is known under the token of a payment page, or under a bank's request id."""

    code = "no-such-order"


class OrderExpired(Conflict):
    """The time to pay has run out."""

    code = "order-expired"


class OrderClosed(Conflict):
    """The order is settled already; nothing more can be chosen or cancelled."""

    code = "order-closed"


class NoSuchBank(RuleBroken):
    """The bank that was chosen is not on the list."""

    code = "no-such-bank"


class ForgedNotice(NotAllowed):
    """A bank's notice whose ``x-request-signature`` does not fit its body."""

    code = "forged-notice"


class WrongAmount(Conflict):
    """The bank speaks of another amount than the order's; nothing is booked."""

    code = "wrong-amount"
