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

    def pay_at_with_two_clicks(self, bank: str) -> None:
        """Choose a bank and press «Thanh toán» twice."""
        self.page.get_by_role("radio", name=bank).check()
        self.page.get_by_role("button", name="Thanh toán", exact=True).dblclick()

    def expect_at_bank(self) -> None:
        """Assert that the order waits at a bank already."""
        self.expect_heading("Đơn hàng đang chờ thanh toán tại ngân hàng")

    def go_on_paying(self) -> None:
        """Press «Tiếp tục thanh toán»."""
        self.press("Tiếp tục thanh toán")

    def expect_paid(self) -> None:
        """Assert that nothing is left to be paid."""
        self.expect_heading("Đơn hàng đã được thanh toán")

    def return_to_portal(self) -> None:
        """Press «Quay lại cổng dịch vụ công»."""
        self.follow("Quay lại cổng dịch vụ công")

    def cancel(self) -> None:
        """Press «Hủy giao dịch»."""
        self.press("Hủy giao dịch")
