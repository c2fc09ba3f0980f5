"""Dossiers for machines: ``POST /api/v1/dossiers`` and ``GET /api/v1/dossiers/<code>``.

The look-up is the busiest route of the portal; it does one query and writes its few facts itself.
"""

import hashlib
import json
from collections.abc import Mapping

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue

from mock_portal.domain.dossier import PublicFacts
from mock_portal.domain.errors import DossierIncomplete
from mock_portal.domain.site import Site
from mock_portal.service import PortalService
from mock_portal.web.dossier_parsing import filing_from_json, idempotency_key
from simkit.flaskkit.body import json_object
from simkit.flaskkit.here import about
from simkit.flaskkit.house import Handle

_PREFIXES = (("delivery_", "delivery."), ("component_", "documents."))
_APPLICANT = frozenset({"full_name", "id_number", "email", "phone", "address"})


def blueprint(service: Handle[PortalService]) -> Blueprint:
    """Bind the routes to a service: read, ask, answer."""
    bp = Blueprint("api_dossiers", __name__, url_prefix="/api/v1")

    @bp.get("/dossiers/<code>")
    def dossier(code: str) -> ResponseReturnValue:
        here = service()
        return _json(_shown(here.dossiers.public(code), here.site), 200)

    @bp.post("/dossiers")
    def register() -> ResponseReturnValue:
        here = service()
        key = idempotency_key(request)
        filing = filing_from_json(json_object(request))
        fingerprint = hashlib.sha256(request.get_data()).hexdigest()
        try:
            made, new = here.dossiers.register(filing, key, fingerprint)
        except DossierIncomplete as refusal:
            raise DossierIncomplete(str(refusal), _in_json_terms(refusal.facts)) from None
        about(made.code)
        response = _json(_shown(here.dossiers.public(made.code), here.site), 201 if new else 200)
        response.headers["Location"] = url_for("api_dossiers.dossier", code=made.code)
        if not new:
            response.headers["Idempotent-Replayed"] = "true"
        return response

    return bp


def _shown(facts: PublicFacts, site: Site) -> dict[str, object]:
    return {
        "code": facts.code,
        "state": facts.state,
        "state_label": facts.state.label,
        "national_state": facts.state.national,
        "procedure": facts.procedure,
        "procedure_name": site.procedure(facts.procedure).name,
        "agency": facts.unit,
        "agency_name": site.agency(facts.unit).name,
        "submitted_at": facts.submitted_at,
        "due_at": facts.due_at,
    }


def _json(body: Mapping[str, object], status: int) -> Response:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Response(text, status, mimetype="application/json")


def _in_json_terms(facts: Mapping[str, str]) -> dict[str, str]:
    """Return the facts named as the fields of the request are."""
    return {_path(name): sentence for name, sentence in facts.items()}


def _path(name: str) -> str:
    if name in _APPLICANT:
        return f"applicant.{name}"
    for prefix, path in _PREFIXES:
        if name.startswith(prefix):
            return path + name.removeprefix(prefix)
    return "agency" if name == "unit" else name
