"""A citizen's account: who it belongs to, how it comes to life, and what has happened to it."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from hmac import compare_digest

from mock_portal.domain.errors import CodeTooSoon
from simkit.core.chance import Ids
from simkit.core.errors import BadInput
from simkit.core.machine import Machine
from simkit.core.refs import IdNumber, PhoneNumber

CODE_LENGTH = 6
CODE_LIFE = timedelta(hours=24)
"""How long an activation code is good for (ours: the real portal does not say)."""
CODE_TRIES = 5
"""How often one code may be mistyped before a new one is needed (ours)."""
CODE_PAUSE = timedelta(seconds=60)
"""How long to wait before asking for another code (ours)."""

PASSWORD_LENGTH = 12
# Without the signs that people mix up when they copy from a mail: 0 O o, 1 l I.
PASSWORD_SIGNS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # noqa: S105 -- an alphabet

NAME_LIMIT = 100
EMAIL_LIMIT = 254
_USER = re.compile(r"[a-z][a-z0-9._-]{2,63}")
_EMAIL = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]"
)
_LOCAL_PART_LIMIT = 64


class AccountState(StrEnum):
    """Where an account stands; ``label`` is what pages show."""

    REGISTERED = "registered"
    ACTIVE = "active"

    @property
    def label(self) -> str:
        """Return the words that pages show."""
        return {"registered": "Chờ kích hoạt", "active": "Đang hoạt động"}[self.value]


class AccountEvent(StrEnum):
    """What can happen to an account.

    ``register`` and ``seed`` begin its life and therefore stand in no row of the table. Signing in
    and out changes nothing about the account and is no event of it.
    """

    REGISTER = "register"
    SEED = "seed"
    RENEW_CODE = "renew-code"
    MISTYPE_CODE = "mistype-code"
    ACTIVATE = "activate"


BEGINNINGS = frozenset({AccountEvent.REGISTER, AccountEvent.SEED})

ACCOUNT = Machine[AccountState, AccountEvent](
    "account",
    [
        (AccountState.REGISTERED, AccountEvent.MISTYPE_CODE, AccountState.REGISTERED),
        (AccountState.REGISTERED, AccountEvent.RENEW_CODE, AccountState.REGISTERED),
        (AccountState.REGISTERED, AccountEvent.ACTIVATE, AccountState.ACTIVE),
    ],
)


@dataclass(frozen=True, slots=True)
class EmailAddress:
    """An e-mail address in lower case, as mail servers treat it; one account per address [S]."""

    value: str

    @classmethod
    def parse(cls, text: str) -> "EmailAddress":
        """Read an address, or raise ``BadInput``."""
        address = text.strip().lower()
        local = address.partition("@")[0]
        if (
            len(address) > EMAIL_LIMIT
            or len(local) > _LOCAL_PART_LIMIT
            or not _EMAIL.fullmatch(address)
        ):
            raise BadInput(
                "Thư điện tử chưa đúng. Hãy nhập dạng ten@tenmien.vn, không có dấu.",
                {"email": "not an e-mail address"},
            )
        return cls(address)

    def __str__(self) -> str:
        """Return the address."""
        return self.value


def full_name_from(text: str) -> str:
    """Return a person's name with single spaces and composed accents, or raise ``BadInput``."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    letters = [sign for sign in name if sign not in " .'’-"]
    if not letters or not all(sign.isalpha() for sign in letters) or len(name) > NAME_LIMIT:
        raise BadInput(
            f"Họ và tên chỉ gồm chữ cái và dấu cách, tối đa {NAME_LIMIT} ký tự.",
            {"full_name": "letters only"},
        )
    return name


def user_name_key(text: str) -> str:
    """Return a user name as it is compared: without spaces around it and in lower case."""
    return text.strip().lower()


def user_name_from(text: str, own_number: IdNumber | None = None) -> str:
    """Read a user name chosen by hand (seeds only), or raise ``BadInput``.

    A name of digits only may only be the person's own number, so that nobody takes the name that
    registration will make for somebody else.
    """
    user = user_name_key(text)
    own = own_number is not None and user == own_number.value
    if not own and not _USER.fullmatch(user):
        raise BadInput(
            "Tên đăng nhập gồm 3 đến 64 chữ cái không dấu, chữ số, dấu chấm, gạch nối; "
            "bắt đầu bằng chữ cái.",
            {"user": "3 to 64 of a-z 0-9 . _ -, first a letter; or the person's own number"},
        )
    return user


def first_password(ids: Ids) -> str:
    """Draw the password that the first mail carries: easy to copy, hard to guess (69 bits)."""
    last = len(PASSWORD_SIGNS) - 1
    return "".join(
        PASSWORD_SIGNS[ids.number("first-password", 0, last)] for _ in range(PASSWORD_LENGTH)
    )


@dataclass(frozen=True, slots=True)
class Holder:
    """The citizen whom an account belongs to, as told at registration."""

    full_name: str
    id_number: IdNumber
    email: EmailAddress
    phone: PhoneNumber


class Verdict(StrEnum):
    """What came of comparing a typed code with the one that was sent."""

    FITS = "fits"
    WRONG = "wrong"
    EXPIRED = "expired"
    SPENT = "spent"


