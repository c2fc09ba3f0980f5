"""``motcua judge payment-listener`` as an integrator's build calls it, over a real socket."""

import json
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from motcua.cli import main
from simkit.flaskkit.server import Server, listen
from tests.listeners.careless import Weakness, a_careless_listener
from tests.listeners.correct import a_correct_listener
from tests.listeners.shop import PARTNER, SECRET, Books

WEAK = Weakness(ignores_signature=True, books_failures=True)


@pytest.fixture
def books() -> Books:
    return Books()


@pytest.fixture
def good(books: Books) -> Iterator[str]:
    server = Server(a_correct_listener(books), listen("127.0.0.1", 0)).start()
    yield f"http://127.0.0.1:{server.port}"
    server.stop()


@pytest.fixture
def bad(books: Books) -> Iterator[str]:
    server = Server(a_careless_listener(books, WEAK), listen("127.0.0.1", 0)).start()
    yield f"http://127.0.0.1:{server.port}"
    server.stop()


def run(base: str, *more: str, dialect: str = "platform", doors: bool = True) -> Result:
    words = ["judge", "payment-listener", "--url", f"{base}/{dialect}", "--dialect", dialect]
    words += ["--partner", PARTNER, "--secret", SECRET, *more]
    if doors:
        words += ["--setup-url", f"{base}/orders", "--state-url", base + "/orders/{reference}"]
    return CliRunner().invoke(main, words)


@pytest.mark.parametrize("dialect", ["platform", "vnpay", "vnptpay"])
def test_a_correct_listener_ends_with_exit_code_0(good: str, dialect: str) -> None:
    done = run(good, dialect=dialect)

    assert done.exit_code == 0, done.output
    assert "FAIL" not in done.output
    assert "> " not in done.output


def test_the_bytes_of_every_case_are_shown_when_asked_for(good: str) -> None:
    assert '> {"LoaiBanTin": "CONFIRM", "MaLoi": "00"' in run(good, "--wire").output


def test_a_careless_listener_ends_with_exit_code_1_reasons_and_bytes(bad: str) -> None:
    done = run(bad)

    assert done.exit_code == 1
    assert "FAIL    forged-signature" in done.output
    assert "FAIL    failed-code" in done.output
    assert f"> POST {bad}/platform" in done.output
    assert '< {"MaLoi":"00"' in done.output


def test_the_json_file_holds_every_case_with_its_bytes(bad: str, tmp_path: Path) -> None:
    run(bad, "--json", str(tmp_path / "judge.json"))

    told = json.loads((tmp_path / "judge.json").read_text(encoding="utf-8"))
    forged = next(case for case in told["cases"] if case["id"] == "forged-signature")
    assert told["exit_code"] == 1
    assert forged["verdict"] == "fail"
    assert json.loads(forged["exchanges"][0]["request"]["body"])["LoaiBanTin"] == "CONFIRM"
    assert forged["exchanges"][0]["response"]["status"] == 200
    assert SECRET not in (tmp_path / "judge.json").read_text(encoding="utf-8")


def test_headers_of_the_integrator_go_out_and_stay_out_of_every_report(
    good: str, tmp_path: Path
) -> None:
    files = ("--json", str(tmp_path / "j.json"), "--junit", str(tmp_path / "j.xml"))

    done = run(good, "--header", "Authorization: Bearer abc", "--wire", *files)

    told = [done.output, *(path.read_text(encoding="utf-8") for path in tmp_path.iterdir())]
    assert len(told) == 3
    assert all("***" in each and "Bearer abc" not in each for each in told)


def test_the_junit_file_counts_failures(bad: str, tmp_path: Path) -> None:
    run(bad, "--junit", str(tmp_path / "judge.xml"))

    suite = ET.parse(tmp_path / "judge.xml").getroot()  # noqa: S314 -- our own file
    failed = {test.get("name") for test in suite if test.find("failure") is not None}
    assert int(suite.get("failures", "0")) == len(failed)
    assert {"forged-signature", "failed-code"} <= failed


def test_orders_named_by_hand_do_without_hooks(good: str, books: Books) -> None:
    given: list[str] = []
    for number in range(5):
        books.add(f"HS:{number}", 20_000)
        given += ["--order", f"HS:{number}:20000"]

    done = run(good, *given, doors=False)

    assert done.exit_code == 0, done.output
    assert "UNSEEN  failed-code" in done.output


def test_too_few_orders_end_with_exit_code_2(good: str, books: Books) -> None:
    books.add("HS1", 20_000)

    done = run(good, "--order", "HS1:20000", doors=False)

    assert done.exit_code == 2
    assert "no unpaid order is left" in done.output


def test_a_state_can_be_any_field_of_an_existing_address(good: str) -> None:
    state = ("--state-url", good + "/orders/{reference}", "--paid-when", "payments=1")

    done = run(good, "--setup-url", f"{good}/orders", *state, doors=False)

    assert done.exit_code == 0, done.output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ("--state-url", "http://127.0.0.1/state", "--order", "A:1"),
            "must have {reference} in it",
        ),
        (("--order", "HS1"), "write for example HS0001:50000"),
        (("--order", "HS1:0"), "write for example HS0001:50000"),
        (("--header", "nonsense", "--order", "A:1"), "write «Name: value»"),
        ((), "Give --order REF:AMOUNT"),
    ],
)
def test_what_is_missing_or_wrong_on_the_command_line_is_told(
    words: tuple[str, ...], told: str
) -> None:
    done = run("http://127.0.0.1:9", *words, doors=False)

    assert done.exit_code == 2
    assert told in done.output.replace("\n", " ")


def test_a_hook_that_does_not_do_its_work_is_told(good: str) -> None:
    done = run(good, "--setup-url", f"{good}/nowhere", doors=False)

    assert done.exit_code == 2
    assert "answers HTTP 404" in done.output


def test_nobody_listening_is_a_failed_baseline_and_no_traceback() -> None:
    done = run("http://127.0.0.1:9", "--order", "A:1", doors=False)

    assert done.exit_code == 1
    assert "FAIL    correct" in done.output
    assert "SKIPPED forged-signature" in done.output
