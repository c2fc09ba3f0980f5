"""VNPAY's addresses for machines: querydr, refund and the bank list."""

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from mock_payment_gateway.domain.vnpay import banks, wire
from mock_payment_gateway.domain.vnpay.api import WORDS
from mock_payment_gateway.domain.vnpay.errors import ApiRefused
from mock_payment_gateway.service import GatewayService
from simkit.core.errors import BadInput
from simkit.flaskkit.body import form_fields, json_object
from simkit.flaskkit.house import Handle
from simkit.flaskkit.journal import about


def blueprint(service: Handle[GatewayService]) -> Blueprint:
    """Bind the addresses. Answers are HTTP 200 with a code; a refusal is not signed."""
    bp = Blueprint("vnpay_api", __name__)

    @bp.post("/merchant_webapi/api/transaction")
    def transaction() -> ResponseReturnValue:
        body = json_object(request)
        about(str(body.get("vnp_TxnRef", ""))[:100])
        return service().vnpay.transaction(body)

    @bp.get("/merchant_webapi/merchant.html")
    def old_query() -> ResponseReturnValue:
        raw = request.query_string.decode("utf-8", "replace")
        try:
            text = service().vnpay.old_query(raw)
        except ApiRefused as error:
            words = {"vnp_ResponseCode": error.answer, "vnp_Message": str(error)}
            text = wire.encoded(words)
        return Response(text, mimetype="text/plain")

    @bp.post("/qrpayauth/api/merchant/get_bank_list")
    def bank_list() -> ResponseReturnValue:
        code = form_fields(request, ("tmn_code",))["tmn_code"]
        service().vnpay.merchant(code)
        return jsonify(banks.listing())

    @bp.errorhandler(ApiRefused)
    def refused(error: ApiRefused) -> ResponseReturnValue:
        return {"vnp_ResponseCode": error.answer, "vnp_Message": str(error), **error.facts}

    @bp.errorhandler(BadInput)
    @bp.errorhandler(RequestEntityTooLarge)
    def unreadable(_: Exception) -> ResponseReturnValue:
        return {"vnp_ResponseCode": "03", "vnp_Message": WORDS["03"]}

    return bp
