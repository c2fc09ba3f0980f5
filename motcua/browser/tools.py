"""Running other programs: with a limit in time, their words kept, nothing left behind."""

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

MISSING_LIBRARY = re.compile(r"error while loading shared libraries: ([^\s:]+)")
NOISE = re.compile(r"^\s*($|[╔╚║]|at |Call log|-+ *$|\(node:|npm (notice|warn))")
COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
LONGEST_REASON = 200  # characters


class ToolFailed(Exception):
    """A program could not be started, failed, or took too long; ``output`` is what it said."""

    def __init__(self, reason: str, output: str = "") -> None:
        """Keep the one-line reason apart from the whole output."""
        super().__init__(reason)
        self.output = output


class Tools(Protocol):
    """Runs programs; handed in, so that tests install nothing."""

    def run(
        self,
        command: Sequence[str],
        *,
        limit: float,
        tell: Callable[[str], None] | None = None,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
    ) -> str:
        """Return what the program printed; raise ``ToolFailed`` after ``limit`` seconds."""
        ...


@dataclass(frozen=True, slots=True)
class LoggedTools:
    """The real tools: what they say goes to ``log`` as well."""

    log: Path

    def run(
        self,
        command: Sequence[str],
        *,
        limit: float,
        tell: Callable[[str], None] | None = None,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
    ) -> str:
        """Run a program line by line; ``environment`` is added to that of this process."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("a", encoding="utf-8") as log:
            log.write(f"$ {' '.join(command)}\n")
            log.flush()
            process = start(command, environment or {}, folder)
            timed_out = threading.Event()

            def give_up() -> None:
                timed_out.set()
                end(process)

            timer = threading.Timer(limit, give_up)
            timer.start()
            lines: list[str] = []
            try:
                for said in process.stdout or ():
                    line = COLOUR.sub("", said)
                    log.write(line)
                    lines.append(line)
                    if tell is not None:
                        tell(line.strip())
                process.wait()
            finally:
                timer.cancel()
                end(process)
                if process.stdout is not None:
                    process.stdout.close()
        output = "".join(lines)
        if timed_out.is_set():
            raise ToolFailed(f"no end after {limit:.0f} s", output)
        if process.returncode != 0:
            raise ToolFailed(reason(output) or f"exit code {process.returncode}", output)
        return output


def start(
    command: Sequence[str], environment: Mapping[str, str], folder: Path | None
) -> subprocess.Popen[str]:
    """Start a program in a group of its own, so that it ends with all that it started."""
    try:
        return subprocess.Popen(  # noqa: S603 - commands put together in this package
            command,
            cwd=folder,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )
    except OSError as error:
        raise ToolFailed(f"{command[0]}: {error.strerror}") from error


def end(process: subprocess.Popen[str]) -> None:
    """End a program and everything it started, if it still runs."""
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def missing_library(output: str) -> str:
    """Return the shared library that the loader did not find, or an empty string."""
    found = MISSING_LIBRARY.search(output)
    return found.group(1) if found else ""


def reason(output: str) -> str:
    """Return the line of a failed program's output that tells most, shortened."""
    library = missing_library(output)
    if library:
        return f"the library {library} is missing"
    lines = [line.strip() for line in output.splitlines() if not NOISE.match(line)]
    errors = [line for line in lines if re.search(r"\b(E:|[Ee]rror|ERR)", line)]
    return shortened((errors or lines or [""])[-1])


def shortened(line: str) -> str:
    """Return a line at a length that fits into a message."""
    return line if len(line) <= LONGEST_REASON else line[:LONGEST_REASON] + "…"
