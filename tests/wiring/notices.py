"""The way of the gateway's notices to the portal, in the hands of a test."""

from collections.abc import Callable
from typing import Any

import requests
from requests.adapters import BaseAdapter

from tests.wiring.city import URLS, Place

CONFIRM = "/payment-platform/confirm"
TAKEN = b'{"MaLoi": "00", "MoTaLoi": "ok"}'


class NoticeWay(BaseAdapter):
    """Every CONFIRM of one world comes by here.

    ``swallow``: it is acknowledged and not passed on. ``cut``: it gets no answer. ``bodies`` are
    the notices as they came; ``pass_on`` delivers one of them, now or again.
    """

    def __init__(self, place: Place) -> None:
        """Stand between gateway and portal until ``close``."""
        super().__init__()
        self.swallow = self.cut = False
        self.bodies: list[bytes] = []
        self._portal: BaseAdapter = place.city.http.get_adapter(URLS["portal"])
        self._url = place.url("portal", CONFIRM)
        self._step_aside = place.city.stand_between(self._url, self)

    def leave(self) -> None:
        """Let notices go their own way again."""
        self._step_aside()

    def close(self) -> None:
        """Hold nothing open."""

    def send(self, request: requests.PreparedRequest, **more: Any) -> requests.Response:  # type: ignore[override]
        """Keep the notice; pass it on or acknowledge it in the portal's stead."""
        body = request.body or b""
        self.bodies.append(body.encode() if isinstance(body, str) else body)
        if self.cut:
            raise requests.ConnectionError("nobody answers")
        if not self.swallow:
            return self._portal.send(request, **more)
        answer = requests.Response()
        answer.status_code, answer._content = 200, TAKEN  # noqa: SLF001 -- as adapters do
        answer.request, answer.url = request, str(request.url)
        return answer

    def pass_on(self, which: int = -1) -> str:
        """Deliver a notice that came, and return the portal's MaLoi."""
        return said(self._session_to_portal(), self._url, self.bodies[which])

    def _session_to_portal(self) -> requests.Session:
        session = requests.Session()
        session.mount(URLS["portal"], self._portal)
        return session


def said(session: requests.Session, url: str, body: bytes) -> str:
    """Post a CONFIRM and return MaLoi of its acknowledgement."""
    answer = session.post(url, data=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["MaLoi"])


def confirm_at(place: Place) -> Callable[[bytes], str]:
    """Return what posts bytes to the portal's listener and returns MaLoi."""
    return lambda body: said(place.city.http, place.url("portal", CONFIRM), body)
