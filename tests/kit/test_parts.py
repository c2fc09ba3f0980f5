"""What pages tell: states, facts, steps, tables, files, ways."""

from datetime import date

import pytest

from tests.kit.conftest import NOW, Draw

DOSSIERS = [{"code": "H24-1", "fee": 8000}, {"code": "H24-2", "fee": None}]
TABLE = """
{% call(d) ui.table("Hồ sơ của tôi", ["Mã hồ sơ", "Lệ phí"], dossiers, numeric=["Lệ phí"]) %}
{{ ui.td("Mã hồ sơ", d.code, head=true) }}{{ ui.td("Lệ phí", ui.money(d.fee), numeric=true) }}
{% endcall %}"""


def test_each_cell_names_its_column_for_the_cards_on_a_phone(draw: Draw) -> None:
    table = draw(TABLE, dossiers=DOSSIERS).one("table")

    assert table.one("caption").words == "Hồ sơ của tôi"
    heads = [th.words for th in table.all("th", scope="col")]
    assert heads == ["Mã hồ sơ", "Lệ phí"]
    for row in table.one("tbody").all("tr"):
        assert [c["data-label"] for c in row.all() if "data-label" in c] == heads
        assert len(row.all("th", scope="row")) == 1
    assert [td.words for td in table.all("td")] == ["8.000 ₫", "–"]


def test_a_table_keeps_its_roles_when_it_is_laid_out_as_cards(draw: Draw) -> None:
    table = draw(TABLE, dossiers=DOSSIERS).one("table")

    roles = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}
    for element in [table, *table.all()]:
        if element.name in roles:
            assert element["role"] == roles[element.name]
    assert {th["role"] for th in table.all("th")} == {"columnheader", "rowheader"}


def test_plain_rows_need_no_call(draw: Draw) -> None:
    table = draw("{{ ui.table('Biểu phí', ['Loại', 'Mức'], [['Bản sao', ui.money(8000)]]) }}").one(
        "table"
    )

    assert [c["data-label"] for c in table.one("tbody").all() if "data-label" in c] == [
        "Loại",
        "Mức",
    ]
    assert table.one("data")["value"] == "8000"


def test_an_empty_table_says_so(draw: Draw) -> None:
    cell = draw("{{ ui.table('A', ['B', 'C'], [], empty='Không có hồ sơ.') }}").one("td")

    assert cell.words == "Không có hồ sơ."
    assert cell["colspan"] == "2"


@pytest.mark.parametrize("current", [1, 2, 3])
def test_one_step_is_the_present_one(draw: Draw, current: int) -> None:
    steps = draw("{{ ui.stepper(['Một', 'Hai', 'Ba'], current) }}", current=current).all("li")

    assert [i for i, step in enumerate(steps, 1) if "aria-current" in step] == [current]
    assert [step.words.endswith("(đã xong)") for step in steps] == [n < current for n in (1, 2, 3)]


def test_after_the_last_step_all_are_done(draw: Draw) -> None:
    steps = draw("{{ ui.stepper(['Một', 'Hai'], 3) }}").all("li")

    assert not [s for s in steps if "aria-current" in s]
    assert all("k-step-done" in s.classes for s in steps)


@pytest.mark.parametrize(
    ("state", "tone"),
    [
        ("Được tiếp nhận", "progress"),
        ("Đã trả kết quả", "success"),
        ("Hồ sơ cần bổ sung", "warning"),
        ("Không được tiếp nhận", "danger"),
        ("Mới đăng ký", "info"),
        ("một trạng thái lạ", "neutral"),
    ],
)
def test_a_known_state_has_its_tone_and_its_words(draw: Draw, state: str, tone: str) -> None:
    badge = draw("{{ ui.badge(state) }}", state=state).one("span")

    assert f"k-badge-{tone}" in badge.classes
    assert badge.words == state


@pytest.mark.parametrize(
    ("kind", "role", "said"),
    [
        ("info", "status", "Thông tin"),
        ("success", "status", "Thành công"),
        ("warning", "status", "Lưu ý"),
        ("danger", "alert", "Lỗi"),
    ],
)
def test_a_notice_says_its_kind_in_words(draw: Draw, kind: str, role: str, said: str) -> None:
    notice = draw("{{ ui.notice(kind, 'Đã lưu', 'Xong.') }}", kind=kind).one("div", role=role)

    assert notice.words == f"{said}: Đã lưu Xong."


def test_nothing_known_is_a_dash_and_not_none(draw: Draw) -> None:
    source = """{{ ui.facts([('A', none), ('B', ''), ('C', 0),
      ('D', ui.when(none)), ('E', ui.money(none))]) }}"""

    facts = draw(source).one("dl")

    assert [dd.words for dd in facts.all("dd")] == ["–", "–", "0", "–", "–"]


def test_times_are_for_people_and_for_machines(draw: Draw) -> None:
    piece = draw("{{ ui.when(now) }}{{ ui.on(day) }}", day=date(2026, 11, 24))

    first, second = piece.all("time")
    assert (first.words, first["datetime"]) == ("14:05 21/11/2026", NOW.isoformat())
    assert (second.words, second["datetime"]) == ("24/11/2026", "2026-11-24")


def test_an_event_needs_no_more_than_a_title(draw: Draw) -> None:
    source = """{{ ui.timeline([{"title": "Mới đăng ký"},
      {"title": "Thụ lý", "state": "now", "at": now, "who": "Trần Bình", "room": "Một cửa",
       "text": "Kiểm tra."}]) }}"""

    first, second = draw(source).all("li")

    assert first.words == "Đã xong: Mới đăng ký"
    assert second.words == "Đang thực hiện: Thụ lý 14:05 21/11/2026Trần BìnhMột cửa Kiểm tra."


