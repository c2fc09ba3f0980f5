"""Messages for tests: say only what the test is about."""

from datetime import datetime, timedelta

from mock_phone.domain.approval import Approval, ApprovalState, Question
from mock_phone.domain.message import Incoming, Kind, Message
from mock_phone.domain.recipient import EmailAddress
from simkit.core.clock import ICT
from simkit.core.refs import PhoneNumber

A_MORNING = datetime(2026, 11, 23, 8, 30, tzinfo=ICT)
A_NUMBER = PhoneNumber.parse("0912 345 678")
AN_ADDRESS = EmailAddress.parse("an@hop-thu.example")


def an_sms(
    *,
    id: str = "sms-1",  # noqa: A002 - the field's name
    to: PhoneNumber = A_NUMBER,
    sender: str = "NH SAO BIEN",
    text: str = "Mã OTP của quý khách là 482913.",
) -> Incoming:
    """Return an unremarkable SMS on its way in."""
    return Incoming(Kind.SMS, id, to, sender, text)


def a_letter(  # noqa: PLR0913 - as above
    *,
    id: str = "<thu-1@portal>",  # noqa: A002 - the field's name
    to: EmailAddress = AN_ADDRESS,
    sender: str = "Cổng dịch vụ công <khong-tra-loi@dichvucong.example>",
    subject: str = "Kích hoạt tài khoản",
    text: str = "Mã kích hoạt: 550127",
    html: str = "",
) -> Incoming:
    """Return an unremarkable mail on its way in."""
    return Incoming(Kind.MAIL, id, to, sender, text, subject, html)


def a_message(
    incoming: Incoming | None = None, *, seq: int = 1, at: datetime = A_MORNING
) -> Message:
    """Return the message that ``incoming`` becomes on arrival."""
    it = incoming or an_sms()
    return Message(
        seq,
        it.kind,
        it.id,
        str(it.to),
        it.sender,
        it.subject,
        it.text,
        it.html,
        at,
    )


def an_sms_body(**changes: object) -> dict[str, object]:
    """Return the JSON of an SMS, but for what is given."""
    return {
        "id": "sms-1",
        "to": "0912345678",
        "from": "NH SAO BIEN",
        "text": "Mã OTP của quý khách là 482913.",
    } | changes


def a_question(*, title: str = "Phê duyệt thanh toán") -> Question:
    """Return an unremarkable question of a bank."""
    return Question(
        id="ask-1",
        to=A_NUMBER,
        sender="BIDV",
        title=title,
        lines=("Số tiền: 150.000 VND",),
        expires_at=A_MORNING + timedelta(minutes=2),
        answer_url="http://bank.test/api/v1/approvals/ask-1",
    )


def an_approval(*, state: ApprovalState = ApprovalState.PENDING) -> Approval:
    """Return that question on the phone."""
    return Approval(1, a_question(), A_MORNING, state)


def a_question_body(**changes: object) -> dict[str, object]:
    """Return the JSON of a question, but for what is given."""
    return {
        "id": "ask-1",
        "to": "0912345678",
        "from": "BIDV",
        "title": "Phê duyệt thanh toán",
        "lines": ["Số tiền: 150.000 VND"],
        "expires_at": "2026-11-23T08:32:00+07:00",
        "answer_url": "http://bank.test/api/v1/approvals/ask-1",
    } | changes


class StillClock:
    """Always the same moment."""

    def now(self) -> datetime:
        """Return that moment."""
        return A_MORNING
