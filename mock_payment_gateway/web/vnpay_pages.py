"""VNPAY's pages at their original paths, with the element ids that others' scripts need [S]."""

from collections.abc import Callable, Mapping
from contextlib import suppress

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from mock_payment_gateway.domain.vnpay import banks, wire
from mock_payment_gateway.domain.vnpay import qr as qr_code
from mock_payment_gateway.domain.vnpay.errors import (
    PAGE_WORDS,
    NoSuchMethod,
    NoSuchSale,
    PayRefused,
    SaleOver,
    WrongCard,
    WrongOtp,
)
from mock_payment_gateway.domain.vnpay.sale import Sale, SaleState
from mock_payment_gateway.service import GatewayService, Vnpay
from mock_payment_gateway.service.vnpay import Checkout
from mock_payment_gateway.web.qr import picture
from simkit.flaskkit.body import form_fields
from simkit.flaskkit.house import Handle
from simkit.flaskkit.journal import about
from simkit.flaskkit.problem import wants_json

_BAD, _NOT_UNDERSTOOD, _CONFLICT = 400, 422, 409
_TOKEN = "vnpay"  # noqa: S105 -- the name of a session field


def blueprint(service: Handle[GatewayService]) -> Blueprint:
    """Bind the pages to a service: read, ask, answer."""
    bp = Blueprint("vnpay", __name__, url_prefix="/paymentv2")

    def vnpay() -> Vnpay:
        return service().vnpay

    _add_pay(bp, vnpay)
    _add_method(bp, vnpay)
    _add_card(bp, vnpay)
    _add_otp(bp, vnpay)
    _add_qr(bp, vnpay)
    _add_ends(bp, vnpay)
    return bp


def _add_pay(bp: Blueprint, vnpay: Callable[[], Vnpay]) -> None:
    @bp.get("/vpcpay.html")
    def pay() -> ResponseReturnValue:
        raw = request.query_string.decode("utf-8", "replace")
        fields = wire.decode(raw)
        try:
            sale = vnpay().pay(raw)
        except PayRefused as refused:
            return _refused(vnpay(), refused, fields)
        about(sale.reference)
        if sale.request["vnp_Command"] == "genqr":
            content = qr_code.content(sale.merchant, sale.reference, sale.amount)
            return {"code": "00", "message": "Success", "qrcontent": content}
        session[_TOKEN] = sale.token
        return redirect(_first_page(sale))

    @bp.get("/Payment/Error.html")
    def error() -> ResponseReturnValue:
        code = request.args.get("code", "99")
        code = code if code in PAGE_WORDS else "99"
        back = ""
        if code == "15" and request.args.get("token"):
            back = vnpay().checkout(request.args["token"]).way_back
        return render_template("vnpay/error.html", code=code, words=PAGE_WORDS[code], back=back)


def _refused(vnpay: Vnpay, refused: PayRefused, fields: Mapping[str, str]) -> ResponseReturnValue:
    """Answer a pay request that is no good: to machines in JSON, strictly, or with reasons."""
    about(fields.get("vnp_TxnRef", "")[:100])
    if fields.get("vnp_Command") == "genqr" or wants_json():
        answer = {"code": refused.page, "message": str(refused), "facts": refused.facts}
        return {**answer, "qrcontent": ""}, _BAD
    if vnpay.strict(fields.get("vnp_TmnCode", "")):
        return redirect(url_for("vnpay.error", code=refused.page))
    page = render_template("vnpay/refused.html", refused=refused, words=PAGE_WORDS[refused.page])
    return page, _BAD


def _first_page(sale: Sale) -> str:
    """Return where the payer begins: vnp_BankCode may choose the way to pay beforehand [S]."""
    wished = banks.find(sale.request.get("vnp_BankCode", ""))
    if sale.state is SaleState.EXPIRED:
        return url_for("vnpay.error", code="15", token=sale.token)
    if wished is None:
        return url_for("vnpay.method", token=sale.token)
    return _page_of(wished, sale.token)


