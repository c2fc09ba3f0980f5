"""The one-stop desk, as officers meet it."""

import io
from datetime import timedelta

import pytest

from mock_portal.domain.dossier import DESK
from mock_portal.service.first_people import short_code
from mock_portal.web.desk import BUTTONS
from simkit.core.cast import CAST
from tests.web.mock_portal.visitor import Visitor, text_of

EXTRACT = "2.000635"
JUSTICE = "000.00.15.H24"
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
MAI = CAST[1]


def a_sent_dossier(visitor: Visitor) -> str:
    """Let a citizen file a dossier with Sở Tư pháp and return its code."""
    citizen = visitor.fresh()
    citizen.sign_in(MAI.user, MAI.password)
    procedure = visitor.service.site.procedure(EXTRACT)
    files = {
        f"file_{each.key}": (io.BytesIO(PDF), f"giay-{each.key}.pdf")
        for each in procedure.required_components
    }
    form = {
        "unit": JUSTICE,
        "full_name": MAI.full_name,
        "id_number": MAI.id_number,
        "email": MAI.email,
        "phone": MAI.phone,
        "address": "Số 1, phố Mô Phỏng",
    }
    saved = citizen.browser.post(
        visitor.url(f"/nop-ho-so/{EXTRACT}"),
        data=form | files,
        content_type="multipart/form-data",
        headers={"Accept": "text/html"},
    )
    assert saved.status_code == 303, text_of(saved)
    draft = saved.location.partition("?")[0]
    sent = citizen.browser.post(f"{draft}/gui", headers={"Accept": "text/html"})
    assert sent.status_code == 303
    return str(sent.location).removesuffix("/da-gui").rpartition("/")[2]


def at_desk(visitor: Visitor, user: str) -> Visitor:
    desk = visitor.fresh()
    assert desk.sign_in_officer(user).location == visitor.url("/can-bo")
    return desk


def buttons(desk: Visitor, code: str) -> set[str]:
    page = desk.get(f"/can-bo/ho-so/{code}").text
    return {words for event, words in BUTTONS.items() if f'value="{event.value}"' in page}


def test_every_step_of_the_desk_has_a_word_for_its_button() -> None:
    assert set(BUTTONS) == set(DESK)


def test_a_dossier_goes_through_the_hands_of_its_unit(visitor: Visitor) -> None:
    code = a_sent_dossier(visitor)

    seen = []
    for user, step in (
        ("tiepnhan.15", "receive"),
        ("thuly.15", "start-processing"),
        ("lanhdao.15", "approve"),
        ("traketqua.15", "hand-out"),
    ):
        desk = at_desk(visitor, user)
        seen.append(buttons(desk, code))
        answer = desk.post(f"/can-bo/ho-so/{code}/xu-ly", {"event": step})
        assert answer.location == visitor.url(f"/can-bo/ho-so/{code}")

    assert seen == [{"Tiếp nhận", "Không tiếp nhận"}, {"Xử lý"}, {"Phê duyệt"}, {"Trả kết quả"}]
    page = text_of(at_desk(visitor, "traketqua.15").get(f"/can-bo/ho-so/{code}"))
    assert "Đã trả kết quả" in page
    assert "Hiện không có bước nào" in page


def test_a_refusal_needs_a_reason_and_keeps_the_page(visitor: Visitor) -> None:
    code = a_sent_dossier(visitor)
    desk = at_desk(visitor, "tiepnhan.15")

    refused = desk.post(f"/can-bo/ho-so/{code}/xu-ly", {"event": "refuse"})

    assert refused.status_code == 400
    assert 'id="f-reason-error"' in refused.text
    done = desk.post(f"/can-bo/ho-so/{code}/xu-ly", {"event": "refuse", "reason": "Thiếu chữ ký"})
    assert done.status_code == 303
    assert "Thiếu chữ ký" in text_of(desk.get(f"/can-bo/ho-so/{code}"))


@pytest.mark.parametrize(
    ("user", "form", "status"),
    [
        pytest.param("tiepnhan.15", {"event": "approve"}, 403, id="not the role"),
        pytest.param("lanhdao.15", {"event": "approve"}, 409, id="not now"),
        pytest.param("quantri", {"event": "hand-out"}, 409, id="not even an admin"),
        pytest.param("quantri", {"event": "submit"}, 400, id="not a step of the desk"),
        pytest.param("quantri", {"event": "deliver"}, 400, id="the post's step"),
        pytest.param("quantri", {"event": "fly"}, 400, id="no step at all"),
        pytest.param("quantri", {}, 400, id="nothing"),
        pytest.param("quantri", {"event": "refuse", "reason": "x" * 5000}, 400, id="endless"),
    ],
)
def test_a_forged_step_is_refused_on_the_dossiers_page(
    visitor: Visitor, user: str, form: dict[str, str], status: int
) -> None:
    code = a_sent_dossier(visitor)

    answer = at_desk(visitor, user).post(f"/can-bo/ho-so/{code}/xu-ly", form)

    assert answer.status_code == status
    assert f"Hồ sơ {code}" in text_of(answer)
    assert "Chưa thực hiện được" in text_of(answer)


