"""Pages about procedures: search, one procedure in full, and choosing what to file."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from mock_portal.domain.errors import AgencyUnknown, FieldUnknown
from mock_portal.domain.sequence import sequence_of
from mock_portal.service import PortalService
from mock_portal.service.procedures import ProcedureQuery
from mock_portal.web import parsing
from simkit.core.errors import BadInput
from simkit.flaskkit.house import Handle
from simkit.flaskkit.problem import status_of

MANY_PAGES = 10_000


def blueprint(service: Handle[PortalService]) -> Blueprint:
    """Bind the pages to a service: read, ask, answer."""
    bp = Blueprint("procedures", __name__)

    @bp.get("/thu-tuc")
    def search() -> ResponseReturnValue:
        return _results(service(), "portal/procedures.html", online_only=False)

    @bp.get("/nop-ho-so")
    def choose() -> ResponseReturnValue:
        return _results(service(), "portal/choose.html", online_only=True)

    @bp.get("/thu-tuc/<code>")
    def detail(code: str) -> ResponseReturnValue:
        found = service().procedures.detail(code)
        agency = request.args.get("agency", "")
        chosen = next((each for each in found.counters if each.code == agency), None)
        return render_template(
            "portal/procedure.html",
            found=found,
            procedure=found.procedure,
            steps=sequence_of(found.procedure),
            chosen=chosen,
        )

    return bp


def _results(service: PortalService, template: str, *, online_only: bool) -> ResponseReturnValue:
    """Show one page of results, or the form with what is wrong with it."""
    procedures = service.procedures
    shown = {
        "agencies": procedures.agencies(),
        "fields": procedures.fields(),
        "field_names": {each.key: each.name for each in service.site.fields},
        "form": request.args,
    }
    try:
        found = procedures.find(_query(online_only=online_only))
    except (BadInput, AgencyUnknown, FieldUnknown) as refusal:
        errors = parsing.errors_on_form(refusal, ("agency", "field", "q", "page"))
        page = render_template(template, found=None, errors=errors, **shown)
        return page, status_of(refusal)
    return render_template(template, found=found, errors={}, **shown)


def _query(*, online_only: bool) -> ProcedureQuery:
    fields = parsing.Fields(request.args)
    query = ProcedureQuery(
        phrase=fields.raw("q", limit=200),
        agency=fields.raw("agency", limit=40),
        field=fields.raw("field", limit=60),
        page=fields.number("page", 1, 1, MANY_PAGES),
        online_only=online_only,
    )
    fields.done()
    return query
