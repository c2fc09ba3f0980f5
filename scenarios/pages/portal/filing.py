"""Choosing a procedure, filing a dossier, paying for it, following it."""

import re
from pathlib import Path

from playwright.sync_api import expect

from scenarios.pages.portal.accounts import CODE
from scenarios.pages.screen import Screen


class Choice(Screen):
    """Where the agency and the procedure are chosen."""

    house = "portal"

    def find(self, agency: str, phrase: str) -> None:
        """Choose the agency and search its procedures for a phrase."""
        self.page.get_by_label("Chọn đơn vị").select_option(label=agency)
        self.page.get_by_label("Tên thủ tục hành chính").fill(phrase)
        self.press("Tìm kiếm")

    def choose(self, procedure: str) -> None:
        """Press the procedure's name."""
        self.page.get_by_role("main").get_by_role("link", name=procedure, exact=True).click()
        self.expect_heading(procedure)


class Procedure(Screen):
    """The page of one procedure."""

    house = "portal"

    def expect_components_and_sequence(self) -> None:
        """Assert that the page says which papers are needed and what happens when."""
        for title in ("Thành phần hồ sơ", "Trình tự thực hiện"):
            expect(self.page.get_by_role("heading", name=title, exact=True)).to_be_visible()

    def file(self) -> None:
        """Press «Nộp hồ sơ»."""
        self.follow("Nộp hồ sơ", within=self.page.get_by_role("main"))
        self.expect_heading("Nộp hồ sơ")


class FilingForm(Screen):
    """The form of a new dossier."""

    house = "portal"

    def expect_applicant(self, name: str, phone: str) -> None:
        """Assert that the form knows the applicant."""
        expect(self.page.get_by_label("Họ và tên", exact=False).first).to_have_value(name)
        expect(self.page.get_by_label("Số điện thoại").first).to_have_value(phone)

    def give_address(self, address: str) -> None:
        """Say where the applicant lives."""
        self.page.get_by_label(re.compile(r"^Địa chỉ(?! nhận)")).fill(address)

    def attach(self, papers: list[Path]) -> None:
        """Attach a file to each required component, in the order of the page."""
        fields = self.page.locator("input[type=file][required]")
        expect(fields).to_have_count(len(papers))
        for number, paper in enumerate(papers):
            fields.nth(number).set_input_files(paper)

    def deliver_home(self, receiver: str, phone: str, address: str, place: str) -> None:
        """Order the delivery of the result."""
        self.page.get_by_label(
            "Đăng ký trả kết quả tại nhà (Nhân viên Bưu điện sẽ đến địa chỉ bên dưới"
            " để trả kết quả)",
        ).check()
        self.page.get_by_label("Họ và tên người nhận").fill(receiver)
        self.page.get_by_label("Số điện thoại người nhận").fill(phone)
        self.page.get_by_label("Địa chỉ nhận kết quả").fill(address)
        self.page.get_by_label("Phường, xã, đặc khu").select_option(label=place)

    def save(self) -> None:
        """Press «Lưu» and read the notice."""
        self.press("Lưu")
        expect(self.page.get_by_text("Đã lưu hồ sơ")).to_be_visible()

    def send(self) -> str:
        """Press «Gửi hồ sơ» and return the dossier code."""
        self.press("Gửi hồ sơ")
        expect(self.page.get_by_text("Gửi hồ sơ thành công")).to_be_visible()
        return _code_on(self)


class Payment(Screen):
    """What has to be paid, and the way to pay it."""

    house = "portal"

    def choose_national_gateway(self) -> None:
        """Press «Cổng thanh toán Quốc Gia»."""
        self.press("Cổng thanh toán Quốc Gia")

    def expect_receipt(self, code: str) -> None:
        """Assert that we are back at the portal with the receipt of this dossier."""
        expect(self.page.get_by_text("Thanh toán thành công")).to_be_visible()
        expect(
            self.page.get_by_role("heading", name="Biên lai thu phí, lệ phí", exact=True),
        ).to_be_visible()
        expect(self.page.get_by_role("main").get_by_text(code).first).to_be_visible()


class LookUp(Screen):
    """The answer to a look-up."""

    house = "portal"

    def expect_state(self, code: str, state: str) -> None:
        """Assert what the page says of the dossier."""
        self.expect_heading("Tra cứu trạng thái hồ sơ")
        main = self.page.get_by_role("main")
        expect(main.get_by_text(code, exact=True)).to_be_visible()
        expect(main.get_by_text(state, exact=True)).to_be_visible()

    def expect_nothing_of(self, *secrets: str) -> None:
        """Assert that a stranger sees no personal data."""
        for secret in secrets:
            expect(self.page.get_by_text(secret)).to_have_count(0)


def _code_on(screen: Screen) -> str:
    text = screen.page.get_by_role("main").inner_text()
    found = CODE.search(text)
    if found is None:
        raise AssertionError(f"there is no dossier code on the page:\n{text}")
    return found[0]
