"""The listener of the public post: ``POST /post/events``."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from mock_portal.service import PortalService
from mock_portal.web.dossier_parsing import report_from
from simkit.flaskkit.body import json_object
from simkit.flaskkit.here import about
from simkit.flaskkit.house import Handle


def blueprint(service: Handle[PortalService]) -> Blueprint:
    """Bind the route to a service: read, ask, answer."""
    bp = Blueprint("post_events", __name__)

    @bp.post("/post/events")
    def event() -> ResponseReturnValue:
        report, customer = report_from(json_object(request))
        delivery = service().deliveries.report(report, customer)
        about(delivery.dossier)
        return {"OrderNumber": delivery.order_number, "State": delivery.state}

    return bp
