"""How the books of one account are told to its owner."""

from dataclasses import dataclass
from datetime import datetime

_TITLES = {
    "payment": "Thanh toán trực tuyến",
    "hold": "Thanh toán trực tuyến (chờ xử lý)",
    "reversal": "Hoàn trả giao dịch không thành công",
    "refund": "Hoàn tiền thanh toán",
    "transfer": "Chuyển tiền",
    "return": "Hoàn trả tiền chuyển khoản",
    "seed": "Điều chỉnh số dư",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One movement of one account; ``amount`` is negative for money that left, ``id`` its key."""

    id: int
    about: str
    at: datetime
    amount: int
    balance: int

    @property
    def title(self) -> str:
        """Return what it was, in words."""
        return _TITLES.get(self.about.partition(":")[0], "Giao dịch khác")

    @property
    def reference(self) -> str:
        """Return what it was about; what the control room did has no name."""
        kind, _, name = self.about.partition(":")
        return "" if kind == "seed" else name
