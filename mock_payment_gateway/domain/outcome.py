"""Every end that a card payment can be made to have, and the three ways to ask for one."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from mock_payment_gateway.domain.course import tokens

MAGIC_AMOUNT = 1_000_000
"""1 000 000 đồng and a code: no fee of the real world has such an amount (ours)."""


class Fate(StrEnum):
    """What becomes of the money."""

    PAID = "paid"
    SUSPECT = "suspect"  # taken; the merchant has to decide
    DECLINED = "declined"  # never taken
    UNKNOWN = "unknown"  # taken at the bank, not known at the gateway


class Resolution(StrEnum):
    """How a payment ends of which the gateway did not know the end."""

    PAID = "paid"
    FAILED = "failed"
    REVERSED = "reversed"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Outcome:
    """An end by name: its response code, the money, and how it is resolved if unknown."""

    name: str
    code: str  # vnp_ResponseCode
    fate: Fate
    words: str
    resolution: Resolution = Resolution.NEVER


def _declined(code: str, words: str) -> Outcome:
    return Outcome(code, code, Fate.DECLINED, words)


def _unknown(resolution: Resolution, words: str) -> Outcome:
    return Outcome(f"unknown-{resolution}", "99", Fate.UNKNOWN, words, resolution)


OUTCOMES: Mapping[str, Outcome] = {
    outcome.name: outcome
    for outcome in (
        Outcome("00", "00", Fate.PAID, "Giao dịch thành công"),
        Outcome("07", "07", Fate.SUSPECT, "Trừ tiền thành công, giao dịch bị nghi ngờ"),
        _declined("09", "Thẻ/tài khoản chưa đăng ký dịch vụ Internet Banking"),
        _declined("10", "Xác thực thông tin thẻ/tài khoản không đúng quá 3 lần"),
        _declined("11", "Đã hết hạn chờ thanh toán"),
        _declined("12", "Thẻ/tài khoản bị khóa"),
        _declined("13", "Nhập sai mật khẩu xác thực giao dịch (OTP)"),
        _declined("15", "Quá thời gian thanh toán"),
        _declined("24", "Khách hàng hủy giao dịch"),
        _declined("51", "Tài khoản không đủ số dư để thực hiện giao dịch"),
        _declined("65", "Tài khoản đã vượt quá hạn mức giao dịch trong ngày"),
        _declined("75", "Ngân hàng thanh toán đang bảo trì"),
        _declined("79", "Nhập sai mật khẩu thanh toán quá số lần quy định"),
        _declined("99", "Lỗi khác"),
        _unknown(Resolution.PAID, "Đã trừ tiền, chưa rõ kết quả; sau đó thành công"),
        _unknown(Resolution.FAILED, "Đã trừ tiền, chưa rõ kết quả; sau đó thất bại, trả lại tiền"),
        _unknown(Resolution.REVERSED, "Đã trừ tiền, chưa rõ kết quả; sau đó bị đảo, trả lại tiền"),
        _unknown(Resolution.NEVER, "Đã trừ tiền, chưa rõ kết quả; không bao giờ rõ"),
    )
}
"""Codes are [S]; 15 is undocumented and [S]; the unknown ones are ours, after status 04 [S]."""

_NUMBERS = {
    "unknown-never": 40,
    "unknown-paid": 41,
    "unknown-failed": 42,
    "unknown-reversed": 43,
}
SUFFIXES: Mapping[str, str] = {
    f"{_NUMBERS.get(name, name):0>2}": name for name in OUTCOMES if name != "00"
}
"""Two digits -> outcome: the end of magic amounts and of magic cards."""


def by_amount(amount: int) -> Outcome | None:
    """Return what a magic amount asks for; ``amount`` in đồng."""
    name = SUFFIXES.get(f"{amount - MAGIC_AMOUNT:02d}", "")
    return OUTCOMES.get(name)


def by_text(text: str) -> Outcome | None:
    """Return what ``SIM-51`` or ``SIM-UNKNOWN-PAID`` in the order's text asks for."""
    for token in tokens(text):
        found = OUTCOMES.get(token.removeprefix("SIM-").lower())
        if found is not None:
            return found
    return None


def asked_for(text: str, amount: int, lever: str) -> Outcome | None:
    """Return what the control room, the text or the amount ask for, in this order."""
    return OUTCOMES.get(lever) or by_text(text) or by_amount(amount)
