"""A bare Flask app with the kit's templates and nothing else of the kernel."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import jinja2
import pytest
from flask import Blueprint, Flask

from simkit.flaskkit import format as formats
from tests.kit.markup import Element, parse

KIT = Path(formats.__file__).parent
NOW = datetime(2026, 11, 21, 14, 5, tzinfo=timezone(timedelta(hours=7)))
SIM: dict[str, object] = {
    "house": "portal",
    "house_title": "Cổng dịch vụ công",
    "world": "main",
    "now": NOW,
    "clock_mode": "running",
}

Draw = Callable[..., Element]


@pytest.fixture(scope="session")
def kit() -> Flask:
    """Strict about unknown variables: a page must not depend on silence."""
    app = Flask("kit", static_folder=None)
    app.secret_key = "for tests"
    app.testing = True
    blueprint = Blueprint(
        "simkit",
        "simkit.flaskkit",
        static_folder=str(KIT / "static"),
        static_url_path="/static",
        template_folder=str(KIT / "templates"),
    )
    app.register_blueprint(blueprint)
    for name in ("dong", "moment", "day", "size"):
        app.jinja_env.filters[name] = getattr(formats, name)
    app.jinja_env.undefined = jinja2.StrictUndefined
    app.add_url_rule("/ho-so", "pages.list", lambda: "")
    return app


@pytest.fixture
def request_open(kit: Flask) -> Iterator[None]:
    with kit.test_request_context("/"):
        yield


@pytest.fixture
def draw(kit: Flask, request_open: None) -> Draw:
    """Render a piece of a page that has the macros at hand as ``ui``."""
    del request_open

    def render(source: str, **values: object) -> Element:
        text = '{% import "simkit/ui.html" as ui %}' + source
        return parse(kit.jinja_env.from_string(text).render(now=NOW, **values))

    return render


@pytest.fixture
def page(kit: Flask, request_open: None) -> Draw:
    """Render a whole page made from ``simkit/base.html``."""
    del request_open

    def render(source: str = "", sim: dict[str, object] | None = None, **values: object) -> Element:
        text = '{% extends "simkit/base.html" %}{% import "simkit/ui.html" as ui %}' + source
        template = kit.jinja_env.from_string(text)
        ready: dict[str, object] = {"sim": SIM | (sim or {}), **values}
        kit.update_template_context(ready)
        return parse(template.render(ready))

    return render
