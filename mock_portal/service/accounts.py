"""What citizens and officers ask about themselves: to register, to be let in, who they are."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from mock_portal.domain.account import (
    Account,
    AccountEntry,
    ActivationCode,
    Holder,
    Verdict,
    first_password,
    user_name_key,
)
from mock_portal.domain.errors import (
    AccountNotActive,
    ActivationCodeExpired,
    ActivationCodeWrong,
    CitizenNotSignedIn,
    OfficerNotSignedIn,
    SignInRefused,
)
from mock_portal.domain.officer import Officer, OfficerRole
from mock_portal.ports import Work
from mock_portal.ports.accounts import AccountUnit, Passwords
from mock_portal.service.account_letters import AccountLetters
from simkit.core.captcha import CaptchaAnswer, Captchas
from simkit.core.chance import Ids
from simkit.core.clock import Clock

WRONG_PASSWORD = "sai tên đăng nhập hoặc mật khẩu"  # noqa: S105 -- the sentence of the real portal
"""What the page says, whichever of the two is wrong."""


@dataclass(frozen=True, slots=True)
class SeedAccount:
    """A citizen to be put in place with an active account."""

    user: str
    holder: Holder
    password: str


@dataclass(frozen=True, slots=True)
class SeedOfficer:
    """An officer to be put in place."""

    user: str
    full_name: str
    unit: str | None
    roles: frozenset[OfficerRole]
    password: str


@dataclass(frozen=True, slots=True)
class Seeded:
    """How many people a seed made, and how many were there before."""

    accounts_made: int = 0
    accounts_known: int = 0
    officers_made: int = 0
    officers_known: int = 0


@dataclass(frozen=True, slots=True)
class AccountTools:
    """What ``AccountService`` is built with."""

    work: Work[AccountUnit]
    letters: AccountLetters
    captchas: Captchas
    passwords: Passwords
    clock: Clock
    ids: Ids


@dataclass(frozen=True, slots=True)
class AccountService:
    """The use cases of accounts. Knows no HTTP and no SQL.

    Passwords are hashed and compared outside units of work: it takes long by design, and nobody
    else should wait for it.
    """

    tools: AccountTools = field(repr=False)

    def register(self, holder: Holder, captcha: CaptchaAnswer) -> Account:
        """Begin an account and send its user name, first password and activation code.

        Raises ``CaptchaWrong``, ``EmailTaken`` or ``IdNumberTaken``; nothing is sent then.
        """
        tools = self.tools
        tools.captchas.check(captcha)
        password = first_password(tools.ids)
        hashed = tools.passwords.hash(password)
        code = ActivationCode.draw(tools.ids, tools.clock.now())
        account, entry = Account.register(tools.ids.token("account"), holder, hashed, code)
        with tools.work.write() as unit:
            unit.accounts.add(account, entry)
            for message in tools.letters.welcome(account, code, password):
                unit.outbox.put(message)
        return account

    def activate(self, account_id: str, typed: str) -> Account:
        """Bring an account to life with the code from mail or SMS.

        Raises ``ActivationCodeWrong`` (and counts it), ``ActivationCodeExpired`` or ``IllegalMove``
        when the account is active already.
        """
        now = self.tools.clock.now()
        with self.tools.work.write() as unit:
            account = _existing(unit, account_id)
            verdict = account.judge_code(typed, now)
            if verdict is Verdict.FITS or account.is_active:
                changed, entry = account.activate(now)
                unit.accounts.change(changed, entry)
            elif verdict is Verdict.WRONG:
                changed, entry = account.mistype_code(now)
                unit.accounts.change(changed, entry)
            else:
                changed = account
        # Refused after the unit, because the count of wrong tries must stay.
        _refuse_unless_fits(verdict, changed)
        return changed

    def send_new_code(self, account_id: str) -> Account:
        """Replace the activation code and send the new one, or refuse with ``CodeTooSoon``."""
        code = ActivationCode.draw(self.tools.ids, self.tools.clock.now())
        with self.tools.work.write() as unit:
            account, entry = _existing(unit, account_id).renew_code(code)
            unit.accounts.change(account, entry)
            for message in self.tools.letters.new_code(account, code):
                unit.outbox.put(message)
        return account

    def sign_in(self, user: str, password: str) -> Account:
        """Return the citizen who has that user name and password, or raise ``SignInRefused``.

        The account may still wait for activation; the caller asks ``is_active``.
        """
        with self.tools.work.read() as unit:
            account = unit.accounts.of_user(user_name_key(user))
        hashed = account.password_hash if account else None
        if not self.tools.passwords.matches(password, hashed) or account is None:
            raise SignInRefused(WRONG_PASSWORD)
        return account

    def known(self, account_id: str | None) -> Account:
        """Return the account of that id, active or not, or raise ``CitizenNotSignedIn``."""
        if account_id is not None:
            with self.tools.work.read() as unit:
                account = unit.accounts.find(account_id)
            if account is not None:
                return account
        raise CitizenNotSignedIn("Bạn cần đăng nhập để tiếp tục.")

    def named(self, user: str) -> Account | None:
        """Return the account with that user name, or ``None``."""
        with self.tools.work.read() as unit:
            return unit.accounts.of_user(user_name_key(user))

    def citizen(self, account_id: str | None) -> Account:
        """Return the active account of that id, or refuse.

        Raises ``CitizenNotSignedIn`` or ``AccountNotActive``.
        """
        account = self.known(account_id)
        if not account.is_active:
            raise AccountNotActive("Tài khoản chưa kích hoạt. Hãy nhập mã kích hoạt để tiếp tục.")
        return account

    def history(self, account_id: str) -> list[AccountEntry]:
        """Return all that happened to an account, the oldest first."""
        with self.tools.work.read() as unit:
            return unit.accounts.history(account_id)

    def sign_in_officer(self, user: str, password: str) -> Officer:
        """Return the officer with that user name and password, or raise ``SignInRefused``."""
        with self.tools.work.read() as unit:
            officer = unit.officers.find(user_name_key(user))
        hashed = officer.password_hash if officer else None
        if not self.tools.passwords.matches(password, hashed) or officer is None:
            raise SignInRefused(WRONG_PASSWORD)
        return officer

    def officer(self, user: str | None) -> Officer:
        """Return the officer of that user name, or raise ``OfficerNotSignedIn``."""
        if user is not None:
            with self.tools.work.read() as unit:
                officer = unit.officers.find(user)
            if officer is not None:
                return officer
        raise OfficerNotSignedIn("Bạn cần đăng nhập bằng tài khoản cán bộ để tiếp tục.")

    def officers(self) -> list[Officer]:
        """Return every officer, by user name."""
        with self.tools.work.read() as unit:
            return unit.officers.all()

    def seed(
        self, accounts: Iterable[SeedAccount] = (), officers: Iterable[SeedOfficer] = ()
    ) -> Seeded:
        """Put people in place, all or none; whoever has the user name already is left as is.

        Equal passwords share one hash within a call, so that a load test's thousand citizens take
        no thousand hashes.
        """
        people, staff = list(accounts), list(officers)
        hashes = {
            password: self.tools.passwords.hash(password)
            for password in {each.password for each in people} | {each.password for each in staff}
        }
        now = self.tools.clock.now()
        made = officers_made = 0
        with self.tools.work.write() as unit:
            for each in people:
                if unit.accounts.of_user(each.user) is None:
                    account_id = self.tools.ids.token("account")
                    password_hash = hashes[each.password]
                    unit.accounts.add(
                        *Account.seed(account_id, each.user, each.holder, password_hash, now)
                    )
                    made += 1
            for one in staff:
                hashed = hashes[one.password]
                officers_made += unit.officers.add(
                    Officer(one.user, one.full_name, one.unit, one.roles, hashed)
                )
        return Seeded(made, len(people) - made, officers_made, len(staff) - officers_made)


def _existing(unit: AccountUnit, account_id: str) -> Account:
    account = unit.accounts.find(account_id)
    if account is None:
        raise CitizenNotSignedIn("Bạn cần đăng nhập để tiếp tục.")
    return account


def _refuse_unless_fits(verdict: Verdict, account: Account) -> None:
    """Raise what the verdict means for the citizen."""
    again = "Hãy bấm «Gửi lại mã kích hoạt» để nhận mã mới."
    if verdict is Verdict.WRONG:
        left = account.code.tries_left if account.code else 0
        then = f"Bạn còn {left} lần nhập." if left else again
        raise ActivationCodeWrong(f"Mã kích hoạt không đúng. {then}", {"tries_left": str(left)})
    if verdict is Verdict.EXPIRED:
        raise ActivationCodeExpired(f"Mã kích hoạt đã hết hạn. {again}")
    if verdict is Verdict.SPENT:
        raise ActivationCodeExpired(f"Mã kích hoạt đã bị nhập sai quá nhiều lần. {again}")