def test_officers_of_another_unit_see_nothing_of_it(visitor: Visitor) -> None:
    code = a_sent_dossier(visitor)
    desk = at_desk(visitor, "tiepnhan.14")

    assert code not in desk.get("/can-bo").text
    assert desk.get(f"/can-bo/ho-so/{code}").status_code == 403
    assert desk.post(f"/can-bo/ho-so/{code}/xu-ly", {"event": "receive"}).status_code == 403


def test_an_admin_sees_the_dossiers_of_every_unit(visitor: Visitor) -> None:
    code = a_sent_dossier(visitor)

    page = text_of(at_desk(visitor, "quantri").get("/can-bo"))

    assert code in page
    assert "Sở Tư pháp" in page


def test_the_list_is_of_today_until_another_day_or_state_is_chosen(visitor: Visitor) -> None:
    code = a_sent_dossier(visitor)
    desk = at_desk(visitor, "tiepnhan.15")
    world = visitor.house.worlds.get(visitor.world)
    sent = world.clock.now()

    assert code in desk.get("/can-bo").text
    world.clock.freeze(sent + timedelta(days=1))
    assert code not in desk.get("/can-bo").text
    assert code in desk.get("/can-bo?day=tat-ca").text
    assert code in desk.get("/can-bo?day=").text
    assert code in desk.get(f"/can-bo?day={sent:%d/%m/%Y}&state=new").text
    assert code not in desk.get("/can-bo?day=&state=received").text


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"day": "31/02/2026"}, "day"),
        ({"day": "x" * 99}, "day"),
        ({"day": "2026-11-22"}, "day"),
        ({"state": "flying"}, "state"),
        ({"state": "draft"}, "state"),
    ],
)
def test_a_filter_that_cannot_be_is_refused_at_the_field(
    visitor: Visitor, query: dict[str, str], field: str
) -> None:
    answer = at_desk(visitor, "quantri").get("/can-bo", query_string=query)

    assert answer.status_code == 400
    assert f'id="f-{field}-error"' in answer.text


def test_an_officer_opens_the_files_of_the_own_units_dossiers_only(visitor: Visitor) -> None:
    code = a_sent_dossier(visitor)
    desk, stranger = at_desk(visitor, "tiepnhan.15"), at_desk(visitor, "tiepnhan.14")
    page = desk.get(f"/can-bo/ho-so/{code}").text
    start = page.index(visitor.url(f"/can-bo/ho-so/{code}/tep/"))
    address = page[start : page.index('"', start)]

    answer = desk.browser.get(address)

    assert answer.data == PDF
    assert "giay-" in answer.headers["Content-Disposition"]
    assert stranger.browser.get(address).status_code == 403
    assert visitor.fresh().browser.get(address).status_code == 401
    answer.close()


@pytest.mark.parametrize("path", ["", "/ho-so/000.00.15.H24-261122-0001"])
def test_strangers_are_led_to_the_officers_sign_in(visitor: Visitor, path: str) -> None:
    answer = visitor.get(f"/can-bo{path}")

    assert answer.status_code == 303
    assert answer.location.startswith(visitor.url("/can-bo/dang-nhap?next=/can-bo"))


def test_a_wrong_sign_in_never_tells_what_was_wrong(visitor: Visitor) -> None:
    answer = visitor.sign_in_officer("quantri", "sai")

    assert answer.status_code == 422
    assert "sai tên đăng nhập hoặc mật khẩu" in text_of(answer)


def test_an_officer_signs_out(visitor: Visitor) -> None:
    desk = at_desk(visitor, "quantri")

    desk.post("/can-bo/dang-xuat")

    assert desk.get("/can-bo").status_code == 303


def test_a_dossier_that_is_not_there_is_not_found(visitor: Visitor) -> None:
    desk = at_desk(visitor, "quantri")

    assert desk.get("/can-bo/ho-so/000.00.15.H24-200101-0001").status_code == 404
    unknown = desk.post("/can-bo/ho-so/x/xu-ly", {"event": "receive"})
    assert unknown.status_code == 404


def test_every_active_unit_has_officers_who_can_sign_in(visitor: Visitor) -> None:
    units = visitor.service.site.active_agencies()

    users = {each.user for each in visitor.service.accounts.officers()}

    for unit in units:
        assert f"tiepnhan.{short_code(unit.code)}" in users
    assert len(users) == 4 * len(units) + 1
