"""What holds for the repository as a whole."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from motcua.houses import PACKAGES
from simkit.core.settings import PORTS

ROOT = Path(__file__).resolve().parent.parent.parent
HOUSES = sorted(p.name for p in ROOT.glob("mock_*") if p.is_dir())
MOST_LINES = 400
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "importlinter"
]


def tracked(*patterns: str) -> list[Path]:
    """Return the tracked files, or outside of a checkout all files, that match."""
    listed = subprocess.run(
        ["git", "ls-files", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0 and listed.stdout:
        return [p for line in listed.stdout.splitlines() if (p := ROOT / line).exists()]
    return [p for pattern in patterns for p in ROOT.glob(f"**/{pattern}")]


def test_the_import_contracts_hold() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout[-3000:]


def test_no_python_file_outgrows_one_reading() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in tracked("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES
    }

    assert long == {}


def test_every_house_is_in_the_contracts_and_in_the_stack() -> None:
    assert sorted(PACKAGES.values()) == HOUSES
    assert set(PACKAGES) == set(PORTS)
    assert set(HOUSES) <= set(CONTRACTS["root_packages"])
    for contract in CONTRACTS["contracts"]:
        if contract["id"] in {"room-plan", "no-side-doors"}:
            named = contract.get("containers", contract.get("source_modules"))
            assert sorted(named) == HOUSES, contract["id"]


@pytest.mark.parametrize("house", HOUSES)
def test_every_house_has_its_readme_and_its_rooms(house: str) -> None:
    folder = ROOT / house
    readme = (folder / "README.md").read_text(encoding="utf-8").lower()

    assert (folder / "domain").is_dir()
    for room in ("app", "settings", "service", "store", "web"):
        assert (folder / f"{room}.py").exists() or (folder / room).is_dir(), room
    for word in ("simplified", "not done"):
        assert word in readme, f"{house}/README.md tells nothing of what is {word}"


@pytest.mark.parametrize("package", [*(f"{house}.domain" for house in HOUSES), "simkit.core"])
def test_rules_pull_in_nothing_but_the_standard_library(package: str) -> None:
    code = (
        "import importlib, pkgutil, sys\n"
        f"package = importlib.import_module('{package}')\n"
        "for m in pkgutil.walk_packages(package.__path__, package.__name__ + '.'):\n"
        "    importlib.import_module(m.name)\n"
        "print('\\n'.join(sorted({n.split('.')[0] for n in sys.modules})))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    ours = {"simkit", package.split(".", maxsplit=1)[0], "__main__", "__mp_main__"}
    # What site packages load by themselves at the interpreter's start is nobody's import.
    bare = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; print('\\n'.join({n.split('.')[0] for n in sys.modules}))",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    strangers = set(done.stdout.split()) - sys.stdlib_module_names - ours - set(bare.stdout.split())

    assert strangers == set()


def test_no_file_names_a_machine_or_a_registry() -> None:
    # Pieces, so that this file is not its own finding.
    forbidden = re.compile(
        "|".join(
            ["pypi" + r"\.org", "files" + r"\.pythonhosted", "registry" + r"\.npmjs", "/work" + "/"]
        ),
    )
    texts = tracked(
        "*.py", "*.md", "*.toml", "*.json", "*.lock", "*.html", "*.css", "*.js", "*.svg"
    )
    guilty = {
        str(path.relative_to(ROOT)): found[0]
        for path in texts
        if (found := forbidden.search(path.read_text(encoding="utf-8")))
    }

    assert guilty == {}


def test_the_ports_of_the_documents_are_the_ports_of_the_houses() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")

    for name, port in PORTS.items():
        assert re.search(rf"\| `{name}` \| `mock_\w+/` \| {port}", text), name


def test_nothing_waits_by_time() -> None:
    guilty = [
        str(path.relative_to(ROOT))
        for path in tracked("scenarios/**/*.py", "scenarios/*.py", "mock_*/**/*.py", "mock_*/*.py")
        if re.search(
            r"time\.sleep|wait_for_timeout|networkidle",
            path.read_text(encoding="utf-8"),
        )
    ]

    assert guilty == []
