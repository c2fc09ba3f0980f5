"""The routes for payers: «Chọn ngân hàng», and the way back from the bank."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mock_payment_gateway.domain.bank import Bank
from mock_payment_gateway.domain.errors import NoSuchBank, OrderClosed, OrderExpired
from mock_payment_gateway.domain.payment import PaymentState
from mock_payment_gateway.service import GatewayService, Order
from simkit.core.errors import NeighbourDown
from simkit.flaskkit.body import form_fields
from simkit.flaskkit.house import Handle
from simkit.flaskkit.journal import about

_CONFLICT, _NOT_UNDERSTOOD, _NEIGHBOUR_DOWN = 409, 422, 503


def blueprint(service: Handle[GatewayService]) -> Blueprint:
    """Bind the pages to a service: read, ask, answer."""
    bp = Blueprint("pages", __name__)

    @bp.get("/")
    def home() -> ResponseReturnValue:
        return render_template("gateway/home.html")

    @bp.get("/thanh-toan/<token>")
    def order(token: str) -> ResponseReturnValue:
        return _page(service(), _found(service(), token), {}, 200)

    _add_choice(bp, service)
    _add_return(bp, service)
    return bp


def _add_choice(bp: Blueprint, service: Handle[GatewayService]) -> None:
    @bp.post("/thanh-toan/<token>")
    def choose(token: str) -> ResponseReturnValue:
        _found(service(), token)
        code = form_fields(request, ("bank",))["bank"]
        try:
            return redirect(service().choose(token, code), 303)
        except NoSuchBank as refused:
            errors, status = {"bank": str(refused)}, _NOT_UNDERSTOOD
        except NeighbourDown as down:
            errors, status = {"": str(down)}, _NEIGHBOUR_DOWN
        except (OrderClosed, OrderExpired) as refused:
            errors, status = {"": str(refused)}, _CONFLICT
        return _page(service(), service().order(token), errors, status, chosen=code)

    @bp.post("/thanh-toan/<token>/huy")
    def cancel(token: str) -> ResponseReturnValue:
        _found(service(), token)
        try:
            return _sent_back(service().cancel(token))
        except OrderClosed as refused:
            errors = {"": str(refused)}
        return _page(service(), service().order(token), errors, _CONFLICT)


def _add_return(bp: Blueprint, service: Handle[GatewayService]) -> None:
    @bp.get("/thanh-toan/<token>/ket-qua")
    def come_back(token: str) -> ResponseReturnValue:
        _found(service(), token)
        order = service().come_back(token)
        if order.payment.settled:
            return _sent_back(order)
        if order.payment.state is PaymentState.CREATED:
            return redirect(url_for("pages.order", token=token), 303)
        return _page(service(), order, {}, 200)


def _sent_back(order: Order) -> ResponseReturnValue:
    """Send the browser back to the partner, unless the order's course keeps it here."""
    if order.held or order.stays:
        return render_template("gateway/order.html", order=order, errors={})
    return redirect(order.way_back, 303)


def _found(service: GatewayService, token: str) -> Order:
    """Return the order and name it in the journal."""
    found = service.order(token)
    about(found.payment.reference)
    return found


def _page(
    service: GatewayService,
    order: Order,
    errors: Mapping[str, str],
    status: int,
    chosen: str = "",
) -> ResponseReturnValue:
    """Render the page that fits the order's state."""
    if order.payment.state is not PaymentState.CREATED or order.over:
        return render_template("gateway/order.html", order=order, errors=errors), status
    banks: Sequence[Bank] = ()
    try:
        banks = service.banks()
    except NeighbourDown:
        status = _NEIGHBOUR_DOWN
    page = render_template(
        "gateway/choose.html",
        order=order,
        banks=[(bank.code, bank.name) for bank in banks],
        errors=errors,
        chosen=chosen or order.payment.wished_bank,
    )
    return page, status
