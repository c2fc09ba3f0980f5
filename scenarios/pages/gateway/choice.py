"""The gateway's page «Chọn ngân hàng»."""

from playwright.sync_api import expect

from scenarios.pages.screen import Screen


class BankChoice(Screen):
    """Where the bank is chosen and the fee is shown."""

    house = "gateway"

    def expect_fee(self, text: str) -> None:
        """Assert that we are here and what is to be paid."""
        self.expect_heading("Chọn ngân hàng")
        expect(self.page.get_by_role("main").get_by_text(text).first).to_be_visible()

    def pay_at(self, bank: str) -> None:
        """Choose a bank and press «Thanh toán»."""
        self.page.get_by_role("radio", name=bank).check()
        self.press("Thanh toán")
