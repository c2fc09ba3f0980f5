"""Internet banking for people: sign in, see the statement, send money, show and read a VietQR."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from mock_bank.domain.account import Customer
from mock_bank.domain.errors import (
    BadQr,
    SignInLocked,
    SignInNeeded,
    UnknownAccount,
    UnknownBank,
    WrongSignIn,
)
from mock_bank.domain.profile import BankProfile, bank_of
from mock_bank.domain.vietqr import QrTransfer, encode
from mock_bank.service import BankService
from mock_bank.web import parsing, transfer_parsing
from mock_bank.web.qr import picture
from simkit.core.captcha import CaptchaWrong
from simkit.core.errors import BadInput, NotFound, RuleBroken
from simkit.flaskkit.body import form_fields
from simkit.flaskkit.house import Handle
from simkit.flaskkit.problem import status_of

_CUSTOMER = "customer"
_FIELDS = ("to", "amount", "content", "key")


def blueprint(service: Handle[BankService]) -> Blueprint:
    """Bind the pages to the service of the request's world."""
    bp = Blueprint("banking", __name__, url_prefix="/ngan-hang/<code>")
    _add_door(bp, service)
    _add_statement(bp, service)
    _add_transfer(bp, service)
    _add_sending(bp, service)

    @bp.errorhandler(SignInNeeded)
    def to_the_door(_: SignInNeeded) -> ResponseReturnValue:
        code = (request.view_args or {}).get("code", "")
        return redirect(url_for("banking.door", code=code), HTTPStatus.SEE_OTHER)

    return bp


def _add_door(bp: Blueprint, service: Handle[BankService]) -> None:
    @bp.get("")
    def door(code: str) -> ResponseReturnValue:
        bank = _bank(code)
        if _customer(service(), bank):
            return redirect(url_for("banking.statement", code=code), HTTPStatus.SEE_OTHER)
        return render_template("bank/door.html", bank=bank, errors={}, form={})

    @bp.post("")
    def enter(code: str) -> ResponseReturnValue:
        bank, form = _bank(code), form_fields(request, parsing.SIGN_IN_FIELDS)
        try:
            typed = parsing.sign_in_from(form, bank)
            if typed.captcha is not None:
                service().checkout.check(typed.captcha)
            customer = service().gate.enter(bank, typed.user, typed.password)
        except (BadInput, CaptchaWrong, WrongSignIn, SignInLocked) as refused:
            page = render_template(
                "bank/door.html",
                bank=bank,
                errors=_at_door(refused),
                form={"user": form["user"]},
            )
            return page, status_of(refused)
        session[_CUSTOMER] = [customer.bank, customer.user]
        return redirect(url_for("banking.statement", code=code), HTTPStatus.SEE_OTHER)

    @bp.post("/thoat")
    def leave(code: str) -> ResponseReturnValue:
        session.pop(_CUSTOMER, None)
        return redirect(url_for("banking.door", code=code), HTTPStatus.SEE_OTHER)


def _add_statement(bp: Blueprint, service: Handle[BankService]) -> None:
    @bp.get("/tai-khoan")
    def statement(code: str) -> ResponseReturnValue:
        bank, customer = _signed_in(service(), code)
        before = transfer_parsing.before_from(request.args.get("truoc", ""))
        page = service().transfers.statement(customer.account, before)
        return render_template(
            "bank/statement.html", bank=bank, customer=customer, page=page, before=before
        )

    @bp.get("/ma-qr")
    def my_qr(code: str) -> ResponseReturnValue:
        bank, customer = _signed_in(service(), code)
        text = encode(QrTransfer(bank.bin, customer.account))
        return render_template(
            "bank/my_qr.html", bank=bank, customer=customer, text=text, picture=picture(text)
        )


def _add_transfer(bp: Blueprint, service: Handle[BankService]) -> None:
    @bp.get("/chuyen-tien")
    def transfer(code: str) -> ResponseReturnValue:
        bank, customer = _signed_in(service(), code)
        form = {"key": service().checkout.new_browser()}
        scanned = request.args.get("qr", "")
        if not scanned:
            return _transfer_page(bank, customer, form)
        try:
            found = transfer_parsing.scan(scanned)
        except (BadQr, UnknownBank) as refused:
            errors = {"qr": str(refused)}
            page = _transfer_page(bank, customer, {**form, "qr": scanned}, errors)
            return page, status_of(refused)
        read = {"to": found.account, "amount": str(found.amount or ""), "content": found.content}
        return _transfer_page(bank, customer, {**form, **read, "qr": scanned})


def _add_sending(bp: Blueprint, service: Handle[BankService]) -> None:
    @bp.post("/chuyen-tien")
    def send(code: str) -> ResponseReturnValue:
        bank, customer = _signed_in(service(), code)
        form = form_fields(request, _FIELDS)
        try:
            key = transfer_parsing.key_from(form["key"])
            sent = transfer_parsing.form_from(form)
            service().transfers.send(key, customer, sent)
        except (BadInput, UnknownAccount) as refused:
            errors = refused.facts if isinstance(refused, BadInput) else {"to": str(refused)}
            return _transfer_page(bank, customer, form, errors), status_of(refused)
        where = url_for("banking.sent", code=code, key=key)
        return redirect(where, HTTPStatus.SEE_OTHER)

    @bp.get("/chuyen-tien/<key>")
    def sent(code: str, key: str) -> ResponseReturnValue:
        bank, customer = _signed_in(service(), code)
        found = service().transfers.transfer(key, customer.account)
        return render_template("bank/sent.html", bank=bank, customer=customer, transfer=found)


def _bank(code: str) -> BankProfile:
    try:
        return bank_of(code)
    except UnknownBank as unknown:
        raise NotFound(str(unknown), unknown.facts) from None


def _signed_in(service: BankService, code: str) -> tuple[BankProfile, Customer]:
    """Return the bank and who is signed in there, or refuse."""
    bank = _bank(code)
    customer = _customer(service, bank)
    if customer is None:
        raise SignInNeeded("Hãy đăng nhập ngân hàng điện tử.", {"bank": bank.code})
    return bank, customer


def _customer(service: BankService, bank: BankProfile) -> Customer | None:
    """Return who is signed in at this bank in this browser, if anybody is."""
    match session.get(_CUSTOMER):
        case [str(code), str(user)] if code == bank.code:
            return service.transfers.owner(code, user)
    return None


def _at_door(refused: RuleBroken) -> dict[str, str]:
    if isinstance(refused, CaptchaWrong):
        return {"captcha": "Mã kiểm tra không đúng hoặc đã hết hạn. Hãy nhập mã trong hình mới."}
    return dict(refused.facts) if isinstance(refused, BadInput) else {"": str(refused)}


def _transfer_page(
    bank: BankProfile,
    customer: Customer,
    form: dict[str, str],
    errors: dict[str, str] | None = None,
) -> str:
    return render_template(
        "bank/transfer.html", bank=bank, customer=customer, form=form, errors=errors or {}
    )
