"""How a merchant is told of a payment: the IPN, its repetitions, and its false copies."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum

from mock_payment_gateway.domain.course import Tamper, When
from mock_payment_gateway.domain.vnpay import wire
from mock_payment_gateway.domain.vnpay.merchant import Merchant
from mock_payment_gateway.domain.vnpay.sale import Sale
from mock_payment_gateway.domain.vnpay.wire import HashKind
from simkit.core.machine import Machine
from simkit.core.messages import Message, Schedule

IPN = "vnpay-ipn"
PROBE = "vnpay-probe"
"""A false notice: carried once, whatever the answer."""

MOST_CALLS = 10
IPN_SCHEDULE = Schedule((timedelta(minutes=5),) * (MOST_CALLS - 1))
"""Ten calls, five minutes apart [S]."""
PROBE_SCHEDULE = Schedule(())
STOPPING = frozenset({"00", "02"})
"""Answers that end the repetitions [S]; 01, 04, 97, 99 and silence do not."""


class NoticeState(StrEnum):
    """How the notice of a payment stands."""

    NONE = "none"
    WAITING = "waiting"
    REFUSED = "refused"  # answered, or not, with something that is tried again
    TOLD = "told"
    GIVEN_UP = "given-up"
    NO_LISTENER = "no-listener"
    SUPPRESSED = "suppressed"


class NoticeEvent(StrEnum):
    """What can happen to it."""

    SEND = "send"
    TAKE = "take"
    REFUSE = "refuse"
    GIVE_UP = "give-up"
    FIND_NO_LISTENER = "find-no-listener"
    SUPPRESS = "suppress"


_S, _E = NoticeState, NoticeEvent
NOTICE = Machine[NoticeState, NoticeEvent](
    "notice",
    [
        # A payment has a second outcome at most: the unknown one, or the late one.
        *((at, _E.SEND, _S.WAITING) for at in NoticeState),
        *((at, _E.FIND_NO_LISTENER, _S.NO_LISTENER) for at in NoticeState),
        *((at, _E.SUPPRESS, _S.SUPPRESSED) for at in NoticeState),
        *((at, event, after)
          for at in (_S.WAITING, _S.REFUSED)
          for event, after in (
              (_E.TAKE, _S.TOLD), (_E.REFUSE, _S.REFUSED), (_E.GIVE_UP, _S.GIVEN_UP))),
        # Copies of a notice go on their own: one was taken, the other is still on its way.
        *((_S.TOLD, event, _S.TOLD) for event in (_E.TAKE, _E.REFUSE, _E.GIVE_UP)),
        (_S.GIVEN_UP, _E.TAKE, _S.TOLD),
        (_S.GIVEN_UP, _E.REFUSE, _S.GIVEN_UP),
        (_S.GIVEN_UP, _E.GIVE_UP, _S.GIVEN_UP),
    ],
)  # fmt: skip


def address(sale: Sale, merchant: Merchant) -> str:
    """Return where the notice goes: of the transaction, or of the merchant; empty if nowhere."""
    return sale.course.notice_url or merchant.ipn_url


def event_of(sale: Sale, merchant: Merchant) -> NoticeEvent:
    """Return what becomes of the notice of an outcome."""
    if sale.course.notice is When.NEVER:
        return NoticeEvent.SUPPRESS
    return NoticeEvent.SEND if address(sale, merchant) else NoticeEvent.FIND_NO_LISTENER


def messages(sale: Sale, merchant: Merchant, now: datetime) -> Iterator[Message]:
    """Yield what is to be sent: the false notice first, then the true one's copies."""
    course = sale.course
    if not address(sale, merchant):
        return
    due = now + timedelta(seconds=course.delay)
    if course.tamper is not Tamper.NONE:
        query = tampered(sale, merchant, course.tamper)
        yield _message(sale, merchant, query, "", due)
    if course.notice is When.NEVER:
        return
    query = wire.sign(sale.report(), merchant.secret, sale.hash_kind)
    for copy in range(1, course.copies + 1):
        yield _message(sale, merchant, query, str(copy), due)


def _message(sale: Sale, merchant: Merchant, query: str, name: str, due: datetime) -> Message:
    """Return a message; ``name`` tells copies apart, and is empty for a false notice."""
    return Message(
        kind=IPN if name else PROBE,
        key=f"{sale.number}:{sale.state}:{name}".rstrip(":"),
        to=address(sale, merchant),
        body={"method": merchant.ipn_method, "query": query, "token": sale.token},
        about=sale.reference,
        due=due,
    )


def tampered(sale: Sale, merchant: Merchant, tamper: Tamper) -> str:
    """Return the query of a false notice; what is wrong with each kind stands in ``Tamper``."""
    fields = sale.report()
    secret, kind = merchant.secret, sale.hash_kind
    right = wire.sign(fields, secret, kind)
    other = str(int(fields["vnp_Amount"]) + 100_000)
    paid = fields["vnp_TransactionStatus"] == "00"
    code, status = ("99", "02") if paid else ("00", "00")
    made = {
        Tamper.NONE: right,
        Tamper.SIGNATURE: right[:-1] + ("0" if right[-1] != "0" else "1"),
        Tamper.AMOUNT: wire.sign(fields | {"vnp_Amount": other}, secret, kind),
        Tamper.FORGED_AMOUNT: right.replace(
            f"vnp_Amount={fields['vnp_Amount']}", f"vnp_Amount={other}", 1
        ),
        Tamper.MERCHANT: wire.sign(fields | {"vnp_TmnCode": "SIMOTHER"}, secret, kind),
        Tamper.ORDER: wire.sign(
            fields | {"vnp_TxnRef": f"SIM{fields['vnp_TxnRef']}"[:100]}, secret, kind
        ),
        Tamper.OUTCOME: wire.sign(
            fields | {"vnp_ResponseCode": code, "vnp_TransactionStatus": status}, secret, kind
        ),
        Tamper.OLD_FORMAT: wire.sign(fields, secret, HashKind.MD5),
    }
    return made[tamper]


LOST_IN_SOME_CLIENTS = frozenset("()*~'!")


def hazards(text: str) -> list[str]:
    """Return the characters of an order's text that not every client encodes alike [S]."""
    return sorted(LOST_IN_SOME_CLIENTS & set(text))
