"""Payments, challenges and whole banks for tests: say only what the test is about."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from mock_bank.domain.otp import Challenge, ChallengeState
from mock_bank.domain.payment import Order, Payment, PaymentState
from mock_bank.domain.profile import BANKS
from mock_bank.service import BankService, open_service
from mock_bank.service.books import Wanted
from mock_bank.service.checkout import SignIn
from mock_bank.store.tables import METADATA
from mock_bank.store.work import BankWork
from simkit.core.captcha import CaptchaAnswer, CaptchaWrong
from simkit.core.clock import ICT
from simkit.runtime.clock import ClockMode, ClockState, WorldClock
from simkit.runtime.ids import SeededIds
from simkit.storage.database import Database
from simkit.storage.outbox import AgendaTable, OutboxTable, outbox_listing

A_MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=ICT)
A_BROWSER = "browser-1"
A_PASSWORD = "Mat-khau-1"
VCB = BANKS[0]


def an_order(  # noqa: PLR0913 - a builder names everything that a test may care about
    request_id: str = "req-1",
    *,
    amount: int = 150_000,
    bank: str = VCB.code,
    reference: str = "PP0001",
    expires_at: datetime = A_MORNING + timedelta(minutes=15),
    description: str = "THANH TOAN HO SO H24.1",
) -> Order:
    """Return an unremarkable order of the gateway, but for what is given."""
    return Order(
        request_id=request_id,
        bank=bank,
        amount=amount,
        description=description,
        reference=reference,
        expires_at=expires_at,
        return_url="http://gateway.test/thanh-toan/abc/ket-qua",
        notice_url="http://gateway.test/bank/notices",
    )


def an_order_body(**changes: object) -> dict[str, object]:
    """Return the JSON of an order, but for what is given."""
    return {
        "request_id": "req-1",
        "bank": VCB.code,
        "amount": 150_000,
        "currency": "VND",
        "description": "THANH TOAN HO SO H24.1",
        "reference": "PP0001",
        "expires_at": "2026-11-23T09:15:00+07:00",
        "return_url": "http://gateway.test/thanh-toan/abc/ket-qua",
        "notice_url": "http://gateway.test/bank/notices",
    } | changes


def a_payment(order: Order | None = None, *, state: PaymentState = PaymentState.PENDING) -> Payment:
    """Return a payment in that state, with nothing else of it filled in."""
    chosen = order or an_order()
    return Payment(chosen, f"token-of-{chosen.request_id}", A_MORNING, state=state)


def a_challenge(
    code: str = "482913",
    *,
    misses: int = 0,
    state: ChallengeState = ChallengeState.OPEN,
) -> Challenge:
    """Return a challenge that was sent just now."""
    return Challenge(code, A_MORNING, VCB.otp[0], misses=misses, state=state)


def a_wanted(  # noqa: PLR0913 - a builder names everything that a test may care about
    user: str = "0912345678",
    *,
    name: str = "Nguyễn Thị An",
    phone: str = "0912345678",
    password: str = A_PASSWORD,
    bank: str = VCB.code,
    balance: int = 1_000_000,
    magic: int | None = None,
) -> Wanted:
    """Return an unremarkable customer to be put in place."""
    return Wanted(name, phone, user, password, bank, balance, magic)


class PlainPasswords:
    """Hashes by a mark: quick, and wrong passwords are still wrong."""

    def hash(self, password: str) -> str:
        """Return the marked word."""
        return f"hash of {password}"

    def matches(self, password: str, hashed: str | None) -> bool:
        """Tell whether it fits."""
        return hashed == f"hash of {password}"


class OneAnswer:
    """Every picture shows the same; each token counts once."""

    RIGHT = "13579"

    def __init__(self) -> None:
        """Start with no token used."""
        self._used: set[str] = set()

    def check(self, answer: CaptchaAnswer) -> None:
        """Return, or raise ``CaptchaWrong``."""
        used = answer.token in self._used
        self._used.add(answer.token)
        if used or answer.text != self.RIGHT:
            raise CaptchaWrong("Mã bảo mật không đúng.")


@dataclass
class Desk:
    """A whole bank over a real store, with a clock that is moved by hand."""

    service: BankService
    work: BankWork
    database: Database
    clock: WorldClock
    pictures: int = field(default=0)

    def later(self, **by: float) -> None:
        """Move the time on."""
        self.clock.freeze(self.clock.now() + timedelta(**by))

    def order(self, request_id: str = "req-1", *, amount: int = 150_000) -> Payment:
        """Place an order that ends in a quarter of an hour."""
        ends = self.clock.now() + timedelta(minutes=15)
        order = an_order(request_id, amount=amount, expires_at=ends)
        return self.service.orders.place(order)[0]

    def typed(
        self,
        user: str = "0912345678",
        password: str = A_PASSWORD,
        picture: str = OneAnswer.RIGHT,
    ) -> SignIn:
        """Return what a person types under a new picture."""
        self.pictures += 1
        return SignIn(user, password, CaptchaAnswer(f"picture-{self.pictures}", picture))

    def sign_in(self, token: str, browser: str = A_BROWSER, user: str = "0912345678") -> None:
        """Sign in without a mistake."""
        self.service.checkout.sign_in(token, browser, self.typed(user))

    def to_the_code(self, token: str, browser: str = A_BROWSER) -> str:
        """Go up to the last page and return the code that was sent."""
        self.sign_in(token, browser)
        self.service.checkout.agree(token, browser, ticked=True)
        return self.code(token)

    def code(self, token: str) -> str:
        """Return the code sent last."""
        with self.work.read() as unit:
            challenge = unit.payments.challenge(token)
        assert challenge is not None
        return challenge.code

    def balance(self, user: str = "0912345678", bank: str = VCB.code) -> int:
        """Return what a customer has, in đồng."""
        with self.work.read() as unit:
            customer = unit.customers.find(bank, user)
            assert customer is not None
            return unit.ledger.balance(customer.account)

    def outbox(self, kind: str) -> list[str]:
        """Return the keys of the messages of a kind, the oldest first."""
        with self.database.read() as sql:
            return [each["key"] for each in outbox_listing(sql) if each["kind"] == kind]

    def agenda(self) -> int:
        """Return how many things are still to happen by themselves."""
        with self.database.read() as sql:
            return int(sql.rows("SELECT count(*) FROM sim_agenda")[0][0])


def a_desk(folder: Path, *customers: Wanted, seed: str = "desk") -> Desk:
    """Return a bank in that (empty) folder with these customers; without any, one unremarkable."""
    database = Database.create(folder / "bank.sqlite3", METADATA, durable=False)
    clock = WorldClock(ClockState(ClockMode.FROZEN, at=A_MORNING))
    ids = SeededIds(seed)
    work = BankWork(
        database,
        lambda sql: OutboxTable(sql, clock.now, _nobody, str),
        lambda sql: AgendaTable(sql, _nobody),
    )
    service = open_service(
        work,
        clock,
        ids,
        captchas=OneAnswer(),
        passwords=PlainPasswords(),
        own_url=lambda path: f"http://bank.test{path}",
    )
    service.books.open_banks()
    service.books.seed(customers or (a_wanted(),))
    return Desk(service, work, database, clock)


def _nobody() -> None:
    """Wake nobody: in these tests nothing is delivered."""
