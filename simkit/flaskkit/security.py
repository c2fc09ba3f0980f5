"""The one place for cookies, headers and where forms may come from."""

from urllib.parse import urlsplit

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer

from simkit.core.errors import NotAllowed
from simkit.flaskkit.here import current_world

_PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-src 'self';"
    " frame-ancestors 'self'; base-uri 'none'; object-src 'none'",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Cache-Control": "no-store",
}
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class WorldSessions(SecureCookieSessionInterface):
    """Signed cookies that hold in one house and one world only.

    Browsers send the cookies of one host to all its ports and to all longer paths, so house and
    world are in the cookie's name, and the key is the world's own: a reset ends its sessions.
    """

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Read the cookie; without one there is nothing to verify."""
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)

    def get_cookie_name(self, app: Flask) -> str:
        """Return the name for the present world."""
        world = current_world()
        return f"motcua_{app.name.removeprefix('mock_')}_{world.name}"

    def get_cookie_path(self, app: Flask) -> str:
        """Return the world's prefix."""
        del app
        return request.script_root or "/"

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Sign with the present world's key."""
        del app
        return URLSafeTimedSerializer(
            current_world().key("session"),
            salt=self.salt,
            serializer=self.serializer,
            signer_kwargs={
                "key_derivation": self.key_derivation,
                "digest_method": self.digest_method,
            },
        )


def _from_elsewhere() -> bool:
    """Tell whether a browser sends a form that another site's page holds.

    Browsers say so themselves (``Sec-Fetch-Site``, else ``Origin``); what is no browser has no
    cookies that could be misused.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.host


def register(app: Flask) -> None:
    """Install sessions, the check of where forms come from, and the headers of every answer."""
    app.session_interface = WorldSessions()
    app.config["SESSION_COOKIE_HTTPONLY"] = True
    app.config["SESSION_COOKIE_SAMESITE"] = "Lax"

    @app.before_request
    def refuse_foreign_forms() -> None:
        if request.method not in _SAFE and _from_elsewhere():
            raise NotAllowed(
                "Biểu mẫu được gửi từ một trang khác nên không được nhận. Xin mở lại trang này.",
                {"origin": request.headers.get("Origin", "")},
            )

    @app.after_request
    def harden(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("X-Content-Type-Options", "nosniff")
        if headers.get("Content-Type", "").startswith("text/html"):
            for name, value in _PAGE_HEADERS.items():
                headers.setdefault(name, value)
        return response
