"""The post for machines: orders after the NGSP interface, status after the reception interface."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from mock_post.domain.errors import ParcelUnknown
from mock_post.service import PostService
from mock_post.web import parsing
from simkit.core.errors import BadInput
from simkit.flaskkit.body import json_object
from simkit.flaskkit.here import about
from simkit.flaskkit.house import Handle

ACCEPTED, ACCEPTED_BEFORE = "100", "101"  # [S] in one province's variant of the order interface


def blueprint(service: Handle[PostService]) -> Blueprint:
    """Bind the routes to the service of the request's world."""
    bp = Blueprint("api", __name__)

    @bp.post("/ngsp/v1/orders")
    def order() -> ResponseReturnValue:
        """Take a delivery order; whether it is news says ``Status``, HTTP says 200 [S]."""
        wanted = parsing.order_from(json_object(request))
        about(wanted.number)
        taken = service().order(wanted)
        said = "Đã tiếp nhận yêu cầu." if taken.news else "Yêu cầu đã được tiếp nhận trước đó."
        return {
            "Status": ACCEPTED if taken.news else ACCEPTED_BEFORE,
            "Message": said,
            "ItemCode": taken.parcel.item_code,
        }

    @bp.get("/serviceApi/v1/LayTrangThaiTheoMaBuuGui/<code>")
    def latest_status(code: str) -> ResponseReturnValue:
        """Return the latest status; field names, one of them misspelt, are the real ones [S]."""
        try:
            tracked = service().track(parsing.item_code_from(code))
        except (BadInput, ParcelUnknown):
            # The real one answers an unknown code with something that is no JSON [S]. Its status
            # and words are not known: 404 and a sentence are ours.
            return Response("Khong tim thay buu gui.\n", status=404, mimetype="text/plain")
        about(tracked.parcel.order_number)
        latest = tracked.history[0]
        return {
            "EventIemID": latest.id,
            "ItemCode": latest.item_code,
            "PosCode": latest.office_code,
            "Status": latest.state.code,
            "CreateTime": f"{latest.at:%Y-%m-%dT%H:%M:%S}",
        }

    return bp
