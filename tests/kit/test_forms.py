"""Every control has a name, its hint and its error; what people typed comes back unharmed."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from tests.kit.conftest import Draw

TYPED = ["text", "email", "tel", "password", "day", "file", "textarea", "select", "checkbox"]
GROUPED = ["radio", "checkboxes", "cards"]
CONTROLS = {"input", "select", "textarea"}
FIELD = '{{ ui.field("x", label, type=type, options=options, %s) }}'
OPTIONS = [("a", "Bản chính"), ("b", "Bản sao")]


@pytest.mark.parametrize("kind", TYPED)
def test_a_control_is_named_by_its_label_alone(draw: Draw, kind: str) -> None:
    piece = draw(FIELD % "required=true", label="Họ và tên", type=kind, options=OPTIONS)

    label = piece.one("label")
    control = piece.one(id=label["for"])
    assert control.name in CONTROLS
    assert label.words == "Họ và tên"  # the star is drawn by the style sheet
    assert "required" in control


@pytest.mark.parametrize("kind", GROUPED)
def test_a_group_is_named_by_its_legend_and_each_choice_by_its_label(draw: Draw, kind: str) -> None:
    piece = draw(FIELD % "value='b'", label="Giấy tờ", type=kind, options=OPTIONS)

    assert piece.one("fieldset").one("legend").words == "Giấy tờ"
    labels = {label.words: piece.one(id=label["for"]) for label in piece.all("label")}
    assert list(labels) == ["Bản chính", "Bản sao"]
    assert [c["value"] for c in labels.values() if "checked" in c] == ["b"]


@pytest.mark.parametrize("kind", TYPED + GROUPED)
def test_hint_and_error_are_read_with_the_control(draw: Draw, kind: str) -> None:
    source = FIELD % "hint='Như trên thẻ', errors={'x': 'Chưa nhập họ và tên.'}"
    piece = draw(source, label="Họ và tên", type=kind, options=OPTIONS)

    (described,) = (e for e in piece.all() if "aria-describedby" in e)
    told = [piece.one(id=key).words for key in described["aria-describedby"].split()]
    assert told == ["Như trên thẻ", "Lỗi: Chưa nhập họ và tên."]
    wrong = [e for e in piece.all() if e.attributes.get("aria-invalid") == "true"]
    assert wrong
    assert {e.name for e in wrong} <= CONTROLS


@pytest.mark.parametrize("kind", TYPED + GROUPED)
def test_a_field_without_fault_says_nothing_of_faults(draw: Draw, kind: str) -> None:
    piece = draw(FIELD % "", label="Họ và tên", type=kind, options=OPTIONS)

    assert not [e for e in piece.all() if "aria-invalid" in e]
    assert not piece.all(class_="k-error")


@pytest.mark.parametrize("kind", TYPED + GROUPED)
def test_the_summary_leads_to_every_kind_of_control(draw: Draw, kind: str) -> None:
    source = "{{ ui.error_summary({'x': 'Chưa đúng.', '': 'Chung.'}) }}" + FIELD % ""
    piece = draw(source, label="Họ và tên", type=kind, options=OPTIONS)

    summary = piece.one(role="alert")
    assert summary["tabindex"] == "-1"
    assert "autofocus" in summary
    link = summary.one("a")
    assert piece.one(id=link["href"].removeprefix("#")).name in CONTROLS
    assert [item.words for item in summary.all("li")] == ["Chưa đúng.", "Chung."]


def test_without_errors_there_is_no_summary(draw: Draw) -> None:
    assert draw("{{ ui.error_summary({}) }}").all() == []


@pytest.mark.parametrize("kind", ["password", "file"])
def test_secrets_and_files_are_never_sent_back(draw: Draw, kind: str) -> None:
    piece = draw(FIELD % "values={'x': 'bí mật'}", label="Mật khẩu", type=kind, options=())

    assert "value" not in piece.one("input")


def test_ticked_boxes_come_back_from_a_form_that_was_sent(draw: Draw) -> None:
    sent = MultiDict([("x", "a"), ("x", "b")])

    piece = draw(
        "{{ ui.field('x', 'Giấy tờ', type='checkboxes', options=options, values=sent) }}",
        options=[*OPTIONS, ("c", "Khác")],
        sent=sent,
    )

    assert [c["value"] for c in piece.all("input") if "checked" in c] == ["a", "b"]


def test_a_choice_is_found_again_even_if_it_came_as_a_number(draw: Draw) -> None:
    piece = draw(
        "{{ ui.field('x', 'Số bản', type='select', options=[(1, 'Một'), (2, 'Hai')], value='2') }}"
    )

    assert [o["value"] for o in piece.all("option") if "selected" in o] == ["2"]


# Characters that a browser itself would change on the way back are left out.
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=TEXTS, words=TEXTS)
@example(value="</textarea><b>&amp;\"'", words="<i>&lt;")
@pytest.mark.parametrize("kind", ["text", "textarea"])
def test_whatever_is_typed_comes_back_as_text(
    draw: Draw, kind: str, value: str, words: str
) -> None:
    source = "{{ ui.field('x', words, type=kind, value=value, hint=words, error=words) }}"

    piece = draw(source, kind=kind, value=value, words=words)

    control = piece.one(id="f-x")
    assert (control["value"] if kind == "text" else control.text) == (
        value if kind == "text" else "\n" + value
    )
    assert piece.one("label").text == words


def test_a_form_is_sent_once_and_judged_by_us(draw: Draw) -> None:
    form = draw("{% call ui.form('/gui', multipart=true) %}{% endcall %}").one("form")

    assert form["method"] == "post"
    assert form["enctype"] == "multipart/form-data"
    assert "novalidate" in form
    assert "data-kit-once" in form


def test_a_search_may_be_sent_again(draw: Draw) -> None:
    form = draw("{{ ui.search('/tim', 'q', 'Tìm thủ tục', value='khai sinh') }}").one("form")

    assert form["method"] == "get"
    assert "data-kit-once" not in form
    assert form.one(id=form.one("label")["for"])["value"] == "khai sinh"


def test_a_captcha_can_be_seen_heard_and_renewed(draw: Draw) -> None:
    piece = draw(
        "{{ ui.captcha('t1', '/p.png', audio='/p.wav', renew='/moi', label='Mã kiểm tra',"
        " errors={'captcha': 'Chưa đúng.'}) }}"
    )

    assert piece.one("label").words == "Mã kiểm tra"
    assert piece.one("input", type="hidden", name_="captcha_token")["value"] == "t1"
    assert piece.one("img")["src"] == "/p.png"
    assert piece.one("img")["alt"]
    assert piece.one("audio")["src"] == "/p.wav"
    assert piece.one("a")["href"] == "/moi"
    control = piece.one(id="f-captcha")
    assert control["autocomplete"] == "off"
    assert control["aria-invalid"] == "true"


def test_a_captcha_without_sound_offers_none(draw: Draw) -> None:
    piece = draw("{{ ui.captcha('t1', '/p.png') }}")

    assert not piece.all("audio")
    assert not piece.all("a")


def test_a_form_of_one_button_carries_its_values(draw: Draw) -> None:
    source = """{% call ui.post('/rut', values={'code': 'H24'}) %}
      {{ ui.button('Rút hồ sơ') }}{% endcall %}"""

    form = draw(source).one("form")

    assert form.one("input", type="hidden")["value"] == "H24"
    assert form.one("button")["type"] == "submit"
