"""The portal's core of dossiers on a real store, with a platform, clock and captchas of its own."""

import json
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from mock_portal.domain.dossier import Dossier, DossierEvent
from mock_portal.domain.fee import Order
from mock_portal.domain.platform import OK, Payee, PlatformNotice, read_query_answer
from mock_portal.ports.payments import InitAnswer
from mock_portal.service.deliveries import DeliveryService, DeliveryTools
from mock_portal.service.desk import DeskService, DeskTools
from mock_portal.service.dossier_letters import DossierLetters
from mock_portal.service.dossiers import DossierService
from mock_portal.service.filing import DossierTools, Filing
from mock_portal.service.payments import PaymentService, PaymentTools
from mock_portal.service.reconciling import FEE_QUERY, ReconcileService
from mock_portal.store.dossier_tables import add_dossier_tables
from mock_portal.store.dossier_unit import SqlDossierUnit
from mock_portal.store.files import BlobFiles
from mock_portal.store.work import SqlWork
from simkit.core.captcha import CaptchaAnswer, CaptchaWrong
from simkit.core.errors import NeighbourDown
from simkit.core.messages import Agenda, Due, Message, Outbox, Receipt
from simkit.runtime.ids import SeededIds
from simkit.storage.blobs import Blobs
from simkit.storage.database import Database
from simkit.storage.outbox import AgendaTable, OutboxTable, due_appointment, strike
from simkit.storage.sql import Sql
from simkit.storage.tables import house_metadata
from tests.builders.dossiers import (
    A_MORNING,
    PARTNER,
    a_filing,
    a_query_answer,
    a_site,
    an_official,
    database_path,
)

OWNER = "acc-1"


@dataclass
class HandClock:
    """A clock that is moved by hand."""

    at: datetime = A_MORNING

    def now(self) -> datetime:
        """Return the present moment."""
        return self.at

    def advance(self, span: timedelta) -> None:
        """Move on."""
        self.at += span


class KnownCaptchas:
    """Takes «12345» under any picture."""

    def check(self, answer: CaptchaAnswer) -> None:
        """Return, or refuse."""
        if answer.text != "12345":
            raise CaptchaWrong("Mã bảo mật không đúng.")


@dataclass
class PlatformInMemory:
    """A Payment Platform that remembers orders and says of each what the test sets.

    ``state`` is TrangThaiGD for every QUERY; ``down`` makes it silent; ``refuses`` is the MaLoi
    of every INIT.
    """

    orders: dict[str, Order] = field(default_factory=dict)
    payees: list[Payee] = field(default_factory=list)
    state: int = 3
    down: bool = False
    refuses: str = OK
    queries: int = 0

    def init(self, order: Order, payee: Payee) -> InitAnswer:
        """Take the order, or not."""
        self._answer()
        self.payees.append(payee)
        if self.refuses != OK:
            return InitAnswer(self.refuses, text="Đang bảo trì")
        self.orders[order.reference] = order
        return InitAnswer(OK, f"http://gateway.test/pay/{order.reference}")

    def query(self, order: Order) -> PlatformNotice | None:
        """Say how an order stands."""
        self._answer()
        self.queries += 1
        if order.reference not in self.orders:
            return None
        return read_query_answer(a_query_answer(order, self.state))

    def _answer(self) -> None:
        if self.down:
            raise NeighbourDown("Hệ thống liên quan không trả lời.", {"neighbour": "gateway"})


