"""Houses joined in one process, still over HTTP: a transport that calls a WSGI application."""

import io
from collections.abc import Iterable
from email.message import Message
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

import requests
from requests.adapters import BaseAdapter
from requests.cookies import extract_cookies_to_jar
from requests.structures import CaseInsensitiveDict
from urllib3 import HTTPHeaderDict
from urllib3.response import HTTPResponse


class _Original:
    """What requests reads cookies from."""

    def __init__(self, headers: list[tuple[str, str]]) -> None:
        self.msg = Message()
        for name, value in headers:
            self.msg[name] = value

    def isclosed(self) -> bool:
        return True

    def close(self) -> None:
        return None


class WsgiAdapter(BaseAdapter):
    """Mount it on a session: ``session.mount("http://bank.test", WsgiAdapter(app))``."""

    def __init__(self, app: Any) -> None:
        """``app`` is any WSGI application."""
        super().__init__()
        self._app = app

    def send(  # noqa: PLR0913, PLR0917 -- the base class's signature
        self,
        request: requests.PreparedRequest,
        stream: bool = False,  # noqa: FBT001, FBT002 -- the base class's signature
        timeout: Any = None,
        verify: Any = True,  # noqa: FBT002
        cert: Any = None,
        proxies: Any = None,
    ) -> requests.Response:
        """Answer from the application instead of the network."""
        del stream, timeout, verify, cert, proxies
        seen: dict[str, Any] = {}

        def start_response(status: str, headers: list[tuple[str, str]], *_: object) -> None:
            seen["status"], seen["headers"] = status, headers

        chunks: Iterable[bytes] = self._app(self._environ(request), start_response)
        body = b"".join(chunks)
        close = getattr(chunks, "close", None)
        if close is not None:
            close()
        code, _, reason = seen["status"].partition(" ")
        response = requests.Response()
        response.status_code, response.reason = int(code), reason
        response.headers = CaseInsensitiveDict(seen["headers"])
        response.raw = HTTPResponse(
            io.BytesIO(body),
            HTTPHeaderDict(seen["headers"]),
            int(code),
            preload_content=False,
            original_response=_Original(seen["headers"]),  # type: ignore[arg-type]
        )
        response.request, response.url = request, str(request.url)
        extract_cookies_to_jar(response.cookies, request, response.raw)  # type: ignore[no-untyped-call]
        response._content = body  # noqa: SLF001 -- what requests' own adapters do by reading raw
        return response

    def close(self) -> None:
        """Hold nothing open."""

    @staticmethod
    def _environ(request: requests.PreparedRequest) -> dict[str, Any]:
        parts = urlsplit(str(request.url))
        body = request.body or b""
        raw = body.encode() if isinstance(body, str) else body
        environ: dict[str, Any] = {
            "REQUEST_METHOD": request.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(parts.path).decode("latin-1"),
            "QUERY_STRING": parts.query,
            "SERVER_NAME": parts.hostname or "",
            "SERVER_PORT": str(parts.port or 80),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": request.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(raw)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": parts.scheme,
            "wsgi.input": io.BytesIO(raw),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            "HTTP_HOST": parts.netloc,
        }
        for name, value in request.headers.items():
            if name.lower() not in {"content-type", "content-length", "host"}:
                environ["HTTP_" + name.upper().replace("-", "_")] = value
        return environ
