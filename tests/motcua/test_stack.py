"""The stack: houses on their ports, real systems beside them, data that stays, a quick end."""

import json
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import requests

from mock_portal.settings import PACKS
from motcua.control import Controls
from motcua.houses import OFFSETS, PACKAGES, SMTP_OFFSET
from motcua.stack import Stack, StackError, StackOptions, write_ready_file
from simkit.core.cast import CAST
from simkit.flaskkit.server import PortTaken, listen
from tests.wiring.city import A_MONDAY, stand_at

HOST = "127.0.0.1"
QUIT_SECONDS = 2.0
REAL = "https://sandbox.example"
SOMEBODY = CAST[0].phone


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    """Run everything but the gateway, in whose place a real system is named."""
    options = StackOptions(port_base=0, durable=False, replace={"gateway": f"{REAL}/"})
    with Stack(options) as running:
        yield running


def small(**options: Any) -> StackOptions:
    """Return options for the phone alone, which starts quickly, but for what is given."""
    return StackOptions(**{"port_base": 0, "durable": False, "only": ("phone",), **options})


def port_of(url: str) -> int:
    return int(url.rpartition(":")[2])


def is_free(port: int) -> bool:
    try:
        listen(HOST, port).close()
    except PortTaken:
        return False
    return True


@pytest.fixture
def base() -> int:
    """Return a base where all ports are free."""
    offsets = [*OFFSETS.values(), SMTP_OFFSET]
    return next(n for n in range(9100, 9900, 50) if all(is_free(n + each) for each in offsets))


def text_to_somebody(stack: Stack, world: str, text: str) -> None:
    url = f"{stack.urls['phone']}/w/{world}/api/v1/sms"
    body = {"id": text, "to": SOMEBODY, "from": "MOTCUA", "text": text}
    assert requests.post(url, json=body, timeout=30).status_code == 201


def texts(stack: Stack, world: str) -> list[str]:
    url = f"{stack.urls['phone']}/w/{world}/api/v1/messages"
    answer = requests.get(url, params={"to": SOMEBODY}, timeout=30)
    return [message["text"] for message in answer.json()["messages"]]


# -- ports ------------------------------------------------------------------------------------


def test_without_a_base_every_house_takes_a_free_port_of_its_own(stack: Stack) -> None:
    own = {name: url for name, url in stack.urls.items() if name != "gateway"}
    health = Controls(own).everywhere("GET", "health")

    assert {name: answer["house"] for name, answer in health.items()} == {n: n for n in own}
    assert len({port_of(url) for url in own.values()} | {port_of(stack.smtp)}) == len(own) + 1


def test_with_a_base_every_house_has_its_known_place(base: int) -> None:
    options = small(port_base=base, only=("bank", "phone"))
    with Stack(options) as stack:
        urls, smtp = dict(stack.urls), stack.smtp
        greeting = _greeting(smtp)

    assert urls == {"bank": f"http://{HOST}:{base + 3}", "phone": f"http://{HOST}:{base + 7}"}
    assert smtp == f"{HOST}:{base + 25}"
    assert greeting.startswith("220 ")


def _greeting(smtp: str) -> str:
    host, _, port = smtp.partition(":")
    with socket.create_connection((host, int(port)), timeout=10) as line:
        return line.recv(200).decode()


@pytest.mark.parametrize(
    ("offset", "what"),
    [(OFFSETS["bank"], "bank"), (OFFSETS["phone"], "phone"), (SMTP_OFFSET, "the mailbox (SMTP)")],
    ids=["first", "last", "mailbox"],
)
def test_a_port_that_is_taken_is_told_and_no_other_is_kept(
    base: int, offset: int, what: str
) -> None:
    stack = Stack(small(port_base=base, only=("bank", "phone")))
    with listen(HOST, base + offset), pytest.raises(StackError) as refused:
        stack.start()

    told = str(refused.value)
    assert told.startswith(f"Port {base + offset} for {what} is taken")
    assert "Another `up` may be running" in told
    assert "--port-base 9000" in told
    assert all(is_free(base + each) for each in (*OFFSETS.values(), SMTP_OFFSET))


# -- which houses -----------------------------------------------------------------------------


def test_only_the_houses_that_are_named_run() -> None:
    with Stack(small(only=("post", "phone"))) as stack:
        said = stack.ready()
        worlds = Controls(stack.urls).worlds()

    assert list(stack.urls) == ["post", "phone"]
    assert said["houses"] == stack.urls
    assert worlds == ["main"]


@pytest.mark.parametrize(
    "options",
    [
        pytest.param({"only": ("bank", "bnak")}, id="only"),
        pytest.param({"replace": {"bnak": REAL}}, id="replace"),
    ],
)
def test_a_house_that_nobody_knows_is_refused(options: dict[str, Any]) -> None:
    with pytest.raises(StackError, match=r"No house is called bnak\. Known: portal, gateway, "):
        Stack(small(**options)).start()


@pytest.mark.parametrize(
    "options",
    [
        pytest.param({"only": ()}, id="none is named"),
        pytest.param({"replace": {"phone": REAL}}, id="the only one is replaced"),
    ],
)
def test_a_stack_of_nothing_is_refused(options: dict[str, Any]) -> None:
    with pytest.raises(StackError, match="Nothing is left to start"):
        Stack(small(**options)).start()


def test_a_real_system_is_a_neighbour_that_knows_no_worlds(stack: Stack) -> None:
    controls = Controls({n: u for n, u in stack.urls.items() if n != "gateway"})
    controls.create("neighbours")

    found = controls.call("portal", "GET", "health", world="neighbours")["neighbours"]

    assert found.pop("gateway") == REAL
    assert found == {name: f"{url}/w/neighbours" for name, url in controls.urls.items()}


