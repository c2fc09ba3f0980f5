"""Set up whatever is missing, then hand over to ``motcua``: ``python3 run.py VERB …``.

Standard library only, and readable by Python 3.6, so that an old interpreter is told what is
wrong instead of failing on the syntax. What is set up is ``.venv`` beside this file, from
``requirements.lock``. A stamp inside it says for what it was made; as long as that holds,
nothing is started, asked or printed. Browsers are not this file's business: the verbs that need
one get it through ``motcua.browser``.
"""

import contextlib
import hashlib
import importlib.util
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, NamedTuple

OLDEST_PYTHON = (3, 11)
KNOWN_PYTHONS = ("python3.14", "python3.13", "python3.12", "python3.11")
BIG_DOWNLOAD = 5  # megabytes; smaller ones are not worth a line
LOG_LINES_SHOWN = 12
INTERRUPTED = 130  # the exit code that shells give to a program ended by Ctrl-C

USAGE = """\
Một Cửa: an offline twin of a Vietnamese city's online public services.

  python3 run.py up             start every house and print the addresses
  python3 run.py test           run every test (a browser is set up first)
  python3 run.py VERB --help    journeys, load, audit, world, clock, journal, judge
  python3 run.py --setup-only   set up what is missing and start nothing
"""


def starts(python: str) -> bool:
    """Whether the interpreter ``python`` starts and is new enough."""
    check = f"import sys; sys.exit(sys.version_info < {OLDEST_PYTHON})"
    null = subprocess.DEVNULL
    try:  # S603: what is started is a Python
        return subprocess.call([python, "-c", check], stdout=null, stderr=null) == 0  # noqa: S603
    except OSError:
        return False


def too_old(major: int, minor: int, newer: str) -> str:
    """Say that this Python is too old; ``newer`` is one found here that is not, or empty."""
    advice = f"Type instead:  {newer} run.py up" if newer else "Install one and use it for run.py."
    return f"motcua needs Python 3.11 or newer; this is Python {major}.{minor}.\n{advice}"


if sys.version_info < (3, 11):  # noqa: UP036 - said to whoever has not read it
    sys.exit(too_old(*sys.version_info[:2], next(filter(starts, KNOWN_PYTHONS), "")))


class SetupFailed(Exception):
    """Set-up cannot go on; the message says why and what to do."""


class Tree(NamedTuple):
    """Where things lie, all below the folder of this file."""

    root: Path
    venv: Path
    python: Path

    @classmethod
    def at(cls, root: Path) -> "Tree":
        """Lay out the tree for this operating system."""
        inside = Path("Scripts", "python.exe") if os.name == "nt" else Path("bin", "python")
        return cls(root, root / ".venv", root / ".venv" / inside)

    @property
    def stamp(self) -> Path:
        """What the environment was made for; written last, so a torn set-up has none."""
        return self.venv / "motcua-stamp.txt"

    @property
    def begun(self) -> Path:
        """There while a set-up runs; one found before it tells of an interrupted set-up."""
        return self.root / ".motcua" / "set-up-begun"


