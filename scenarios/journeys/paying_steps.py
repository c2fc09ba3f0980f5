"""Steps that the journeys about paying share; this module registers no journey."""

from scenarios.engine.stage import Stage
from scenarios.pages.bank.payment import BankPayment
from scenarios.pages.gateway.choice import BankChoice
from scenarios.pages.portal.filing import Payment
from scenarios.pages.portal.paying import Account

PROCEDURE = "1.003725"
FEE = "50.000"
ENOUGH = 5_000_000
OTP = r"OTP\D*(\d{6,8})"


def a_dossier_to_pay(stage: Stage, balance: int = ENOUGH) -> str:
    """Have a dossier with a fee and an account at Vietcombank, sign in and open the payment."""
    code = stage.backstage.file_dossier(stage.actor, PROCEDURE)
    stage.backstage.open_bank_account(stage.actor, balance)
    account = stage.on(Account)
    with stage.step("Đăng nhập và mở trang thanh toán của hồ sơ đã nộp."):
        account.sign_in(stage.actor)
        account.open_payment_of(code)
    return code


def go_to_bank(stage: Stage, bank: str = "Vietcombank") -> None:
    """Walk from the payment page to the bank's sign-in page."""
    stage.on(Payment).choose_national_gateway()
    choice = stage.on(BankChoice)
    choice.expect_fee(FEE)
    choice.pay_at(bank)


def ask_for_otp(stage: Stage) -> str:
    """Walk from Vietcombank's sign-in page to where the code is asked for, and return the code."""
    stage.on(BankPayment).sign_in(stage.actor.user, stage.actor.password)
    before = stage.backstage.last_message(stage.actor.phone)
    stage.on(BankPayment).consent()
    return new_otp(stage, before)


def new_otp(stage: Stage, before: int) -> str:
    """Return the code that came after message number ``before``."""
    return stage.backstage.message(stage.actor.phone, OTP, after=before)[1]


def pay_at_last(stage: Stage, code: str) -> None:
    """Pay at Vietcombank from the payment page on, and read the receipt."""
    with stage.step("Thanh toán qua Vietcombank và nhận biên lai."):
        go_to_bank(stage)
        otp = ask_for_otp(stage)
        stage.on(BankPayment).confirm(otp, FEE)
        stage.on(Payment).expect_receipt(code)


def books_agree(stage: Stage, debits: int) -> None:
    """Count what left accounts at the bank, and let all books be compared."""
    with stage.step("Đối soát: mỗi lần trừ tiền khớp đúng một biên lai, mọi sổ sách thống nhất."):
        stage.backstage.settle()
        assert stage.backstage.paid_at_bank() == debits
        report = stage.backstage.audit()
        assert report.clean, "\n".join(report.lines())
