"""Our neighbours: the banks, whom we ask, and the partners, whom we tell."""

from collections.abc import Callable, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from mock_payment_gateway.domain.bank import Bank, BankWord
from mock_payment_gateway.domain.payment import Payment
from mock_payment_gateway.domain.platform import CURRENCY, Ack
from mock_payment_gateway.domain.refund import Refund, RefundState
from mock_payment_gateway.domain.vnpay.notice import STOPPING
from simkit.core.errors import BadInput, NeighbourDown, RuleBroken
from simkit.core.messages import Message, Receipt
from simkit.wire.journal import Entry, Journal
from simkit.wire.line import Answer, Line, NeighbourBroken

_PAYMENTS = "/api/v1/payments"
_REFUNDS = "/api/v1/refunds"
_REFUSED = frozenset({404, 409, 422})


def _broken(answer: Answer) -> NeighbourBroken:
    return NeighbourBroken(
        "Ngân hàng trả lời không đúng quy ước. Xin thử lại sau ít phút.",
        {"status": str(answer.status)},
    )


def _object(answer: Answer) -> dict[str, object]:
    """Return the bank's object, or raise ``NeighbourBroken`` for anything but a good one."""
    if not answer.good:
        raise _broken(answer)
    return answer.object()


class BankOverHttp:
    """Implements ``ports.BankHouse`` with the interface between these houses."""

    def __init__(self, line: Line) -> None:
        """``line`` leads to the bank of this world."""
        self._line = line

    def banks(self) -> Sequence[Bank]:
        """Return who can be chosen, or raise ``NeighbourDown``."""
        answer = self._line.call("GET", "/api/v1/banks")
        listed = _object(answer).get("banks")
        if not isinstance(listed, list):
            raise _broken(answer)
        return [_bank(entry, answer) for entry in listed]

    def create(self, payment: Payment, *, return_url: str, notice_url: str) -> str:
        """Ask for the payment and return the bank's page for it; the same request again is safe."""
        answer = self._line.call(
            "POST",
            _PAYMENTS,
            json_body={
                "request_id": payment.request_id,
                "bank": payment.bank,
                "amount": payment.amount,
                "currency": CURRENCY,
                "description": payment.description,
                "reference": payment.platform_id,
                "expires_at": payment.expires_at.isoformat(),
                "return_url": return_url,
                "notice_url": notice_url,
            },
            headers={"x-request-id": payment.request_id},
            about=payment.reference,
        )
        pay_url = _object(answer).get("pay_url")
        if not isinstance(pay_url, str) or not pay_url.startswith(("http://", "https://")):
            raise _broken(answer)
        return pay_url

    def ask(self, payment: Payment) -> BankWord:
        """Return how the payment stands at the bank, or raise ``NeighbourDown``."""
        path = f"{_PAYMENTS}/{payment.request_id}"
        answer = self._line.call("GET", path, about=payment.reference)
        try:
            word = BankWord.read(_object(answer))
        except BadInput:
            raise _broken(answer) from None
        if word.request_id != payment.request_id:
            raise _broken(answer)
        return word

    def refund(self, refund: Refund, payment: Payment) -> RefundState:
        """Ask for the refund and return how it stands; the same again is safe."""
        body = {
            "refund_id": refund.refund_id,
            "request_id": payment.request_id,
            "amount": refund.amount,
        }
        answer = self._line.call("POST", _REFUNDS, json_body=body, about=payment.reference)
        if answer.status in _REFUSED:
            return RefundState.FAILED
        return _refund_state(answer)


def _refund_state(answer: Answer) -> RefundState:
    found = _object(answer).get("state")
    state = next((state for state in RefundState if state == found), None)
    if state is None:
        raise _broken(answer)
    return state


def _bank(entry: object, answer: Answer) -> Bank:
    texts = entry if isinstance(entry, dict) else {}
    code, name, number = (texts.get(key) for key in ("code", "name", "bin"))
    if not (isinstance(code, str) and isinstance(name, str) and isinstance(number, str) and code):
        raise _broken(answer)
    return Bank(code=code, name=name, bin=number)


