"""What becomes of a notice that cannot be delivered, and how the bank is told its secret."""

import socket
from typing import Any

import pytest
import requests
from werkzeug.wrappers import Response

from mock_bank.clients import NoticeCourier
from mock_bank.settings import INVENTED_NOTICE_SECRET, BankSettings
from simkit.core.messages import Message
from simkit.wire.in_process import WsgiAdapter
from simkit.wire.journal import Journal
from simkit.wire.line import Line
from tests.builders.bank import A_MORNING

NOTICE = Message("notice", "req-1", "http://gateway.test/bank/notices", {"state": "paid"})


def a_line(http: requests.Session) -> Line:
    return Line(
        http,
        "http://gateway.test",
        to="gateway",
        journal=Journal(),
        now=lambda: A_MORNING,
        trace=lambda: "00-0-0-01",
    )


def answering(status: int) -> requests.Session:
    def app(environ: dict[str, Any], start_response: Any) -> Any:
        return Response("no JSON", status)(environ, start_response)

    http = requests.Session()
    http.mount("http://", WsgiAdapter(app))
    return http


@pytest.mark.parametrize(
    ("status", "accepted", "final"),
    [
        pytest.param(200, True, False, id="taken, whatever the body says"),
        pytest.param(204, True, False, id="taken without a body"),
        pytest.param(303, False, False, id="a redirect is no yes"),
        pytest.param(403, False, False, id="a signature that somebody will put right"),
        pytest.param(404, False, True, id="nobody knows the payment"),
        pytest.param(500, False, False, id="trouble"),
        pytest.param(503, False, False, id="busy"),
    ],
)
def test_what_an_answer_means(status: int, *, accepted: bool, final: bool) -> None:
    receipt = NoticeCourier(a_line(answering(status)), "secret").deliver(NOTICE)

    assert (receipt.accepted, receipt.final) == (accepted, final)


def test_a_gateway_that_is_not_there_is_told_again_later() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    nobody = Message("notice", "req-1", f"http://127.0.0.1:{port}/bank/notices", {})

    receipt = NoticeCourier(a_line(requests.Session()), "secret").deliver(nobody)

    assert (receipt.accepted, receipt.final) == (False, False)
    assert receipt.detail.startswith("neighbour-down")


def test_the_secret_comes_from_the_environment_and_has_a_default() -> None:
    assert BankSettings.from_env({}).notice_secret == INVENTED_NOTICE_SECRET
    told = BankSettings.from_env({"MOTCUA_BANK_NOTICE_SECRET": "other"})
    assert told.notice_secret == "other"
