"""The phone for people: phones and mailboxes, readable from the back of a room."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mock_phone.domain.approval import ApprovalState
from mock_phone.domain.codes import codes, pieces
from mock_phone.domain.message import Kind, kind_of
from mock_phone.domain.recipient import EmailAddress, Recipient
from mock_phone.service import PhoneService
from mock_phone.web import parsing
from simkit.core.errors import BadInput
from simkit.core.refs import PhoneNumber
from simkit.flaskkit.house import Handle

# Mail is somebody else's HTML: it may look like something and do nothing. Links open beside it.
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none';"
    " frame-ancestors 'self'; base-uri 'none'; sandbox allow-popups allow-popups-to-escape-sandbox"
)

MAIL_HEAD = (
    '<!doctype html><meta charset="utf-8"><base target="_blank">'
    "<style>body{font-family:system-ui,sans-serif;margin:1rem}</style>"
)


def blueprint(service: Handle[PhoneService]) -> Blueprint:
    """Bind the pages to the service of the request's world."""
    bp = Blueprint("pages", __name__, static_folder="static", static_url_path="/static/phone")
    bp.add_app_template_global(pieces, "code_pieces")
    bp.add_app_template_global(codes, "codes_in")
    _add_home(bp, service)
    _add_phone(bp, service)
    _add_mailbox(bp, service)
    return bp


def _home(service: PhoneService, typed: str = "", error: BadInput | None = None) -> str:
    boxes = service.inboxes()
    return render_template(
        "phone/home.html",
        phones=[box for box in boxes if box.kind is Kind.SMS],
        mailboxes=[box for box in boxes if box.kind is Kind.MAIL],
        last=max((box.newest.seq for box in boxes), default=0),
        form={"to": typed},
        errors={} if error is None else {"to": str(error)},
    )


def _place(owner: Recipient) -> str:
    """Return the address of a phone's or a mailbox's page."""
    if kind_of(owner) is Kind.MAIL:
        return url_for("pages.mailbox", address=str(owner))
    return url_for("pages.phone", number=str(owner))


def _add_home(bp: Blueprint, service: Handle[PhoneService]) -> None:
    @bp.get("/")
    def home() -> ResponseReturnValue:
        return _home(service())

    @bp.get("/open")
    def open_inbox() -> ResponseReturnValue:
        """Go to the phone or mailbox that somebody typed."""
        typed = request.args.get("to", "")
        try:
            return redirect(_place(parsing.owner_from(typed)), 303)
        except BadInput as error:
            return _home(service(), typed, error), 400


def _add_phone(bp: Blueprint, service: Handle[PhoneService]) -> None:
    @bp.get("/phone/<number>")
    def phone(number: str) -> ResponseReturnValue:
        owner = PhoneNumber.parse(number)
        if str(owner) != number:
            return redirect(_place(owner), 301)
        threads = service().phone(owner)
        asked = service().smart_otp.questions(owner)
        return render_template(
            "phone/phone.html",
            number=number,
            threads=threads,
            last=threads[0].newest.seq if threads else 0,
            waiting=sum(each.state is ApprovalState.PENDING for each in asked),
        )


def _add_mailbox(bp: Blueprint, service: Handle[PhoneService]) -> None:
    @bp.get("/mailbox/<address>")
    def mailbox(address: str) -> ResponseReturnValue:
        owner = EmailAddress.parse(address)
        if str(owner) != address:
            return redirect(_place(owner), 301)
        mails = service().mailbox(owner)
        return render_template(
            "phone/mailbox.html",
            address=address,
            mails=mails,
            last=mails[0].seq if mails else 0,
        )

    @bp.get("/mailbox/<address>/<seq>")
    def mail(address: str, seq: str) -> ResponseReturnValue:
        found = service().mail(EmailAddress.parse(address), parsing.seq_from(seq))
        return render_template("phone/mail.html", address=found.to, mail=found)

    @bp.get("/mailbox/<address>/<seq>/html")
    def mail_html(address: str, seq: str) -> ResponseReturnValue:
        """Return the HTML part for the frame on the mail's page."""
        found = service().mail(EmailAddress.parse(address), parsing.seq_from(seq))
        response = Response(f"{MAIL_HEAD}{found.html}")
        response.headers["Content-Security-Policy"] = MAIL_POLICY
        response.headers["Referrer-Policy"] = "no-referrer"
        return response
