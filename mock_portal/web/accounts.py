"""Pages of accounts: registration, activation, signing in and out, the citizen's own page."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mock_portal.domain.account import EmailAddress, Holder, full_name_from
from mock_portal.service import PortalService
from mock_portal.web import parsing, signed_in
from simkit.core.captcha import CaptchaAnswer
from simkit.core.errors import RuleBroken
from simkit.core.refs import IdNumber, PhoneNumber
from simkit.flaskkit.house import Handle
from simkit.flaskkit.problem import status_of

REGISTRATION = ("full_name", "id_number", "email", "phone", "agree", "captcha")


def blueprint(service: Handle[PortalService]) -> Blueprint:
    """Bind the pages to a service: read, ask, answer."""
    bp = Blueprint("accounts", __name__)
    _add_registration(bp, service)
    _add_activation(bp, service)
    _add_signing_in(bp, service)

    @bp.get("/tai-khoan")
    def account() -> ResponseReturnValue:
        citizen = signed_in.current_citizen(service())
        dossiers = service().dossiers.mine(citizen.id)
        return render_template("portal/account.html", account=citizen, dossiers=dossiers)

    return bp


def _add_registration(bp: Blueprint, service: Handle[PortalService]) -> None:
    @bp.get("/dang-ky")
    def register() -> ResponseReturnValue:
        return render_template("portal/register.html", form={}, errors={})

    @bp.post("/dang-ky")
    def do_register() -> ResponseReturnValue:
        try:
            holder, captcha = _registration()
            account = service().accounts.register(holder, captcha)
        except RuleBroken as refusal:
            errors = parsing.errors_on_form(refusal, REGISTRATION)
            return _again("portal/register.html", refusal, errors)
        signed_in.remember_citizen(account)
        return redirect(url_for("accounts.activate"), 303)


def _registration() -> tuple[Holder, CaptchaAnswer]:
    fields = parsing.Fields(request.form)
    name = fields.value("full_name", "Hãy nhập họ và tên.", full_name_from)
    number = fields.value("id_number", "Hãy nhập số chứng minh thư nhân dân.", IdNumber.parse)
    email = fields.value("email", "Hãy nhập thư điện tử.", EmailAddress.parse)
    phone = fields.value("phone", "Hãy nhập số điện thoại.", PhoneNumber.parse)
    fields.tick("agree", "Hãy đồng ý với các điều khoản để đăng ký tài khoản.")
    captcha = fields.captcha()
    fields.done()
    return Holder(name(), number(), email(), phone()), captcha


def _add_activation(bp: Blueprint, service: Handle[PortalService]) -> None:
    @bp.get("/kich-hoat")
    def activate() -> ResponseReturnValue:
        account = signed_in.current_applicant(service())
        target = signed_in.wanted_next()
        if account.is_active:
            return signed_in.go_on(target, url_for("accounts.account"))
        return render_template("portal/activate.html", account=account, errors={}, next=target)

    @bp.post("/kich-hoat")
    def do_activate() -> ResponseReturnValue:
        account = signed_in.current_applicant(service())
        target = signed_in.wanted_next()
        try:
            fields = parsing.Fields(request.form)
            code = fields.text("code", "Hãy nhập mã kích hoạt.", limit=40)
            fields.done()
            service().accounts.activate(account.id, code)
        except RuleBroken as refusal:
            errors = {"code": refusal.facts.get("code", str(refusal))}
            return _again("portal/activate.html", refusal, errors, account=account, next=target)
        flash("Tài khoản đã được kích hoạt. Bạn đã đăng nhập.", "success")
        return signed_in.go_on(target, url_for("accounts.account"))

    @bp.post("/kich-hoat/gui-lai")
    def send_code_again() -> ResponseReturnValue:
        account = signed_in.current_applicant(service())
        try:
            service().accounts.send_new_code(account.id)
        except RuleBroken as refusal:
            return _again("portal/activate.html", refusal, {"": str(refusal)}, account=account)
        flash("Đã gửi mã kích hoạt mới. Mã cũ không còn dùng được.", "success")
        return redirect(url_for("accounts.activate"), 303)


def _add_signing_in(bp: Blueprint, service: Handle[PortalService]) -> None:
    @bp.get("/dang-nhap")
    def sign_in() -> ResponseReturnValue:
        target = signed_in.wanted_next()
        if signed_in.present_citizen(service()):
            return signed_in.go_on(target, url_for("accounts.account"))
        return render_template("portal/sign_in.html", form={}, errors={}, next=target)

    @bp.post("/dang-nhap")
    def do_sign_in() -> ResponseReturnValue:
        target = signed_in.wanted_next()
        try:
            user, password = parsing.credentials(request.form)
            account = service().accounts.sign_in(user, password)
        except RuleBroken as refusal:
            errors = parsing.errors_on_form(refusal, ("user", "password"))
            return _again("portal/sign_in.html", refusal, errors, next=target)
        signed_in.remember_citizen(account)
        if not account.is_active:
            return redirect(url_for("accounts.activate", next=target or None), 303)
        return signed_in.go_on(target, url_for("home.home"))

    @bp.post("/dang-xuat")
    def sign_out() -> ResponseReturnValue:
        signed_in.forget_citizen()
        return redirect(url_for("home.home"), 303)


def _again(
    template: str, refusal: RuleBroken, errors: dict[str, str], **shown: object
) -> ResponseReturnValue:
    """Show the form once more with what was typed and what is wrong with it."""
    page = render_template(template, form=request.form, errors=errors, **shown)
    return page, status_of(refusal)
