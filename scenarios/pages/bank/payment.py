"""The bank's three pages: sign in, consent, confirm."""

from playwright.sync_api import expect

from scenarios.pages.screen import Screen

VIETCOMBANK_CONSENT = (
    "Tôi đã đọc, hiểu và chấp thuận các quy định thanh toán điện tử của Vietcombank"
)


class BankPayment(Screen):
    """One payment at a bank."""

    house = "bank"

    def sign_in(self, user: str, password: str) -> None:
        """Enter account data and «Mã kiểm tra», press «Đăng nhập»."""
        self.fill("Tên đăng nhập", user)
        self.page.get_by_label("Mật khẩu").fill(password)
        self.fill_captcha("Mã kiểm tra")
        self.press("Đăng nhập")

    def consent(self, sentence: str = VIETCOMBANK_CONSENT) -> None:
        """Tick the bank's sentence and press «Xác nhận»."""
        self.page.get_by_label(sentence).check()
        self.press("Xác nhận")

    def confirm(self, otp: str, amount: str) -> None:
        """Check the data, enter the «mã OTP», press «Xác nhận»."""
        expect(self.page.get_by_role("main").get_by_text(amount).first).to_be_visible()
        self.page.get_by_label("mã OTP").fill(otp)
        self.press("Xác nhận")
