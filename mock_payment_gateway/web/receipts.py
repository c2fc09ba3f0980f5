"""The receipts of paid orders, as files."""

import json
from datetime import datetime

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from mock_payment_gateway.domain import bill
from mock_payment_gateway.domain.bill import FeeKind
from mock_payment_gateway.domain.payment import Payment
from mock_payment_gateway.service import GatewayService
from simkit.flaskkit.house import Handle
from simkit.flaskkit.journal import about

_KINDS = {"phi": FeeKind.CHARGE, "le-phi": FeeKind.FEE}


def blueprint(service: Handle[GatewayService]) -> Blueprint:
    """Bind the address that GET_BILL names; ``?loai=phi`` and ``le-phi`` are receipts apart."""
    bp = Blueprint("receipts", __name__)

    @bp.get("/bien-lai/<token>.pdf")
    def receipt(token: str) -> ResponseReturnValue:
        payment = service().receipt(token)
        about(payment.reference)
        cancelled_at = service().refunds.cancelled_at(payment)
        return pdf_of(payment, cancelled_at, _KINDS.get(request.args.get("loai", "")))

    return bp


def pdf_of(
    payment: Payment, cancelled_at: datetime | None, kind: FeeKind | None = None
) -> Response:
    """Return the receipt of a paid order; ``MalformedBill`` when its data makes none.

    ``cancelled_at``: when all of it was given back; the receipt is no longer valid then [S].
    """
    from mock_payment_gateway.web.receipt_pdf import Paid, receipt_pdf  # noqa: PLC0415 -- fpdf: not needed to start

    read = bill.read(json.loads(payment.receipt), payment.amount)
    paid = Paid(
        number=payment.platform_id.removeprefix("PP"),
        platform_id=payment.platform_id,
        reference=payment.reference,
        bank=payment.bank_name or payment.bank,
        paid_at=payment.settled_at or payment.created_at,
        cancelled_at=cancelled_at,
    )
    return Response(receipt_pdf(read, paid, kind), mimetype="application/pdf")
