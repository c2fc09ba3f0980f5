"""The frame of every page, and the page that tells of a problem."""

import pytest
from flask import Flask

from tests.kit.conftest import KIT, Draw
from tests.kit.markup import parse

STATUSES = [400, 401, 403, 404, 405, 409, 410, 413, 415, 418, 422, 429, 500, 502, 503]


def test_every_page_says_that_it_is_a_simulation(page: Draw) -> None:
    assert "Mô phỏng – không phải dịch vụ thật" in page().one(class_="k-ribbon").words


def test_the_main_world_with_the_real_time_needs_no_more_words(page: Draw) -> None:
    assert page().one(class_="k-ribbon").all(class_="k-ribbon-fact") == []


@pytest.mark.parametrize(
    ("sim", "fact"),
    [
        ({"world": "an-03"}, "Thế giới: an-03"),
        ({"clock_mode": "frozen"}, "Giờ: 14:05 21/11/2026 (đang dừng)"),
        ({"shifted": True}, "Giờ: 14:05 21/11/2026"),
    ],
)
def test_another_world_or_time_is_told(page: Draw, sim: dict[str, object], fact: str) -> None:
    assert page(sim=sim).one(class_="k-ribbon-fact").words == fact


def test_the_page_is_vietnamese_and_the_keyboard_reaches_its_main_part_first(page: Draw) -> None:
    whole = page("{% block main %}<h1>Tra cứu</h1>{% endblock %}")

    assert whole.one("html")["lang"] == "vi"
    first = whole.one("body").all("a")[0]
    assert first["href"] == "#main"
    assert whole.one(id="main").name == "main"
    assert whole.one("main").one("h1").words == "Tra cứu"


@pytest.mark.parametrize(
    ("block", "title"),
    [
        ("{% block title %}Tra cứu{% endblock %}", "Tra cứu – Cổng dịch vụ công"),
        ("", "Cổng dịch vụ công"),
    ],
)
def test_the_title_ends_with_the_house(page: Draw, block: str, title: str) -> None:
    assert page(block).one("title").words == title


def test_a_page_may_choose_width_and_accent(page: Draw) -> None:
    whole = page('{% set layout = "narrow" %}{% set accent = "jade" %}')

    assert whole.one("html")["data-house"] == "portal"
    assert whole.one("html")["data-accent"] == "jade"
    assert whole.one("body").classes == ["k-layout-narrow"]


def test_a_house_without_ways_has_no_band_of_ways(page: Draw) -> None:
    with_ways = "{% block nav %}{{ ui.nav([('Trang chủ', '/')]) }}{% endblock %}"

    assert page().all("nav") == []
    assert page(with_ways).one("nav").one("a").words == "Trang chủ"


def test_alerts_are_announced(page: Draw) -> None:
    whole = page('{% set alerts = [("success", "Đã lưu hồ sơ", "Bấm «Gửi hồ sơ».")] %}')

    assert "Đã lưu hồ sơ" in whole.one("main").one(role="status").words


def test_a_flashed_sentence_is_shown(kit: Flask, page: Draw) -> None:
    from flask import flash  # noqa: PLC0415 -- needs the request that `page` opens

    del kit
    flash("Đã rút hồ sơ.", "success")

    assert "Đã rút hồ sơ." in page().one("main").one(role="status").words


def test_all_that_a_page_loads_is_served_here(kit: Flask, page: Draw) -> None:
    head = page().one("head")
    addresses = [e["href"] for e in head.all("link")] + [e["src"] for e in head.all("script")]

    assert len(addresses) >= 9
    for address in addresses:
        assert address.startswith("/static/")
        with kit.test_client() as browser:
            answer = browser.get(address)
            assert answer.status_code == 200
            answer.close()


def test_links_stay_inside_a_world(kit: Flask) -> None:
    with kit.test_request_context("/", base_url="http://127.0.0.1:8001/w/an-03"):
        html = kit.jinja_env.get_template("simkit/problem.html").render(
            kit_context(kit, status=404, code="http-404")
        )

    whole = parse(html)
    assert whole.one(class_="k-brand")["href"] == "/w/an-03/"
    assert all(e["href"].startswith("/w/an-03/static/") for e in whole.one("head").all("link"))
    assert whole.one("main").one("a")["href"] == "/w/an-03/"


def kit_context(kit: Flask, **values: object) -> dict[str, object]:
    """Return what Flask adds by itself; ``sim`` is missing, as when no world could be found."""
    kit.update_template_context(values)
    return values


@pytest.mark.parametrize("status", STATUSES)
def test_a_problem_says_what_happened_and_what_to_do_next(
    kit: Flask, request_open: None, status: int
) -> None:
    del request_open
    template = kit.jinja_env.get_template("simkit/problem.html")

    whole = parse(template.render(kit_context(kit, status=status, code="some-code")))

    main = whole.one("main")
    assert len(main.one("h1").words) > 5
    assert len(main.one(class_="k-problem-message").words) > 20
    assert [li.words for li in main.all("li")]
    assert "Mã lỗi: some-code" in main.one(class_="k-small-print").words


def test_a_problem_shows_the_rule_s_own_words(kit: Flask, request_open: None) -> None:
    del request_open
    values = kit_context(
        kit,
        status=409,
        code="already-received",
        message="Hồ sơ <b>đã</b> được tiếp nhận.",
        facts={"state": "received"},
        reference="9f3c21ab",
        back="/ho-so",
    )

    main = parse(kit.jinja_env.get_template("simkit/problem.html").render(values)).one("main")

    assert main.one(class_="k-problem-message").words == "Hồ sơ <b>đã</b> được tiếp nhận."
    assert "9f3c21ab" in main.words
    assert main.one("details").one("li").words == "state: received"
    assert [a["href"] for a in main.all("a")] == ["/", "/ho-so"]


def test_the_policy_of_the_pages_holds_no_style_or_script_in_the_markup() -> None:
    for path in sorted((KIT / "templates").rglob("*.html")):
        text = path.read_text("utf-8")
        assert " style=" not in text, path
        assert "<style" not in text, path
        assert "javascript:" not in text, path
        for tag in text.split("<")[1:]:
            assert not any(f" on{event}=" in tag for event in ("click", "load", "submit", "change"))
        assert text.count("<script ") == text.count("<script src="), path
