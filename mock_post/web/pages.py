"""The post for people: «Tra cứu bưu gửi»."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mock_post.domain.errors import ParcelUnknown
from mock_post.domain.parcel import STAGES, ParcelState
from mock_post.domain.route import ROUTES
from mock_post.service import PostService, Tracked
from mock_post.web import parsing
from simkit.core.errors import BadInput
from simkit.flaskkit.house import Handle


def blueprint(service: Handle[PostService]) -> Blueprint:
    """Bind the pages to the service of the request's world."""
    bp = Blueprint("pages", __name__)

    @bp.get("/")
    def home() -> ResponseReturnValue:
        return redirect(url_for("pages.track"))

    @bp.get("/tra-cuu")
    def track() -> ResponseReturnValue:
        typed = request.args.get("so_hieu")
        if typed is None:
            return _page("")
        try:
            return _page(typed, service().track(parsing.item_code_from(typed)))
        except BadInput as error:
            return _page(typed, error=str(error)), 400
        except ParcelUnknown as error:
            return _page(typed, error=str(error)), 404

    return bp


def _page(typed: str, tracked: Tracked | None = None, error: str = "") -> str:
    return render_template(
        "post/track.html",
        form={"so_hieu": typed},
        errors={"so_hieu": error} if error else {},
        tracked=tracked,
        route=ROUTES[tracked.parcel.route] if tracked else None,
        stages=STAGES,
        delivered=tracked is not None and tracked.parcel.state is ParcelState.DELIVERED,
    )
