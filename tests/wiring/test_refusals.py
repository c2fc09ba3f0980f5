"""What is refused is said and named by a stable code, and leaves nothing half done in any house."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from mock_payment_gateway.domain.errors import MaLoi
from tests.wiring.browser import Files, Page
from tests.wiring.city import SMALL_FILES, Place
from tests.wiring.story import PDF, UNIT, WITH_FEE, Citizen, papers

PROGRAM = b"MZ\x90\0" + bytes(60)


def assert_nothing_changed(before: Mapping[str, Any], place: Place, *but: tuple[str, str]) -> None:
    """Compare all ledgers with those of before; ``but`` names tables that may have grown."""
    place.settle()
    after = place.ledgers()
    changed = {
        (house, table)
        for house in after
        for table in after[house]
        if after[house][table] != before[house][table]
    }
    assert changed == set(but)


# -- on pages ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class BadForm:
    """A filing form that is not taken as it is."""

    says: str
    answers: Mapping[str, str]
    files: Callable[[], Files] = papers


BAD_FORMS = {
    "missing field": BadForm("Bạn chưa nhập mục này.", {"address": ""}),
    "wrong id number": BadForm("số", {"id_number": "12345"}),
    "wrong phone": BadForm("Số điện thoại", {"phone": "0123"}),
    "delivery without an address": BadForm("Bạn chưa nhập mục này.", {"at_home": "1"}),
    "wrong type of file": BadForm(
        "«giay-to-01.pdf» không được nhận: nội dung tệp không phải",
        {},
        lambda: papers(PROGRAM),
    ),
    "too big a file": BadForm(
        "«giay-to-01.pdf» không được nhận: tệp lớn hơn",
        {},
        lambda: papers(PDF + bytes(SMALL_FILES)),
    ),
    "empty file": BadForm("«giay-to-01.pdf»", {}, lambda: papers(b"")),
}


@pytest.mark.parametrize("form", BAD_FORMS.values(), ids=BAD_FORMS.keys())
def test_a_form_that_is_not_right_is_shown_again_and_nothing_is_sent(
    place: Place, citizen: Citizen, form: BadForm
) -> None:
    before = place.ledgers()

    page = citizen.fill_in(WITH_FEE, form.files(), **form.answers)

    assert page.status == 422
    assert form.says in page.words
    assert_nothing_changed(before, place)


def test_a_draft_without_its_papers_cannot_be_sent(place: Place, citizen: Citizen) -> None:
    before = place.ledgers()
    citizen.fill_in(WITH_FEE, [])

    page = citizen.browser.press("Gửi hồ sơ")

    assert page.status == 422
    assert "Bạn chưa đính kèm tệp cho «Đơn đề nghị cấp giấy phép nhập khẩu" in page.words
    assert_nothing_changed(before, place)


def sign_in_wrongly(citizen: Citizen, place: Place) -> Page:
    """Type another text than the picture's at the bank."""
    shown = place.captcha("bank", citizen.page.value("captcha_token"))
    return citizen.sign_in_at_bank(captcha=f"{(int(shown) + 1) % 10**5:05d}")


def test_a_wrong_security_picture_at_the_bank_lets_nobody_in(
    place: Place, citizen: Citizen
) -> None:
    citizen.go_to_gateway(citizen.file())
    citizen.choose_bank()
    place.settle()
    before = place.ledgers()

    page = sign_in_wrongly(citizen, place)

    assert page.status == 400
    assert page.heading == "Đăng nhập Vietcombank"
    assert "Mã kiểm tra không đúng hoặc đã hết hạn." in page.words
    assert_nothing_changed(before, place)


def test_a_security_picture_counts_once(place: Place, citizen: Citizen) -> None:
    citizen.go_to_gateway(citizen.file())
    citizen.choose_bank()
    token = citizen.page.value("captcha_token")
    shown = place.captcha("bank", token)
    sign_in_wrongly(citizen, place)

    page = citizen.browser.press(
        "Đăng nhập",
        user=citizen.person.phone,
        password="Ngan-Hang-123",
        captcha_token=token,
        captcha=shown,
    )

    assert page.status == 400
    assert "Mã kiểm tra không đúng hoặc đã hết hạn." in page.words