class Rig:
    """Services over one store; ``close()`` it."""

    def __init__(self, folder: Path, file_limit: int = 4096) -> None:
        """Make an empty store in ``folder``."""
        metadata = house_metadata()
        add_dossier_tables(metadata)
        self.database = Database.create(database_path(folder), metadata, durable=False)
        self.clock = HandClock()
        self.platform = PlatformInMemory()
        self.asked = 0
        self.site = a_site()
        self.blobs = Blobs(folder / "blobs")
        self.ids = SeededIds("rig")
        work = SqlWork(self.database, self._unit)
        self.work = work
        letters = DossierLetters(self.site, lambda code: f"http://portal.test/ho-so/{code}")
        files = BlobFiles(self.blobs)
        self.deliveries = DeliveryService(DeliveryTools(work, self.site, letters, self.clock))
        self.dossiers = DossierService(
            DossierTools(
                work=work,
                site=self.site,
                files=files,
                letters=letters,
                captchas=KnownCaptchas(),
                clock=self.clock,
                ids=self.ids,
                file_limit=file_limit,
            )
        )
        self.payments = PaymentService(
            PaymentTools(work, self.site, self.platform, PARTNER, letters, self.clock, self.ids)
        )
        self.reconciling = ReconcileService(self.payments)
        self.desk = DeskService(
            DeskTools(work, self.site, files, letters, self.deliveries, self.clock)
        )

    def _unit(self, sql: Sql) -> SqlDossierUnit:
        return SqlDossierUnit(sql, self._outbox, self._agenda)

    def _outbox(self, sql: Sql) -> Outbox:
        return OutboxTable(sql, self.clock.now, lambda: None, lambda: "00-rig")

    def _agenda(self, sql: Sql) -> Agenda:
        return AgendaTable(sql, lambda: None)

    def close(self) -> None:
        """Close the store."""
        self.database.close()

    # -- shortcuts ----------------------------------------------------------------------------

    def sent(self, filing: Filing | None = None, owner: str = OWNER) -> Dossier:
        """Save and send a dossier."""
        saved = self.dossiers.save(owner, filing or a_filing())
        return self.dossiers.send(owner, saved.dossier.ref)

    def carried_to(self, dossier: Dossier, *events: DossierEvent) -> Dossier:
        """Let an officer with every role take these steps."""
        officer = an_official(unit=dossier.unit)
        for event in events:
            dossier = self.desk.happen(dossier.code, event, officer, "vì thiếu giấy tờ")
        return dossier

    def approved(self, filing: Filing | None = None) -> Dossier:
        """Carry a new dossier to «Đã xử lý xong»."""
        return self.carried_to(
            self.sent(filing), DossierEvent.RECEIVE, DossierEvent.START, DossierEvent.APPROVE
        )

    def an_offered_order(self, dossier: Dossier) -> Order:
        """Start a new payment and return its order; what was open before ends without money."""
        self.end_what_is_open(dossier)
        before = set(self.platform.orders)
        self.payments.start(OWNER, dossier.code)
        (reference,) = set(self.platform.orders) - before
        return replace(self.platform.orders[reference])

    def end_what_is_open(self, dossier: Dossier) -> None:
        """Let the platform say that the open orders of a dossier were not paid."""
        view = self.payments.page(OWNER, dossier.code)
        for order in view.orders:
            if order.state.is_open:
                self.payments.hear_answer(read_query_answer(a_query_answer(order, 4)))

    def messages(self, kind: str | None = None) -> list[Message]:
        """Return what is in the outbox, the oldest first."""
        with self.database.read() as sql:
            found = sql.rows('SELECT kind, "key", "to", body, about FROM sim_outbox ORDER BY id')
        messages = [Message(r[0], r[1], r[2], json.loads(r[3]), r[4]) for r in found]
        return [each for each in messages if kind in {None, each.kind}]

    # -- what happens by itself ---------------------------------------------------------------

    def appointment(self) -> tuple[int, Due] | None:
        """Return the next thing on the agenda, be it due or not."""
        with self.database.read() as sql:
            return due_appointment(sql, self.clock.now() + timedelta(days=365))

    def wait(self, span: timedelta) -> None:
        """Move the clock on; what is on the agenda until then happens in order."""
        until = self.clock.now() + span
        while (found := self.appointment()) is not None and found[1].due <= until:
            row, due = found
            self.clock.at = max(self.clock.at, due.due)
            with self.database.write() as sql:
                strike(sql, row)
                self.reconciling.ask(due)
            self.ask_platform()
        self.clock.at = until

    def ask_platform(self) -> None:
        """Deliver the questions that are in the outbox, in order; they stay there."""
        asked = self.messages(FEE_QUERY)[self.asked :]
        self.asked += len(asked)
        for message in asked:
            self.reconciling.answered(message, self._receipt(message))

    def _receipt(self, message: Message) -> Receipt:
        order = self.platform.orders.get(str(message.body["MaThamChieu"]))
        if self.platform.down:
            return Receipt(accepted=False, detail="neighbour-down")
        if order is None:
            return Receipt(accepted=True, answer={"MaLoi": "05"})
        self.platform.queries += 1
        return Receipt(accepted=True, answer=a_query_answer(order, self.platform.state))
