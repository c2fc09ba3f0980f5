"""Other ways to pay: approving on the phone, and a wallet."""

from scenarios.engine.journey import journey
from scenarios.engine.stage import Stage
from scenarios.journeys.paying_steps import (
    ENOUGH,
    FEE,
    a_dossier_to_pay,
    books_agree,
    go_to_bank,
    new_otp,
)
from scenarios.pages.bank.payment import BIDV_CONSENT, WALLET_CONSENT, BankPayment
from scenarios.pages.phone.smart_otp import SmartOtp
from scenarios.pages.portal.filing import Payment

HOUSES = ("portal", "gateway", "bank", "phone")
PIN = "135790"


@journey(
    id="PAY-SMART",
    title="Thanh toán bằng Smart OTP: phê duyệt trên điện thoại",
    covers=(),
    needs=HOUSES,
)
def approved_on_the_phone(stage: Stage) -> None:
    """Play a payment whose one-time password is a press on the phone."""
    me = stage.actor
    code = a_dossier_to_pay(stage)
    stage.backstage.open_bank_account(me, ENOUGH, "BIDV")
    bank, app = stage.on(BankPayment), stage.other_browser(SmartOtp)
    with stage.step("Chọn BIDV, đăng nhập và chấp thuận: ngân hàng chờ phê duyệt trên điện thoại."):
        go_to_bank(stage, "BIDV")
        bank.sign_in(me.user, me.password)
        bank.consent(BIDV_CONSENT)
        bank.expect_told("Đang chờ phê duyệt")
    with stage.step("Trên điện thoại mở Smart OTP, kiểm tra số tiền, nhấn «Phê duyệt»."):
        stage.backstage.settle()
        app.open(me.phone)
        app.approve(FEE)
        stage.backstage.settle()
    with stage.step("Trang của ngân hàng tự chuyển tiếp về biên lai."):
        stage.on(Payment).expect_receipt(code)
    books_agree(stage, debits=1)


@journey(
    id="PAY-WALLET",
    title="Thanh toán bằng ví VNPT Money",
    covers=(),
    needs=HOUSES,
)
def by_wallet(stage: Stage) -> None:
    """Play a payment from the wallet: phone number and PIN, order page, code."""
    me = stage.actor
    code = a_dossier_to_pay(stage)
    stage.backstage.open_wallet(me, ENOUGH, PIN)
    bank = stage.on(BankPayment)
    with stage.step("Chọn VNPT Money: trang đơn hàng nêu nội dung, phí giao dịch 0 VND, số tiền."):
        go_to_bank(stage, "VNPT Money")
        bank.expect_told(f"Thanh toán lệ phí cho hồ sơ {code}")
        bank.expect_told("0 VND")
    with stage.step("Đăng nhập ví bằng số điện thoại và mã PIN, chấp thuận, nhập mã OTP."):
        bank.sign_in_to_wallet(me.phone, PIN)
        before = stage.backstage.last_message(me.phone)
        bank.consent(WALLET_CONSENT)
        bank.confirm(new_otp(stage, before), FEE)
    with stage.step("Trở về cổng dịch vụ công với biên lai."):
        stage.on(Payment).expect_receipt(code)
    books_agree(stage, debits=1)
