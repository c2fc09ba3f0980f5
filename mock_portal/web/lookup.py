"""«Tra cứu trạng thái hồ sơ»: anybody who knows a code sees where the dossier is."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from mock_portal.service import PortalService
from mock_portal.web.parsing import CAPTCHA, Fields, errors_on_form
from simkit.core.errors import RuleBroken
from simkit.flaskkit.here import about
from simkit.flaskkit.house import Handle
from simkit.flaskkit.problem import status_of

CODE_LIMIT = 60


def blueprint(service: Handle[PortalService]) -> Blueprint:
    """Bind the page to a service: read, ask, answer."""
    bp = Blueprint("lookup", __name__)

    @bp.get("/tra-cuu")
    def form() -> ResponseReturnValue:
        return render_template("portal/lookup.html", form={}, errors={}, found=None)

    @bp.post("/tra-cuu")
    def look_up() -> ResponseReturnValue:
        try:
            fields = Fields(request.form)
            code = fields.text("code", "Hãy nhập số biên nhận (mã hồ sơ).", CODE_LIMIT)
            captcha = fields.captcha()
            fields.done()
            found = service().dossiers.look_up(code, captcha)
        except RuleBroken as refusal:
            errors = errors_on_form(refusal, ("code", CAPTCHA))
            page = render_template(
                "portal/lookup.html", form=request.form, errors=errors, found=None
            )
            return page, status_of(refusal)
        about(found.facts.code)
        return render_template("portal/lookup.html", form={}, errors={}, found=found)

    return bp
