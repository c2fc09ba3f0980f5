"""A dossier (hồ sơ): its states as a table, who may do what, and what is remembered of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from mock_portal.domain.attachment import Attachment
from mock_portal.domain.delivery import HomeDelivery
from mock_portal.domain.errors import OtherUnit, ReasonMissing, ResultGoesByPost, RoleMissing
from mock_portal.domain.officer import Officer, OfficerRole
from simkit.core.machine import IllegalMove, Machine

REASON_LENGTH = 1000
"""The longest reason that a step may carry, in characters (ours)."""


class DossierState(StrEnum):
    """Where a dossier is: the national states that can be reached so far, and the draft before.

    Words and numbers are those of the national synchronisation, TrangThaiHoSo 1 to 10 [S].
    """

    DRAFT = "draft"
    NEW = "new"
    RECEIVED = "received"
    REFUSED = "refused"
    IN_PROCESS = "in-process"
    DONE = "done"
    RETURNED = "returned"

    @property
    def label(self) -> str:
        """Return the words that pages show."""
        return _STATES[self][1]

    @property
    def national(self) -> int:
        """Return TrangThaiHoSo; 0 for a draft, which no other system hears of."""
        return _STATES[self][0]


_STATES: Mapping[DossierState, tuple[int, str]] = {
    DossierState.DRAFT: (0, "Bản nháp"),
    DossierState.NEW: (1, "Mới đăng ký"),
    DossierState.RECEIVED: (2, "Được tiếp nhận"),
    DossierState.REFUSED: (3, "Không được tiếp nhận"),
    DossierState.IN_PROCESS: (4, "Đang xử lý"),
    DossierState.DONE: (9, "Đã xử lý xong"),
    DossierState.RETURNED: (10, "Đã trả kết quả"),
}


class DossierEvent(StrEnum):
    """What can happen to a dossier."""

    SUBMIT = "submit"
    RECEIVE = "receive"
    REFUSE = "refuse"
    START = "start-processing"
    APPROVE = "approve"
    HAND_OUT = "hand-out"
    DELIVER = "deliver"

    @property
    def label(self) -> str:
        """Return the words on the button, and in the history."""
        return _EVENTS[self]

    @property
    def needs_reason(self) -> bool:
        """Tell whether the citizen must be told why."""
        return self is DossierEvent.REFUSE


_EVENTS: Mapping[DossierEvent, str] = {
    DossierEvent.SUBMIT: "Gửi hồ sơ",
    DossierEvent.RECEIVE: "Tiếp nhận hồ sơ",
    DossierEvent.REFUSE: "Từ chối tiếp nhận",
    DossierEvent.START: "Bắt đầu xử lý",
    DossierEvent.APPROVE: "Phê duyệt kết quả",
    DossierEvent.HAND_OUT: "Trả kết quả",
    DossierEvent.DELIVER: "Bưu điện đã trả kết quả",
}

DOSSIER = Machine[DossierState, DossierEvent](
    "dossier",
    [
        (DossierState.DRAFT, DossierEvent.SUBMIT, DossierState.NEW),
        (DossierState.NEW, DossierEvent.RECEIVE, DossierState.RECEIVED),
        (DossierState.NEW, DossierEvent.REFUSE, DossierState.REFUSED),
        (DossierState.RECEIVED, DossierEvent.START, DossierState.IN_PROCESS),
        (DossierState.IN_PROCESS, DossierEvent.APPROVE, DossierState.DONE),
        (DossierState.DONE, DossierEvent.HAND_OUT, DossierState.RETURNED),
        (DossierState.DONE, DossierEvent.DELIVER, DossierState.RETURNED),
    ],
)

DESK: Mapping[DossierEvent, OfficerRole] = {
    DossierEvent.RECEIVE: OfficerRole.RECEPTION,
    DossierEvent.REFUSE: OfficerRole.RECEPTION,
    DossierEvent.START: OfficerRole.PROCESSING,
    DossierEvent.APPROVE: OfficerRole.LEADER,
    DossierEvent.HAND_OUT: OfficerRole.RETURNING,
}
"""What officers do, and the role that it takes; the other events come from citizen and post."""


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who asks (chủ hồ sơ); in a draft any of it may be empty or wrong."""

    full_name: str = ""
    id_number: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One thing that happened: ``seq`` counts from 1; ``who`` is a name or a house's name."""

    seq: int
    event: DossierEvent
    before: DossierState
    after: DossierState
    at: datetime
    who: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """A dossier, or the draft of one. Every change returns a new one.

    ``ref`` is its inner reference from the draft on. ``owner`` is the account that filed it, empty
    when a machine did. ``procedure`` and ``unit`` are codes of the site pack; a draft may have no
    unit yet. ``code`` is the dossier code, empty in a draft. Moments are aware.
    """

    ref: str
    owner: str
    procedure: str
    unit: str
    applicant: Applicant
    delivery: HomeDelivery | None
    created_at: datetime
    state: DossierState = DossierState.DRAFT
    code: str = ""
    submitted_at: datetime | None = None
    received_at: datetime | None = None
    due_at: datetime | None = None
    attachments: tuple[Attachment, ...] = ()
    history: tuple[HistoryRow, ...] = field(default=())

    @property
    def last(self) -> HistoryRow:
        """Return the newest row of the history; a draft has none."""
        return self.history[-1]

    def of_component(self, key: str) -> tuple[Attachment, ...]:
        """Return the files attached to one component, in the order in which they came."""
        return tuple(each for each in self.attachments if each.component == key)

    def attachment(self, ref: str) -> Attachment | None:
        """Return the file with that reference, or ``None``."""
        return next((each for each in self.attachments if each.ref == ref), None)

    def happen(self, event: DossierEvent, at: datetime, who: str, reason: str = "") -> "Dossier":
        """Return the dossier after ``event``, with one more row of history, or refuse."""
        after = DOSSIER.after(self.state, event)
        if event is DossierEvent.HAND_OUT and self.delivery is not None:
            raise ResultGoesByPost(
                "Công dân đã đăng ký nhận kết quả tại nhà; bưu điện sẽ trả kết quả.",
                {"state": self.state, "event": event},
            )
        if event is DossierEvent.DELIVER and self.delivery is None:
            raise IllegalMove(
                "Hồ sơ này trả kết quả tại bộ phận một cửa, không qua bưu điện.",
                {"state": self.state, "event": event},
            )
        row = HistoryRow(len(self.history) + 1, event, self.state, after, at, who, reason)
        return replace(self, state=after, history=(*self.history, row))

    def submitted(self, code: str, at: datetime, who: str) -> "Dossier":
        """Return the dossier as it is once it was sent and has its code."""
        return replace(self.happen(DossierEvent.SUBMIT, at, who), code=code, submitted_at=at)

    def events_for(self, officer: Officer) -> tuple[DossierEvent, ...]:
        """Return what that officer may do now, in the table's order; pages make buttons of it."""
        if not officer.sees(self.unit):
            return ()
        now = DOSSIER.events_from(self.state)
        return tuple(
            event
            for event, role in DESK.items()
            if event in now
            and officer.has(role)
            and not (event is DossierEvent.HAND_OUT and self.delivery is not None)
        )

    def decided(
        self, event: DossierEvent, officer: Officer, at: datetime, reason: str = ""
    ) -> "Dossier":
        """Return the dossier after an officer's step, or refuse what is not theirs to do."""
        if not officer.sees(self.unit):
            raise OtherUnit(
                "Hồ sơ này thuộc cơ quan khác. Hãy chuyển cho cán bộ của cơ quan đó.",
                {"unit": self.unit},
            )
        role = DESK.get(event)
        if role is None or not officer.has(role):
            raise RoleMissing(
                "Tài khoản cán bộ này không có quyền thực hiện bước xử lý đó.",
                {"event": event, "role": role or ""},
            )
        reason = reason.strip()
        if event.needs_reason and not reason:
            raise ReasonMissing(
                "Hãy ghi rõ lý do để thông báo cho công dân.", {"reason": "required"}
            )
        if len(reason) > REASON_LENGTH:
            raise ReasonMissing(
                f"Lý do dài quá {REASON_LENGTH} ký tự. Hãy viết ngắn hơn.", {"reason": "too long"}
            )
        return self.happen(event, at, officer.full_name, reason)

    def received(self, due_at: datetime | None) -> "Dossier":
        """Return the dossier with the day of reception and the day on which the result is due."""
        return replace(self, received_at=self.last.at, due_at=due_at)


@dataclass(frozen=True, slots=True)
class PublicFacts:
    """What anybody who knows the code may see: nothing about a person.

    ``submitted_at`` and ``due_at`` are ISO 8601 text, as stored and as sent.
    """

    code: str
    procedure: str
    unit: str
    state: DossierState
    submitted_at: str
    due_at: str | None
