"""Finding what is to be paid, and reading how a payment ended."""

from playwright.sync_api import expect

from scenarios.pages.screen import Screen
from simkit.core.people import Person


class Account(Screen):
    """The citizen's own page and the list of what is to be paid."""

    house = "portal"

    def sign_in(self, person: Person) -> None:
        """Press «Đăng nhập» on the home page, and sign in."""
        self.page.goto(self.address("/"))
        self.follow("Đăng nhập")
        self.fill("Tên đăng nhập", person.user)
        self.page.get_by_label("Mật khẩu").fill(person.password)
        self.press("Đăng nhập")
        expect(self.page.get_by_role("banner").get_by_text(person.full_name)).to_be_visible()

    def open(self) -> None:
        """Choose «Thông tin tài khoản»."""
        header = self.page.get_by_role("banner")
        header.locator("summary").last.click()
        self.follow("Thông tin tài khoản", within=header)
        self.expect_heading("Thông tin tài khoản")

    def open_payments(self) -> None:
        """Choose «Thanh toán trực tuyến»."""
        self.follow("Thanh toán trực tuyến", within=self.page.get_by_role("main"))
        self.expect_heading("Thanh toán trực tuyến")

    def pay_for(self, code: str) -> None:
        """Press the payment icon of a dossier."""
        self.follow(f"Thanh toán hồ sơ {code}", within=self.page.get_by_role("main"))
        self.expect_heading("Thanh toán trực tuyến")

    def open_payment_of(self, code: str) -> None:
        """Open the payment page of a dossier, as from the list."""
        self.page.goto(self.address(f"/ho-so/{code}/thanh-toan"))
        self.expect_heading("Thanh toán trực tuyến")

    def expect_due(self, code: str, *, attempts: int) -> None:
        """Assert that a dossier can be paid, and how many attempts its page knows."""
        self.open_payment_of(code)
        expect(self.page.get_by_role("button", name="Cổng thanh toán Quốc Gia")).to_be_visible()
        rows = self.page.get_by_role("main").locator("tbody tr")
        expect(rows).to_have_count(attempts)

    def expect_paid(self, code: str) -> None:
        """Assert that a dossier is paid and its receipt is at hand."""
        self.open_payment_of(code)
        main = self.page.get_by_role("main")
        expect(main.get_by_text("Đã thanh toán", exact=True).first).to_be_visible()
        expect(main.get_by_role("link", name="Xem biên lai")).to_be_visible()
        expect(main.get_by_role("button", name="Cổng thanh toán Quốc Gia")).to_have_count(0)


class Outcome(Screen):
    """Where the browser comes back to."""

    house = "portal"

    def expect_failed(self) -> None:
        """Assert that nothing was paid."""
        self.expect_heading("Kết quả thanh toán")
        expect(self.page.get_by_text("Thanh toán không thành công")).to_be_visible()

    def try_again(self) -> None:
        """Press «Thanh toán lại»."""
        self.follow("Thanh toán lại")
        self.expect_heading("Thanh toán trực tuyến")
