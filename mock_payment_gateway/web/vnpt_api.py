"""VNPT Pay's verbs: JSON, or JSON in the form field ``data``."""

import json
from collections.abc import Mapping

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from mock_payment_gateway.domain import vnpt
from mock_payment_gateway.domain.errors import (
    DESCRIPTIONS,
    MaLoi,
    PlatformRefused,
    WrongSignature,
)
from mock_payment_gateway.domain.signing_rules import VNPT_INIT, VNPT_INIT_1_0_5, VNPT_QUERY
from mock_payment_gateway.domain.text import is_storable
from mock_payment_gateway.service import GatewayService
from simkit.core.errors import BadInput
from simkit.flaskkit.body import json_object
from simkit.flaskkit.house import Handle
from simkit.flaskkit.journal import about


def blueprint(service: Handle[GatewayService]) -> Blueprint:
    """Bind the verbs at the ends of the real addresses [S]; what stands before them is ours."""
    bp = Blueprint("vnpt", __name__, url_prefix="/rest/payment")

    @bp.post("/v1.0.5/init")
    @bp.post("/v1.0.6/init")
    @bp.post("/v1.0.6/init_m_merch")
    def init() -> ResponseReturnValue:
        message = vnpt.read_init(_body())
        about(message.reference)
        return dict(service().vnpt_init(message))

    @bp.post("/v1.0.5/query_transaction")
    @bp.post("/v1.0.6/query")
    def query() -> ResponseReturnValue:
        message = vnpt.read_query(_body())
        about(message.reference)
        return dict(service().vnpt_query(message))

    @bp.errorhandler(PlatformRefused)
    def refused(error: PlatformRefused) -> ResponseReturnValue:
        answer: dict[str, object] = {"RESPONSE_CODE": error.answer, "DESCRIPTION": str(error)}
        if isinstance(error, WrongSignature):
            body = _body()
            rule = VNPT_QUERY
            if body.get("ACTION") == "INIT":
                rule = VNPT_INIT_1_0_5 if body.get("VERSION") == "1.0.5" else VNPT_INIT
            told = service().explain(rule, str(body.get("MERCHANT_SERVICE_ID", "")), body)
            answer |= {"EXPLANATION": told} if told else {}
        return answer

    @bp.errorhandler(BadInput)
    @bp.errorhandler(RequestEntityTooLarge)
    def unreadable(_: Exception) -> ResponseReturnValue:
        return {
            "RESPONSE_CODE": MaLoi.BAD_FORMAT,
            "DESCRIPTION": DESCRIPTIONS[MaLoi.BAD_FORMAT],
        }

    return bp


def _body() -> Mapping[str, object]:
    """Return the message, however it was sent."""
    text = request.form.get("data")
    if text is None:
        return json_object(request)
    try:
        body: object = json.loads(text)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict) or not is_storable(text):
        raise BadInput("Trường data phải là một đối tượng JSON.", {"data": "not a JSON object"})
    return body
