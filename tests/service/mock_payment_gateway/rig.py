"""The service on a real store, with a bank that does what a test says."""

import json
from collections.abc import Sequence
from pathlib import Path

from mock_payment_gateway.domain.bank import Bank, BankState, BankWord
from mock_payment_gateway.domain.payment import Payment
from mock_payment_gateway.domain.platform import Fields, Init
from mock_payment_gateway.domain.refund import Refund, RefundState
from mock_payment_gateway.service import GatewayService
from mock_payment_gateway.store import StoredWork
from mock_payment_gateway.store.tables import METADATA
from simkit.core.errors import NeighbourDown
from simkit.runtime.ids import SeededIds
from simkit.storage.database import Database
from simkit.storage.outbox import AgendaTable, OutboxTable
from tests.builders.gateway import (
    NOTICE_SECRET,
    REFERENCE,
    RIVER_BANK,
    SEA_BANK,
    MovableClock,
    a_partner,
    an_init,
)


class ObedientBank:
    """A bank in memory: it keeps what it is asked for and says what the test tells it to."""

    def __init__(self) -> None:
        """Begin with two banks and no payments."""
        self.down = False
        self.loses_its_answer = False  # creates the payment, and then the line breaks
        self.created: dict[str, tuple[str, str]] = {}
        self.calls = 0
        self.words: dict[str, BankWord] = {}
        self.refunds: dict[str, int] = {}
        self.refund_state = RefundState.PENDING

    def banks(self) -> Sequence[Bank]:
        """Return both banks."""
        self._answer()
        return [SEA_BANK, RIVER_BANK]

    def create(self, payment: Payment, *, return_url: str, notice_url: str) -> str:
        """Keep the request; the same request again changes nothing."""
        self._answer()
        self.calls += 1
        self.created.setdefault(payment.request_id, (return_url, notice_url))
        self.words.setdefault(
            payment.request_id,
            BankWord(payment.request_id, BankState.PENDING, "", "", payment.amount),
        )
        if self.loses_its_answer:
            raise NeighbourDown("Hết thời gian chờ ngân hàng.")
        return f"http://bank.test/pay/{payment.request_id}"

    def ask(self, payment: Payment) -> BankWord:
        """Say what the test wants said."""
        self._answer()
        return self.words[payment.request_id]

    def refund(self, refund: Refund, payment: Payment) -> RefundState:
        """Keep the refund and say what the test wants said."""
        self._answer()
        assert payment.request_id in self.created
        self.refunds[refund.refund_id] = refund.amount
        return self.refund_state

    def _answer(self) -> None:
        if self.down:
            raise NeighbourDown("Ngân hàng không trả lời.")


class TestAddresses:
    """Addresses under a name that nobody has."""

    __test__ = False

    def pay_page(self, token: str) -> str:
        """Return the page of an order."""
        return f"http://gateway.test/thanh-toan/{token}"

    def return_page(self, token: str) -> str:
        """Return the way back from the bank."""
        return f"http://gateway.test/thanh-toan/{token}/ket-qua"

    def receipt(self, token: str) -> str:
        """Return the receipt of an order."""
        return f"http://gateway.test/bien-lai/{token}.pdf"

    def notices(self) -> str:
        """Return where notices go."""
        return "http://gateway.test/bank/notices"


class Notebook:
    """Keeps what the service says to the journal."""

    def __init__(self) -> None:
        """Begin empty."""
        self.lines: list[tuple[str, str]] = []

    def say(self, about: str, words: str) -> None:
        """Keep a line."""
        self.lines.append((about, words))


class Rig:
    """Everything around the service, at hand."""

    def __init__(self, folder: Path) -> None:
        """Open a store in ``folder``; the vector's partner is registered."""
        self.clock = MovableClock()
        self.bank = ObedientBank()
        self.notes = Notebook()
        self.database = Database.create(folder / "gateway.sqlite3", METADATA, durable=False)
        work = StoredWork(
            self.database,
            outbox=lambda sql: OutboxTable(sql, self.clock.now, lambda: None, lambda: ""),
            agenda=lambda sql: AgendaTable(sql, lambda: None),
            standing={},
        )
        self.service = GatewayService(
            work,
            self.bank,
            TestAddresses(),
            self.clock,
            SeededIds("test"),
            notice_secret=NOTICE_SECRET,
            notes=self.notes,
        )
        self.service.register([a_partner()])

    def close(self) -> None:
        """Close the store."""
        self.database.close()

    def init(self, reference: str = REFERENCE) -> str:
        """Open an order and return its token."""
        return token_of(self.service.init(Init.read(an_init(MaThamChieu=reference)))[0])

    def at_bank(self, reference: str = REFERENCE) -> tuple[str, str]:
        """Open an order, choose a bank and return token and request id."""
        token = self.init(reference)
        self.service.choose(token, SEA_BANK.code)
        return token, self.payment(token).request_id

    def payment(self, token: str) -> Payment:
        """Return an order as it is now."""
        return self.service.order(token).payment

    def says(self, request_id: str, state: BankState, code: str = "00") -> BankWord:
        """Have the bank hold this of a payment from now on."""
        word = BankWord(request_id, state, code, "FT1", 150_000)
        self.bank.words[request_id] = word
        return word

    def outbox(self, kind: str = "confirm") -> list[dict[str, object]]:
        """Return the bodies of the messages of a kind, the oldest first."""
        with self.database.read() as sql:
            rows = sql.rows("SELECT body FROM sim_outbox WHERE kind = ? ORDER BY id", (kind,))
        return [json.loads(row[0]) for row in rows]

    def agenda(self) -> list[tuple[str, str]]:
        """Return what is on the agenda: key and due moment."""
        with self.database.read() as sql:
            return [(row[0], row[1]) for row in sql.rows("SELECT key, due FROM sim_agenda")]


def token_of(answer: Fields) -> str:
    """Return the token in the address that an INIT was answered with."""
    return str(answer["UrlThanhToan"]).rpartition("/")[2]


def a_notice(word: BankWord) -> bytes:
    """Return the bytes of a notice."""
    return json.dumps(
        {
            "request_id": word.request_id,
            "state": word.state,
            "code": word.code,
            "bank_ref": word.bank_ref,
            "amount": word.amount,
            "paid_at": None,
        }
    ).encode()
