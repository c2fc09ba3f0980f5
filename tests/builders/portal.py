"""A small city, and the topic of accounts over a real store, for tests."""

import json
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path

from mock_portal.domain.agency import Agency, AgencyKind, AgencyLevel, Certainty, Field
from mock_portal.domain.deadline import Shift, Term, TermUnit, WorkCalendar
from mock_portal.domain.procedure import (
    Channel,
    ChannelTerms,
    Component,
    Elsewhere,
    Fee,
    Procedure,
    ProcedureCertainty,
    ServiceLevel,
)
from mock_portal.domain.site import Contact, Edition, Hint, Site
from mock_portal.service.account_letters import AccountLetters
from mock_portal.service.accounts import AccountService, AccountTools
from mock_portal.store.accounts import SqlAccountUnit
from mock_portal.store.tables import portal_metadata
from mock_portal.store.work import SqlWork
from simkit.core.captcha import CaptchaAnswer, CaptchaWrong
from simkit.core.clock import ICT
from simkit.runtime.ids import SeededIds
from simkit.storage.database import Database
from simkit.storage.outbox import OutboxTable, outbox_listing
from simkit.storage.sql import Sql
from tests.builders.accounts import A_MONDAY

JUSTICE = "000.00.15.H24"
WARD = "000.01.40.H24"
_OURS = ProcedureCertainty(*[Certainty.OURS] * 6)


def an_agency(
    code: str = JUSTICE,
    name: str = "Sở Tư pháp",
    kind: AgencyKind = AgencyKind.DEPARTMENT,
    *,
    active: bool = True,
) -> Agency:
    """Return an unremarkable agency, but for what is given."""
    return Agency(
        code=code,
        name=name,
        kind=kind,
        address="Số 1, phố Mô Phỏng",
        phone="0225 000 2015",
        email="so@haiphong.example",
        certainty=Certainty.OURS,
        active=active,
    )


def a_component(key: str = "01", name: str = "Tờ khai", *, required: bool = True) -> Component:
    """Return a paper of a dossier."""
    return Component(key, name, form=None, originals=1, copies=0, required=required)


def a_procedure(  # noqa: PLR0913 -- each keyword is something that a test may be about
    code: str = "1.000001",
    name: str = "Đăng ký khai sinh",
    *,
    field: str = "ho-tich",
    service_level: ServiceLevel = ServiceLevel.FULL,
    level: AgencyLevel = AgencyLevel.DEPARTMENT,
    fee: int | None = 0,
    term: Term | None = Term(5, TermUnit.WORKING_DAYS),  # noqa: B008 -- frozen, hence shareable
    components: tuple[Component, ...] = (),
    elsewhere: Elsewhere | None = None,
    channels: tuple[Channel, ...] = tuple(Channel),
) -> Procedure:
    """Return a procedure of the department that can be filed online, but for what is given."""
    return Procedure(
        code=code,
        name=name,
        field=field,
        service_level=service_level,
        levels=(level,),
        former_levels=(),
        department=JUSTICE if level is AgencyLevel.DEPARTMENT else None,
        channels={each: ChannelTerms(term, Fee(fee)) for each in channels},
        components=components or (a_component(),),
        notes=(),
        result="Giấy khai sinh",
        result_codes=(),
        legal_basis=("Luật Hộ tịch 2014",),
        decision=None,
        late_after=None,
        elsewhere=elsewhere,
        certainty=_OURS,
    )


def a_site(*procedures: Procedure, hints: tuple[Hint, ...] = ()) -> Site:
    """Return a city with one department and one ward; without procedures it has a birth only."""
    return Site(
        key="nho",
        name="Thành phố Nhỏ",
        title="Cổng dịch vụ công thành phố Nhỏ",
        level1="H24",
        editions=(Edition("classic", "Một cửa", "number"),),
        contact=Contact("0225 000 1022", "ho-tro@nho.example", "Số 1", "Giờ hành chính"),
        calendar=WorkCalendar(
            (Shift(time(7), time(11, 30)), Shift(time(13, 30), time(17))),
            frozenset(),
            frozenset(),
            2020,
            2030,
        ),
        agencies=(
            an_agency(),
            an_agency(WARD, "Phường Thành Đông", AgencyKind.WARD),
            an_agency("000.00.21.H24", "Quận cũ", AgencyKind.FORMER_DISTRICT, active=False),
        ),
        fields=(
            Field("ho-tich", "Hộ tịch", JUSTICE),
            Field("dat-dai", "Đất đai", None),
        ),
        procedures=procedures or (a_procedure(),),
        hints=hints,
        notes=(),
    )


class QuickPasswords:
    """Passwords without the cost; counts the comparisons, so that tests see equal work."""

    def __init__(self) -> None:
        """Nothing was compared yet."""
        self.compared = 0
        self.hashed = 0

    def hash(self, password: str) -> str:
        """Return something that is not the password."""
        self.hashed += 1
        return f"hashed:{password}"

    def matches(self, password: str, hashed: str | None) -> bool:
        """Tell whether it fits."""
        self.compared += 1
        return hashed == f"hashed:{password}"


class CaptchaByHeart:
    """A security picture whose text everybody knows."""

    RIGHT = CaptchaAnswer("token", "12345")
    WRONG = CaptchaAnswer("token", "54321")

    def check(self, answer: CaptchaAnswer) -> None:
        """Refuse all but the right answer."""
        if answer != self.RIGHT:
            raise CaptchaWrong("Mã bảo mật không đúng.")


@dataclass
class MovableClock:
    """A clock that stands where the test puts it."""

    at: datetime = A_MONDAY

    def now(self) -> datetime:
        """Return that moment."""
        return self.at.astimezone(ICT)

    def advance(self, by: timedelta) -> None:
        """Move on."""
        self.at += by


@dataclass
class AccountStage:
    """The service of accounts over a real store, with everything around it in reach."""

    folder: Path
    site: Site = field(default_factory=a_site)
    clock: MovableClock = field(default_factory=MovableClock)
    passwords: QuickPasswords = field(default_factory=QuickPasswords)

    def __post_init__(self) -> None:
        """Open an empty store."""
        self.database = Database.create(
            self.folder / "portal.sqlite3", portal_metadata(), durable=False
        )
        self.work = SqlWork(self.database, self._unit)
        self.service = AccountService(
            AccountTools(
                work=self.work,
                letters=AccountLetters(self.site, "http://portal.test/kich-hoat"),
                captchas=CaptchaByHeart(),
                passwords=self.passwords,
                clock=self.clock,
                ids=SeededIds("test"),
            )
        )

    def _unit(self, sql: Sql) -> SqlAccountUnit:
        return SqlAccountUnit(
            sql, lambda sql: OutboxTable(sql, self.clock.now, lambda: None, lambda: "trace")
        )

    def messages(self, kind: str) -> list[dict[str, object]]:
        """Return the bodies of the messages of one kind, the oldest first."""
        with self.database.read() as sql:
            rows = sql.rows("SELECT body FROM sim_outbox WHERE kind = ? ORDER BY id", (kind,))
        return [json.loads(row[0]) for row in rows]

    def outbox(self) -> list[dict[str, object]]:
        """Return every message."""
        with self.database.read() as sql:
            return outbox_listing(sql)

    def close(self) -> None:
        """Close the store."""
        self.database.close()
