"""Inputs that lead to an outcome which life brings seldom: one table, three ways to each row.

Each row has a number. Whoever signs in with the phone number ``0900000`` + number, whatever
costs 10.000 đồng + number, and every description that holds the word ``SIM-`` + number ends as
the row says; the control room can ask for it, too. All of it is ours.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from mock_bank.domain.errors import UnknownMagic
from mock_bank.domain.payment import Code, Ending, PaymentEvent

BASE_AMOUNT = 10_000  # đồng: below it some clients refuse to pay at all
PHONE_FRONT = "0900000"


class Moment(StrEnum):
    """When it happens: after sign-in, after the consent, or instead of judging the code."""

    SIGN_IN = "sign-in"
    CONSENT = "consent"
    CONFIRM = "confirm"


class Late(StrEnum):
    """How a payment ends that was charged and not told."""

    SUCCESS = "success"
    FAILURE = "failure"
    REVERSAL = "reversal"


@dataclass(frozen=True, slots=True)
class Magic:
    """One row. ``ending`` ends the payment without money; without it the money moves first."""

    number: int
    code: Code
    moment: Moment
    holder: str
    happens: str
    ending: Ending | None = None
    late: Late | None = None

    @property
    def phone(self) -> str:
        """Return the phone number, and so the user name, of the row's customer."""
        return f"{PHONE_FRONT}{self.number:03d}"

    @property
    def amount(self) -> int:
        """Return the amount that brings it about, in đồng."""
        return BASE_AMOUNT + self.number

    @property
    def word(self) -> str:
        """Return the word in a description that brings it about."""
        return f"SIM-{self.number:02d}"


def _fails(code: Code, moment: Moment, holder: str, happens: str) -> Magic:
    return Magic(int(code), code, moment, holder, happens, ending=Ending(PaymentEvent.FAIL, code))


MAGIC: tuple[Magic, ...] = (
    Magic(
        7, Code.SUSPICIOUS, Moment.CONFIRM, "Khách Bị Nghi Ngờ", "paid, and marked as suspicious"
    ),
    _fails(
        Code.NOT_REGISTERED, Moment.SIGN_IN, "Khách Chưa Đăng Ký", "online payment not registered"
    ),
    Magic(
        11,
        Code.EXPIRED,
        Moment.CONSENT,
        "Khách Quá Hạn",
        "the time for payment is over at once",
        ending=Ending(PaymentEvent.EXPIRE, Code.EXPIRED),
    ),
    _fails(Code.ACCOUNT_LOCKED, Moment.SIGN_IN, "Khách Bị Khóa", "the account is locked"),
    _fails(Code.OTP_LOCKED, Moment.CONFIRM, "Khách Sai Mã", "as if the OTP was wrong too often"),
    Magic(
        24,
        Code.CANCELLED,
        Moment.CONSENT,
        "Khách Hủy Ngang",
        "as if the customer had called it off",
        ending=Ending(PaymentEvent.CANCEL, Code.CANCELLED),
    ),
    _fails(Code.NOT_ENOUGH_MONEY, Moment.CONSENT, "Khách Hết Tiền", "not enough money"),
    _fails(Code.OVER_LIMIT, Moment.CONSENT, "Khách Vượt Hạn Mức", "over the limit of the day"),
    _fails(Code.MAINTENANCE, Moment.SIGN_IN, "Khách Gặp Bảo Trì", "the bank is under maintenance"),
    _fails(
        Code.PASSWORD_LOCKED,
        Moment.CONFIRM,
        "Khách Quên Mật Khẩu",
        "as if the payment password was wrong too often",
    ),
    _fails(Code.OTHER, Moment.CONFIRM, "Khách Gặp Lỗi", "an error that nobody explains"),
    Magic(
        100,
        Code.PAID,
        Moment.CONFIRM,
        "Khách Chờ Thành Công",
        "charged, pending for 30 minutes, then told as paid",
        late=Late.SUCCESS,
    ),
    Magic(
        104,
        Code.REVERSED,
        Moment.CONFIRM,
        "Khách Chờ Hoàn Trả",
        "charged, pending for 30 minutes, then reversed: failed, the money comes back at once",
        late=Late.REVERSAL,
    ),
    Magic(
        199,
        Code.OTHER,
        Moment.CONFIRM,
        "Khách Chờ Thất Bại",
        "charged, pending for 30 minutes, then failed; the money comes back a day later",
        late=Late.FAILURE,
    ),
)

_BY_NUMBER = {row.number: row for row in MAGIC}
_WORD = re.compile(r"\bSIM-([0-9]{2,3})\b")


def magic_of(number: int) -> Magic:
    """Return the row under that number, or refuse."""
    try:
        return _BY_NUMBER[number]
    except KeyError:
        raise UnknownMagic(
            "No outcome has that number.",
            {"magic": str(number), "known": ", ".join(map(str, _BY_NUMBER))},
        ) from None


def called_for(
    *, asked: int | None, customer: int | None, amount: int, description: str
) -> Magic | None:
    """Return the row that applies to a payment, if one does.

    What the control room asked for goes before the customer, the amount and the description, in
    this order.
    """
    word = _WORD.search(description)
    numbers = (asked, customer, amount - BASE_AMOUNT, int(word[1]) if word else None)
    return next((_BY_NUMBER[n] for n in numbers if n in _BY_NUMBER), None)


def reached(row: Magic, moment: Moment) -> bool:
    """Tell whether the moment of a row is this one or has passed already."""
    order = list(Moment)
    return order.index(row.moment) <= order.index(moment)


def markdown() -> str:
    """Return the table for the README."""
    head = (
        "| code | sign in as | or pay | or describe it with | what happens | when |\n"
        "|---|---|---|---|---|---|"
    )
    rows = [
        f"| `{row.code.value}` | `{row.phone}` {row.holder} | {_dotted(row.amount)} ₫ "
        f"| `{row.word}` | {row.happens} | {row.moment.value} |"
        for row in MAGIC
    ]
    return "\n".join([head, *rows])


def _dotted(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")
