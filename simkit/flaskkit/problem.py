"""Answers every refusal in one shape: JSON for machines, a page for people."""

import logging
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from simkit.core.captcha import CaptchaWrong
from simkit.core.errors import (
    BadInput,
    Conflict,
    NeighbourDown,
    NotAllowed,
    NotFound,
    NotSignedIn,
    RuleBroken,
    TooLarge,
    TooMany,
)
from simkit.core.machine import IllegalMove
from simkit.wire.journal import JournalDropped

log = logging.getLogger(__name__)

STATUS: dict[type[RuleBroken], int] = {
    BadInput: 400,
    CaptchaWrong: 400,
    NotSignedIn: 401,
    NotAllowed: 403,
    NotFound: 404,
    Conflict: 409,
    IllegalMove: 409,
    JournalDropped: 410,
    TooLarge: 413,
    TooMany: 429,
    NeighbourDown: 503,
}
RULE_BROKEN = 422
RETRY_AFTER_SECONDS = "5"

_HTTP_MESSAGES = {
    400: "Yêu cầu không đọc được. Xin quay lại và thử lại.",
    404: "Không tìm thấy trang này. Xin kiểm tra lại địa chỉ hoặc về trang chủ.",
    405: "Trang này không nhận kiểu yêu cầu đó. Xin quay lại trang trước.",
    413: "Nội dung gửi lên quá lớn. Xin gửi tệp nhỏ hơn.",
    415: "Kiểu nội dung này không được nhận.",
}
_UNKNOWN = "Hệ thống gặp lỗi ngoài dự kiến. Xin thử lại; lỗi đã được ghi lại."


def status_of(error: RuleBroken) -> int:
    """Return the HTTP status of a refusal."""
    return next((STATUS[kind] for kind in type(error).mro() if kind in STATUS), RULE_BROKEN)


def wants_json() -> bool:
    """Tell whether a machine asks: by the path, by what it sent, or by what it accepts."""
    if request.path.startswith(("/api/", "/_sim")) or request.is_json:
        return True
    return not request.accept_mimetypes.accept_html


def answer(code: str, message: str, facts: dict[str, str], status: int) -> Response:
    """Return a refusal in the one shape."""
    body = {"code": code, "message": message, "facts": facts}
    if wants_json():
        response = jsonify(body)
    else:
        response = make_response(render_template("simkit/problem.html", status=status, **body))
    response.status_code = status
    if status in {STATUS[TooMany], STATUS[NeighbourDown]}:
        response.headers["Retry-After"] = RETRY_AFTER_SECONDS
    return response


def register(app: Flask, not_signed_in: Callable[[], ResponseReturnValue] | None = None) -> None:
    """Install the handlers.

    ``not_signed_in`` answers people who have to sign in first (usually a redirect). An unforeseen
    exception is logged with its trace and answered with a bare 500; in tests it is raised.
    """

    @app.errorhandler(RuleBroken)
    def refused(error: RuleBroken) -> ResponseReturnValue:
        if isinstance(error, NotSignedIn) and not_signed_in is not None and not wants_json():
            return not_signed_in()
        return answer(error.code, str(error), error.facts, status_of(error))

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> ResponseReturnValue:
        if error.response is not None:
            return error.response
        status = error.code or 500
        if 300 <= status < 400:  # noqa: PLR2004 -- redirects are exceptions in werkzeug
            return error.get_response()
        message = _HTTP_MESSAGES.get(status, str(error.description))
        return answer(f"http-{status}", message, {}, status)

    @app.errorhandler(Exception)
    def unforeseen(error: Exception) -> Any:
        if app.testing:
            raise error
        log.error("unforeseen error", exc_info=error)
        return answer("internal-error", _UNKNOWN, {}, 500)
