"""The one WSGI layer that knows of worlds: it finds the world, lends it, and keeps the journal."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import quote

from simkit.core.errors import NotFound
from simkit.flaskkit.world import World
from simkit.flaskkit.worlds import MAIN, Worlds
from simkit.wire.journal import BODY_KEPT, Entry
from simkit.wire.trace import read as read_trace

WORLD = "simkit.world"
ABOUT = "simkit.about"
MISSING = "simkit.missing"
_UNJOURNALLED = ("/_sim", "/static/", "/captcha/", "/favicon.ico")

Environ = dict[str, Any]
StartResponse = Callable[..., Any]


class WorldLayer:
    """Takes ``/w/<name>`` from the path into ``SCRIPT_NAME`` and hands the world down."""

    def __init__(self, app: Any, worlds: Worlds) -> None:
        """``app`` is the WSGI application below."""
        self._app = app
        self._worlds = worlds

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        path = environ["PATH_INFO"]
        name = MAIN
        if path.startswith("/w/"):
            name, slash, rest = path[3:].partition("/")
            environ["SCRIPT_NAME"] = f"{environ.get('SCRIPT_NAME', '')}/w/{name}"
            environ["PATH_INFO"] = path = slash + rest
        try:
            world = self._worlds.get(name)
        except NotFound as missing:
            # The application tells it in its own look; the main world lends what a page needs.
            environ[MISSING] = missing
            environ["SCRIPT_NAME"] = ""
            world = self._worlds.get(MAIN)
        environ[WORLD] = world
        world.traces.set(read_trace(environ.get("HTTP_TRACEPARENT", "")))
        world.enter()
        if path.startswith(_UNJOURNALLED):
            return _Lent(self._app(environ, start_response), world)
        return _Recorded(self._app, environ, start_response, world)


class _Lent:
    """An answer that gives the world back when it is sent."""

    def __init__(self, chunks: Iterable[bytes], world: World) -> None:
        self._chunks = chunks
        self._world: World | None = world

    def __iter__(self) -> Iterator[bytes]:
        yield from self._chunks
        self.close()

    def close(self) -> None:
        """Give the world back, once."""
        world, self._world = self._world, None
        if world is None:
            return
        try:
            close = getattr(self._chunks, "close", None)
            if close is not None:
                close()
        finally:
            world.leave()


class _Copied:
    """A request body that keeps its first bytes."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self.kept = bytearray()
        self.size = 0

    def _keep(self, data: bytes) -> bytes:
        self.size += len(data)
        if len(self.kept) < BODY_KEPT:
            self.kept += data[: BODY_KEPT - len(self.kept)]
        return data

    def read(self, size: int = -1) -> bytes:
        return self._keep(self._stream.read(size))

    def readline(self, size: int = -1) -> bytes:
        return self._keep(self._stream.readline(size))

    def readlines(self, hint: int = -1) -> list[bytes]:
        return [self._keep(line) for line in self._stream.readlines(hint)]

    def readinto(self, buffer: bytearray) -> int:
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def __iter__(self) -> Iterator[bytes]:
        while line := self.readline():
            yield line


class _Recorded:
    """An answer that is written into the journal when it is sent."""

    def __init__(
        self,
        app: Any,
        environ: Environ,
        start_response: StartResponse,
        world: World,
    ) -> None:
        self._environ = environ
        self._start_response = start_response
        self._world: World | None = world
        self._status = 0
        self._headers: list[tuple[str, str]] = []
        self._kept = bytearray()
        self._size = 0
        self._body: _Copied | None = None
        if environ.get("CONTENT_LENGTH") or environ.get("HTTP_TRANSFER_ENCODING"):
            self._body = environ["wsgi.input"] = _Copied(environ["wsgi.input"])
        try:
            self._chunks = app(environ, self._start)
        except BaseException:
            world.leave()
            raise

    def _start(self, status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        self._status = int(status[:3])
        self._headers = headers
        return self._start_response(status, headers, *rest)

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            self._size += len(chunk)
            if len(self._kept) < BODY_KEPT:
                self._kept += chunk[: BODY_KEPT - len(self._kept)]
            yield chunk
        self.close()  # servers close answers; test clients that only read them do not

    def close(self) -> None:
        """Write the entry and give the world back, once."""
        world, self._world = self._world, None
        if world is None:
            return
        try:
            close = getattr(self._chunks, "close", None)
            if close is not None:
                close()
        finally:
            try:
                world.journal.add(self._entry(world))
            finally:
                world.leave()

    def _entry(self, world: World) -> Entry:
        environ = self._environ
        body = self._body
        query = environ.get("QUERY_STRING")
        url = quote(environ["SCRIPT_NAME"] + environ["PATH_INFO"], encoding="latin-1")
        return Entry(
            direction="in",
            at=world.clock.now(),
            peer=environ.get("HTTP_USER_AGENT", ""),
            method=environ["REQUEST_METHOD"],
            url=f"{url}?{query}" if query else url,
            request_headers=[(k[5:], v) for k, v in environ.items() if k.startswith("HTTP_")],
            request=bytes(body.kept) if body else b"",
            request_size=body.size if body else 0,
            status=self._status,
            response_headers=self._headers,
            response=bytes(self._kept),
            response_size=self._size,
            trace=world.traces.get(),
            about=environ.get(ABOUT, ""),
        )
