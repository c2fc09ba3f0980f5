"""What goes to a listener and what comes back, byte by byte."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier

import requests

SHOWN = 2_000
"""Bytes of a body that reports show; a longer one is cut and its length told."""

VEIL = "***"
"""Stands for what the integrator's own headers hold: reports are shown around."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One request: ``query`` is appended to the listener's address as it is."""

    method: str
    body: bytes = b""
    query: str = ""
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; ``status`` is 0 when nothing did, and then ``trouble`` says why."""

    status: int
    body: bytes = b""
    trouble: str = ""

    @property
    def is_good(self) -> bool:
        """Tell whether the status is 2xx: everything else is a failure to the sender [S]."""
        return 200 <= self.status < 300  # noqa: PLR2004 -- the classes of HTTP


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request as it went out and the answer to it; headers of the integrator are veiled."""

    method: str
    url: str
    headers: Mapping[str, str]
    sent: bytes
    answer: Answer

    def lines(self) -> list[str]:
        """Return the bytes for people: what was sent after ``>``, what came back after ``<``."""
        sent = [f"> {self.method} {self.url}"]
        sent += [f"> {name}: {value}" for name, value in self.headers.items()]
        sent += [f"> {line}" for line in as_text(self.sent).splitlines()]
        if self.answer.trouble:
            return [*sent, f"< nothing: {self.answer.trouble}"]
        back = [f"< {line}" for line in as_text(self.answer.body).splitlines()]
        return [*sent, f"< HTTP {self.answer.status}", *back]


def as_text(body: bytes) -> str:
    """Return bytes for a report: UTF-8 where it is, the rest escaped, the end cut if long."""
    text = body[:SHOWN].decode("utf-8", "backslashreplace")
    return text if len(body) <= SHOWN else f"{text} … ({len(body)} bytes)"


@dataclass(frozen=True)
class Line:
    """The way to the listener at ``url``; ``headers`` go with every request."""

    url: str
    session: requests.Session
    headers: Mapping[str, str] = field(default_factory=dict)
    timeout: float = 10.0

    def fire(self, shot: Shot) -> Exchange:
        """Send one request and keep what came back, whatever it is."""
        of_shot = {"Content-Type": shot.content_type} if shot.content_type else {}
        url = self.url
        if shot.query:
            url += ("&" if "?" in url else "?") + shot.query
        try:
            answer = self.session.request(
                shot.method,
                url,
                data=shot.body or None,
                headers={**self.headers, **of_shot},
                timeout=self.timeout,
                allow_redirects=False,
            )
            came = Answer(answer.status_code, answer.content)
        except requests.Timeout:
            came = Answer(0, trouble=f"no answer within {self.timeout:g} s")
        except requests.RequestException as error:
            came = Answer(0, trouble=f"{type(error).__name__}: {error}")
        shown = dict.fromkeys(self.headers, VEIL) | of_shot
        return Exchange(shot.method, url, shown, shot.body, came)

    def fire_at_once(self, shots: Sequence[Shot]) -> list[Exchange]:
        """Send all requests at the same moment, each from a thread of its own."""
        ready = Barrier(len(shots))

        def one(shot: Shot) -> Exchange:
            ready.wait()
            return self.fire(shot)

        with ThreadPoolExecutor(len(shots)) as threads:
            return list(threads.map(one, shots))
