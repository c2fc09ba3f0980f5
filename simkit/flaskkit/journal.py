"""Names the business key of a request, so that the journal can be read by dossier or payment."""

from simkit.flaskkit.here import about

__all__ = ["about"]