@dataclass(frozen=True, slots=True)
class ActivationCode:
    """The digits that prove that mail or phone reach the citizen."""

    digits: str
    made_at: datetime
    tries_left: int = CODE_TRIES

    @classmethod
    def draw(cls, ids: Ids, at: datetime) -> "ActivationCode":
        """Make a fresh code."""
        return cls(ids.digits("activation-code", CODE_LENGTH), at)

    @property
    def expires_at(self) -> datetime:
        """Return the first moment at which the code is too old."""
        return self.made_at + CODE_LIFE

    def judge(self, typed: str, at: datetime) -> Verdict:
        """Compare; a spent or expired code fits nothing, not even itself."""
        if self.tries_left <= 0:
            return Verdict.SPENT
        if at >= self.expires_at:
            return Verdict.EXPIRED
        plain = "".join(typed.split())
        fits = compare_digest(plain.encode("utf-8", "replace"), self.digits.encode())
        return Verdict.FITS if fits else Verdict.WRONG


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """One line of an account's history; ``by`` names who did it, ``before`` is ``None`` at birth.

    ``seq`` counts from 1 within the account.
    """

    account: str
    seq: int
    event: AccountEvent
    before: AccountState | None
    after: AccountState
    at: datetime
    by: str


BY_CITIZEN = "citizen"
BY_CONTROL_ROOM = "control-room"


@dataclass(frozen=True, slots=True)
class Account:
    """A citizen's account. Every change returns a new one together with its line of history.

    ``user`` is the name to sign in with. It never changes [S: FAQ 36] while the e-mail may, so
    registration makes it from the number of the identity paper (ours). ``code`` is there while the
    account waits to be activated. ``version`` is the number of lines in the history.
    """

    id: str
    user: str
    holder: Holder
    password_hash: str
    state: AccountState
    code: ActivationCode | None
    version: int

    @property
    def is_active(self) -> bool:
        """Tell whether the citizen may use the portal with it."""
        return self.state is AccountState.ACTIVE

    @classmethod
    def register(
        cls, account_id: str, holder: Holder, password_hash: str, code: ActivationCode
    ) -> tuple["Account", AccountEntry]:
        """Begin an account that waits for its activation code."""
        account = cls(
            id=account_id,
            user=holder.id_number.value,
            holder=holder,
            password_hash=password_hash,
            state=AccountState.REGISTERED,
            code=code,
            version=1,
        )
        return account, account._birth(AccountEvent.REGISTER, code.made_at, BY_CITIZEN)

    @classmethod
    def seed(
        cls, account_id: str, user: str, holder: Holder, password_hash: str, at: datetime
    ) -> tuple["Account", AccountEntry]:
        """Begin an account that is active at once, for tests, lessons and load."""
        account = cls(
            id=account_id,
            user=user,
            holder=holder,
            password_hash=password_hash,
            state=AccountState.ACTIVE,
            code=None,
            version=1,
        )
        return account, account._birth(AccountEvent.SEED, at, BY_CONTROL_ROOM)

    def judge_code(self, typed: str, at: datetime) -> Verdict:
        """Compare what the citizen typed with the code that was sent; changes nothing."""
        return self.code.judge(typed, at) if self.code else Verdict.SPENT

    def activate(self, at: datetime) -> tuple["Account", AccountEntry]:
        """Bring the account to life, or raise ``IllegalMove``."""
        return self._happen(AccountEvent.ACTIVATE, at, None)

    def mistype_code(self, at: datetime) -> tuple["Account", AccountEntry]:
        """Count a wrong code, or raise ``IllegalMove``."""
        code = self.code and replace(self.code, tries_left=max(0, self.code.tries_left - 1))
        return self._happen(AccountEvent.MISTYPE_CODE, at, code)

    def renew_code(self, code: ActivationCode) -> tuple["Account", AccountEntry]:
        """Put a fresh code in place, or refuse: not now, or too soon after the last one."""
        at = code.made_at
        ACCOUNT.after(self.state, AccountEvent.RENEW_CODE)
        if self.code and at < self.code.made_at + CODE_PAUSE:
            wait = self.code.made_at + CODE_PAUSE - at
            seconds = -(-wait // timedelta(seconds=1))
            raise CodeTooSoon(
                f"Mã kích hoạt vừa được gửi. Hãy chờ {seconds} giây rồi yêu cầu mã mới.",
                {"seconds": str(seconds)},
            )
        return self._happen(AccountEvent.RENEW_CODE, at, code)

    def _happen(
        self, event: AccountEvent, at: datetime, code: ActivationCode | None
    ) -> tuple["Account", AccountEntry]:
        after = ACCOUNT.after(self.state, event)
        changed = replace(self, state=after, code=code, version=self.version + 1)
        entry = AccountEntry(self.id, changed.version, event, self.state, after, at, BY_CITIZEN)
        return changed, entry

    def _birth(self, event: AccountEvent, at: datetime, by: str) -> AccountEntry:
        return AccountEntry(self.id, self.version, event, None, self.state, at, by)
