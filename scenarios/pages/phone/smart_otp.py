"""The bank's app on the phone, where payments are approved."""

from playwright.sync_api import expect

from scenarios.pages.screen import Screen


class SmartOtp(Screen):
    """The app on the phone with one number."""

    house = "phone"

    def open(self, number: str) -> None:
        """Open the phone, then its app."""
        self.page.goto(self.address(f"/phone/{number}"))
        self.page.get_by_role("link", name="Mở ứng dụng Smart OTP").click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("Smart OTP")

    def approve(self, amount: str) -> None:
        """Check the amount of what waits, and press «Phê duyệt»."""
        waiting = self.page.get_by_role("main").locator("section").filter(has_text=amount)
        expect(waiting.first).to_be_visible()
        self.press("Phê duyệt")
        expect(self.page.get_by_text("Đã phê duyệt").first).to_be_visible()
