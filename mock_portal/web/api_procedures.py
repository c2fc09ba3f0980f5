"""Procedures for machines: ``GET /api/v1/procedures`` and ``…/procedures/<code>``."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from mock_portal.domain.procedure import Channel, ChannelTerms, Procedure
from mock_portal.service import PortalService
from mock_portal.service.procedures import PAGE_SIZE, ProcedureDetail, ProcedureQuery
from mock_portal.web import parsing
from simkit.flaskkit.house import Handle

LIMIT = 100
PARAMETERS = ("q", "agency", "field", "limit")


def blueprint(service: Handle[PortalService]) -> Blueprint:
    """Bind the route to a service: read, ask, answer."""
    bp = Blueprint("api_procedures", __name__, url_prefix="/api/v1")

    @bp.get("/procedures")
    def procedures() -> ResponseReturnValue:
        found = service().procedures.find(_query())
        return {
            "total": found.total,
            "procedures": [_shown(each) for each in found.procedures],
            "hints": [
                {
                    "title": each.hint.title,
                    "text": each.hint.text,
                    "agency": each.agency.code if each.agency else None,
                }
                for each in found.hints
            ],
        }

    @bp.get("/procedures/<code>")
    def procedure(code: str) -> ResponseReturnValue:
        return _in_full(service().procedures.detail(code))

    return bp


def _in_full(found: ProcedureDetail) -> dict[str, object]:
    """Return what a machine has to know to file: who receives it, and which papers it takes."""
    return _shown(found.procedure) | {
        "agencies": [{"code": each.code, "name": each.name} for each in found.counters],
        "components": [
            {"key": each.key, "name": each.name, "required": each.required}
            for each in found.procedure.components
        ],
    }


def _query() -> ProcedureQuery:
    fields = parsing.Fields(request.args)
    fields.only(PARAMETERS)
    query = ProcedureQuery(
        phrase=fields.raw("q", limit=200),
        agency=fields.raw("agency", limit=40),
        field=fields.raw("field", limit=60),
        size=fields.number("limit", PAGE_SIZE, 1, LIMIT),
    )
    fields.done()
    return query


def _shown(procedure: Procedure) -> dict[str, object]:
    return {
        "code": procedure.code,
        "name": procedure.name,
        "field": procedure.field,
        "service_level": procedure.service_level,
        "offered": procedure.is_offered,
        "submittable_online": procedure.submittable_online,
        "channels": {
            channel: _terms(procedure.channels[channel])
            for channel in Channel
            if channel in procedure.channels
        },
    }


def _terms(terms: ChannelTerms) -> dict[str, object]:
    """Return term and fee; an amount in whole đồng, ``null`` for what is not known."""
    term = terms.term
    return {
        "term": {"amount": term.amount, "unit": term.unit} if term else None,
        "fee": {"amount": terms.fee.amount, "currency": "VND", "per": terms.fee.per},
    }