def test_nobody_looks_for_a_control_room_in_a_real_system(stack: Stack) -> None:
    said = stack.ready()

    assert said["houses"] == {n: u for n, u in stack.urls.items() if n != "gateway"}
    assert said["replaced"] == {"gateway": REAL}


def test_a_token_closes_the_control_rooms_to_who_does_not_have_it() -> None:
    with Stack(small(control_token="of-this-test")) as stack:
        without = requests.get(f"{stack.urls['phone']}/_sim/health", timeout=30)
        worlds = Controls(stack.urls, "of-this-test").worlds()

    assert without.status_code == 403
    assert worlds == ["main"]


# -- the end, and starting again --------------------------------------------------------------


def test_the_end_comes_within_two_seconds_though_somebody_waits_for_a_message() -> None:
    with ExitStack() as ends:
        stack = Stack(small()).start()
        ends.callback(stack.stop)
        ports = [port_of(stack.urls["phone"]), port_of(stack.smtp)]
        line = ends.enter_context(socket.create_connection((HOST, ports[0]), timeout=10))
        line.sendall(b"GET /api/v1/messages?to=0912345678&wait=30 HTTP/1.1\r\nHost: p\r\n\r\n")
        requests.get(f"{stack.urls['phone']}/_sim/health", timeout=30).raise_for_status()
        began = time.monotonic()
        stack.stop()
        seconds = time.monotonic() - began

    assert seconds < QUIT_SECONDS
    assert [is_free(port) for port in ports] == [True, True]


def test_what_ended_can_be_ended_again_and_leaves_no_thread() -> None:
    before = set(threading.enumerate())
    stack = Stack(small()).start()
    text_to_somebody(stack, "main", "Xin chào")

    stack.stop()
    stack.stop()

    ours = {t for t in set(threading.enumerate()) - before if t.name.startswith(("phone", "serv"))}
    for thread in ours:
        thread.join(timeout=5)
    assert [thread.name for thread in ours if thread.is_alive()] == []


def test_the_same_data_folder_has_the_same_worlds_again(tmp_path: Path) -> None:
    options = small(data=tmp_path, durable=True)
    with Stack(options) as stack:
        controls = Controls(stack.urls)
        controls.create("stays")
        stand_at(controls, "stays", A_MONDAY)
        text_to_somebody(stack, "stays", "Xin chào")
        controls.snapshot("stays", "kept")

    with Stack(options) as stack:
        controls = Controls(stack.urls)
        found = texts(stack, "stays")
        text_to_somebody(stack, "stays", "Chào lại")
        controls.restore("stays", "kept")
        restored = texts(stack, "stays")
        now = controls.now("stays")

    assert found == restored == ["Xin chào"]
    assert now == A_MONDAY


def test_without_a_data_folder_every_start_is_the_first() -> None:
    with Stack(small()) as stack:
        Controls(stack.urls).create("gone")

    with Stack(small()) as stack:
        assert Controls(stack.urls).worlds() == ["main"]


def test_warming_up_disturbs_neither_visitors_nor_the_end() -> None:
    with Stack(small()) as stack:
        stack.warm_up()
        text_to_somebody(stack, "main", "Xin chào")

        assert texts(stack, "main") == ["Xin chào"]


# -- site packs -------------------------------------------------------------------------------


@pytest.fixture
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a copy of the usual pack, where the portal looks for packs."""
    shutil.copytree(PACKS / "haiphong", tmp_path / "haiphong")
    monkeypatch.setenv("MOTCUA_SITES", str(tmp_path))
    return tmp_path


def broken(place: Path, line: int, text: str) -> None:
    lines = place.read_text(encoding="utf-8").splitlines()
    lines[line - 1] = text
    place.write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "line", "text"),
    [
        pytest.param("site.toml", 4, "key = ", id="TOML"),
        pytest.param("procedures.json", 3, "code: 3.000439,", id="JSON"),
        pytest.param("procedures.json", 3, '"code": "3.000439", "nmae": "",', id="misspelt key"),
    ],
)
def test_a_broken_site_pack_is_refused_by_file_and_line(
    packs: Path, base: int, file: str, line: int, text: str
) -> None:
    broken(packs / "haiphong" / file, line, text)

    with pytest.raises(StackError) as refused:
        Stack(small(port_base=base, only=("portal",))).start()

    told = str(refused.value)
    assert told.startswith("The house portal does not open. The site pack «haiphong» has 1 faults")
    assert f"{file}:{line}" in told
    assert is_free(base + OFFSETS["portal"])


def test_a_site_pack_that_is_not_there_is_told_with_its_name(packs: Path) -> None:
    with pytest.raises(StackError, match=r"«atlantis»[\s\S]*site\.toml: the file is missing"):
        Stack(small(only=("portal",), site="atlantis")).start()

    assert (packs / "haiphong").is_dir()


# -- the ready file ---------------------------------------------------------------------------


def test_the_ready_file_is_written_whole_into_a_folder_of_its_own(tmp_path: Path) -> None:
    place = tmp_path / "new" / "ready.json"
    write_ready_file(place, {"pid": 1})
    write_ready_file(place, {"pid": 2, "houses": dict.fromkeys(PACKAGES, "")})

    assert json.loads(place.read_text(encoding="utf-8"))["pid"] == 2
    assert [each.name for each in place.parent.iterdir()] == ["ready.json"]