def test_a_consent_that_is_not_ticked_moves_nothing(place: Place, citizen: Citizen) -> None:
    citizen.go_to_gateway(citizen.file())
    citizen.choose_bank()
    citizen.sign_in_at_bank()
    place.settle()
    before = place.ledgers()

    page = citizen.browser.press("Xác nhận")

    assert page.status == 422
    assert "chưa đánh dấu chấp thuận" in page.words
    assert_nothing_changed(before, place)


@pytest.mark.parametrize(
    ("house", "path", "code"),
    [
        pytest.param("portal", "/nop-ho-so/9.999999", "procedure-unknown", id="procedure"),
        pytest.param("portal", "/ho-so/nhap/of-nobody", "draft-unknown", id="draft"),
        pytest.param("portal", f"/ho-so/{UNIT}-261123-0007", "dossier-unknown", id="dossier"),
        pytest.param("portal", "/bien-lai/BL2026-0000007", "receipt-unknown", id="receipt"),
        pytest.param("portal", "/thanh-toan/tro-ve?MaThamChieu=X", "order-unknown", id="order"),
        pytest.param("gateway", "/thanh-toan/of-nobody", "no-such-order", id="gateway-order"),
        pytest.param("bank", "/thanh-toan/of-nobody", "unknown-payment", id="bank-payment"),
    ],
)
def test_what_is_not_there_is_said_to_be_not_there(
    place: Place, citizen: Citizen, house: str, path: str, code: str
) -> None:
    before = place.ledgers()

    page = citizen.browser.open(place.url(house, path))

    assert page.status == 404
    assert f"Mã lỗi: {code}" in page.words
    assert_nothing_changed(before, place)


@pytest.mark.parametrize("house", ["portal", "gateway", "bank", "post", "phone"])
def test_a_world_that_nobody_made_is_not_made_by_asking_for_it(place: Place, house: str) -> None:
    url = place.url(house, "/").replace(place.name, "nirgends")

    answer = place.city.http.get(url, headers={"Accept": "application/json"})

    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    assert "«nirgends»" in answer.json()["message"]
    assert "nirgends" not in place.controls.worlds()


# -- over the wire -------------------------------------------------------------------------------

APPLICANT = {
    "full_name": "Lê Văn Mới",
    "id_number": "031089964198",
    "email": "moi@hop-thu.example",
    "phone": "0363866902",
    "address": "Số 1, phố Mô Phỏng",
}
DOSSIER = {"procedure": WITH_FEE, "agency": UNIT, "applicant": APPLICANT}
SMS = {"id": "s1", "to": "0363866902", "from": "X", "text": "x"}


