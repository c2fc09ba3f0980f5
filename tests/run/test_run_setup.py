"""run.py sets up what is missing, once, whole, and one process at a time."""

import io
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

import run
from tests.run import fakes


@pytest.fixture
def tree(tmp_path: Path) -> run.Tree:
    (tmp_path / "requirements.lock").write_text("flask==3.1\n", encoding="utf-8")
    return run.Tree.at(tmp_path)


def set_up(tree: run.Tree, fault: BaseException | None = None) -> list[str]:
    installer = fakes.Installer(tree, fault)
    run.set_up(tree, io.StringIO(), installer)
    return installer.done


def test_from_nothing_everything_is_made(tree: run.Tree) -> None:
    assert not run.is_ready(tree)

    assert set_up(tree) == ["create", "uv", "packages"]

    assert run.is_ready(tree)
    assert run.starts(str(tree.python))


def test_what_is_ready_is_left_alone(tree: run.Tree) -> None:
    set_up(tree)

    assert set_up(tree) == []


def test_a_changed_lock_installs_into_the_environment_there_is(tree: run.Tree) -> None:
    set_up(tree)
    (tree.root / "requirements.lock").write_text("flask==3.2\n", encoding="utf-8")
    assert not run.is_ready(tree)

    assert set_up(tree) == ["uv", "packages"]

    assert run.is_ready(tree)


def test_an_environment_made_by_hand_is_kept_and_completed(tree: run.Tree) -> None:
    command = [sys.executable, "-m", "venv", "--without-pip", str(tree.venv)]
    subprocess.run(command, check=True)

    assert set_up(tree) == ["uv", "packages"]


def test_an_interrupted_set_up_begins_again_with_an_empty_environment(tree: run.Tree) -> None:
    with pytest.raises(KeyboardInterrupt):
        set_up(tree, fault=KeyboardInterrupt())
    assert not run.is_ready(tree)
    (tree.venv / "half-a-package").touch()

    assert set_up(tree) == ["create", "uv", "packages"]

    assert not (tree.venv / "half-a-package").exists()


def test_an_interrupted_change_begins_again_with_an_empty_environment(tree: run.Tree) -> None:
    set_up(tree)
    (tree.root / "requirements.lock").write_text("flask==3.2\n", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt):
        set_up(tree, fault=KeyboardInterrupt())

    assert set_up(tree) == ["create", "uv", "packages"]


def test_a_moved_folder_gets_a_new_environment_because_scripts_name_their_python(
    tree: run.Tree, tmp_path: Path
) -> None:
    set_up(tree)
    names = {"requirements.lock", ".venv", ".motcua"}
    moved = run.Tree.at(tmp_path / "elsewhere")
    moved.root.mkdir()
    for name in names:
        (tree.root / name).rename(moved.root / name)

    assert not run.is_ready(moved)
    assert set_up(moved) == ["create", "uv", "packages"]


def test_an_environment_whose_python_is_gone_is_made_anew(tree: run.Tree) -> None:
    set_up(tree)
    configuration = tree.venv / "pyvenv.cfg"
    facts = run.environment_facts(tree)
    text = configuration.read_text(encoding="utf-8")
    configuration.write_text(text.replace(facts["executable"], "/gone/python3"), encoding="utf-8")

    assert not run.is_ready(tree)
    assert set_up(tree) == ["create", "uv", "packages"]


def test_a_failure_tells_what_to_do_and_what_the_tools_said_last(tree: run.Tree) -> None:
    def speak_and_fail() -> None:
        log = tree.root / ".motcua" / "setup.log"
        log.write_text("".join(f"line {number}\n" for number in range(40)), encoding="utf-8")

    installer = fakes.Installer(tree, run.SetupFailed("Is there a way to the network?"))
    installer.before_install = speak_and_fail

    with pytest.raises(run.SetupFailed) as failure:
        run.set_up(tree, io.StringIO(), installer)

    said = str(failure.value)
    assert "Is there a way to the network?" in said
    assert "line 39" in said
    assert "line 20" not in said
    assert not run.is_ready(tree)


def test_a_second_process_waits_and_then_finds_everything_done(tree: run.Tree) -> None:
    second_waits = threading.Event()

    class Listener(io.StringIO):
        def write(self, text: str) -> int:
            second_waits.set()
            return super().write(text)

    words = Listener()
    first, second = fakes.Installer(tree), fakes.Installer(tree)
    other = threading.Thread(target=run.set_up, args=(tree, words, second))

    def let_the_second_come() -> None:
        other.start()
        assert second_waits.wait(10)

    first.before_install = let_the_second_come
    run.set_up(tree, io.StringIO(), first)
    other.join(10)

    assert first.done == ["create", "uv", "packages"]
    assert second.done == []
    assert words.getvalue() == "Another run.py sets up this folder; waiting for it …\n"


