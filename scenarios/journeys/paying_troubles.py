"""What goes wrong while paying, and how the fee is paid exactly once all the same."""

from datetime import timedelta

from scenarios.engine.journey import journey
from scenarios.engine.stage import Stage
from scenarios.journeys.paying_steps import (
    ENOUGH,
    FEE,
    PROCEDURE,
    a_dossier_to_pay,
    ask_for_otp,
    books_agree,
    go_to_bank,
    new_otp,
    pay_at_last,
)
from scenarios.pages.bank.payment import (
    AGRIBANK_CONSENT,
    VIETINBANK_CONSENT,
    BankPayment,
)
from scenarios.pages.gateway.choice import BankChoice
from scenarios.pages.portal.filing import Payment
from scenarios.pages.portal.paying import Account, Outcome

HOUSES = ("portal", "gateway", "bank", "phone")
TWO_MINUTES = timedelta(minutes=2, seconds=1)
A_MINUTE = timedelta(minutes=1, seconds=1)
PAST_THE_END = timedelta(minutes=16)
POOR = 10_000
OVER_LIMIT, LOCKED = 65, 12


@journey(
    id="PAY-F1",
    title="Sai mã OTP, mã hết hạn, gửi lại mã, bị khóa vì nhập sai nhiều lần",
    covers=("PAY-F1",),
    needs=HOUSES,
)
def otp_wrong_expired_resent_and_locked(stage: Stage) -> None:
    """Play every way in which a code can fail, then the one in which it does not."""
    code = a_dossier_to_pay(stage)
    bank, outcome = stage.on(BankPayment), stage.on(Outcome)
    with stage.step("Nhập sai mã OTP ba lần: giao dịch bị khóa, không trừ tiền."):
        go_to_bank(stage)
        otp = ask_for_otp(stage)
        bank.type_wrong_otp(otp)
        bank.expect_told("Quý khách còn 2 lần nhập")
        bank.type_wrong_otp(otp)
        bank.expect_told("Quý khách còn 1 lần nhập")
        bank.type_wrong_otp(otp)
        outcome.expect_failed()
    with stage.step("Nhấn «Thanh toán lại»; để mã OTP hết hạn rồi mới nhập."):
        outcome.try_again()
        go_to_bank(stage)
        otp = ask_for_otp(stage)
        stage.backstage.advance(TWO_MINUTES)
        bank.type_otp(otp)
        bank.expect_told("Mã OTP đã hết hiệu lực")
    with stage.step("Chấp thuận một lần nữa để nhận mã mới; gửi lại quá sớm bị từ chối."):
        before = stage.backstage.last_message(stage.actor.phone)
        bank.consent()
        second = new_otp(stage, before)
        bank.send_another_otp()
        bank.expect_told("Quý khách có thể gửi lại mã OTP sau")
    with stage.step("Sau một phút nhấn «Gửi lại mã OTP»; mã cũ không còn giá trị."):
        stage.backstage.advance(A_MINUTE)
        before = stage.backstage.last_message(stage.actor.phone)
        bank.send_another_otp()
        third = new_otp(stage, before)
        if third != second:
            bank.type_otp(second)
            bank.expect_told("Mã OTP không đúng")
    with stage.step("Nhập mã mới nhất và nhận biên lai."):
        bank.confirm(third, FEE)
        stage.on(Payment).expect_receipt(code)
    books_agree(stage, debits=1)


@journey(
    id="PAY-F2",
    title="Không đủ tiền, vượt hạn mức ngày, tài khoản bị khóa",
    covers=("PAY-F2",),
    needs=HOUSES,
)
def not_enough_money_over_the_limit_account_locked(stage: Stage) -> None:
    """Play three accounts that cannot pay, and a fourth that can."""
    me = stage.actor
    code = a_dossier_to_pay(stage, POOR)
    stage.backstage.open_bank_account(me, ENOUGH, "AGRIBANK", OVER_LIMIT)
    stage.backstage.open_bank_account(me, ENOUGH, "BIDV", LOCKED)
    stage.backstage.open_bank_account(me, ENOUGH, "VIETINBANK")
    bank, outcome, account = stage.on(BankPayment), stage.on(Outcome), stage.on(Account)
    with stage.step("Tài khoản không đủ số dư: thanh toán không thành công."):
        go_to_bank(stage)
        bank.sign_in(me.user, me.password)
        bank.consent()
        outcome.expect_failed()
    with stage.step("Tài khoản ở ngân hàng khác vượt hạn mức trong ngày: không thành công."):
        outcome.try_again()
        go_to_bank(stage, "Agribank")
        bank.sign_in(me.user, me.password)
        bank.consent(AGRIBANK_CONSENT)
        outcome.expect_failed()
    with stage.step("Tài khoản bị khóa: không thành công."):
        outcome.try_again()
        go_to_bank(stage, "BIDV")
        bank.sign_in(me.user, me.password)
        outcome.expect_failed()
    with stage.step("Hồ sơ vẫn chưa nộp phí và thanh toán lại được."):
        account.expect_due(code, attempts=3)
    with stage.step("Thanh toán qua VietinBank và nhận biên lai."):
        go_to_bank(stage, "VietinBank")
        bank.sign_in(me.user, me.password)
        before = stage.backstage.last_message(me.phone)
        bank.consent(VIETINBANK_CONSENT)
        bank.confirm(new_otp(stage, before), FEE)
        stage.on(Payment).expect_receipt(code)
    books_agree(stage, debits=1)


