"""What every page object is built on."""

from playwright.sync_api import Locator, Page, expect

from scenarios.backstage import Backstage


class Screen:
    """A page as a person meets it: found by roles and labels, waited for by what is seen."""

    house = ""

    def __init__(self, page: Page, backstage: Backstage) -> None:
        """Look at ``page``; the backstage reads captchas, as eyes would."""
        self.page = page
        self.backstage = backstage

    def address(self, path: str) -> str:
        """Return the address of a path in this world of this page's house."""
        return self.backstage.world.urls[self.house] + path

    def expect_heading(self, text: str) -> None:
        """Assert that we are on the page with this first heading."""
        expect(self.page.get_by_role("heading", level=1, name=text, exact=True)).to_be_visible()

    def press(self, name: str, within: Locator | None = None) -> None:
        """Press the button with exactly this name."""
        place = within or self.page.get_by_role("main")
        place.get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str, within: Locator | None = None) -> None:
        """Follow the link with exactly this name."""
        (within or self.page).get_by_role("link", name=name, exact=True).first.click()

    def fill(self, label: str, text: str, within: Locator | None = None) -> None:
        """Type into the field with this label."""
        field = (within or self.page.get_by_role("main")).get_by_role("textbox", name=label)
        field.fill(text)

    def fill_captcha(self, label: str = "Mã bảo mật", within: Locator | None = None) -> None:
        """Read the security picture and type what it shows."""
        place = within or self.page.get_by_role("main")
        token = place.locator("input[name=captcha_token]").input_value()
        place.get_by_label(label).fill(self.backstage.captcha(self.house, token))
