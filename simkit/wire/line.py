"""A line to one neighbour: HTTP with a time limit, journalled, with errors of our own."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from simkit.core.errors import NeighbourDown
from simkit.wire.journal import BODY_KEPT, Entry, Journal

if TYPE_CHECKING:
    import requests


class NeighbourBroken(NeighbourDown):
    """The neighbour answered something that its interface does not allow."""

    code = "neighbour-broken"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a neighbour answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def good(self) -> bool:
        """Whether the status says success (2xx)."""
        return 200 <= self.status < 300  # noqa: PLR2004 -- the class of statuses

    def object(self) -> dict[str, object]:
        """Return the body as a JSON object, or raise ``NeighbourBroken``."""
        try:
            found: object = json.loads(self.body)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise NeighbourBroken(
                "Hệ thống liên quan trả lời không đúng định dạng.",
                {"status": str(self.status), "body": self.body[:200].decode(errors="replace")},
            )
        return found


class Line:
    """Speaks to one neighbour in one world."""

    def __init__(  # noqa: PLR0913 -- one parameter per thing that is handed in
        self,
        session: "requests.Session",
        base: str,
        *,
        to: str,
        journal: Journal,
        now: Callable[[], datetime],
        trace: Callable[[], str],
    ) -> None:
        """Speak to ``to`` at ``base``, its address for this world."""
        self._session = session
        self._base = base
        self._to = to
        self._journal = journal
        self._now = now
        self._trace = trace

    def call(  # noqa: PLR0913 -- the parts of a request
        self,
        method: str,
        path: str,
        *,
        json_body: Mapping[str, object] | None = None,
        data: bytes | None = None,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        about: str = "",
        timeout: float = 10.0,
    ) -> Answer:
        """Send one request and return the answer, whatever its status.

        ``path`` starts with "/", or is a whole address. ``timeout`` is in seconds, for connecting
        and for each wait. Redirects are not followed. Raises ``NeighbourDown``.
        """
        import requests  # noqa: PLC0415 -- a fifth of a start, and starting calls nobody

        url = path if "://" in path else self._base + path
        sent: dict[str, str] = {"traceparent": self._trace(), **(headers or {})}
        if json_body is not None:
            data = json.dumps(json_body, ensure_ascii=False).encode()
            sent.setdefault("Content-Type", "application/json")
        request = requests.Request(method, url, headers=sent, data=form if data is None else data)
        try:
            prepared = self._session.prepare_request(request)
            response = self._session.send(prepared, timeout=timeout, allow_redirects=False)
        except requests.RequestException as error:
            self._note(request, data, None, about, f"{type(error).__name__}: {error}")
            raise NeighbourDown(
                "Hệ thống liên quan không trả lời. Xin thử lại sau ít phút.",
                {"neighbour": self._to, "address": url},
            ) from error
        self._note(prepared, prepared.body, response, about, "")
        return Answer(response.status_code, response.headers, response.content)

    def _note(
        self,
        request: "requests.Request | requests.PreparedRequest",
        data: bytes | str | object,
        response: "requests.Response | None",
        about: str,
        note: str,
    ) -> None:
        raw = data.encode() if isinstance(data, str) else data if isinstance(data, bytes) else b""
        content = b"" if response is None else response.content
        self._journal.add(
            Entry(
                direction="out",
                at=self._now(),
                peer=self._to,
                method=str(request.method),
                url=str(request.url),
                request_headers=[(str(k), str(v)) for k, v in (request.headers or {}).items()],
                request=raw[:BODY_KEPT],
                request_size=len(raw),
                status=0 if response is None else response.status_code,
                response_headers=[] if response is None else list(response.headers.items()),
                response=content[:BODY_KEPT],
                response_size=len(content),
                trace=self._trace(),
                about=about,
                note=note,
            ),
        )
