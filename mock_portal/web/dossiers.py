"""The citizen's page of one dossier, and the files in it."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from mock_portal.service import PortalService
from mock_portal.web.file_answer import answer_file
from mock_portal.web.signed_in import current_citizen
from simkit.flaskkit.here import about
from simkit.flaskkit.house import Handle


def blueprint(service: Handle[PortalService]) -> Blueprint:
    """Bind the pages to a service: read, ask, answer."""
    bp = Blueprint("dossiers", __name__)

    @bp.get("/ho-so/<code>")
    def detail(code: str) -> ResponseReturnValue:
        citizen = current_citizen(service())
        about(code)
        return render_template(
            "portal/dossier.html", view=service().dossiers.detail(citizen.id, code)
        )

    @bp.get("/ho-so/tep/<ref>/<attachment>")
    def file(ref: str, attachment: str) -> ResponseReturnValue:
        citizen = current_citizen(service())
        return answer_file(*service().dossiers.file(citizen.id, ref, attachment))

    return bp