def environment_facts(tree: Tree) -> dict[str, str]:
    """Read ``pyvenv.cfg``: which Python the environment belongs to; empty when there is none."""
    try:
        lines = (tree.venv / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    pairs = (line.partition("=") for line in lines)
    return {key.strip(): value.strip() for key, _, value in pairs}


def due_stamp(tree: Tree) -> str:
    """Return the stamp that this tree's environment must bear to be used as it is."""
    facts = environment_facts(tree)
    lock = hashlib.sha256((tree.root / "requirements.lock").read_bytes()).hexdigest()
    python = f"{facts.get('version')} {facts.get('executable')}"
    return f"lock {lock}\npython {python}\nroot {tree.root}\n"


def is_ready(tree: Tree) -> bool:
    """Whether nothing is missing. Cheap: reads three small files and starts nothing."""
    try:
        stamp = tree.stamp.read_text(encoding="utf-8")
    except OSError:
        return False
    base = Path(environment_facts(tree).get("executable", sys.executable))
    return stamp == due_stamp(tree) and tree.python.exists() and base.exists()


def must_be_rebuilt(tree: Tree) -> bool:
    """Whether to begin with an empty environment instead of installing into the one there is.

    That is so when there is none, it does not start, a set-up of it was interrupted, or it was
    made for another Python or another place (its scripts name their interpreter by full path).
    """
    if tree.begun.exists() or not starts(str(tree.python)):
        return True
    if not tree.stamp.exists():
        return False
    recorded = tree.stamp.read_text(encoding="utf-8").splitlines()
    return recorded[1:] != due_stamp(tree).splitlines()[1:]


class Report:
    """Numbered plain lines for people, and the tools' own words in a file."""

    def __init__(self, out: IO[str], log: Path) -> None:
        """Write lines to ``out``; begin ``log`` anew."""
        self._out = out
        self._log = log
        self._detailed = False
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text("", encoding="utf-8")

    @contextlib.contextmanager
    def step(self, number: int, of: int, title: str) -> Iterator[None]:
        """Say that a step begins, and after it how many seconds it took."""
        self._say(f"[{number}/{of}] {title} …")
        self._detailed, began = False, time.monotonic()
        yield
        before = "      done in" if self._detailed else " "
        self._say(f"{before} {time.monotonic() - began:.1f} s\n")

    def detail(self, text: str) -> None:
        """Add an indented line to the step that runs."""
        self._say(("" if self._detailed else "\n") + f"      {text}\n")
        self._detailed = True

    def run(self, command: Sequence[str], folder: str | None = None) -> bool:
        """Run a tool, keep what it says, pass on what it downloads; tell whether it succeeded."""
        with self._log.open("a", encoding="utf-8") as log:
            log.write("$ " + " ".join(command) + "\n")
            try:
                process = subprocess.Popen(  # noqa: S603 - commands put together in this file
                    command,
                    cwd=folder,
                    env={**os.environ, **quiet_tools()},
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    encoding="utf-8",
                    errors="replace",
                )
            except OSError as error:
                log.write(f"{error}\n")
                return False
            with process:
                for line in process.stdout or ():
                    log.write(line)
                    download = big_download(line)
                    if download:
                        self.detail(download)
        return process.returncode == 0

    def last_words(self) -> str:
        """Return the end of the log, for the message about a failure; empty when it is."""
        lines = self._log.read_text(encoding="utf-8", errors="replace").splitlines()
        end = "".join(f"\n  {line}" for line in lines[-LOG_LINES_SHOWN:])
        return f"\n\nThe end of {self._log}:{end}" if end else ""

    def _say(self, text: str) -> None:
        print(text, end="", file=self._out, flush=True)


def quiet_tools() -> dict[str, str]:
    """Return the environment that keeps pip and uv to the point."""
    settings = {
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_INPUT": "1",
        "PIP_PROGRESS_BAR": "off",
        "PIP_USER": "0",
        "UV_PYTHON_DOWNLOADS": "never",
    }
    if "PIP_INDEX_URL" in os.environ:  # a mirror that was set for pip is meant for uv as well
        settings["UV_DEFAULT_INDEX"] = os.environ["PIP_INDEX_URL"]
    if not os.access(os.path.expanduser("~"), os.W_OK):  # noqa: PTH111 - never raises
        settings["UV_NO_CACHE"] = "1"
    return settings


def big_download(line: str) -> str:
    """Return what to tell about a line of a tool's output: its big downloads, else ''."""
    found = re.match(r"\s*Downloading ([\w.]+)\S* \((\d+)\.?\d* ?Mi?B\)", line)
    if not found or int(found.group(2)) < BIG_DOWNLOAD:
        return ""
    return f"downloading {found.group(1)} ({found.group(2)} MB)"


Step = tuple[str, Callable[[Report], None]]


class Installer:
    """Makes the environment: ``venv`` without pip, then uv, then everything that is locked.

    uv takes seconds for what takes pip a minute; where it cannot be had, pip does it.
    """

    def __init__(self, tree: Tree) -> None:
        """Install into ``tree``."""
        self._tree = tree
        self._pip_wheel = tree.root / ".motcua" / "pip.whl"
        self._uv = tree.python.with_name("uv.exe" if os.name == "nt" else "uv")

    def steps(self, *, rebuild: bool) -> list[Step]:
        """List what has to be done; with ``rebuild``, from an empty folder."""
        steps: list[Step] = []
        if not (has_module("pip") or has_module("ensurepip") or self._pip_wheel.exists()):
            steps.append(("Fetching pip", self.get_pip))
        if rebuild:
            steps.append(("Creating .venv", self.create))
        if rebuild or not self._uv.exists():
            steps.append(("Fetching the installer uv", self.fetch_uv))
        steps.append(("Installing the locked packages", self.install))
        return steps

    def get_pip(self, report: Report) -> None:
        """Unpack Debian's or Ubuntu's pip, which their ``python3`` leaves out; needs no root."""
        apt, unpack = shutil.which("apt-get"), shutil.which("dpkg-deb")
        if apt is None or unpack is None:
            raise SetupFailed(
                f"This Python ({sys.executable}) has neither pip nor ensurepip. Install pip for it"
                " with your system's package manager and run the same command again."
            )
        with tempfile.TemporaryDirectory() as name:
            for part in ("lists/partial", "cache/archives/partial"):
                Path(name, part).mkdir(parents=True)
            places = [f"Dir::State::Lists={name}/lists", f"Dir::Cache={name}/cache"]
            # Lists and cache of its own: those of the system may be empty, and are root's.
            settings = [*places, "Debug::NoLocking=1", "Acquire::Languages=none"]
            own_apt = [apt, *(word for setting in settings for word in ("-o", setting))]
            report.run([*own_apt, "update"])
            report.run([*own_apt, "download", "python3-pip-whl"], folder=name)
            for package in Path(name).glob("*.deb"):
                report.run([unpack, "-x", str(package), name])
            wheels = sorted(Path(name).glob("usr/share/python-wheels/pip-*.whl"))
            require(bool(wheels), f"pip could not be had. Install it for {sys.executable}.")
            shutil.copy(wheels[-1], self._pip_wheel)

    def create(self, report: Report) -> None:
        """Make an empty environment. pip is left out: copying it in takes seconds."""
        if self._tree.venv.exists():
            shutil.rmtree(self._tree.venv)
        command = [sys.executable, "-m", "venv", "--without-pip", str(self._tree.venv)]
        advice = "Python could not create the folder .venv. Is its module venv installed?"
        require(report.run(command), advice)

    def fetch_uv(self, report: Report) -> None:
        """Install uv as pinned. Failing is no harm: pip does its work, only slower."""
        lock = str(self._tree.root / "requirements-setup.lock")
        wanted = ["--only-binary", ":all:", "--require-hashes", "-r", lock]
        if not report.run([*self._pip(report), "install", *wanted]):
            report.detail("not to be had here: pip will install the packages, which takes longer")

    def install(self, report: Report) -> None:
        """Install every locked package, and make this folder importable from anywhere."""
        wanted = ["--require-hashes", "-r", str(self._tree.root / "requirements.lock")]
        by_uv = [str(self._uv), "pip", "install", "--python", str(self._tree.python)]
        if not (self._uv.exists() and report.run([*by_uv, *wanted])):
            done = report.run([*self._pip(report), "install", *wanted])
            require(done, "The packages could not be installed. Is there a way to the network?")
        for packages in self._tree.venv.glob("[lL]ib/**/site-packages"):
            # A relative path stays plain ASCII, whatever the folder of the project is called.
            line = os.path.relpath(self._tree.root, packages)
            (packages / "motcua.pth").write_text(line + "\n", encoding="utf-8")

    def _pip(self, report: Report) -> list[str]:
        """Return the pip to use: this Python's, the fetched one, or one put into ``.venv``."""
        for_venv = ["--python", str(self._tree.python)]
        if has_module("pip"):
            return [sys.executable, "-m", "pip", *for_venv]
        if self._pip_wheel.exists():
            return [sys.executable, str(self._pip_wheel / "pip"), *for_venv]
        report.run([str(self._tree.python), "-m", "ensurepip"])
        return [str(self._tree.python), "-m", "pip"]


def has_module(name: str) -> bool:
    """Whether this Python has a module, without importing it."""
    return importlib.util.find_spec(name) is not None


def require(done: bool, otherwise: str) -> None:  # noqa: FBT001 - reads as a sentence
    """Refuse to go on after a step that failed."""
    if not done:
        raise SetupFailed(otherwise)


@contextlib.contextmanager
def only_one(path: Path, out: IO[str]) -> Iterator[None]:
    """Let one process at a time set up; the system frees the lock of one that died."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as handle:
        if not take_lock(handle, wait=False):
            print("Another run.py sets up this folder; waiting for it …", file=out, flush=True)
            while not take_lock(handle, wait=True):
                pass
        yield


def take_lock(handle: IO[str], *, wait: bool) -> bool:
    """Lock an open file until it is closed; on Windows a wait gives up after ten seconds."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - Windows only

            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - everywhere else

            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        return False
    return True


def set_up(tree: Tree, out: IO[str], installer: Installer) -> None:
    """Do what is missing, one process at a time; raise ``SetupFailed`` with the tools' words."""
    with only_one(tree.root / ".motcua" / "setup.lock", out):
        if is_ready(tree):
            return
        report = Report(out, tree.root / ".motcua" / "setup.log")
        rebuild = must_be_rebuilt(tree)
        steps = installer.steps(rebuild=rebuild)
        try:
            tree.begun.touch()
            for number, (title, do) in enumerate(steps, start=1):
                with report.step(number, len(steps), title):
                    do(report)
        except (SetupFailed, OSError) as problem:
            raise SetupFailed(f"\n\n{problem}{report.last_words()}") from problem
        tree.stamp.write_text(due_stamp(tree), encoding="utf-8")
        tree.begun.unlink()


def hand_over(tree: Tree, arguments: Sequence[str], *, replace: bool = os.name != "nt") -> int:
    """Become ``motcua``; where a process cannot be replaced, run it and return its exit code."""
    os.environ.setdefault("PYTHONUTF8", "1")  # Vietnamese text on consoles of any code page
    command = [str(tree.python), "-m", "motcua", *arguments]
    if replace:
        os.execv(command[0], command)  # noqa: S606 - no shell is wanted
    with subprocess.Popen(command) as process:  # noqa: S603 - the person's own arguments
        while True:
            # The program gets Ctrl-C too and ends in its own way; this one only waits for it.
            with contextlib.suppress(KeyboardInterrupt):
                return process.wait()


def main(arguments: Sequence[str]) -> int:
    """Set up and hand over; return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    if not arguments or arguments[0] in ("-h", "--help"):
        print(USAGE, end="")
        return 0
    tree = Tree.at(Path(__file__).resolve().parent)
    try:
        if not is_ready(tree):
            set_up(tree, sys.stderr, Installer(tree))
    except SetupFailed as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted. Run the same command again to go on.", file=sys.stderr)
        return INTERRUPTED
    return 0 if arguments[0] == "--setup-only" else hand_over(tree, arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
