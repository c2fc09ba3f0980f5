"""Each house as a program of its own: a taken port, one folder for two, Ctrl-C, a last word."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from motcua.houses import PACKAGES
from simkit.core.settings import PORTS, SMTP_PORT

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 60
FREE_MAILBOX = {"phone": ("--smtp-port", "0")}


def house(name: str, *arguments: str) -> list[str]:
    """Return the command that starts a house on a free port, unless ``arguments`` name one."""
    command = [sys.executable, "-m", PACKAGES[name], "--port", "0", *FREE_MAILBOX.get(name, ())]
    return [*command, *arguments]


def ended(command: list[str], **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run a program that ends by itself."""
    return subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


@contextmanager
def running(name: str, *arguments: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """Run a house; yields it with its first line."""
    with subprocess.Popen(
        house(name, *arguments), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline()
        finally:
            process.kill()


def address(line: str) -> str:
    """Return the address in the line with which a house says where it is."""
    return line.split(" at ")[1].partition(", ")[0].partition(". ")[0]


@contextmanager
def taken_port() -> Iterator[str]:
    """Lend the number of a port on which somebody else listens."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield str(other.getsockname()[1])


def assert_refused(done: "subprocess.CompletedProcess[str]", *words: str) -> None:
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert all(word in done.stderr for word in words), done.stderr


@pytest.mark.parametrize("name", ["bank", "portal"])
def test_a_port_that_is_taken_is_told_in_a_sentence(name: str) -> None:
    with taken_port() as port:
        done = ended(house(name, "--port", port))

    assert_refused(done, f"127.0.0.1:{port}", "another program listens there")


def test_a_mailbox_that_is_taken_is_told_in_a_sentence() -> None:
    with taken_port() as port:
        done = ended(house("phone", "--smtp-port", port))

    assert_refused(done, f"127.0.0.1:{port}", "another program listens there")


def test_a_site_pack_that_is_not_there_is_told_in_a_sentence() -> None:
    done = ended(house("portal"), MOTCUA_SITE="atlantis")

    assert_refused(done, "portal does not open.", "«atlantis»")


@pytest.mark.parametrize("name", ["phone", "post"])
def test_the_help_names_the_usual_port(name: str) -> None:
    done = ended([sys.executable, "-m", PACKAGES[name], "--help"], COLUMNS="200")

    assert done.returncode == 0
    assert f"(usual: {PORTS[name]})" in done.stdout
    assert (f"(usual: {SMTP_PORT})" in done.stdout) is (name == "phone")


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_who_ends_a_house_on_its_first_word_is_heard() -> None:
    with running("post") as (process, line):
        process.send_signal(signal.SIGINT)
        rest, errors = process.communicate(timeout=SECONDS)

    assert line.startswith("post is up at http://127.0.0.1:")
    assert process.returncode == 0
    assert (rest, errors) == ("", "")


def test_two_programs_do_not_share_a_folder_of_worlds(tmp_path: Path) -> None:
    with running("post", "--data", str(tmp_path)) as (_, line):
        second = ended(house("post", "--data", str(tmp_path)))
        first = requests.get(f"{address(line)}/_sim/health", timeout=SECONDS)

    assert_refused(second, "post does not open.", str(tmp_path), "another folder with --data")
    assert first.json()["house"] == "post"


def test_a_folder_of_worlds_is_free_again_however_its_program_ended(tmp_path: Path) -> None:
    for _ in range(2):
        with running("post", "--data", str(tmp_path)) as (process, line):
            assert requests.get(f"{address(line)}/_sim/worlds", timeout=SECONDS).json() == {
                "worlds": ["main"]
            }
            process.kill()
