"""Paying later: from the account page, after the dossier has its result."""

from datetime import timedelta

from scenarios.engine.journey import journey
from scenarios.engine.stage import Stage
from scenarios.journeys.paying_steps import (
    ENOUGH,
    FEE,
    PROCEDURE,
    ask_for_otp,
    books_agree,
    go_to_bank,
)
from scenarios.pages.bank.payment import BankPayment
from scenarios.pages.portal.desk import Desk
from scenarios.pages.portal.filing import Payment
from scenarios.pages.portal.paying import Account

PASSWORD = "Can-Bo-123"  # noqa: S105 -- every officer's, and in the portal's README


@journey(
    id="PAY-02",
    title="Thanh toán sau khi hồ sơ có kết quả, từ trang thông tin tài khoản",
    covers=("PAY-02",),
    needs=("portal", "gateway", "bank", "phone"),
)
def after_the_result_from_the_account_page(stage: Stage) -> None:
    """Play paying from the list of dossiers once the result is ready."""
    code = stage.backstage.file_dossier(stage.actor, PROCEDURE)
    stage.backstage.open_bank_account(stage.actor, ENOUGH)
    desk, account = stage.other_browser(Desk), stage.on(Account)
    with stage.step("Bộ phận Một cửa giải quyết hồ sơ đến khi có kết quả."):
        for role, button, state in (
            ("tiepnhan", "Tiếp nhận", "Được tiếp nhận"),
            ("thuly", "Xử lý", "Đang xử lý"),
            ("lanhdao", "Phê duyệt", "Đã xử lý xong"),
        ):
            desk.sign_in(f"{role}.14", PASSWORD)
            desk.open(code)
            desk.do(button, state)
        stage.backstage.advance(timedelta(days=1))
    with stage.step("Đăng nhập, chọn «Thông tin tài khoản»."):
        account.sign_in(stage.actor)
        account.open()
    with stage.step("Chọn «Thanh toán trực tuyến», nhấn biểu tượng thanh toán trong danh sách."):
        account.open_payments()
        account.pay_for(code)
    with stage.step("Chọn «Cổng thanh toán Quốc Gia», chọn ngân hàng, nhấn «Thanh toán»."):
        go_to_bank(stage)
    with stage.step("Đăng nhập ngân hàng, chấp thuận, nhập «mã OTP», nhấn «Xác nhận»."):
        stage.on(BankPayment).confirm(ask_for_otp(stage), FEE)
    with stage.step("Trở về cổng dịch vụ công với biên lai."):
        stage.on(Payment).expect_receipt(code)
        account.expect_paid(code)
    books_agree(stage, debits=1)
