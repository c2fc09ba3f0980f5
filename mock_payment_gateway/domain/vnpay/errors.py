"""The refusals of the VNPAY dialect, with the code of its error page or of its JSON interface."""

from collections.abc import Mapping

from simkit.core.errors import Conflict, NotFound, RuleBroken

PAGE_WORDS: Mapping[str, str] = {
    "01": "Giao dịch đã tồn tại",
    "03": "Dữ liệu gửi sang không đúng định dạng",
    "15": "Giao dịch đã quá thời gian chờ thanh toán. Quý khách vui lòng thực hiện lại giao dịch",
    "70": "Sai chữ ký",
    "71": "Website này chưa được phê duyệt",
    "72": "Không tìm thấy website",
    "99": "Có lỗi xảy ra trong quá trình xử lý",
}
"""Codes of ``Payment/Error.html``: 01, 03, 15, 70, 71 seen [S], 72 remembered [R]."""


class PayRefused(RuleBroken):
    """A pay request that gets the error page; no callback follows."""

    code = "vnpay-refused"
    page = "99"

    def __init__(self, detail: str = "", facts: Mapping[str, str] | None = None) -> None:
        """Say the page's own words, and after a colon the ``detail`` that helps a developer."""
        words = PAGE_WORDS[self.page]
        super().__init__(f"{words}: {detail}" if detail else words, facts)


class OrderExists(PayRefused):
    """``vnp_TxnRef`` was used by this terminal today."""

    code = "vnpay-order-exists"
    page = "01"


class BadData(PayRefused):
    """A field is missing or not as the table says; ``facts``: field -> what it must be."""

    code = "vnpay-bad-data"
    page = "03"


class BadSecureHash(PayRefused):
    """``vnp_SecureHash`` is not the hash of what was sent."""

    code = "vnpay-wrong-signature"
    page = "70"


class SiteNotApproved(PayRefused):
    """Strict merchants only: the return address is on a site that was not approved."""

    code = "vnpay-site-not-approved"
    page = "71"


class NoSuchSite(PayRefused):
    """``vnp_TmnCode`` is not registered."""

    code = "vnpay-no-such-site"
    page = "72"


class NoSuchSale(NotFound):
    """No payment is known under the token of a page."""

    code = "vnpay-no-such-sale"


class SaleOver(Conflict):
    """The payment has its end already."""

    code = "vnpay-sale-over"


class WrongCard(RuleBroken):
    """The card's number, name or date is not right; the payer may try again."""

    code = "vnpay-wrong-card"


class WrongOtp(RuleBroken):
    """The OTP is not right; the payer may try again."""

    code = "vnpay-wrong-otp"


class NoSuchMethod(RuleBroken):
    """The way to pay that was chosen is not on the page."""

    code = "vnpay-no-such-method"


class ApiRefused(RuleBroken):
    """A querydr or refund that is answered with a code other than 00."""

    code = "vnpay-api-refused"

    def __init__(self, answer: str, words: str, facts: Mapping[str, str] | None = None) -> None:
        """``answer``: vnp_ResponseCode; ``words``: vnp_Message."""
        super().__init__(words, facts)
        self.answer = answer
