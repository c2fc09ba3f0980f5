"""Stand-ins for what installs, downloads and launches: they note what they were asked to do."""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import run
from motcua.browser.model import Candidate, CannotInstall, DoesNotStart, Progress


class Installer(run.Installer):
    """Makes a real empty environment, and writes down the other steps instead of doing them."""

    def __init__(self, tree: run.Tree, fault: BaseException | None = None) -> None:
        """Raise ``fault``, if given, in the last step."""
        super().__init__(tree)
        self.done: list[str] = []
        self.fault = fault
        self.before_install: Callable[[], object] = lambda: None

    def create(self, report: run.Report) -> None:
        """Really do it, and write it down."""
        self.done.append("create")
        super().create(report)

    def get_pip(self, report: run.Report) -> None:
        """Nothing: no pip is needed by the steps below."""

    def fetch_uv(self, report: run.Report) -> None:  # noqa: ARG002 - the interface
        """Write it down."""
        self.done.append("uv")

    def install(self, report: run.Report) -> None:  # noqa: ARG002 - the interface
        """Write it down."""
        self.before_install()
        if self.fault is not None:
            raise self.fault
        self.done.append("packages")


class Report(run.Report):
    """Runs no tool: ``answer`` says for each command whether it succeeds."""

    def __init__(self, folder: Path, answer: Callable[[Sequence[str]], bool]) -> None:
        """Keep the words in memory, and an empty log in ``folder``."""
        self.words = io.StringIO()
        super().__init__(self.words, folder / "setup.log")
        self.commands: list[Sequence[str]] = []
        self.answer = answer

    def run(self, command: Sequence[str], folder: str | None = None) -> bool:
        """Write the command down; ``folder`` is where it would run."""
        self.commands.append([*command, folder] if folder else command)
        return self.answer(self.commands[-1])


@dataclass
class Tools:
    """Runs nothing: ``answer`` returns what a command prints, or raises ``ToolFailed``."""

    answer: Callable[[Sequence[str]], str]
    commands: list[Sequence[str]] = field(default_factory=list)
    lines: Sequence[str] = ()

    def run(
        self,
        command: Sequence[str],
        *,
        limit: float,
        tell: Callable[[str], None] | None = None,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
    ) -> str:
        """Write the command down, tell the lines, and answer."""
        assert limit > 0, (environment, folder)
        self.commands.append(command)
        for line in self.lines:
            if tell is not None:
                tell(line)
        return self.answer(command)


@dataclass
class Way:
    """A way that brings ``brings``, fails with a reason, or is closed by an obstacle."""

    name: str
    brings: Candidate | None = None
    closed: str = ""
    tried: int = 0

    def obstacle(self) -> str:
        """Return why it is closed."""
        return self.closed

    def install(self, progress: Progress) -> Candidate:
        """Bring the browser or fail."""
        self.tried += 1
        progress("working")
        if self.brings is None:
            raise CannotInstall("no such package")
        return self.brings


def a_candidate(name: str = "Chromium", path: str = "/opt/chromium") -> Candidate:
    """Return a browser that may work."""
    return Candidate(name, Path(path), Path(path))


def only(*working: str) -> Callable[[Candidate], str]:
    """Return a probe by which only the named browsers work, in version 1.2."""

    def probe(candidate: Candidate) -> str:
        if candidate.name not in working:
            raise DoesNotStart("the library libnss3.so is missing")
        return "1.2"

    return probe
