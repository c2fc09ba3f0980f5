"""How the partner is told of an outcome, how often, and how often a silent bank is asked."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from mock_payment_gateway.domain import vnpt
from mock_payment_gateway.domain.course import Course, Tamper, When
from mock_payment_gateway.domain.errors import MaLoi
from mock_payment_gateway.domain.partner import FORM, VNPT, Partner
from mock_payment_gateway.domain.payment import Payment
from mock_payment_gateway.domain.platform import Fields, Report
from mock_payment_gateway.domain.refund import Refund
from simkit.core.messages import Message, Schedule

CONFIRM = "confirm"
CONFIRM_FORM = "confirm-form"
"""A CONFIRM as a form with the field ``data``: VNPT Pay has both [S]."""
FALSE_CONFIRM = "false-confirm"
FALSE_CONFIRM_FORM = "false-confirm-form"
"""A false CONFIRM: carried once, whatever the answer."""
ASK_BANK = "ask-bank"
REFUND = "refund"

CONFIRM_SCHEDULE = Schedule((timedelta(minutes=5),) * 9)
"""Ten calls, five minutes apart: ours, after VNPAY's [S]; the platform's own is not public."""
ONCE = Schedule(())

ASK_SCHEDULE = Schedule((timedelta(minutes=5),) * 12 + (timedelta(hours=1),) * 71)
"""A bank without a final word is asked for three days: as long as partners keep querying (ours)."""


def confirmations(
    payment: Payment, partner: Partner, course: Course, now: datetime
) -> Iterator[Message]:
    """Yield what the partner is sent of an outcome; keys allow one per order, outcome and copy."""
    due = now + timedelta(seconds=course.delay)
    to = course.notice_url or partner.confirm_url
    key = f"{payment.platform_id}:{payment.state}"
    form = partner.dialect == VNPT and partner.confirm_as == FORM
    if course.tamper is not Tamper.NONE:
        kind = FALSE_CONFIRM_FORM if form else FALSE_CONFIRM
        body = _body(tampered(payment.report(), partner, course.tamper), form=form)
        yield Message(kind, key, to, body, payment.reference, due)
    if course.notice is When.NEVER:
        return
    kind = CONFIRM_FORM if form else CONFIRM
    body = _body(signed(payment.report(), partner), form=form)
    for copy in range(1, course.copies + 1):
        own = key if copy == 1 else f"{key}:{copy}"
        yield Message(kind, own, to, body, payment.reference, due)


def signed(report: Report, partner: Partner) -> Fields:
    """Return the CONFIRM in the partner's dialect."""
    if partner.dialect == VNPT:
        return vnpt.confirm(report, partner.secret)
    return report.confirm(partner.secret)


def tampered(report: Report, partner: Partner, tamper: Tamper) -> Fields:
    """Return a false CONFIRM; what is wrong with each kind stands in ``Tamper``.

    The old format signs without the text of the order, as 1.0.5 is said to do (ours).
    """
    right = signed(report, partner)
    other = replace(report, amount=report.amount + 1_000)
    opposite = MaLoi.PAYMENT_FAILED if report.code is MaLoi.OK else MaLoi.OK
    reports = {
        Tamper.AMOUNT: other,
        Tamper.MERCHANT: replace(report, partner="SIMOTHER"),
        Tamper.ORDER: replace(report, reference=f"SIM{report.reference}"[:255]),
        Tamper.OUTCOME: replace(report, code=opposite),
        Tamper.OLD_FORMAT: replace(report, description=""),
    }
    if tamper in reports:
        made = signed(reports[tamper], partner)
        shown = {"ThongTinGiaoDich", "ADDITIONAL_INFO"} & right.keys()
        told = {name: right[name] for name in shown} if tamper is Tamper.OLD_FORMAT else {}
        return {**made, **told}
    name = vnpt.CODE if partner.dialect == VNPT else "MaXacThuc"
    if tamper is Tamper.FORGED_AMOUNT:
        return {**signed(other, partner), name: right[name]}
    seal = str(right[name])
    return {**right, name: seal[:-1] + ("0" if seal[-1] != "0" else "1")}


def _body(fields: Fields, *, form: bool) -> Fields:
    return vnpt.form(fields) if form else fields


def refund_request(refund: Refund, payment: Payment) -> Message:
    """Return the note to have the bank book a refund, and to ask until it has."""
    body = {"refund_id": refund.refund_id}
    return Message(REFUND, refund.refund_id, "bank", body, about=payment.reference)


def question(payment: Payment) -> Message:
    """Return the note to ask the bank about an order whose time ran out without its word."""
    return Message(
        kind=ASK_BANK,
        key=payment.platform_id,
        to="bank",
        body={"request_id": payment.request_id},
        about=payment.reference,
    )
