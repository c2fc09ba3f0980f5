"""The Smart OTP app on the phone: banks ask, the owner of the phone approves or refuses."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mock_phone.domain.approval import Approval, ApprovalState
from mock_phone.service import PhoneService
from mock_phone.web import parsing
from simkit.core.refs import PhoneNumber
from simkit.flaskkit.body import form_fields, json_object
from simkit.flaskkit.here import about
from simkit.flaskkit.house import Handle


def blueprint(service: Handle[PhoneService]) -> Blueprint:
    """Bind the app's page and its two calls to the service of the request's world."""
    bp = Blueprint("smart_otp", __name__)

    @bp.post("/api/v1/approvals")
    def ask() -> ResponseReturnValue:
        """Take a question: 201 when it is news, 200 when it came before."""
        asked = service().smart_otp.ask(parsing.question_from(json_object(request)))
        about(asked.approval.question.id)
        number = str(asked.approval.question.to)
        answer = {**as_json(asked.approval), "page": url_for("smart_otp.page", number=number)}
        return answer, 201 if asked.news else 200

    @bp.get("/api/v1/approvals")
    def approvals() -> ResponseReturnValue:
        """Tell what a phone was asked after ``after``, the oldest first."""
        to, after = parsing.questions_query_from(request.args)
        found = service().smart_otp.questions(to, after)[::-1]
        last = found[-1].seq if found else after
        return {"approvals": [as_json(each) for each in found], "last": last}

    @bp.get("/phone/<number>/smart-otp")
    def page(number: str) -> ResponseReturnValue:
        """Show what waits for an answer, and what was answered last."""
        owner = PhoneNumber.parse(number)
        if str(owner) != number:
            return redirect(url_for("smart_otp.page", number=str(owner)), 301)
        found = service().smart_otp.questions(owner)
        return render_template(
            "phone/smart_otp.html",
            number=number,
            waiting=[each for each in found if each.state is ApprovalState.PENDING],
            done=[each for each in found if each.state is not ApprovalState.PENDING],
            last=found[0].seq if found else 0,
        )

    @bp.post("/phone/<number>/smart-otp/<approval_id>")
    def answer(number: str, approval_id: str) -> ResponseReturnValue:
        """Approve or refuse; a second press changes nothing."""
        event = parsing.event_from(form_fields(request, ("answer",))["answer"])
        owner = PhoneNumber.parse(number)
        about(approval_id)
        service().smart_otp.answer(owner, approval_id, event)
        return redirect(url_for("smart_otp.page", number=str(owner)), 303)

    return bp


def as_json(approval: Approval) -> dict[str, object]:
    """Return a question as machines see it; times are ISO 8601 in UTC+7."""
    question = approval.question
    return {
        "id": question.id,
        "seq": approval.seq,
        "to": str(question.to),
        "from": question.sender,
        "title": question.title,
        "lines": list(question.lines),
        "expires_at": question.expires_at.isoformat(),
        "state": approval.state.value,
    }
