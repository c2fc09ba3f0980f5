"""The gateway's interface: take a payment on, tell how it stands, list the banks."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from mock_bank.domain.notice import report
from mock_bank.domain.payment import Payment
from mock_bank.domain.refund import refund_report
from mock_bank.service import BankService
from mock_bank.web import parsing
from simkit.flaskkit.body import json_object
from simkit.flaskkit.here import about, current_world
from simkit.flaskkit.house import Handle


def blueprint(service: Handle[BankService]) -> Blueprint:
    """Bind the routes to the service: read, ask, answer."""
    bp = Blueprint("api", __name__, url_prefix="/api/v1")

    @bp.get("/banks")
    def banks() -> ResponseReturnValue:
        listed = service().orders.banks()
        return {
            "banks": [
                {"code": b.code, "name": b.name, "bin": b.bin, "kind": b.kind.value} for b in listed
            ]
        }

    @bp.post("/payments")
    def place() -> ResponseReturnValue:
        header = request.headers.get("x-request-id", "")
        order = parsing.order_from(json_object(request), header)
        about(order.reference)
        payment, is_new = service().orders.place(order)
        taken = {
            "request_id": payment.order.request_id,
            "state": payment.said.value,
            "pay_url": _page_of(payment),
        }
        return taken, 201 if is_new else 200

    @bp.get("/payments/<request_id>")
    def payment(request_id: str) -> ResponseReturnValue:
        found = service().orders.payment(request_id)
        about(found.order.reference)
        return report(found)

    @bp.post("/refunds")
    def ask_refund() -> ResponseReturnValue:
        asked = parsing.refund_from(json_object(request))
        refund, is_new = service().refunds.ask(**asked)
        about(service().orders.payment(refund.request_id).order.reference)
        return refund_report(refund), 201 if is_new else 200

    @bp.get("/refunds/<refund_id>")
    def refund(refund_id: str) -> ResponseReturnValue:
        return refund_report(service().refunds.refund(refund_id))

    @bp.post("/approvals/<approval>")
    def approval(approval: str) -> ResponseReturnValue:
        approved = parsing.approval_from(json_object(request), approval)
        return {"id": approval, "state": service().approvals.answer(approval, approved=approved)}

    return bp


def _page_of(payment: Payment) -> str:
    """Return the absolute address of the customer's first page."""
    path = url_for("pages.enter", token=payment.token)
    return current_world().own_url(path.removeprefix(request.script_root))
