"""The style sheets: nothing is missing, nothing comes from outside, everything can be read."""

import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from tests.kit.conftest import KIT

STATIC = KIT / "static"
ROOT = KIT.parent.parent
SHEETS = {path.name: path.read_text("utf-8") for path in sorted(STATIC.glob("*.css"))}
OUR_SHEETS = {name: css for name, css in SHEETS.items() if name != "vendor.css"}
THEME = SHEETS["theme.css"]
COMPUTED = "\0"  # stands for what a template works out
VIETNAMESE = "".join(
    "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
)


def templates() -> list[Path]:
    """Return the templates of the kit and of every house that is built on it."""
    return sorted(
        path
        for folder in ROOT.iterdir()
        if (folder / "__init__.py").exists()
        for path in folder.rglob("templates/**/*.html")
    )


# Classes of a real page that other people's scripts look for; nothing is dressed by them.
HOOKS = {"domestic-bank"}


def sheets_of(template: Path) -> str:
    """Return all the rules that may dress a template: the kit's and those of its own house."""
    house = ROOT / template.relative_to(ROOT).parts[0]
    own = "".join(path.read_text("utf-8") for path in house.rglob("static/**/*.css"))
    return "".join(SHEETS.values()) + own


@pytest.mark.parametrize(
    "template", templates(), ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_every_class_that_a_template_names_is_dressed(template: Path) -> None:
    """Only a part of Bootstrap is served: a class outside of it would silently do nothing."""
    named: set[str] = set()
    for written in re.findall(r'class="([^"]*)"', template.read_text("utf-8")):
        plain = re.sub(r"\{%.*?%\}", " ", re.sub(r"\{\{.*?\}\}", COMPUTED, written))
        named.update(name for name in plain.split() if COMPUTED not in name)

    dressed = set(re.findall(r"\.(-?[A-Za-z][\w-]*)", sheets_of(template)))

    assert named - dressed - HOOKS == set()


def test_every_variable_that_is_read_is_set() -> None:
    everything = "".join(SHEETS.values())
    declared = set(re.findall(r"(--[\w-]+)\s*:", everything))

    read_without_fallback = set(re.findall(r"var\((--k-[\w-]+)\)", everything))

    assert read_without_fallback - declared == set()


@pytest.mark.parametrize("name", SHEETS)
def test_braces_are_closed(name: str) -> None:
    plain = re.sub(r"/\*.*?\*/|\"[^\"]*\"", "", SHEETS[name], flags=re.DOTALL)

    assert plain.count("{") == plain.count("}")


def test_nothing_is_asked_from_outside() -> None:
    for name, css in SHEETS.items():
        for address in re.findall(
            r"url\(\"?([^\")]+)", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
        ):
            assert address.startswith("data:") or (STATIC / address).is_file(), (name, address)
        assert "@import" not in css
    script = (STATIC / "kit.js").read_text("utf-8")
    assert "http" not in script
    assert "import(" not in script


def test_our_sheets_fit_in_one_reading() -> None:
    for name, css in OUR_SHEETS.items():
        assert css.count("\n") < 400, name


@pytest.mark.parametrize("weight", [400, 600, 700])
def test_the_font_holds_every_letter_that_we_write(weight: int) -> None:
    with TTFont(STATIC / "fonts" / f"be-vietnam-pro-{weight}.woff2") as font:
        drawn = {chr(code) for code in font.getBestCmap()}
    written = {
        c
        for path in templates()
        for c in re.sub(r"\{#.*?#\}", "", path.read_text("utf-8"), flags=re.DOTALL)
    }

    assert set(VIETNAMESE + VIETNAMESE.upper()) <= drawn
    assert {c for c in written if c.isprintable()} - drawn == set()


def test_the_licences_travel_with_the_files() -> None:
    text = (STATIC / "licences.txt").read_text("utf-8")

    assert "The MIT License (MIT)" in text
    assert "SIL OPEN FONT LICENSE Version 1.1" in text
    assert "Licensed under MIT" in SHEETS["vendor.css"]


ACCENTS = re.findall(
    r"\[data-(?:house|accent)=\"(\w+)\"\]\s*\{ --k-accent: (#\w+); --k-accent-deep: (#\w+); \}",
    THEME,
)


def colour(name: str) -> str:
    """Return the value of a variable of the theme."""
    found = re.search(rf"--k-{name}: (#\w+)", THEME)
    assert found is not None, name
    return found[1]


def luminance(hexadecimal: str) -> float:
    digits = hexadecimal.lstrip("#")
    full = "".join(c * 2 for c in digits) if len(digits) == 3 else digits
    red, green, blue = (
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4
        for c in (int(full[i : i + 2], 16) / 255 for i in (0, 2, 4))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the ratio of WCAG 2: 1 for equal colours, 21 for black on white."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_counted_as_wcag_does() -> None:
    assert round(contrast("#000", "#ffffff"), 1) == 21.0
    assert round(contrast("#767676", "#fff"), 2) == 4.54


def test_every_house_has_an_accent_and_pages_have_more_to_choose_from() -> None:
    names = {name for name, _, _ in ACCENTS}

    assert {"portal", "gateway", "bank", "post", "phone"} <= names
    assert len(names) >= 12


@pytest.mark.parametrize(("name", "main", "deep"), ACCENTS)
def test_white_on_an_accent_and_an_accent_on_white_can_be_read(
    name: str, main: str, deep: str
) -> None:
    assert contrast(main, "#fff") >= 6, name
    assert contrast(deep, "#fff") >= 8, name
    assert luminance(deep) < luminance(main)


@pytest.mark.parametrize("tone", ["info", "success", "warning", "danger", "progress", "neutral"])
def test_each_tone_can_be_read_on_its_soft_ground_and_on_white(tone: str) -> None:
    assert contrast(colour(tone), colour(f"{tone}-soft")) >= 4.5
    assert contrast(colour(tone), "#fff") >= 4.5


@pytest.mark.parametrize("ground", ["ground", "paper"])
def test_text_and_borders_of_controls_stand_out(ground: str) -> None:
    assert contrast(colour("ink"), colour(ground)) >= 12
    assert contrast(colour("ink-soft"), colour(ground)) >= 6
    assert contrast(colour("line-strong"), colour(ground)) >= 3


def test_the_focus_is_seen_on_light_and_on_dark() -> None:
    assert contrast(colour("focus"), "#fff") >= 7
    assert contrast(colour("focus-glow"), colour("accent-deep")) >= 4.5


def test_every_macro_is_exported_and_explained() -> None:
    folder = KIT / "templates" / "simkit"
    library = (folder / "ui.html").read_text("utf-8")
    explained, exports = library.split("#}", 1)
    written = {
        name
        for part in (folder / "ui").glob("*.html")
        for name in re.findall(r"\{% macro ([a-z]\w*)\(", part.read_text("utf-8"))
    }

    assert set(re.findall(r"set (\w+) =", exports)) == written
    assert {name for name in written if f"ui.{name}(" not in explained} == {"mark"}
