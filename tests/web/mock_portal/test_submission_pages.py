"""Pages on which a citizen files a dossier."""

import io
import re
from collections.abc import Iterator

import pytest

from tests.builders.dossiers import FREE, LEVEL_TWO, PAID, PDF, PROGRAM
from tests.web.mock_portal.dossier_house import AT_HOME, FORM, LAN, OTHER, DossierHouse


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DossierHouse]:
    portal = DossierHouse(tmp_path_factory.mktemp("portal"))
    yield portal
    portal.close()


@pytest.fixture
def portal(opened: DossierHouse) -> DossierHouse:
    return opened.anew()


def test_the_form_is_filled_in_from_the_account(portal: DossierHouse) -> None:
    page = portal.client.get(f"/nop-ho-so/{PAID}").text

    for value in (LAN.full_name, LAN.id_number, LAN.email, LAN.phone):
        assert f'value="{value}"' in page


@pytest.mark.parametrize(
    "words",
    [
        "Thông tin người nộp hồ sơ",
        "Danh sách hồ sơ kèm theo",
        "Dịch vụ tiếp nhận và chuyển phát kết quả",
        "Đăng ký trả kết quả tại nhà (Nhân viên Bưu điện sẽ đến địa chỉ bên dưới để trả kết quả)",
        ">Lưu<",
        "PDF, JPEG, PNG, DOCX",
    ],
)
def test_the_form_has_its_landmarks(portal: DossierHouse, words: str) -> None:
    assert words in portal.client.get(f"/nop-ho-so/{PAID}").text


def test_the_agency_that_was_chosen_before_is_chosen_here(portal: DossierHouse) -> None:
    page = portal.client.get(f"/nop-ho-so/{PAID}?unit=000.01.21.H24").text

    assert '<option value="000.01.21.H24" selected>' in page


def test_saving_leads_to_the_draft_with_a_notice(portal: DossierHouse) -> None:
    answer = portal.save(**AT_HOME)

    page = portal.client.get(answer.location)
    assert (answer.status_code, page.status_code) == (303, 200)
    for words in ("Đã lưu hồ sơ", "Gửi hồ sơ", "to-khai.pdf", "Trả kết quả tại nhà", "Phường Thử"):
        assert words in page.text


def test_a_wrong_answer_shows_the_form_again_and_keeps_the_rest(portal: DossierHouse) -> None:
    answer = portal.save(phone="113", address="45 Trần Phú")

    assert answer.status_code == 422
    assert "Số điện thoại phải là số di động Việt Nam" in answer.text
    assert 'value="113"' in answer.text
    assert 'value="45 Trần Phú"' in answer.text
    assert "to-khai.pdf" in answer.text
    assert "/sua" in answer.text


def test_a_bad_file_is_named_with_its_reason_and_the_good_one_is_kept(portal: DossierHouse) -> None:
    answer = portal.save(file_02=(io.BytesIO(PROGRAM), "cmnd.pdf"))

    assert answer.status_code == 422
    assert "Tệp «cmnd.pdf» không được nhận" in answer.text
    assert "Bỏ tệp to-khai.pdf" in answer.text


def test_several_files_of_one_component_come_in_one_go(portal: DossierHouse) -> None:
    both = [(io.BytesIO(PDF), "mot.pdf"), (io.BytesIO(PDF), "hai.pdf")]

    draft = portal.draft(file_01=both)

    page = portal.client.get(draft).text
    assert "mot.pdf" in page
    assert "hai.pdf" in page


def test_a_draft_can_be_put_right_and_sent(portal: DossierHouse) -> None:
    again = re.findall(r'action="([^"]+/sua)"', portal.save(phone="113").text)[0]

    answer = portal.client.post(again, data=dict(FORM))
    sent = portal.client.post(f"{answer.location.partition('?')[0]}/gui")

    assert (answer.status_code, sent.status_code) == (303, 303)
    assert sent.location.endswith("/da-gui")


def test_a_file_that_is_ticked_is_taken_off(portal: DossierHouse) -> None:
    draft = portal.draft()
    ref = (
        portal.client.get(f"{draft}/sua")
        .text.partition('name="detach" value="')[2]
        .partition('"')[0]
    )

    portal.client.post(f"{draft}/sua", data=dict(FORM) | {"detach": ref})

    assert "to-khai.pdf" not in portal.client.get(draft).text