def test_files_tell_name_size_and_note(draw: Draw) -> None:
    source = """{{ ui.files([{"name": "a.pdf", "href": "/f", "size": 2048, "note": "Đã ký số"},
      {"name": "b.pdf"}]) }}"""

    first, second = draw(source).all("li")

    assert first.one("a").words == "a.pdf"
    assert first.words.endswith("2 KBĐã ký số")
    assert second.words == "b.pdf"


@pytest.mark.parametrize(
    ("page", "pages", "links"),
    [
        (1, 1, []),
        (1, 3, ["Trang 1", "Trang 2", "Trang 3", "Sau"]),
        (2, 3, ["Trước", "Trang 1", "Trang 2", "Trang 3", "Sau"]),
        (3, 3, ["Trước", "Trang 1", "Trang 2", "Trang 3"]),
        (5, 9, ["Trước", "Trang 1", "Trang 4", "Trang 5", "Trang 6", "Trang 9", "Sau"]),
    ],
)
def test_page_numbers_lead_on(draw: Draw, page: int, pages: int, links: list[str]) -> None:
    source = "{{ ui.pagination(page, pages, 'pages.list', {'q': 'khai sinh'}) }}"

    found = draw(source, page=page, pages=pages).all("a")

    assert [a.words for a in found] == links
    assert all("q=khai+sinh" in a["href"] for a in found)
    assert [a.words for a in found if "aria-current" in a] == ([f"Trang {page}"] if links else [])


def test_a_pager_by_key_shows_only_where_it_can_go(draw: Draw) -> None:
    assert [a["href"] for a in draw("{{ ui.pager(next='/sau') }}").all("a")] == ["/sau"]
    assert draw("{{ ui.pager() }}").all() == []


@pytest.mark.parametrize("macro", ["nav", "tabs"])
def test_the_present_place_is_marked_once(draw: Draw, macro: str) -> None:
    label = ", label='Cách tra cứu'" if macro == "tabs" else ""
    source = f"{{{{ ui.{macro}([('Một', '/1'), ('Hai', '/2')], current='Hai'{label}) }}}}"

    links = draw(source).all("a")

    assert [a.words for a in links if a.attributes.get("aria-current") == "page"] == ["Hai"]


def test_the_last_crumb_is_where_one_is(draw: Draw) -> None:
    crumbs = draw("{{ ui.crumbs([('Trang chủ', '/'), ('Khai sinh', '/k')]) }}")

    assert [a.words for a in crumbs.all("a")] == ["Trang chủ"]
    assert crumbs.one("span")["aria-current"] == "page"


def test_links_are_links_and_buttons_are_buttons(draw: Draw) -> None:
    piece = draw(
        "{{ ui.button('Về', href='/', icon='home') }}"
        "{{ ui.button('Gửi', name='do', value='send') }}"
    )

    assert piece.one("a").words == "Về"
    assert (piece.one("button")["name"], piece.one("button")["value"]) == ("do", "send")


def test_what_needs_script_is_hidden_without_it(draw: Draw) -> None:
    for button in draw("{{ ui.print('In phiếu') }}{{ ui.copy('H24') }}").all("button"):
        assert "k-needs-script" in button.classes
        assert button["type"] == "button"


def test_menus_open_without_script(draw: Draw) -> None:
    menu = draw("{{ ui.account('Nguyễn An', [('Tài khoản', '/a')], sign_out='/ra') }}").one(
        "details"
    )

    assert menu.one("summary").words == "Nguyễn An"
    assert menu.one("form", method="post")["action"] == "/ra"


def test_a_slip_says_on_paper_that_it_is_simulated(draw: Draw) -> None:
    source = """{% call ui.slip("Giấy tiếp nhận", issuer="Sở Tư pháp", code="H24-1", qr="/qr.svg",
      issued=now, signatures=["Người nộp"]) %}<p>Nội dung</p>{% endcall %}"""

    slip = draw(source).one("article")

    assert slip.one("h1").words == "Giấy tiếp nhận"
    assert "H24-1" in slip.one("img")["alt"]
    assert "không có giá trị pháp lý" in slip.words


def test_text_from_outside_is_never_markup(draw: Draw) -> None:
    evil = "<script>alert(1)</script>"
    source = """{{ ui.notice("info", x, x) }}{{ ui.badge(x) }}{{ ui.facts([(x, x)]) }}
      {{ ui.timeline([{"title": x, "text": x, "who": x, "room": x}]) }}{{ ui.code(x) }}
      {{ ui.files([{"name": x, "note": x}]) }}{{ ui.button(x, href=x) }}{{ ui.empty(x, x) }}
      {{ ui.table(x, [x], [[x]]) }}{{ ui.message(x, x, now, subject=x) }}{{ ui.copy(x) }}
      {{ ui.tile(x, x, x) }}{{ ui.crumbs([(x, x)]) }}{{ ui.stepper([x], 1) }}
      {% call ui.panel(x) %}{% endcall %}{% call ui.hero(x, x) %}{% endcall %}
      {{ ui.officer_header(x, x, x, links=[(x, x)], sign_out=x) }}{{ ui.monogram(x) }}"""

    piece = draw(source, x=evil)

    assert piece.all("script") == []
    assert piece.words.count("alert(1)") > 20
