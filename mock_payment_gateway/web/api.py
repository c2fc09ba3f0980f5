"""The routes for machines: partners on the platform's wire, and the bank's notices."""

from dataclasses import replace

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from mock_payment_gateway.domain import refund
from mock_payment_gateway.domain.daybook import FILE_FIELDS, FileQuery
from mock_payment_gateway.domain.errors import (
    DESCRIPTIONS,
    MaLoi,
    PlatformRefused,
    WrongSignature,
)
from mock_payment_gateway.domain.partner import LGSP
from mock_payment_gateway.domain.payment import Payment
from mock_payment_gateway.domain.platform import (
    GET_BILL_FIELDS,
    VERSION,
    Init,
    Query,
    enveloped,
)
from mock_payment_gateway.domain.signing_rules import (
    PLATFORM_GET_BILL,
    PLATFORM_INIT,
    PLATFORM_QUERY,
)
from mock_payment_gateway.service import GatewayService
from mock_payment_gateway.web.receipts import pdf_of
from simkit.core.errors import BadInput
from simkit.flaskkit.body import json_object
from simkit.flaskkit.house import Handle
from simkit.flaskkit.journal import about

PLATFORM_REFUND = replace(
    PLATFORM_QUERY,
    name="platform-refund",
    fields=tuple(field.name for field in refund.REFUND_FIELDS),
    amount="SoTien",
)
_RULES = {
    "INIT": PLATFORM_INIT,
    "QUERY": PLATFORM_QUERY,
    "GET_BILL": PLATFORM_GET_BILL,
    "REFUND": PLATFORM_REFUND,
    "DOI_SOAT": replace(
        PLATFORM_QUERY,
        name="platform-reconciliation",
        fields=tuple(field.name for field in FILE_FIELDS),
    ),
}


def platform(service: Handle[GatewayService]) -> Blueprint:
    """Bind the Payment Platform's verbs.

    Every answer is HTTP 200 with a ``MaLoi``, as the platform's clients expect; a refusal carries
    no signature, so that nobody without the secret gets anything signed.
    """
    bp = Blueprint("platform", __name__, url_prefix=f"/payment-platform/{VERSION}")

    @bp.post("/init")
    def init() -> ResponseReturnValue:
        body = json_object(request)
        try:
            message = Init.read(body)
            about(message.reference)
            answer, envelope = service().init(message)
        except PlatformRefused as refusal:
            partner = service().partner(str(body.get("MaDoiTac", ""))[:50])
            if partner is None or partner.envelope != LGSP:
                raise
            return dict(enveloped(_refusal(service(), refusal)))
        return dict(enveloped(answer) if envelope == LGSP else answer)

    _add_questions(bp, service)

    @bp.errorhandler(PlatformRefused)
    def refused(error: PlatformRefused) -> ResponseReturnValue:
        return dict(_refusal(service(), error))

    @bp.errorhandler(BadInput)
    @bp.errorhandler(RequestEntityTooLarge)
    def unreadable(_: Exception) -> ResponseReturnValue:
        return {"MaLoi": MaLoi.BAD_FORMAT, "MoTaLoi": DESCRIPTIONS[MaLoi.BAD_FORMAT]}

    return bp


def _add_questions(bp: Blueprint, service: Handle[GatewayService]) -> None:
    """Bind what is asked of an order that there is: QUERY, GET_BILL, and REFUND (ours)."""

    @bp.post("/query")
    def query() -> ResponseReturnValue:
        message = Query.read(json_object(request))
        about(message.reference)
        return dict(service().query(message))

    @bp.post("/get-bill")
    def get_bill() -> ResponseReturnValue:
        message = Query.read(json_object(request), GET_BILL_FIELDS)
        about(message.reference)
        found = service().get_bill(message)
        if not isinstance(found, Payment):
            return dict(found)
        return pdf_of(found, service().refunds.cancelled_at(found))

    @bp.post("/reconciliation")
    def reconciliation() -> ResponseReturnValue:
        return dict(service().daybook.file(FileQuery.read(json_object(request))))

    @bp.post("/refund")
    def give_back() -> ResponseReturnValue:
        message, name, amount = refund.read(json_object(request))
        about(message.reference)
        return dict(service().refunds.ask(message, name, amount))


def _refusal(service: GatewayService, error: PlatformRefused) -> dict[str, object]:
    """Return a refusal, unsigned; a wrong hash is explained (ours) to all but strict partners."""
    answer: dict[str, object] = {"MaLoi": error.answer, "MoTaLoi": str(error)}
    if isinstance(error, WrongSignature):
        body = json_object(request)
        rule = _RULES.get(str(body.get("LoaiBanTin")), PLATFORM_QUERY)
        told = service.explain(rule, str(body.get("MaDoiTac", "")), body)
        answer |= {"GiaiThich": told} if told else {}
    return answer


def bank(service: Handle[GatewayService]) -> Blueprint:
    """Bind the address of the bank's notices (ours)."""
    bp = Blueprint("bank", __name__, url_prefix="/bank")

    @bp.post("/notices")
    def notice() -> ResponseReturnValue:
        signature = request.headers.get("x-request-signature", "")
        payment = service().notice(request.get_data(), signature)
        about(payment.reference)
        return {"request_id": payment.request_id, "state": payment.state}

    return bp
