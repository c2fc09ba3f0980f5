"""What people do in the city, over HTTP and as the pages let them."""

import re
from dataclasses import dataclass, field
from datetime import timedelta

from mock_bank.control import FIRST_PASSWORD
from mock_portal.service.first_people import OFFICER_PASSWORD
from simkit.core.cast import CAST
from simkit.core.people import Person
from tests.wiring.browser import Browser, Files, Page
from tests.wiring.city import Place

WITH_FEE = "1.003725"
"""Costs ``FEE`` đồng, wants two papers, is executed by ``UNIT``."""
FREE = "2.000033"
UNIT = "000.00.14.H24"
OFFICE = "14"
FEE = 50_000
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(200)
VIETCOMBANK = "VIETCOMBANK"
PARTS = ("01", "02")
DAYS_OF_THE_POST = timedelta(days=6)

_CODE = re.compile(r"[0-9A-Z.]+-[0-9]{6}-[0-9]{4,}")
_OTP = re.compile(r"OTP\D*(\d{6})")


def papers(*contents: bytes) -> Files:
    """Return one file for each required part, in order; a PDF where nothing is given."""
    given = [*contents, *[PDF] * len(PARTS)][: len(PARTS)]
    return [
        (f"file_{part}", (f"giay-to-{part}.pdf", content, "application/pdf"))
        for part, content in zip(PARTS, given, strict=True)
    ]


@dataclass
class Citizen:
    """Somebody of the cast with a browser; every bank knows them since the world began."""

    place: Place
    person: Person = CAST[0]
    browser: Browser = field(init=False)

    def __post_init__(self) -> None:
        """Open the browser."""
        self.browser = self.place.browser()

    @property
    def page(self) -> Page:
        """What the browser shows."""
        return self.browser.page

    def visit(self, path: str) -> Page:
        """Open a page of the portal."""
        return self.browser.open(self.place.url("portal", path))

    # -- the portal ---------------------------------------------------------------------------

    def sign_in(self) -> "Citizen":
        """Sign in at the portal."""
        self.visit("/dang-nhap")
        self.browser.press("Đăng nhập", user=self.person.user, password=self.person.password)
        assert self.page.status == 200, self.page.words
        return self

    def fill_in(
        self, procedure: str = WITH_FEE, files: Files | None = None, /, **more: str
    ) -> Page:
        """Fill in the form of a new dossier and press «Lưu»."""
        self.visit(f"/nop-ho-so/{procedure}")
        answers = {"address": self.person.address, **more}
        return self.browser.press("Lưu", papers() if files is None else files, **answers)

    def file(self, procedure: str = WITH_FEE, files: Files | None = None, /, **more: str) -> str:
        """File a dossier and return its code."""
        self.fill_in(procedure, files, **more)
        self.browser.press("Gửi hồ sơ")
        found = _CODE.search(self.page.words)
        assert found, self.page.words
        return found[0]

    def at_home(self) -> dict[str, str]:
        """Return the answers that have the result brought home."""
        return {
            "at_home": "1",
            "delivery_receiver": self.person.full_name,
            "delivery_phone": self.person.phone,
            "delivery_address": self.person.address,
            "delivery_place": "11311",
        }

    # -- paying -------------------------------------------------------------------------------

    def go_to_gateway(self, code: str) -> str:
        """Open the payment page, choose the national gateway and return the order's reference."""
        self.visit(f"/ho-so/{code}/thanh-toan")
        self.browser.press("Cổng thanh toán Quốc Gia")
        assert self.page.heading == "Chọn ngân hàng", self.page.words
        found = re.search(r"H24[0-9a-f]{20}", self.page.words)
        assert found, self.page.words
        return found[0]

    def choose_bank(self, bank: str = VIETCOMBANK) -> Page:
        """Choose a bank and go there."""
        return self.browser.press("Thanh toán", bank=bank)

    def sign_in_at_bank(self, captcha: str | None = None) -> Page:
        """Sign in at the bank; ``captcha`` is typed instead of what the picture shows."""
        shown = self.place.captcha("bank", self.page.value("captcha_token"))
        return self.browser.press(
            "Đăng nhập",
            user=self.person.phone,
            password=FIRST_PASSWORD,
            captcha=shown if captcha is None else captcha,
        )

    def agree(self) -> Page:
        """Tick the bank's sentence; the bank sends a code."""
        page = self.browser.press("Xác nhận", agree="1")
        self.place.pump("bank")
        return page

    def otp(self) -> str:
        """Return the code that came last to the citizen's phone."""
        texts = [m["text"] for m in self.place.messages(self.person.phone)]
        found = [match[1] for match in map(_OTP.search, texts) if match]
        assert found, texts
        return found[-1]

    def confirm(self, otp: str) -> Page:
        """Type the code at the bank."""
        return self.browser.press("Xác nhận", otp=otp)

    def walk_to_otp(self, code: str) -> str:
        """Walk from the payment page to where the bank asks for the code; return the reference."""
        reference = self.go_to_gateway(code)
        self.choose_bank()
        self.sign_in_at_bank()
        self.agree()
        return reference

    def pay(self, code: str) -> str:
        """Pay a dossier's fee, come back, and return the order's reference."""
        reference = self.walk_to_otp(code)
        self.confirm(self.otp())
        self.place.settle()
        return reference


@dataclass
class Officer:
    """Somebody at the one-stop desk of ``UNIT``."""

    place: Place
    role: str

    def __post_init__(self) -> None:
        """Sign in."""
        self.browser = self.place.browser()
        self.browser.open(self.place.url("portal", "/can-bo/dang-nhap"))
        user = f"{self.role}.{OFFICE}"
        self.browser.press("Đăng nhập", user=user, password=OFFICER_PASSWORD)
        assert self.browser.page.status == 200, self.browser.page.words

    def do(self, code: str, button: str, **more: str) -> Page:
        """Open a dossier and take the next step."""
        self.browser.open(self.place.url("portal", f"/can-bo/ho-so/{code}"))
        page = self.browser.press(button, **more)
        assert page.status == 200, page.words
        return page


def work_through(place: Place, *codes: str) -> None:
    """Receive, process and approve dossiers at the desk."""
    for role, button in (
        ("tiepnhan", "Tiếp nhận"),
        ("thuly", "Xử lý"),
        ("lanhdao", "Phê duyệt"),
    ):
        officer = Officer(place, role)
        for code in codes:
            officer.do(code, button)


def a_paid_dossier(place: Place, citizen: Citizen | None = None) -> tuple[str, str]:
    """File a dossier whose result goes home and pay it; return its code and the reference."""
    somebody = citizen or Citizen(place).sign_in()
    code = somebody.file(**somebody.at_home())
    return code, somebody.pay(code)


def a_delivered_dossier(place: Place, citizen: Citizen | None = None) -> tuple[str, str]:
    """Take a dossier all the way: filed, paid, worked through, brought home by the post."""
    code, reference = a_paid_dossier(place, citizen)
    work_through(place, code)
    place.controls.advance(DAYS_OF_THE_POST, place.name)
    return code, reference
