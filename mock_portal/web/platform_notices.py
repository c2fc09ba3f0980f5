"""The listener of the Payment Platform: ``POST /payment-platform/confirm``."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from mock_portal.service import PortalService
from simkit.core.errors import BadInput
from simkit.flaskkit.body import json_object
from simkit.flaskkit.here import about
from simkit.flaskkit.house import Handle


def blueprint(service: Handle[PortalService]) -> Blueprint:
    """Bind the route to a service: read, ask, answer."""
    bp = Blueprint("platform_notices", __name__)

    @bp.post("/payment-platform/confirm")
    def confirm() -> ResponseReturnValue:
        """Answer in the platform's own shape whatever came: MaLoi 99 for what has no shape."""
        try:
            body = json_object(request)
        except BadInput:
            body = None
        ack = service().payments.confirm(body)
        about(str(ack["MaThamChieu"]))
        return ack

    return bp
