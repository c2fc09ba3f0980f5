"""The phone for machines: SMS come in, and who asks is told what came."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from mock_phone.domain.message import Message
from mock_phone.service import PhoneService
from mock_phone.web import parsing
from simkit.flaskkit.body import json_object
from simkit.flaskkit.house import Handle


def blueprint(service: Handle[PhoneService]) -> Blueprint:
    """Bind the routes to the service of the request's world."""
    bp = Blueprint("api", __name__, url_prefix="/api/v1")

    @bp.post("/sms")
    def sms() -> ResponseReturnValue:
        """Take an SMS: 201 when it is news, 200 when it came before."""
        taken = service().take_sms(parsing.sms_from(json_object(request)))
        answer = {
            "id": taken.message.id,
            "seq": taken.message.seq,
            "to": taken.message.to,
            "at": taken.message.at.isoformat(),
            "page": url_for("pages.phone", number=taken.message.to),
        }
        return answer, 201 if taken.news else 200

    @bp.get("/messages")
    def messages() -> ResponseReturnValue:
        """Tell what came after ``after``, waiting for it up to ``wait`` seconds."""
        query = parsing.news_query_from(request.args)
        news = service().news(query.to, query.after, query.wait)
        return {"messages": [as_json(m) for m in news.messages], "last": news.last}

    return bp


def as_json(message: Message) -> dict[str, object]:
    """Return a message as ``GET /api/v1/messages`` shows it; ``at`` is ISO 8601 in UTC+7."""
    return {
        "id": message.id,
        "seq": message.seq,
        "kind": message.kind,
        "to": message.to,
        "from": message.sender,
        "subject": message.subject,
        "text": message.text,
        "html": message.html,
        "at": message.at.isoformat(),
    }
