"""Things of the payment gateway for tests: say only what the test is about."""

from datetime import datetime, timedelta
from hashlib import sha256

from mock_payment_gateway.domain.bank import Bank, BankState, BankWord
from mock_payment_gateway.domain.partner import Partner
from mock_payment_gateway.domain.payment import TIME_TO_PAY, Payment, PaymentState
from simkit.core.clock import ICT

A_MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=ICT)
SECRET = "SECRET"
NOTICE_SECRET = "bank and gateway"
PARTNER = "HPG01"
REFERENCE = "dvcH24120250101101010"
SEA_BANK = Bank(code="SAOBIEN", name="Ngân hàng Sao Biển", bin="970999")
RIVER_BANK = Bank(code="SONGCAM", name="Ngân hàng Sông Cấm", bin="970998")


class MovableClock:
    """Stands still until a test moves it."""

    def __init__(self, at: datetime = A_MONDAY) -> None:
        """Stand at ``at``."""
        self.at = at

    def now(self) -> datetime:
        """Return the moment at which it stands."""
        return self.at

    def advance(self, by: timedelta) -> None:
        """Move on."""
        self.at += by


def pipe_hash(*values: object, secret: str = SECRET) -> str:
    """Return the platform's hash, written here once more from its description."""
    text = "|".join([*(str(value) for value in values), secret])
    return sha256(text.encode("utf-8")).hexdigest()


INIT_ORDER = (
    "LoaiBanTin",
    "PhienBan",
    "MaDoiTac",
    "MaThamChieu",
    "SoTien",
    "LoaiHinhThanhToan",
    "MaKenhThanhToan",
    "MaThietBi",
    "NgonNgu",
    "MaTienTe",
    "MaNganHang",
    "ThongTinGiaoDich",
    "ThoiGianGD",
    "Ip",
)
QUERY_ORDER = ("LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "ThoiGianGD")


def an_init(*, secret: str = SECRET, **changes: object) -> dict[str, object]:
    """Return the INIT of the published vector, but for what is given, rightly signed."""
    fields: dict[str, object] = {
        "LoaiBanTin": "INIT",
        "PhienBan": "1.0.6",
        "MaDoiTac": PARTNER,
        "MaThamChieu": REFERENCE,
        "SoTien": "150000",
        "LoaiHinhThanhToan": "PAY",
        "MaKenhThanhToan": "1",
        "MaThietBi": "1",
        "NgonNgu": "vi-VN",
        "MaTienTe": "VND",
        "MaNganHang": "PAYMENT",
        "ThongTinGiaoDich": "THANH TOAN HO SO H24.1",
        "ThoiGianGD": "20250101101010",
        "Ip": "10.0.0.1",
        "ThongTinBienLai": {
            "MaDichVu": "2",
            "NoiDungThanhToan": "Thanh toán lệ phí cho hồ sơ H24.1",
        },
    } | changes
    signature = pipe_hash(*(fields.get(name, "") for name in INIT_ORDER), secret=secret)
    return {"MaXacThuc": signature} | fields


def a_query(*, secret: str = SECRET, **changes: object) -> dict[str, object]:
    """Return the QUERY about that order, but for what is given, rightly signed."""
    fields: dict[str, object] = {
        "LoaiBanTin": "QUERY",
        "PhienBan": "1.0.6",
        "MaDoiTac": PARTNER,
        "MaThamChieu": REFERENCE,
        "ThoiGianGD": "20250101101010",
    } | changes
    signature = pipe_hash(*(fields.get(name, "") for name in QUERY_ORDER), secret=secret)
    return {"MaXacThuc": signature} | fields


def a_partner(
    code: str = PARTNER,
    *,
    name: str = "Cổng dịch vụ công thử nghiệm",
    secret: str = SECRET,
    confirm_url: str = "http://partner.test/confirm",
    return_url: str = "http://partner.test/back",
) -> Partner:
    """Return an unremarkable partner."""
    return Partner(code, name, secret, confirm_url, return_url)


def a_payment(state: PaymentState = PaymentState.CREATED) -> Payment:
    """Return an unremarkable order in ``state``, with what an order in that state has."""
    with_bank = state is not PaymentState.CREATED
    settled = state not in {PaymentState.CREATED, PaymentState.BANK_CHOSEN, PaymentState.UNKNOWN}
    return Payment(
        platform_id="PP0001",
        token="token-1",
        partner=PARTNER,
        reference=REFERENCE,
        amount=150_000,
        description="THANH TOAN HO SO H24.1",
        subject="Thanh toán lệ phí cho hồ sơ H24.1",
        wished_bank="PAYMENT",
        asked_at="20250101101010",
        receipt="{}",
        created_at=A_MONDAY,
        expires_at=A_MONDAY + TIME_TO_PAY,
        state=state,
        bank=SEA_BANK.code if with_bank else "",
        bank_name=SEA_BANK.name if with_bank else "",
        request_id="request-1" if with_bank else "",
        settled_at=A_MONDAY + timedelta(minutes=5) if settled else None,
    )


def a_word(
    state: BankState = BankState.PAID,
    *,
    request_id: str = "request-1",
    amount: int = 150_000,
    code: str = "00",
) -> BankWord:
    """Return what a bank says of the order of ``a_payment``."""
    return BankWord(request_id, state, code, "FT2632700001", amount)
