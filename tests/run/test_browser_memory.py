"""A choice is remembered until something about it changes; launch options follow from it."""

from pathlib import Path

import pytest

from motcua.browser import flags, memory
from motcua.browser.memory import Circumstances, recall, remember
from motcua.browser.model import Browser, Candidate

NOW = Circumstances(asked=None, playwright="1.65.2")


@pytest.fixture
def executable(tmp_path: Path) -> Path:
    file = tmp_path / "chromium"
    file.write_text("a browser", encoding="utf-8")
    return file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "state" / "browser.json"


def test_what_was_chosen_is_recalled(executable: Path, file: Path) -> None:
    candidate = Candidate("Chromium", executable, executable, {"LD_LIBRARY_PATH": "/thư viện"})

    remember(file, candidate, "156.0", NOW)

    assert recall(file, NOW) == (candidate, "156.0")
    assert [path.name for path in file.parent.iterdir()] == ["browser.json"]


def test_playwrights_own_is_recalled_without_a_path(executable: Path, file: Path) -> None:
    candidate = Candidate("Playwright's Chromium", None, executable)

    remember(file, candidate, "159.0", NOW)

    assert recall(file, NOW) == (candidate, "159.0")


@pytest.mark.parametrize(
    "later",
    [
        pytest.param(Circumstances("/opt/other", "1.65.2"), id="another is asked for"),
        pytest.param(Circumstances(None, "1.66.0"), id="another Playwright"),
    ],
)
def test_under_other_circumstances_nothing_is_recalled(
    later: Circumstances, executable: Path, file: Path
) -> None:
    remember(file, Candidate("Chromium", executable, executable), "156.0", NOW)

    assert recall(file, later) is None


def test_a_browser_that_was_asked_for_is_not_recalled_without_the_wish(
    executable: Path, file: Path
) -> None:
    asked = Circumstances(str(executable), "1.65.2")
    remember(file, Candidate("Chromium", executable, executable), "156.0", asked)

    assert recall(file, NOW) is None
    assert recall(file, asked) is not None


def test_a_browser_that_was_updated_is_not_recalled(executable: Path, file: Path) -> None:
    remember(file, Candidate("Chromium", executable, executable), "156.0", NOW)
    executable.write_text("a newer browser", encoding="utf-8")

    assert recall(file, NOW) is None


def test_a_browser_that_is_gone_is_not_recalled(executable: Path, file: Path) -> None:
    remember(file, Candidate("Chromium", executable, executable), "156.0", NOW)
    executable.unlink()

    assert recall(file, NOW) is None


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "{}", '{"form": 1}', '{"form": 2}'])
def test_a_damaged_memory_is_no_memory(text: str, file: Path) -> None:
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")

    assert recall(file, NOW) is None


def test_no_memory_is_no_memory_and_can_be_forgotten(file: Path) -> None:
    memory.forget(file)

    assert recall(file, NOW) is None


def test_launch_options_name_the_program_and_keep_the_rest_of_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")
    environment = {"LD_LIBRARY_PATH": "/lib"}
    browser = Browser(Path("/opt/chromium"), "Chromium", "1", ("--quiet",), environment)

    options = browser.launch_options()

    assert options["executable_path"] == str(Path("/opt/chromium"))
    assert options["args"] == ["--quiet"]
    assert options["env"]["LANG"] == "vi_VN.UTF-8"
    assert options["env"]["LD_LIBRARY_PATH"] == "/lib"


def test_playwrights_own_is_launched_without_a_path() -> None:
    assert Browser(None, "own", "1", ("--quiet",)).launch_options() == {"args": ["--quiet"]}


def test_nothing_but_this_machine_can_be_reached() -> None:
    (rule,) = [arg for arg in flags.launch_args(root=False) if "host-resolver" in arg]

    assert rule.partition("=")[2] == (
        "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE *.localhost"
    )


def test_hosts_of_a_real_system_can_be_opened() -> None:
    browser = Browser(None, "own", "1", flags.launch_args(root=False))

    opened = browser.open_to(["thu-nghiem.example.vn"])

    rules = [arg for arg in opened.launch_args if "EXCLUDE thu-nghiem.example.vn" in arg]
    assert len(rules) == 1
    assert len(opened.launch_args) == len(browser.launch_args)


@pytest.mark.parametrize("root", [True, False])
def test_the_sandbox_is_off_for_root_only(*, root: bool) -> None:
    assert ("--no-sandbox" in flags.launch_args(root=root)) is root
