"""The one-stop desk, as an officer sees it."""

from playwright.sync_api import expect

from scenarios.pages.screen import Screen


class Desk(Screen):
    """The officer's list and dossier pages."""

    house = "portal"

    def sign_in(self, user: str, password: str) -> None:
        """Sign in as an officer."""
        self.page.goto(self.address("/can-bo/dang-nhap"))
        self.fill("Tên đăng nhập", user)
        self.page.get_by_label("Mật khẩu").fill(password)
        self.press("Đăng nhập")
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("Hồ sơ")

    def open(self, code: str) -> None:
        """Open a dossier from the day's list."""
        self.follow(f"Mở hồ sơ {code}", within=self.page.get_by_role("main"))
        self.expect_heading(f"Hồ sơ {code}")

    def open_from_all_days(self, code: str) -> None:
        """Open a dossier that was sent on an earlier day."""
        self.follow("Tất cả hồ sơ")
        self.open(code)

    def do(self, button: str, state: str) -> None:
        """Press a button of the next step and see the new state."""
        self.press(button)
        self.expect_state(state)

    def expect_state(self, state: str) -> None:
        """Assert the dossier's state."""
        expect(self.page.get_by_role("main").get_by_text(state, exact=True).first).to_be_visible()