def _page_of(method: banks.Method, token: str) -> str:
    if method.code == banks.QR:
        return url_for("vnpay.qr", token=token)
    kind = "international" if method.code == banks.INTERNATIONAL else "card"
    return url_for(f"vnpay.{kind}", token=token)


def _add_method(bp: Blueprint, vnpay: Callable[[], Vnpay]) -> None:
    @bp.get("/Transaction/PaymentMethod.html")
    def method() -> ResponseReturnValue:
        checkout = _checkout(vnpay())
        return _method_page(checkout, {}, 200)

    @bp.post("/Transaction/PaymentMethod.html")
    def choose() -> ResponseReturnValue:
        checkout = _checkout(vnpay())
        code = form_fields(request, ("paymethod",))["paymethod"]
        try:
            return redirect(_page_of(vnpay().choose(checkout.sale.token, code), _token()), 303)
        except NoSuchMethod as refused:
            return _method_page(checkout, {"": str(refused)}, _NOT_UNDERSTOOD)
        except SaleOver:
            return redirect(_next(checkout), 303)


def _method_page(checkout: Checkout, errors: Mapping[str, str], status: int) -> ResponseReturnValue:
    if not checkout.sale.payable or checkout.over:
        return redirect(_next(checkout))
    sought = request.args.get("q", "").strip().upper()[:30]
    found = [m for m in banks.METHODS if m.kind != "ATM" or sought in m.code]
    page = render_template(
        "vnpay/method.html", checkout=checkout, methods=found, sought=sought, errors=errors
    )
    return page, status


def _add_card(bp: Blueprint, vnpay: Callable[[], Vnpay]) -> None:
    @bp.get("/Ncb/Transaction/Index.html")
    def card() -> ResponseReturnValue:
        return _card_page(_checkout(vnpay()), {}, 200)

    @bp.get("/International/Transaction/Index.html")
    def international() -> ResponseReturnValue:
        return _card_page(_checkout(vnpay()), {}, 200)

    @bp.post("/International/Transaction/Index.html")
    @bp.post("/Ncb/Transaction/Index.html")
    def enter_card() -> ResponseReturnValue:
        checkout = _checkout(vnpay())
        form = form_fields(request, ("cardNumber", "cardHolder", "cardDate"))
        try:
            sale = vnpay().enter_card(
                checkout.sale.token, form["cardNumber"], form["cardHolder"], form["cardDate"]
            )
        except WrongCard as refused:
            return _card_page(checkout, {"cardNumber": str(refused)}, _NOT_UNDERSTOOD)
        except SaleOver:
            return redirect(_next(checkout), 303)
        return redirect(_next(vnpay().checkout(sale.token)), 303)


def _card_page(checkout: Checkout, errors: Mapping[str, str], status: int) -> ResponseReturnValue:
    if not checkout.sale.payable or checkout.over:
        return redirect(_next(checkout))
    foreign = "/International/" in request.path
    page = render_template(
        "vnpay/card.html", checkout=checkout, errors=errors, values=request.form, foreign=foreign
    )
    return page, status


def _add_otp(bp: Blueprint, vnpay: Callable[[], Vnpay]) -> None:
    @bp.get("/Ncb/Transaction/Confirm.html")
    def otp() -> ResponseReturnValue:
        return _otp_page(_checkout(vnpay()), {}, 200)

    @bp.post("/Ncb/Transaction/Confirm.html")
    def confirm() -> ResponseReturnValue:
        checkout = _checkout(vnpay())
        otp = form_fields(request, ("otpvalue",))["otpvalue"]
        try:
            sale = vnpay().enter_otp(checkout.sale.token, otp)
        except WrongOtp as refused:
            return _otp_page(checkout, {"otpvalue": str(refused)}, _NOT_UNDERSTOOD)
        except (SaleOver, WrongCard):
            return redirect(_next(checkout), 303)
        return redirect(_next(vnpay().checkout(sale.token)), 303)

    @bp.post("/Ncb/Transaction/AjaxConfirm.html")
    def ajax_confirm() -> ResponseReturnValue:
        checkout = _checkout(vnpay())
        otp = form_fields(request, ("otpvalue",))["otpvalue"]
        try:
            sale = vnpay().enter_otp(checkout.sale.token, otp)
        except (WrongOtp, WrongCard) as refused:
            return {"code": "13", "message": str(refused)}
        except SaleOver:
            return {"code": "74", "url": _next(checkout)}
        return {"code": "00", "url": _next(vnpay().checkout(sale.token))}


