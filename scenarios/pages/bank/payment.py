"""The bank's three pages: sign in, consent, confirm."""

from playwright.sync_api import expect

from scenarios.pages.screen import Screen

VIETCOMBANK_CONSENT = (
    "Tôi đã đọc, hiểu và chấp thuận các quy định thanh toán điện tử của Vietcombank"
)
VIETINBANK_CONSENT = (
    "Tôi đồng ý với điều khoản sử dụng dịch vụ thanh toán trực tuyến của VietinBank"
)
AGRIBANK_CONSENT = "Tôi đã hiểu và chấp nhận các điều kiện thanh toán trực tuyến của Agribank"

BIDV_CONSENT = "Tôi đã đọc và đồng ý với điều khoản thanh toán trực tuyến của BIDV"
WALLET_CONSENT = "Tôi đồng ý với điều khoản thanh toán của ví VNPT Money"


class BankPayment(Screen):
    """One payment at a bank."""

    house = "bank"

    def sign_in(self, user: str, password: str) -> None:
        """Enter account data and «Mã kiểm tra», press «Đăng nhập»."""
        self.fill("Tên đăng nhập", user)
        self.page.get_by_label("Mật khẩu").fill(password)
        self.fill_captcha("Mã kiểm tra")
        self.press("Đăng nhập")

    def sign_in_to_wallet(self, phone: str, pin: str) -> None:
        """Enter «Số điện thoại» and «Mã PIN», press «Đăng nhập»."""
        self.page.get_by_label("Số điện thoại").fill(phone)
        self.page.get_by_label("Mã PIN").fill(pin)
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

    def go_on_without_consent(self) -> None:
        """Press «Xác nhận» without ticking the sentence."""
        self.page.get_by_role("checkbox").evaluate("box => box.removeAttribute('required')")
        self.press("Xác nhận")

    def type_otp(self, otp: str) -> None:
        """Enter a «mã OTP» and press «Xác nhận»."""
        self.page.get_by_label("mã OTP").fill(otp)
        self.press("Xác nhận")

    def type_wrong_otp(self, otp: str) -> None:
        """Enter a code that is not ``otp``."""
        self.type_otp(f"{(int(otp) + 1) % 10 ** len(otp):0{len(otp)}d}")

    def send_another_otp(self) -> None:
        """Press «Gửi lại mã OTP»."""
        self.press("Gửi lại mã OTP")

    def cancel(self) -> None:
        """Press «Hủy giao dịch»."""
        self.page.get_by_role("button", name="Hủy giao dịch", exact=True).click()

    def expect_told(self, words: str) -> None:
        """Assert that the page says so."""
        expect(self.page.get_by_role("main").get_by_text(words).first).to_be_visible()

    def expect_expired(self) -> None:
        """Assert that the time of the payment is over, as the page says when it is opened."""
        self.page.reload()
        self.expect_heading("Giao dịch đã hết hạn")

    def go_back(self) -> None:
        """Press the browser's back button."""
        self.page.go_back()

    def go_back_to_who_asked(self) -> None:
        """Follow the way back."""
        self.follow("Quay về trang yêu cầu thanh toán")
