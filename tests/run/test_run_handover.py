"""run.py is one file for every Python, says how it is used, and hands over to the program."""

import ast
import io
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import run
from tests.run import fakes

RUN_PY = Path(run.__file__)
PROGRAM = """
import signal, sys
print("motcua", *sys.argv[1:], flush=True)
if "wait" in sys.argv:
    signal.signal(signal.SIGINT, lambda *_: sys.exit(9))
    print("ready", flush=True)
    signal.pause()
sys.exit(7)
"""


@pytest.fixture
def tree(tmp_path: Path) -> run.Tree:
    """Return a project that is set up; its program tells its arguments and ends with 7."""
    (tmp_path / "requirements.lock").touch()
    (tmp_path / "motcua").mkdir()
    (tmp_path / "motcua" / "__main__.py").write_text(PROGRAM, encoding="utf-8")
    shutil.copy(RUN_PY, tmp_path)
    made = run.Tree.at(tmp_path.resolve())
    run.set_up(made, io.StringIO(), fakes.Installer(made))
    return made


def started(tree: run.Tree, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "run.py", *arguments],
        cwd=tree.root,
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_can_be_read_by_old_pythons_which_then_say_what_is_wrong() -> None:
    ast.parse(RUN_PY.read_text(encoding="utf-8"), feature_version=(3, 7))


def test_an_old_python_is_refused_before_anything_else_is_defined() -> None:
    body = ast.parse(RUN_PY.read_text(encoding="utf-8")).body
    refusal = next(at for at, node in enumerate(body) if isinstance(node, ast.If))
    before = [node.name for node in body[:refusal] if isinstance(node, ast.FunctionDef)]

    assert "version_info" in ast.unparse(body[refusal])
    assert before == ["starts", "too_old"]
    assert not any(isinstance(node, ast.ClassDef) for node in body[:refusal])


def test_only_the_standard_library_is_used() -> None:
    nodes = list(ast.walk(ast.parse(RUN_PY.read_text(encoding="utf-8"))))
    plain = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    from_ = [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]

    assert {name.partition(".")[0] for name in plain + from_} <= sys.stdlib_module_names


def test_an_old_python_is_told_which_newer_one_is_there() -> None:
    text = run.too_old(3, 8, "python3.12")

    assert "Python 3.11 or newer; this is Python 3.8" in text
    assert "python3.12 run.py up" in text


def test_an_old_python_alone_is_told_to_install_a_newer_one() -> None:
    assert "Install one" in run.too_old(3, 8, "")


@pytest.mark.parametrize("arguments", [[], ["-h"], ["--help"]])
def test_without_a_verb_it_says_how_it_is_used_and_sets_up_nothing(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run.main(arguments) == 0

    said = capsys.readouterr().out
    assert "run.py up" in said
    assert "run.py test" in said


def test_nothing_is_said_when_nothing_is_missing(tree: run.Tree) -> None:
    ended = started(tree, "--setup-only")

    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_verb_options_and_exit_code_pass_through(tree: run.Tree) -> None:
    ended = started(tree, "load", "--users", "10")

    assert (ended.returncode, ended.stdout) == (7, "motcua load --users 10\n")


def test_where_a_process_cannot_be_replaced_the_exit_code_passes_too(
    tree: run.Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONUTF8", "1")
    monkeypatch.chdir(tree.root)

    assert run.hand_over(tree, ["up"], replace=False) == 7


@pytest.mark.skipif(os.name == "nt", reason="signals to a group of processes")
def test_where_a_process_cannot_be_replaced_ctrl_c_is_the_programs_business(
    tree: run.Tree,
) -> None:
    text = "import sys, run; from pathlib import Path; "
    text += "sys.exit(run.hand_over(run.Tree.at(Path.cwd()), ['wait'], replace=False))"
    command = [sys.executable, "-c", text]
    with subprocess.Popen(
        command, cwd=tree.root, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        assert [process.stdout.readline() for _ in range(2)] == ["motcua wait\n", "ready\n"]
        os.killpg(process.pid, signal.SIGINT)

        assert process.wait(10) == 9