def _otp_page(checkout: Checkout, errors: Mapping[str, str], status: int) -> ResponseReturnValue:
    if checkout.sale.state is not SaleState.AUTHORISING or checkout.over:
        return redirect(_next(checkout))
    return render_template("vnpay/otp.html", checkout=checkout, errors=errors), status


def _add_qr(bp: Blueprint, vnpay: Callable[[], Vnpay]) -> None:
    @bp.get("/Transaction/Qr.html")
    def qr() -> ResponseReturnValue:
        checkout = _checkout(vnpay())
        if not checkout.sale.payable or checkout.over:
            return redirect(_next(checkout))
        sale = checkout.sale
        content = qr_code.content(sale.merchant, sale.reference, sale.amount)
        return render_template(
            "vnpay/qr.html", checkout=checkout, content=content, picture=picture(content)
        )

    @bp.post("/Transaction/Qr.html")
    def scan() -> ResponseReturnValue:
        checkout = _checkout(vnpay())
        try:
            vnpay().scan(checkout.sale.token)
        except SaleOver:
            return redirect(_next(checkout), 303)
        return redirect(_next(vnpay().checkout(checkout.sale.token)), 303)


def _add_ends(bp: Blueprint, vnpay: Callable[[], Vnpay]) -> None:
    @bp.post("/Transaction/Cancel.html")
    @bp.post("/Ncb/Transaction/Cancel.html")
    def cancel() -> ResponseReturnValue:
        checkout = _checkout(vnpay())
        if form_fields(request, ("btnCancel",))["btnCancel"] == "confirm":
            with suppress(SaleOver):  # it has its end, and the payer is shown which
                vnpay().cancel(checkout.sale.token)
        url = _next(vnpay().checkout(checkout.sale.token))
        scripted = request.headers.get("X-Requested-With") == "XMLHttpRequest" or wants_json()
        return {"code": "00", "url": url} if scripted else redirect(url, 303)

    @bp.get("/Transaction/Result.html")
    def result() -> ResponseReturnValue:
        checkout = _checkout(vnpay())
        if checkout.sale.payable and not checkout.over:
            return redirect(_next(checkout))
        if checkout.direct:
            return redirect(checkout.way_back)
        return render_template("vnpay/result.html", checkout=checkout)


def _token() -> str:
    return request.values.get("token", "") or str(session.get(_TOKEN, ""))


def _checkout(vnpay: Vnpay) -> Checkout:
    """Return the payment that the address, the form or the browser's session names."""
    token = _token()
    if not token:
        raise NoSuchSale("Phiên thanh toán không còn. Xin mở lại từ trang của đơn vị thu phí.")
    checkout = vnpay.checkout(token)
    if checkout.over and checkout.sale.payable:
        vnpay.expire(token)
        checkout = vnpay.checkout(token)
    about(checkout.sale.reference)
    return checkout


def _next(checkout: Checkout) -> str:
    """Return the page on which the payer goes on."""
    sale = checkout.sale
    if sale.state is SaleState.OPEN:
        return url_for("vnpay.method", token=sale.token)
    if sale.state is SaleState.AUTHORISING:
        return url_for("vnpay.otp", token=sale.token)
    if sale.state is SaleState.EXPIRED:
        return url_for("vnpay.error", code="15", token=sale.token)
    return checkout.way_back if checkout.direct else url_for("vnpay.result", token=sale.token)
