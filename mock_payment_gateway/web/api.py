"""The routes for machines: partners on the platform's wire, and the bank's notices."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from mock_payment_gateway.domain.errors import DESCRIPTIONS, MaLoi, PlatformRefused
from mock_payment_gateway.domain.platform import VERSION, Init, Query
from mock_payment_gateway.service import GatewayService
from simkit.core.errors import BadInput
from simkit.flaskkit.body import json_object
from simkit.flaskkit.house import Handle
from simkit.flaskkit.journal import about


def platform(service: Handle[GatewayService]) -> Blueprint:
    """Bind the Payment Platform's verbs.

    Every answer is HTTP 200 with a ``MaLoi``, as the platform's clients expect; a refusal carries
    no signature, so that nobody without the secret gets anything signed.
    """
    bp = Blueprint("platform", __name__, url_prefix=f"/payment-platform/{VERSION}")

    @bp.post("/init")
    def init() -> ResponseReturnValue:
        message = Init.read(json_object(request))
        about(message.reference)
        return dict(service().init(message))

    @bp.post("/query")
    def query() -> ResponseReturnValue:
        message = Query.read(json_object(request))
        about(message.reference)
        return dict(service().query(message))

    @bp.errorhandler(PlatformRefused)
    def refused(error: PlatformRefused) -> ResponseReturnValue:
        return {"MaLoi": error.answer, "MoTaLoi": str(error)}

    @bp.errorhandler(BadInput)
    @bp.errorhandler(RequestEntityTooLarge)
    def unreadable(_: Exception) -> ResponseReturnValue:
        return {"MaLoi": MaLoi.BAD_FORMAT, "MoTaLoi": DESCRIPTIONS[MaLoi.BAD_FORMAT]}

    return bp


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
