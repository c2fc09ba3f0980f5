"""A question in the Smart OTP app: somebody asks, the owner of the phone approves or refuses."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from mock_phone.domain.errors import IdTaken
from simkit.core.machine import Machine
from simkit.core.refs import PhoneNumber

LONGEST_TITLE = 120
LONGEST_LINE = 300
MOST_LINES = 12
LONGEST_ADDRESS = 500


class ApprovalState(StrEnum):
    """How a question stands."""

    PENDING = "pending"
    APPROVED = "approved"
    REFUSED = "refused"
    LAPSED = "lapsed"


class ApprovalEvent(StrEnum):
    """What can happen to it."""

    APPROVE = "approve"
    REFUSE = "refuse"
    LAPSE = "lapse"


APPROVAL = Machine[ApprovalState, ApprovalEvent](
    "approval",
    [
        (ApprovalState.PENDING, ApprovalEvent.APPROVE, ApprovalState.APPROVED),
        (ApprovalState.PENDING, ApprovalEvent.REFUSE, ApprovalState.REFUSED),
        (ApprovalState.PENDING, ApprovalEvent.LAPSE, ApprovalState.LAPSED),
    ],
)


@dataclass(frozen=True, slots=True)
class Question:
    """What a bank asks; ``id`` is its own and makes a repetition known.

    The answer goes to ``answer_url``, whatever time ``expires_at`` has come.
    """

    id: str
    to: PhoneNumber
    sender: str
    title: str
    lines: tuple[str, ...]
    expires_at: datetime
    answer_url: str


@dataclass(frozen=True, slots=True)
class Approval:
    """A question on the phone. ``seq`` counts the questions of the world from 1."""

    seq: int
    question: Question
    asked_at: datetime
    state: ApprovalState = ApprovalState.PENDING
    answered_at: datetime | None = None

    def at(self, now: datetime) -> "Approval":
        """Return the question as the time makes it: unanswered in time, it has lapsed."""
        if self.state is not ApprovalState.PENDING or now < self.question.expires_at:
            return self
        return replace(self, state=APPROVAL.after(self.state, ApprovalEvent.LAPSE))

    def answer(self, event: ApprovalEvent, now: datetime) -> "Approval":
        """Return the question after its answer, or raise ``IllegalMove``."""
        return replace(self, state=APPROVAL.after(self.state, event), answered_at=now)

    def must_be(self, question: Question) -> None:
        """Return if ``question`` repeats this one; raise ``IdTaken`` if it is another one."""
        if question != self.question:
            raise IdTaken(
                "Mã yêu cầu phê duyệt này đã dùng cho một yêu cầu khác.",
                {"id": "already used for another question"},
            )