def test_an_incomplete_draft_says_what_is_missing_and_is_not_sent(portal: DossierHouse) -> None:
    draft = portal.draft(file_01=(io.BytesIO(b""), ""))

    shown = portal.client.get(draft)
    answer = portal.client.post(f"{draft}/gui")

    assert "Bạn chưa đính kèm tệp cho «Tờ khai»." in shown.text
    assert answer.status_code == 422
    assert "Chưa gửi được" in answer.text


def test_after_sending_the_slip_shows_code_fee_and_the_way_to_pay(portal: DossierHouse) -> None:
    code = portal.sent()

    page = portal.client.get(f"/ho-so/{code}/da-gui").text

    for words in ("Gửi hồ sơ thành công", code, "Mới đăng ký", "Thông tin thanh toán"):
        assert words in page
    assert "Cổng thanh toán Quốc Gia" in page


def test_after_sending_without_a_fee_there_is_nothing_to_pay(portal: DossierHouse) -> None:
    code = portal.sent(procedure=FREE)

    page = portal.client.get(f"/ho-so/{code}/da-gui").text

    assert "Không phải nộp" in page
    assert "Cổng thanh toán Quốc Gia" not in page


def test_a_draft_that_was_sent_leads_to_its_dossier(portal: DossierHouse) -> None:
    draft = portal.draft()
    portal.client.post(f"{draft}/gui")

    answer = portal.client.get(draft)
    again = portal.client.post(f"{draft}/gui")

    assert answer.status_code == again.status_code == 303
    assert answer.location in again.location


REFUSALS = [
    pytest.param("GET", "/nop-ho-so/9.999999", 404, id="unknown-procedure"),
    pytest.param("GET", f"/nop-ho-so/{LEVEL_TWO}", 422, id="level-two"),
    pytest.param("POST", f"/nop-ho-so/{LEVEL_TWO}", 422, id="level-two-forged"),
    pytest.param("GET", "/ho-so/nhap/khong-co", 404, id="unknown-draft"),
    pytest.param("POST", "/ho-so/nhap/khong-co/sua", 404, id="edit-unknown-draft"),
    pytest.param("POST", "/ho-so/nhap/khong-co/gui", 404, id="send-unknown-draft"),
    pytest.param("GET", "/ho-so/000.00.15.H24-200101-0001", 404, id="unknown-dossier"),
    pytest.param("GET", "/ho-so/x/da-gui", 404, id="malformed-code"),
]


@pytest.mark.parametrize(("method", "path", "status"), REFUSALS)
def test_what_cannot_be_is_refused(
    portal: DossierHouse, method: str, path: str, status: int
) -> None:
    assert portal.client.open(path, method=method).status_code == status


def test_who_has_not_signed_in_is_led_to_do_so(portal: DossierHouse) -> None:
    draft = portal.draft()
    stranger, browser = portal.fresh(), {"Accept": "text/html"}

    for answer in (
        stranger.get(f"/nop-ho-so/{PAID}", headers=browser),
        stranger.get(draft, headers=browser),
        stranger.post(f"{draft}/gui", headers=browser),
    ):
        assert answer.status_code == 303
        assert "/dang-nhap" in answer.location


def test_another_citizen_finds_neither_draft_nor_file(portal: DossierHouse) -> None:
    draft = portal.draft()
    file = portal.client.get(draft).text.partition('href="/ho-so/tep/')[2].partition('"')[0]
    other = portal.sign_in(portal.fresh(), OTHER)

    with portal.client.get(f"/ho-so/tep/{file}") as mine:
        assert mine.status_code == 200
    assert other.get(draft).status_code == 404
    assert other.get(f"/ho-so/tep/{file}").status_code == 404


def test_a_file_is_only_ever_saved_never_opened(portal: DossierHouse) -> None:
    page = portal.client.get(portal.draft()).text
    file = page.partition('href="/ho-so/tep/')[2].partition('"')[0]

    with portal.client.get(f"/ho-so/tep/{file}") as answer:
        assert answer.data == PDF
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=to-khai.pdf")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