class ConfirmCourier:
    """Carries CONFIRMs to partners. Taken is what the partner's ``MaLoi`` says, not the status.

    Everything else is tried again by the schedule: trouble on the line, a status outside 2xx, a
    body that is no JSON object, another ``MaLoi``, and one real client's ``return_code`` -1 [S].
    """

    def __init__(self, line: Line, *, form: bool = False) -> None:
        """``line``: any; the message carries the partner's whole address. ``form``: not JSON."""
        self._line = line
        self._form = form

    def deliver(self, message: Message) -> Receipt:
        """Try once."""
        fields = {name: str(value) for name, value in message.body.items()}
        try:
            answer = (
                self._line.call("POST", message.to, form=fields, about=message.about)
                if self._form
                else self._line.call(
                    "POST", message.to, json_body=message.body, about=message.about
                )
            )
            body = answer.object()
        except NeighbourDown as down:
            return Receipt(accepted=False, detail=f"{down.code}: {down}")
        ack = Ack.read(body)
        return Receipt(
            accepted=answer.good and ack.taken,
            detail=f"HTTP {answer.status} MaLoi {ack.code or '–'} {ack.text}".rstrip(),
            answer=body,
        )


class BankQuestions:
    """Carries the questions to a bank that let an order's time run out without a word.

    It is a courier, so that asking is repeated by a schedule and never inside a unit of work.
    """

    def __init__(self, ask: Callable[[str], bool], key: str = "request_id") -> None:
        """``ask`` asks about what ``key`` names, books the answer, tells whether it was final."""
        self._ask = ask
        self._key = key

    def deliver(self, message: Message) -> Receipt:
        """Try once; «pending» is not an answer yet."""
        try:
            final = self._ask(str(message.body[self._key]))
        except RuleBroken as refused:
            return Receipt(accepted=False, detail=f"{refused.code}: {refused}")
        return Receipt(accepted=final, detail="settled" if final else "still pending")


class IpnCourier:
    """Carries notices of the VNPAY dialect: GET with the query, or POST with it as a form.

    Taken is a 2xx whose JSON says ``RspCode`` 00 or 02 [S]; all else is tried again.
    """

    def __init__(self, line: Line) -> None:
        """``line``: any; the message carries the merchant's whole address."""
        self._line = line

    def deliver(self, message: Message) -> Receipt:
        """Try once."""
        query = str(message.body["query"])
        try:
            if message.body["method"] == "POST":
                answer = self._line.call(
                    "POST",
                    message.to,
                    data=query.encode(),
                    headers={"Content-Type": "application/x-www-form-urlencoded"},
                    about=message.about,
                )
            else:
                joint = "&" if urlsplit(message.to).query else "?"
                answer = self._line.call("GET", f"{message.to}{joint}{query}", about=message.about)
            body = answer.object()
        except NeighbourDown as down:
            return Receipt(accepted=False, detail=f"{down.code}: {down}")
        code = str(body.get("RspCode", ""))
        detail = f"HTTP {answer.status} RspCode {code or '–'} {body.get('Message', '')}".rstrip()
        return Receipt(accepted=answer.good and code in STOPPING, detail=detail, answer=body)


class JournalNotes:
    """Implements ``ports.Notes``: a line of the journal that is no message."""

    def __init__(
        self, journal: Journal, now: Callable[[], datetime], trace: Callable[[], str]
    ) -> None:
        """``journal``: of this world."""
        self._journal = journal
        self._now = now
        self._trace = trace

    def say(self, about: str, words: str) -> None:
        """Write a line about a business key."""
        self._journal.add(
            Entry(
                direction="note",
                at=self._now(),
                peer="",
                method="",
                url="",
                request_headers=[],
                request=b"",
                request_size=0,
                status=0,
                response_headers=[],
                response=b"",
                response_size=0,
                trace=self._trace(),
                about=about,
                note=words,
            )
        )
