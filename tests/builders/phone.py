"""Messages for tests: say only what the test is about."""

from datetime import datetime

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


class StillClock:
    """Always the same moment."""

    def now(self) -> datetime:
        """Return that moment."""
        return A_MORNING
