"""Registering, activating, signing in."""

import re

from playwright.sync_api import expect

from scenarios.pages.screen import Screen
from simkit.core.people import Person


class Home(Screen):
    """The portal's home page."""

    house = "portal"

    def open(self) -> None:
        """Open it."""
        self.page.goto(self.address("/"))
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()

    def go_to_registration(self) -> None:
        """Press «Đăng nhập», then «Đăng ký»."""
        self.follow("Đăng nhập")
        self.follow("Đăng ký")

    def go_to_sign_in(self) -> None:
        """Press «Đăng nhập»."""
        self.follow("Đăng nhập")

    def go_to_filing(self) -> None:
        """Press «Nộp hồ sơ trực tuyến»."""
        self.follow("Nộp hồ sơ trực tuyến")

    def look_up(self, code: str) -> None:
        """Look a dossier's state up without signing in."""
        box = self.page.locator(
            "section",
            has=self.page.get_by_role(
                "heading",
                name="Tra cứu trạng thái hồ sơ",
                exact=True,
            ),
        ).last
        self.fill("Số biên nhận", code, within=box)
        self.fill_captcha(within=box)
        self.press("Tra cứu", within=box)


class Registration(Screen):
    """The registration form."""

    house = "portal"

    def register(self, person: Person) -> None:
        """Fill the form as this person and send it."""
        self.fill("Họ và tên", person.full_name)
        self.fill("Chứng minh thư nhân dân", person.id_number)
        self.fill("Thư điện tử", person.email)
        self.fill("Số điện thoại", person.phone)
        self.page.get_by_label("Tôi đồng ý với các điều khoản đăng ký dịch vụ công").check()
        self.fill_captcha()
        self.press("Đăng ký")


class Activation(Screen):
    """Where the activation code is entered."""

    house = "portal"

    def activate(self, code: str) -> None:
        """Enter the code."""
        self.expect_heading("Kích hoạt tài khoản")
        self.fill("Mã kích hoạt", code)
        self.press("Kích hoạt tài khoản")

    def expect_signed_in_as(self, person: Person) -> None:
        """Assert that the page knows who is signed in."""
        header = self.page.get_by_role("banner")
        expect(header.get_by_text(person.full_name)).to_be_visible()


class SignIn(Screen):
    """The citizen's sign-in page."""

    house = "portal"

    def sign_in(self, user: str, password: str) -> None:
        """Sign in."""
        self.fill("Tên đăng nhập", user)
        self.page.get_by_label("Mật khẩu").fill(password)
        self.press("Đăng nhập")


CODE = re.compile(r"[0-9A-Z.]+-[0-9]{6}-[0-9]{4,}")
"""What a dossier code looks like on a page."""