@journey(
    id="PAY-F3",
    title="Không chấp thuận, hủy tại ngân hàng, đóng trình duyệt, giao dịch hết hạn",
    covers=("PAY-F3",),
    needs=HOUSES,
)
def no_consent_cancelled_closed_expired(stage: Stage) -> None:
    """Play four ways not to finish a payment; the fee stays due and is paid in the end."""
    me = stage.actor
    code = a_dossier_to_pay(stage)
    bank, outcome = stage.on(BankPayment), stage.on(Outcome)
    with stage.step("Nhấn «Xác nhận» mà không đánh dấu câu chấp thuận: ngân hàng nhắc."):
        go_to_bank(stage)
        bank.sign_in(me.user, me.password)
        bank.go_on_without_consent()
        bank.expect_told("Quý khách chưa đánh dấu chấp thuận")
    with stage.step("Nhấn «Hủy giao dịch» tại ngân hàng."):
        bank.cancel()
        outcome.expect_failed()
    with stage.step("Thanh toán lại, rồi đóng trình duyệt khi đang ở trang của ngân hàng."):
        outcome.try_again()
        go_to_bank(stage)
        ask_for_otp(stage)
        stage.close_tab()
    with stage.step("Sau khi giao dịch hết hạn, hồ sơ vẫn chưa nộp phí."):
        stage.backstage.advance(PAST_THE_END)
        stage.on(Account).expect_due(code, attempts=2)
    with stage.step("Để trang của ngân hàng mở cho đến khi giao dịch hết hạn."):
        go_to_bank(stage)
        stage.backstage.advance(PAST_THE_END)
        stage.on(BankPayment).expect_expired()
        stage.on(BankPayment).go_back_to_who_asked()
        stage.on(Outcome).expect_failed()
        stage.on(Outcome).try_again()
    pay_at_last(stage, code)
    books_agree(stage, debits=1)


@journey(
    id="PAY-F5",
    title="Nhấn «Thanh toán» hai lần, nhấn quay lại, mở hai thẻ trình duyệt",
    covers=("PAY-F5",),
    needs=HOUSES,
)
def double_click_back_button_two_tabs(stage: Stage) -> None:
    """Play an impatient person: one debit for each dossier, whatever is clicked."""
    first = a_dossier_to_pay(stage)
    second = stage.backstage.file_dossier(stage.actor, PROCEDURE, number=2)
    bank, account = stage.on(BankPayment), stage.on(Account)
    with stage.step("Nhấn đúp «Thanh toán» và hoàn tất tại ngân hàng."):
        stage.on(Payment).choose_national_gateway()
        stage.on(BankChoice).pay_at_with_two_clicks("Vietcombank")
        bank.confirm(ask_for_otp(stage), FEE)
        stage.on(Payment).expect_receipt(first)
    with stage.step("Nhấn quay lại của trình duyệt: không phải thanh toán lần nữa."):
        bank.go_back()
        account.expect_paid(first)
    with stage.step("Mở hai thẻ trình duyệt cùng thanh toán hồ sơ thứ hai."):
        account.open_payment_of(second)
        other = stage.other_tab(Account)
        payment = Payment(other.page, stage.backstage)
        choice = BankChoice(other.page, stage.backstage)
        other.open_payment_of(second)
        go_to_bank(stage)
    with stage.step("Ở thẻ thứ hai cũng chọn «Cổng thanh toán Quốc Gia»: vẫn là đơn hàng ấy."):
        payment.choose_national_gateway()
        choice.expect_at_bank()
    with stage.step("Hoàn tất ở thẻ thứ nhất."):
        bank.confirm(ask_for_otp(stage), FEE)
        stage.on(Payment).expect_receipt(second)
    with stage.step("Ở thẻ thứ hai nhấn «Tiếp tục thanh toán»: đơn hàng đã được thanh toán."):
        choice.go_on_paying()
        choice.expect_paid()
    with stage.step("Nhấn «Quay lại cổng dịch vụ công»: chỉ thấy biên lai."):
        choice.return_to_portal()
        payment.expect_receipt(second)
    books_agree(stage, debits=2)