def test_steps_are_numbered_timed_and_tell_of_big_downloads(tmp_path: Path) -> None:
    words = io.StringIO()
    report = run.Report(words, tmp_path / "setup.log")

    with report.step(1, 2, "Creating .venv"):
        pass
    with report.step(2, 2, "Installing"):
        report.run([sys.executable, "-c", "print('Downloading playwright (51.0MiB)')"])

    first, second, detail, end = words.getvalue().splitlines()
    assert first.startswith("[1/2] Creating .venv …  ")
    assert second == "[2/2] Installing …"
    assert detail == "      downloading playwright (51 MB)"
    assert end.startswith("      done in ")
    assert "Downloading playwright" in (tmp_path / "setup.log").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Downloading playwright (51.0MiB)\n", "downloading playwright (51 MB)"),
        ("  Downloading ruff-0.17.6-py3-none-any.whl (10.6 MB)\n", "downloading ruff (10 MB)"),
        ("Downloading click (115.0KiB)\n", ""),
        ("Downloading locust (1.4MiB)\n", ""),
        (" Downloaded playwright\n", ""),
    ],
)
def test_only_big_downloads_are_worth_a_line(line: str, told: str) -> None:
    assert run.big_download(line) == told


@pytest.mark.parametrize(
    ("command", "succeeds"),
    [
        ([sys.executable, "-c", ""], True),
        ([sys.executable, "-c", "raise SystemExit(3)"], False),
        (["no-such-program-anywhere"], False),
    ],
)
def test_a_tool_that_fails_or_is_not_there_is_a_no(
    *, command: Sequence[str], succeeds: bool, tmp_path: Path
) -> None:
    assert run.Report(io.StringIO(), tmp_path / "setup.log").run(command) is succeeds


def a_tree_with_uv(tree: run.Tree) -> run.Tree:
    site = tree.venv / "lib" / "python3.11" / "site-packages"
    for folder in (site, tree.python.parent):
        folder.mkdir(parents=True)
    tree.python.with_name("uv.exe" if os.name == "nt" else "uv").touch()
    return tree


def test_the_packages_are_installed_by_uv_and_the_folder_becomes_importable(
    tree: run.Tree,
) -> None:
    report = fakes.Report(tree.root, lambda _: True)

    run.Installer(a_tree_with_uv(tree)).install(report)

    (command,) = report.commands
    assert Path(command[0]).stem == "uv"
    assert "--require-hashes" in command
    site = tree.venv / "lib" / "python3.11" / "site-packages"
    line = (site / "motcua.pth").read_text(encoding="utf-8").strip()
    assert (site / line).resolve() == tree.root.resolve()


def test_pip_takes_over_where_uv_fails(tree: run.Tree) -> None:
    report = fakes.Report(tree.root, lambda command: "pip" in command[:3] and "-m" in command)

    run.Installer(a_tree_with_uv(tree)).install(report)

    assert report.commands[-1][-4:-1] == ["install", "--require-hashes", "-r"]


def test_packages_that_cannot_be_had_end_the_set_up(tree: run.Tree) -> None:
    report = fakes.Report(tree.root, lambda _: False)

    with pytest.raises(run.SetupFailed, match="network"):
        run.Installer(a_tree_with_uv(tree)).install(report)


@pytest.mark.skipif(os.name == "nt", reason="Debian's tools")
def test_a_python_without_pip_gets_debians_without_being_root(
    tree: run.Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("apt-get", "dpkg-deb"):
        (programs / name).touch(mode=0o755)
    monkeypatch.setenv("PATH", str(programs))
    wheel = "usr/share/python-wheels/pip-23.0.1-py3-none-any.whl"

    def answer(command: Sequence[str]) -> bool:
        if "download" in command:
            Path(command[-1], "python3-pip-whl.deb").touch()
        if command[0].endswith("dpkg-deb"):
            target = Path(command[-1], wheel)
            target.parent.mkdir(parents=True)
            target.write_text("pip", encoding="utf-8")
        return True

    report = fakes.Report(tree.root / ".motcua", answer)
    run.Installer(tree).get_pip(report)

    assert (tree.root / ".motcua" / "pip.whl").read_text(encoding="utf-8") == "pip"
    settings = [word for word in report.commands[0] if word.startswith("Dir::")]
    assert len(settings) == 2


def test_a_python_without_pip_elsewhere_is_told_what_to_do(
    tree: run.Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(run.SetupFailed, match="Install pip for it"):
        run.Installer(tree).get_pip(fakes.Report(tmp_path, lambda _: True))
