"""Gives every page its look, its captcha and what it may know of the simulation."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from simkit.core.captcha import CaptchaWrong
from simkit.core.errors import NotFound
from simkit.flaskkit import format as formats
from simkit.flaskkit.here import current_world
from simkit.runtime.clock import ClockMode

_ASSETS_LIVE = timedelta(days=30)
_STATIC = Path(__file__).parent / "static"
_NOTICEABLE = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Picture:
    """A captcha for one page: its token and where the browser finds it."""

    token: str
    picture: str
    audio: str
    renew: str


@dataclass(frozen=True, slots=True)
class Simulation:
    """What a page may know of the simulation."""

    house: str
    house_title: str
    world: str
    now: datetime
    clock_mode: str
    shifted: bool

    @property
    def captcha(self) -> Picture:
        """A new captcha; ask for it once per page."""
        return _picture(current_world().captchas.new())


def register(app: Flask, house: str, title: str) -> None:
    """Install templates, static files, filters, captcha routes and the variable ``sim``."""
    bp = Blueprint(
        "simkit",
        __name__,
        static_folder="static",
        static_url_path="/static",
        template_folder="templates",
    )

    @bp.get("/captcha/<token>.png")
    def captcha_picture(token: str) -> ResponseReturnValue:
        return _captcha_file(current_world().captchas.picture, token, "image/png")

    @bp.get("/captcha/<token>.wav")
    def captcha_sound(token: str) -> ResponseReturnValue:
        return _captcha_file(current_world().captchas.sound, token, "audio/wav")

    @bp.get("/captcha/moi")
    def new_captcha() -> ResponseReturnValue:
        if request.accept_mimetypes.best == "application/json":
            fresh = _picture(current_world().captchas.new())
            return {"token": fresh.token, "picture": fresh.picture, "audio": fresh.audio}
        page = urlsplit(request.referrer or "")
        ours = page.netloc == request.host
        return redirect(page.path if ours else request.script_root + "/", 303)

    app.register_blueprint(bp)
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = _ASSETS_LIVE
    for name in ("dong", "moment", "day", "size", "mask_phone", "mask_email"):
        app.jinja_env.filters[name] = getattr(formats, name)

    @app.context_processor
    def simulation() -> dict[str, object]:
        world = current_world()
        state = world.clock.state
        return {
            "asset_version": _asset_version(),
            "sim": Simulation(
                house=house,
                house_title=title,
                world=world.name,
                now=world.clock.now(),
                clock_mode=state.mode,
                shifted=state.mode is ClockMode.RUNNING and abs(state.offset) > _NOTICEABLE,
            ),
        }


@lru_cache(maxsize=1)
def _asset_version() -> str:
    """Return what changes when a file changes, so that browsers may keep files for long."""
    digest = hashlib.sha256()
    for path in sorted(_STATIC.rglob("*")):
        if path.is_file():
            digest.update(f"{path.name}:{path.stat().st_size}:{path.stat().st_mtime_ns}".encode())
    return digest.hexdigest()[:10]


def _picture(token: str) -> Picture:
    return Picture(
        token=token,
        picture=url_for("simkit.captcha_picture", token=token),
        audio=url_for("simkit.captcha_sound", token=token),
        renew=url_for("simkit.new_captcha"),
    )


def _captcha_file(make: Callable[[str], bytes], token: str, mimetype: str) -> Response:
    try:
        content = make(token)
    except CaptchaWrong:
        raise NotFound("Không có hình này.", {"token": "unknown"}) from None
    response = Response(content, mimetype=mimetype)
    response.headers["Cache-Control"] = "no-store"
    return response
