"""The banks and the wallet as data: names, numbers, sentences, and what each asks for."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from mock_bank.domain.errors import UnknownBank
from mock_bank.domain.rules import DoorRule, Limits, OtpRule, smart, sms

MILLION = 1_000_000


class ProfileKind(StrEnum):
    """What kind of house keeps the money."""

    BANK = "bank"
    WALLET = "wallet"


@dataclass(frozen=True, slots=True)
class BankProfile:
    """One bank or wallet as customers and the gateway see it.

    ``code`` is what the gateway sends [ours, after the public list of VNPAY: the platform's own
    value set is not public]; ``bin`` is the number in NAPAS and VietQR [S]; ``consent`` is the
    label of the box on the consent page; ``accent`` names a colour of the kernel's pages, not the
    real brand. ``otp``: the kinds on offer, the usual one first.
    """

    code: str
    name: str
    full_name: str
    bin: str
    consent: str
    accent: str
    otp: tuple[OtpRule, ...]
    door: DoorRule
    limits: Limits
    kind: ProfileKind = ProfileKind.BANK

    @property
    def is_wallet(self) -> bool:
        """Tell whether people sign in with a phone number and a PIN."""
        return self.kind is ProfileKind.WALLET

    def offers(self, amount: int) -> tuple[OtpRule, ...]:
        """Return the kinds of one-time password for so many đồng, the usual one first.

        That the list depends on the amount is so at Vietcombank [S].
        """
        return tuple(rule for rule in self.otp if amount <= rule.up_to)


BANKS: tuple[BankProfile, ...] = (
    BankProfile(
        code="VIETCOMBANK",
        name="Vietcombank",
        full_name="Ngân hàng TMCP Ngoại thương Việt Nam",
        bin="970436",
        # [S] the city portal's training deck, §4.1: a label of the real page, letter for letter.
        consent=("Tôi đã đọc, hiểu và chấp thuận các quy định thanh toán điện tử của Vietcombank"),
        accent="jade",
        # [S] SMS up to 100 million, Smart OTP up to 3 billion; [R] six digits, 60 s, three tries,
        # two to five minutes. An older public page says ten digits [S].
        otp=(
            sms(digits=6, valid=120, resend=60, misses=3, up_to=100 * MILLION),
            smart(valid=120, resend=60, up_to=3000 * MILLION),
        ),
        door=DoorRule(5, timedelta(minutes=30)),  # [R] five; the time is ours
        limits=Limits(3000 * MILLION, 3000 * MILLION, 10),  # [S] 3 billion; ten payments a day
    ),
    # Sentences and figures from here on are ours: those of the real pages are not known. They
    # differ on purpose, so that nobody learns one bank's figures by heart.
    BankProfile(
        code="VIETINBANK",
        name="VietinBank",
        full_name="Ngân hàng TMCP Công thương Việt Nam",
        bin="970415",
        consent="Tôi đồng ý với điều khoản sử dụng dịch vụ thanh toán trực tuyến của VietinBank",
        accent="sky",
        otp=(sms(digits=6, valid=180, resend=90, misses=5, up_to=100 * MILLION),),
        door=DoorRule(5, timedelta(hours=1)),
        limits=Limits(50 * MILLION, 100 * MILLION, 20),
    ),
    BankProfile(
        code="BIDV",
        name="BIDV",
        full_name="Ngân hàng TMCP Đầu tư và Phát triển Việt Nam",
        bin="970418",
        consent="Tôi đã đọc và đồng ý với điều khoản thanh toán trực tuyến của BIDV",
        accent="moss",
        otp=(smart(valid=120, resend=30, up_to=1000 * MILLION),),
        door=DoorRule(3, timedelta(minutes=15)),
        limits=Limits(300 * MILLION, 500 * MILLION, 30),
    ),
    BankProfile(
        code="AGRIBANK",
        name="Agribank",
        full_name="Ngân hàng Nông nghiệp và Phát triển Nông thôn Việt Nam",
        bin="970405",
        consent="Tôi đã hiểu và chấp nhận các điều kiện thanh toán trực tuyến của Agribank",
        accent="lacquer",
        otp=(sms(digits=8, valid=300, resend=120, misses=3, up_to=50 * MILLION),),
        door=DoorRule(3, timedelta(hours=24)),
        limits=Limits(25 * MILLION, 50 * MILLION, 10),
    ),
    BankProfile(
        code="MBBANK",
        name="MB",
        full_name="Ngân hàng TMCP Quân đội",
        bin="970422",
        consent="Tôi đồng ý thực hiện giao dịch theo điều khoản thanh toán trực tuyến của MB",
        accent="indigo",
        otp=(
            smart(valid=60, resend=30, up_to=500 * MILLION),
            sms(digits=6, valid=60, resend=30, misses=3, up_to=10 * MILLION),
        ),
        door=DoorRule(5, timedelta(minutes=10)),
        limits=Limits(200 * MILLION, 500 * MILLION, 50),
    ),
    BankProfile(
        code="VNPTPAY",  # the wallet's name in VNPAY's public list [S]
        name="VNPT Money",
        full_name="Ví điện tử VNPT Money",
        bin="971011",  # [R]
        consent="Tôi đồng ý với điều khoản thanh toán của ví VNPT Money",
        accent="ocean",
        otp=(sms(digits=6, valid=300, resend=60, misses=3, up_to=20 * MILLION),),
        door=DoorRule(5, timedelta(minutes=30), ends_payment=True),
        limits=Limits(20 * MILLION, 100 * MILLION, 50),
        kind=ProfileKind.WALLET,
    ),
)

_BY_CODE = {bank.code: bank for bank in BANKS}
_BY_BIN = {bank.bin: bank for bank in BANKS}


def bank_of(code: str) -> BankProfile:
    """Return the profile under that code, or refuse."""
    try:
        return _BY_CODE[code]
    except KeyError:
        raise UnknownBank(
            "Ngân hàng này chưa được hỗ trợ. Hãy chọn ngân hàng khác.",
            {"bank": code, "known": ", ".join(_BY_CODE)},
        ) from None


def bank_by_bin(number: str) -> BankProfile:
    """Return the profile with that number in NAPAS, or refuse."""
    try:
        return _BY_BIN[number]
    except KeyError:
        raise UnknownBank(
            "Ngân hàng thụ hưởng chưa được hỗ trợ. Hãy kiểm tra lại mã QR.", {"bin": number}
        ) from None
