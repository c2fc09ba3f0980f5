"""The banks as data: code, names, number and the sentence that a customer must tick."""

from dataclasses import dataclass

from mock_bank.domain.errors import UnknownBank


@dataclass(frozen=True, slots=True)
class BankProfile:
    """One bank as customers and the gateway see it.

    ``code`` is what the gateway sends [ours, after the public list of VNPAY: the platform's own
    value set is not public]; ``bin`` is the bank's number in NAPAS and VietQR [S]; ``consent`` is
    the label of the box on the consent page; ``accent`` names a colour of the kernel's pages, not
    the bank's real brand.
    """

    code: str
    name: str
    full_name: str
    bin: str
    consent: str
    accent: str


BANKS: tuple[BankProfile, ...] = (
    BankProfile(
        code="VIETCOMBANK",
        name="Vietcombank",
        full_name="Ngân hàng TMCP Ngoại thương Việt Nam",
        bin="970436",
        # [S] the city portal's training deck, §4.1: a label of the real page, letter for letter.
        consent=("Tôi đã đọc, hiểu và chấp thuận các quy định thanh toán điện tử của Vietcombank"),
        accent="jade",
    ),
    BankProfile(
        code="VIETINBANK",
        name="VietinBank",
        full_name="Ngân hàng TMCP Công thương Việt Nam",
        bin="970415",
        # The sentences from here on are ours: those of the real pages are not known.
        consent="Tôi đồng ý với điều khoản sử dụng dịch vụ thanh toán trực tuyến của VietinBank",
        accent="sky",
    ),
    BankProfile(
        code="BIDV",
        name="BIDV",
        full_name="Ngân hàng TMCP Đầu tư và Phát triển Việt Nam",
        bin="970418",
        consent="Tôi đã đọc và đồng ý với điều khoản thanh toán trực tuyến của BIDV",
        accent="moss",
    ),
    BankProfile(
        code="AGRIBANK",
        name="Agribank",
        full_name="Ngân hàng Nông nghiệp và Phát triển Nông thôn Việt Nam",
        bin="970405",
        consent="Tôi đã hiểu và chấp nhận các điều kiện thanh toán trực tuyến của Agribank",
        accent="lacquer",
    ),
    BankProfile(
        code="MBBANK",
        name="MB",
        full_name="Ngân hàng TMCP Quân đội",
        bin="970422",
        consent="Tôi đồng ý thực hiện giao dịch theo điều khoản thanh toán trực tuyến của MB",
        accent="indigo",
    ),
)

_BY_CODE = {bank.code: bank for bank in BANKS}


def bank_of(code: str) -> BankProfile:
    """Return the profile under that code, or refuse."""
    try:
        return _BY_CODE[code]
    except KeyError:
        raise UnknownBank(
            "Ngân hàng này chưa được hỗ trợ. Hãy chọn ngân hàng khác.",
            {"bank": code, "known": ", ".join(_BY_CODE)},
        ) from None
