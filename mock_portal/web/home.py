"""The home page: where everything begins."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from mock_portal.service import PortalService
from simkit.flaskkit.house import Handle

LARGEST = 8
"""How many fields the home page offers as short cuts."""


def blueprint(service: Handle[PortalService]) -> Blueprint:
    """Bind the page to a service; the blueprint also serves the portal's own style sheet."""
    bp = Blueprint("home", __name__, static_folder="static", static_url_path="/static/portal")

    @bp.get("/")
    def home() -> ResponseReturnValue:
        procedures = service().procedures
        return render_template(
            "portal/home.html",
            agencies=procedures.agencies(),
            fields=procedures.fields(),
            largest=procedures.largest_fields(LARGEST),
        )

    return bp
