"""Pages about fees: what has to be paid, coming back from the platform, the receipt."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mock_portal.domain.errors import FeeNotDue, PaymentPending, PlatformRefused
from mock_portal.domain.fee import OrderState
from mock_portal.service import PortalService
from mock_portal.web.signed_in import current_citizen, present_citizen
from simkit.core.errors import NeighbourDown, RuleBroken
from simkit.flaskkit.here import about
from simkit.flaskkit.house import Handle
from simkit.flaskkit.problem import status_of

NATIONAL = "quoc-gia"
"""The one way to pay that is offered: «Cổng thanh toán Quốc Gia»."""

WAY = "cong_thanh_toan"
CHOOSE = "Hãy chọn cổng thanh toán."
SILENT = "Cổng thanh toán chưa trả lời. Bạn chưa bị trừ tiền; hãy thử lại sau ít phút."
SEE_OTHER = 303


def blueprint(service: Handle[PortalService]) -> Blueprint:
    """Bind the pages to a service: read, ask, answer."""
    bp = Blueprint("payment", __name__)

    @bp.get("/ho-so/<code>/thanh-toan")
    def page(code: str) -> ResponseReturnValue:
        citizen = current_citizen(service())
        about(code)
        view = service().payments.page(citizen.id, code)
        return render_template("portal/payment.html", view=view, errors={})

    @bp.post("/ho-so/<code>/thanh-toan")
    def start(code: str) -> ResponseReturnValue:
        citizen = current_citizen(service())
        about(code)
        if request.form.get(WAY) != NATIONAL:
            view = service().payments.page(citizen.id, code)
            page = render_template("portal/payment.html", view=view, errors={WAY: CHOOSE})
            return page, 400
        return _begin(service(), citizen.id, code)

    @bp.get("/thanh-toan/tro-ve")
    def back() -> ResponseReturnValue:
        returned = service().payments.returned(request.args.get("MaThamChieu", ""))
        about(returned.view.dossier.code)
        citizen = present_citizen(service())
        mine = citizen is not None and citizen.id == returned.view.dossier.owner
        receipt = returned.view.receipt
        if mine and receipt is not None and returned.order.state is OrderState.PAID:
            return redirect(url_for("payment.receipt", number=receipt.number), SEE_OTHER)
        return render_template("portal/returned.html", returned=returned, mine=mine)

    _add_lists(bp, service)
    return bp


def _add_lists(bp: Blueprint, service: Handle[PortalService]) -> None:
    @bp.get("/tai-khoan/thanh-toan")
    def bills() -> ResponseReturnValue:
        citizen = current_citizen(service())
        return render_template("portal/bills.html", bills=service().payments.bills(citizen.id))

    @bp.get("/bien-lai/<number>")
    def receipt(number: str) -> ResponseReturnValue:
        citizen = current_citizen(service())
        found = service().payments.receipt(citizen.id, number)
        about(found.receipt.dossier)
        return render_template("portal/receipt.html", receipt=found.receipt, view=found.view)


def _begin(service: PortalService, owner: str, code: str) -> ResponseReturnValue:
    """Lead to the platform; whoever has paid already is led to the receipt."""
    try:
        return redirect(service.payments.start(owner, code), SEE_OTHER)
    except (PlatformRefused, NeighbourDown, PaymentPending) as refusal:
        return _not_now(service, owner, code, refusal)
    except FeeNotDue:
        receipt = service.payments.page(owner, code).receipt
        if receipt is None:
            raise
        return redirect(url_for("payment.receipt", number=receipt.number), SEE_OTHER)


def _not_now(
    service: PortalService, owner: str, code: str, refusal: RuleBroken
) -> ResponseReturnValue:
    """Show the payment page again: nothing was paid, and one may try once more."""
    view = service.payments.page(owner, code)
    sentence = SILENT if isinstance(refusal, NeighbourDown) else str(refusal)
    page = render_template("portal/payment.html", view=view, errors={"": sentence})
    return page, status_of(refusal)
