"""One citizen, one dossier, all the way through the city."""

import re
from datetime import timedelta

from scenarios.engine.journey import journey
from scenarios.engine.papers import a_jpeg, a_pdf
from scenarios.engine.stage import Stage
from scenarios.pages.bank.payment import BankPayment
from scenarios.pages.gateway.choice import BankChoice
from scenarios.pages.portal.accounts import Activation, Home, Registration
from scenarios.pages.portal.desk import Desk
from scenarios.pages.portal.filing import Choice, FilingForm, LookUp, Payment, Procedure

AGENCY = "Sở Thông tin và Truyền thông"
PROCEDURE = "Cấp giấy phép nhập khẩu xuất bản phẩm không kinh doanh (địa phương)"
HOME = "Phường Hồng Bàng"
FEE = "50.000"
PASSWORD = "Can-Bo-123"  # noqa: S105 -- every officer's, and in the portal's README


@journey(
    id="CITY-01",
    title="Đăng ký, nộp hồ sơ, thanh toán và nhận kết quả tại nhà",
    covers=("ACC-01", "SUB-01", "PAY-01", "POST-02", "DOS-01"),
    needs=("portal", "gateway", "bank", "post", "phone"),
)
def from_registration_to_the_result_at_home(stage: Stage) -> None:
    """Play a citizen's way from registering to the result in their hands."""
    _register(stage)
    code = _file(stage)
    _pay(stage, code)
    _work_at_the_desk(stage, code)
    _receive_at_home(stage, code)


def _register(stage: Stage) -> None:
    home, registration, activation = stage.on(Home), stage.on(Registration), stage.on(Activation)
    with stage.step("Mở trang chủ, nhấn «Đăng nhập», rồi nhấn «Đăng ký»."):
        home.open()
        home.go_to_registration()
    with stage.step("Nhập thông tin cá nhân, đồng ý với các điều khoản, nhập mã bảo mật."):
        registration.register(stage.actor)
    with stage.step("Đọc mã kích hoạt trong thư điện tử hoặc tin nhắn."):
        letter = stage.backstage.message(stage.actor.email, r"Tên đăng nhập: (\S+)")
        code = stage.backstage.message(stage.actor.phone, r"(?i)mã kích hoạt\D*(\d{6})")[1]
        stage.notes["user"] = letter[1]
    with stage.step("Nhập mã, nhấn «Kích hoạt tài khoản»."):
        activation.activate(code)
        activation.expect_signed_in_as(stage.actor)


def _file(stage: Stage) -> str:
    me = stage.actor
    home, choice, procedure = stage.on(Home), stage.on(Choice), stage.on(Procedure)
    form = stage.on(FilingForm)
    with stage.step("Nhấn «Nộp hồ sơ trực tuyến», chọn đơn vị, tìm và chọn thủ tục."):
        home.go_to_filing()
        choice.find(AGENCY, "xuất bản phẩm không kinh doanh")
        choice.choose(PROCEDURE)
    with stage.step("Xem thành phần và trình tự thực hiện, nhấn «Nộp hồ sơ»."):
        procedure.expect_components_and_sequence()
        procedure.file()
    with stage.step("Kiểm tra thông tin người nộp hồ sơ."):
        form.expect_applicant(me.full_name, me.phone)
        form.give_address(f"{me.address}, {HOME}, thành phố Hải Phòng")
    with stage.step("Đính kèm tệp cho từng thành phần hồ sơ."):
        form.attach(
            [
                a_pdf(stage.folder, "Đơn đề nghị cấp giấy phép nhập khẩu", me),
                a_jpeg(stage.folder, "danh-muc-xuat-ban-pham"),
            ],
        )
    with stage.step("Đăng ký trả kết quả tại nhà qua bưu điện."):
        form.deliver_home(me.full_name, me.phone, me.address, HOME)
    with stage.step("Nhấn «Lưu» và đọc thông báo đã lưu."):
        form.save()
    with stage.step("Nhấn «Gửi hồ sơ» và ghi lại mã hồ sơ."):
        return form.send()


def _pay(stage: Stage, code: str) -> None:
    me = stage.actor
    payment, choice, bank = stage.on(Payment), stage.on(BankChoice), stage.on(BankPayment)
    stage.backstage.open_bank_account(me, 5_000_000)
    with stage.step("Trên trang thanh toán, chọn «Cổng thanh toán Quốc Gia»."):
        payment.choose_national_gateway()
    with stage.step("Chọn ngân hàng, kiểm tra phí, nhấn «Thanh toán»."):
        choice.expect_fee(FEE)
        choice.pay_at("Vietcombank")
    with stage.step("Nhập tài khoản ngân hàng và «Mã kiểm tra», nhấn «Đăng nhập»."):
        bank.sign_in(me.user, me.password)
    with stage.step("Đánh dấu câu chấp thuận của ngân hàng, nhấn «Xác nhận»."):
        bank.consent()
    with stage.step("Nhập «mã OTP» trong điện thoại, kiểm tra thông tin, nhấn «Xác nhận»."):
        otp = stage.backstage.message(me.phone, r"OTP\D*(\d{6})")[1]
        bank.confirm(otp, FEE)
    with stage.step("Trở về cổng dịch vụ công với biên lai."):
        payment.expect_receipt(code)


def _work_at_the_desk(stage: Stage, code: str) -> None:
    counter, specialist, leader = (stage.other_browser(Desk) for _ in range(3))
    with stage.step("Cán bộ Một cửa đăng nhập và mở hồ sơ trong ngày."):
        counter.sign_in("tiepnhan.14", PASSWORD)
        counter.open(code)
    with stage.step("Cán bộ Một cửa tiếp nhận hồ sơ."):
        counter.do("Tiếp nhận", "Được tiếp nhận")
    with stage.step("Công dân nhận tin nhắn báo hồ sơ đã được tiếp nhận."):
        stage.backstage.message(stage.actor.phone, rf"(?s){re.escape(code)}.*tiếp nhận")
    with stage.step("Hôm sau chuyên viên thụ lý hồ sơ."):
        stage.backstage.advance(timedelta(days=1))
        specialist.sign_in("thuly.14", PASSWORD)
        specialist.open_from_all_days(code)
        specialist.do("Xử lý", "Đang xử lý")
    with stage.step("Lãnh đạo phê duyệt kết quả."):
        leader.sign_in("lanhdao.14", PASSWORD)
        leader.open_from_all_days(code)
        leader.do("Phê duyệt", "Đã xử lý xong")


def _receive_at_home(stage: Stage, code: str) -> None:
    home, answer = stage.on(Home), stage.on(LookUp)
    with stage.step("Bưu điện nhận kết quả và phát tận nhà."):
        stage.backstage.advance(timedelta(days=5))
    with stage.step("Tra cứu trạng thái hồ sơ mà không cần đăng nhập."):
        home.open()
        home.look_up(code)
        answer.expect_state(code, "Đã trả kết quả")
    with stage.step("Đối soát mọi sổ sách: không mất, không trùng."):
        report = stage.backstage.audit()
        assert report.clean, "\n".join(report.lines())
