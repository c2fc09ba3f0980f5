"""Transfers and VietQR codes for machines."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from mock_bank.domain.account import Customer
from mock_bank.domain.errors import SignInNeeded
from mock_bank.domain.profile import bank_of
from mock_bank.domain.transfer import transfer_report
from mock_bank.domain.vietqr import encode
from mock_bank.service import BankService
from mock_bank.web import transfer_parsing as parsing
from simkit.flaskkit.body import json_object
from simkit.flaskkit.here import about
from simkit.flaskkit.house import Handle


def blueprint(service: Handle[BankService]) -> Blueprint:
    """Bind the routes to the service: read, ask, answer."""
    bp = Blueprint("transfers", __name__, url_prefix="/api/v1")

    @bp.get("/payments/<request_id>/qr")
    def qr(request_id: str) -> ResponseReturnValue:
        wanted = service().orders.qr(request_id)
        return {
            "qr": encode(wanted),
            "bin": wanted.bin,
            "account": wanted.account,
            "amount": wanted.amount,
            "content": wanted.content,
        }

    @bp.post("/transfers")
    def send() -> ResponseReturnValue:
        asked = parsing.sent_from(json_object(request))
        key = parsing.key_from(request.headers.get("Idempotency-Key", ""))
        customer = _customer(service(), asked.bank)
        about(key)
        transfer, is_new = service().transfers.send(key, customer, asked.sent)
        return transfer_report(transfer), 201 if is_new else 200

    @bp.get("/transfers/<key>")
    def transfer(key: str) -> ResponseReturnValue:
        customer = _customer(service(), request.args.get("bank", ""))
        return transfer_report(service().transfers.transfer(key, customer.account))

    return bp


def _customer(service: BankService, bank: str) -> Customer:
    """Return whom the header ``Authorization: Basic`` names at this bank, or refuse."""
    basic = request.authorization
    if basic is None or basic.type != "basic" or not basic.username or not basic.password:
        raise SignInNeeded(
            "Hãy gửi tên đăng nhập và mật khẩu trong tiêu đề Authorization (Basic).",
            {"authorization": "missing"},
        )
    return service.gate.enter(bank_of(bank), basic.username, basic.password)