@pytest.mark.parametrize(
    ("house", "path", "body", "status", "code", "fact"),
    [
        pytest.param(
            "portal",
            "/api/v1/dossiers",
            {**DOSSIER, "procedure": "9.999999"},
            404,
            "procedure-unknown",
            "procedure",
            id="unknown procedure",
        ),
        pytest.param(
            "portal",
            "/api/v1/dossiers",
            {**DOSSIER, "applicant": {**APPLICANT, "address": ""}},
            422,
            "dossier-incomplete",
            "applicant.address",
            id="missing answer",
        ),
        pytest.param(
            "portal",
            "/api/v1/dossiers",
            DOSSIER,
            422,
            "dossier-incomplete",
            "documents.01",
            id="missing paper",
        ),
        pytest.param(
            "portal",
            "/api/v1/dossiers",
            {**DOSSIER, "colour": "red"},
            400,
            "bad-input",
            "colour",
            id="unknown field",
        ),
        pytest.param(
            "portal",
            "/post/events",
            {
                "_id": "e1",
                "CustomerCode": "H24",
                "OrderNumber": "nobody",
                "StatusCode": "5",
                "EventTime": "20261123090000",
            },
            404,
            "parcel-unknown",
            "OrderNumber",
            id="report about a parcel of nobody",
        ),
        pytest.param(
            "bank",
            "/api/v1/payments",
            {"request_id": "x"},
            400,
            "bad-input",
            "amount",
            id="payment without an amount",
        ),
        pytest.param(
            "post",
            "/ngsp/v1/orders",
            {"CustomerCode": "H24"},
            400,
            "bad-input",
            "OrderNumber",
            id="order without a number",
        ),
        pytest.param(
            "phone",
            "/api/v1/sms",
            {**SMS, "to": "12"},
            400,
            "bad-input",
            "to",
            id="sms to nobody",
        ),
        pytest.param(
            "gateway",
            "/bank/notices",
            {"request_id": "x", "state": "paid", "code": "00", "bank_ref": "", "amount": 1},
            403,
            "forged-notice",
            "header",
            id="notice without a signature",
        ),
    ],
)
def test_a_machine_is_told_what_is_wrong(  # noqa: PLR0913, PLR0917 -- the columns of the table
    place: Place,
    house: str,
    path: str,
    body: Mapping[str, Any],
    status: int,
    code: str,
    fact: str,
) -> None:
    before = place.ledgers()

    answer = place.city.http.post(place.url(house, path), json=body)

    said = answer.json()
    assert (answer.status_code, said["code"]) == (status, code)
    assert said["message"]
    assert fact in said["facts"]
    assert_nothing_changed(before, place)


def the_message(place: Place, house: str, end: str, direction: str = "in") -> dict[str, Any]:
    """Return the body of the one message that a house heard at an address."""
    (found,) = [
        e for e in place.journal(house) if e["url"].endswith(end) and e["direction"] == direction
    ]
    body: dict[str, Any] = json.loads(found["request"]["text"])
    return body


def test_an_init_with_a_tampered_hash_opens_no_order(place: Place, citizen: Citizen) -> None:
    citizen.go_to_gateway(citizen.file())
    place.settle()
    init = the_message(place, "gateway", "/init")
    before = place.ledgers()

    for change in ({"SoTien": "5"}, {"MaThamChieu": "H24-new"}, {"MaXacThuc": "0" * 64}):
        answer = place.city.http.post(
            place.url("gateway", "/payment-platform/1.0.6/init"), json=init | change
        )
        assert answer.json()["MaLoi"] == MaLoi.BAD_SIGNATURE
        assert "MaXacThuc" not in answer.json()

    assert_nothing_changed(before, place)


def test_a_tampered_confirm_is_refused_written_down_and_changes_nothing_else(
    place: Place, citizen: Citizen
) -> None:
    code = citizen.file()
    citizen.walk_to_otp(code)
    citizen.browser.press("Hủy giao dịch")
    place.settle()
    confirm = the_message(place, "portal", "/payment-platform/confirm")
    before = place.ledgers()

    answer = place.city.http.post(
        place.url("portal", "/payment-platform/confirm"), json=confirm | {"MaLoi": "00"}
    )

    assert answer.json()["MaLoi"] == "97"
    assert place.row("portal", "fees", dossier=code)["state"] == "due"
    assert_nothing_changed(before, place, ("portal", "notices"))


def test_a_notice_of_the_bank_over_another_amount_is_refused(
    place: Place, citizen: Citizen
) -> None:
    citizen.walk_to_otp(citizen.file())
    citizen.browser.close_after("Xác nhận", otp=citizen.otp())
    with place.without("portal"):
        place.settle()
    (heard,) = [e for e in place.journal("gateway") if e["url"].endswith("/bank/notices")]
    before = place.ledgers()
    tampered = json.dumps(json.loads(heard["request"]["text"]) | {"amount": 1})

    signature = dict(heard["request"]["headers"])["X_REQUEST_SIGNATURE"]

    answer = place.city.http.post(
        place.url("gateway", "/bank/notices"),
        data=tampered.encode(),
        headers={"Content-Type": "application/json", "x-request-signature": signature},
    )

    assert (answer.status_code, answer.json()["code"]) == (403, "forged-notice")
    assert place.ledger("gateway")["payments"] == before["gateway"]["payments"]
