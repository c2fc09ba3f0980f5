"""What one can ask of the phone: one method per thing that can be asked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mock_phone.domain.approval import APPROVAL, Approval, ApprovalEvent, Question
from mock_phone.domain.errors import NoSuchApproval, NoSuchMessage
from mock_phone.domain.message import Inbox, Incoming, Kind, Message, Thread, threads
from mock_phone.domain.recipient import EmailAddress, Recipient
from mock_phone.ports import Bell, Unit, Work
from simkit.core import messages as told
from simkit.core.chance import Ids
from simkit.core.clock import Clock
from simkit.core.refs import PhoneNumber

MOST_AT_ONCE = 200
"""Messages in one answer; who wants more asks again after ``last``."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A message that was handed in; ``news`` is false when it had come before."""

    message: Message
    news: bool


@dataclass(frozen=True, slots=True)
class News:
    """Messages after a given one. ``last`` is the ``seq`` to ask after next time."""

    messages: tuple[Message, ...]
    last: int


ANSWER = "approval-answer"
MOST_QUESTIONS = 20
"""Questions that the Smart OTP page shows."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was handed in; ``news`` is false when it had come before."""

    approval: Approval
    news: bool


class SmartOtp:
    """The bank app on the phone that approves payments."""

    def __init__(self, work: Work, clock: Clock) -> None:
        """Take the ports."""
        self._work = work
        self._clock = clock

    def ask(self, question: Question) -> Asked:
        """Let a question arrive; the asker's id with the same content again changes nothing."""
        with self._work.write() as unit:
            known = unit.approvals.find(question.id)
            if known is None:
                return Asked(unit.approvals.add(question, self._clock.now()), news=True)
            known.must_be(question)
            return Asked(known, news=False)

    def questions(self, number: PhoneNumber, after: int = 0) -> list[Approval]:
        """Return what this phone was asked after ``after``, the newest first, as of now."""
        now = self._clock.now()
        with self._work.read() as unit:
            found = unit.approvals.after(str(number), after, MOST_QUESTIONS)
        return [each.at(now) for each in found]

    def answer(self, number: PhoneNumber, approval_id: str, event: ApprovalEvent) -> Approval:
        """Answer a question once and tell the asker; a second or late answer changes nothing."""
        now = self._clock.now()
        with self._work.write() as unit:
            found = unit.approvals.find(approval_id)
            if found is None or found.question.to != number:
                raise NoSuchApproval(
                    "Điện thoại này không có yêu cầu phê duyệt đó. Hãy mở lại ứng dụng Smart OTP.",
                    {"id": "unknown"},
                )
            approval = found.at(now)
            if event in APPROVAL.events_from(approval.state):
                approval = approval.answer(event, now)
                unit.outbox.put(_told(approval))
            unit.approvals.put(approval)
        return approval


def _told(approval: Approval) -> told.Message:
    """Return the answer on its way to the asker."""
    question, at = approval.question, approval.answered_at
    body = {
        "id": question.id,
        "answer": approval.state.value,
        "at": at.isoformat() if at else None,
    }
    return told.Message(ANSWER, question.id, question.answer_url, body, about=question.id)


class PhoneService:
    """The use cases. Knows no HTTP, no SMTP and no SQL."""

    def __init__(self, work: Work, clock: Clock, ids: Ids, bell: Bell) -> None:
        """Take the ports; ``app`` is the only caller outside the tests."""
        self._work = work
        self._clock = clock
        self._ids = ids
        self._bell = bell
        self.smart_otp = SmartOtp(work, clock)

    def take_sms(self, incoming: Incoming) -> Taken:
        """Let an SMS arrive; the sender's id with the same content again changes nothing."""
        with self._work.write() as unit:
            known = unit.messages.sms_with_id(incoming.id)
            taken = self._take(unit, incoming, known)
        return self._told([taken])[0]

    def take_mail(self, letters: Sequence[Incoming]) -> list[Taken]:
        """Let one mail arrive at each of its recipients, all or none.

        Mail without an id is always news: it gets one of ours.
        """
        spare = f"<{self._ids.token('mail')}@phone.localhost>"
        letters = [letter if letter.id else replace(letter, id=spare) for letter in letters]
        with self._work.write() as unit:
            taken = [
                self._take(unit, letter, unit.messages.mail_with_id(letter.id, str(letter.to)))
                for letter in letters
            ]
        return self._told(taken)

    def _take(self, unit: Unit, incoming: Incoming, known: Message | None) -> Taken:
        if known is not None:
            known.must_be(incoming)
            return Taken(known, news=False)
        return Taken(unit.messages.add(incoming, self._clock.now()), news=True)

    def _told(self, taken: list[Taken]) -> list[Taken]:
        """Ring for news; the transaction is kept by now, so who wakes up will find it."""
        if any(one.news for one in taken):
            self._bell.ring()
        return taken

    def news(self, to: Recipient | None, after: int, wait: float) -> News:
        """Return what came to ``to`` after ``after``; wait up to ``wait`` real seconds for it."""
        found = self._look(to, after)
        if not found and wait > 0:
            found = self._bell.wait_for(lambda: self._look(to, after), wait)
        return News(tuple(found), found[-1].seq if found else after)

    def _look(self, to: Recipient | None, after: int) -> list[Message]:
        with self._work.read() as unit:
            return unit.messages.after(None if to is None else str(to), after, MOST_AT_ONCE)

    def close(self) -> None:
        """Let everybody go who waits: the world ends or begins anew."""
        self._bell.silence()

    def inboxes(self) -> list[Inbox]:
        """Return every phone and mailbox of the world that has something."""
        with self._work.read() as unit:
            return unit.messages.inboxes()

    def phone(self, number: PhoneNumber) -> tuple[Thread, ...]:
        """Return the SMS of one phone by sender; none is no error, it is a silent phone."""
        with self._work.read() as unit:
            return threads(unit.messages.newest(str(number), Kind.SMS, MOST_AT_ONCE))

    def mailbox(self, address: EmailAddress) -> list[Message]:
        """Return the mails of one address, the newest first."""
        with self._work.read() as unit:
            return unit.messages.newest(str(address), Kind.MAIL, MOST_AT_ONCE)

    def mail(self, address: EmailAddress, seq: int) -> Message:
        """Return one mail, or raise ``NoSuchMessage``."""
        with self._work.read() as unit:
            found = unit.messages.get(str(address), seq)
        if found is None:
            raise NoSuchMessage(
                f"Hộp thư {address} không có thư này. Hãy quay lại danh sách thư.",
                {"seq": str(seq)},
            )
        return found

    def ledger(self) -> dict[str, list[dict[str, str]]]:
        """Return what the audit may see: that messages came, and not what they say."""
        with self._work.read() as unit:
            return {
                "messages": [
                    {"id": m.id, "kind": m.kind, "to": m.to, "at": m.at.isoformat()}
                    for m in unit.messages.all()
                ],
            }
