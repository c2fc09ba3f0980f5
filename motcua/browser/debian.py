"""Debian's own browser: installed as root, else unpacked beside the project."""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from motcua.browser import fonts
from motcua.browser.model import Candidate, CannotInstall, Progress
from motcua.browser.tools import ToolFailed, Tools

# The least that works: the shell without a window, a font with every Vietnamese letter (with
# fonts-liberation alone most of them are boxes; seen), and a library for Playwright's driver.
PACKAGES = ("chromium-headless-shell", "fonts-dejavu-core", "libatomic1")
EXECUTABLE = "usr/lib/chromium/chromium-headless-shell"
LIMIT = 600.0  # seconds for a download of 160 MB, or its unpacking
# Part of every system; a newer one beside an older loader would break every program.
NEVER_UNPACKED = ("libc6_", "libc-bin_")
NOTEWORTHY = "Need to get"


@dataclass(frozen=True, slots=True)
class Apt:
    """Debian's package tools, used as root or, with lists and a cache of its own, by anybody."""

    tools: Tools
    get: str | None
    unpacker: str | None
    root: bool

    @classmethod
    def real(cls, tools: Tools, *, root: bool) -> "Apt":
        """Return those of this machine."""
        return cls(tools, shutil.which("apt-get"), shutil.which("dpkg-deb"), root)

    @property
    def here(self) -> bool:
        """Whether this is a machine with Debian's package tools."""
        return self.get is not None and self.unpacker is not None

    def install(self, packages: Sequence[str], progress: Progress | None = None) -> None:
        """Install packages for all, as root, without what is only recommended."""
        patience = ["-o", "DPkg::Lock::Timeout=300"]
        self._run(["update"], progress)
        self._run([*patience, "install", "-y", "--no-install-recommends", *packages], progress)

    def unpack(
        self, packages: Sequence[str], target: Path, progress: Progress | None = None
    ) -> Path:
        """Unpack packages and what they need, as far as it is not installed, into ``target``."""
        draft = target.with_name(f"{target.name}.{os.getpid()}")
        cache, tree = draft / "cache", draft / "tree"
        for folder in (draft / "lists" / "partial", cache / "archives" / "partial", tree):
            folder.mkdir(parents=True)
        places = [f"Dir::State::Lists={draft}/lists", f"Dir::Cache={cache}"]
        settings = [*places, "Debug::NoLocking=1", "Acquire::Languages=none"]
        own = [word for setting in settings for word in ("-o", setting)]
        try:
            self._run([*own, "update"], progress)
            fetch = ["install", "--download-only", "-y", "--no-install-recommends"]
            self._run([*own, *fetch, *packages], progress)
            for archive in sorted(cache.glob("archives/*.deb")):
                if not archive.name.startswith(NEVER_UNPACKED):
                    self._call([str(self.unpacker), "-x", str(archive), str(tree)], None)
            shutil.rmtree(target, ignore_errors=True)
            tree.replace(target)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        return target

    def _run(self, arguments: Sequence[str], progress: Progress | None) -> None:
        self._call([str(self.get), *arguments], progress)

    def _call(self, command: Sequence[str], progress: Progress | None) -> None:
        def tell(line: str) -> None:
            if progress is not None and line.startswith(NOTEWORTHY):
                progress(line)

        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        try:
            self.tools.run(command, limit=LIMIT, tell=tell, environment=quiet)
        except ToolFailed as failure:
            raise CannotInstall(str(failure)) from failure


@dataclass(frozen=True, slots=True)
class SystemPackages:
    """Install Debian's headless shell for all; root only."""

    apt: Apt
    name: str = "Debian's package chromium-headless-shell"

    def obstacle(self) -> str:
        """Say why this way is not open here; empty when it is."""
        if not self.apt.here:
            return "only on Debian and its relatives"
        return "" if self.apt.root else "only root may install packages"

    def install(self, progress: Progress) -> Candidate:
        """Install the packages and return the browser."""
        self.apt.install(PACKAGES, progress)
        executable = Path("/", EXECUTABLE)
        if not executable.is_file():
            raise CannotInstall(f"the package brought no {executable}")
        return Candidate("Debian's Chromium", executable, executable)


@dataclass(frozen=True, slots=True)
class UnpackedPackages:
    """Unpack Debian's headless shell and all its libraries beside the project; for anybody."""

    apt: Apt
    state: Path
    name: str = "Debian's package chromium-headless-shell, unpacked beside the project"

    def obstacle(self) -> str:
        """Say why this way is not open here; empty when it is."""
        return "" if self.apt.here else "only on Debian and its relatives"

    def install(self, progress: Progress) -> Candidate:
        """Unpack the packages and return the browser."""
        self.apt.unpack(PACKAGES, folder_of_unpacked(self.state), progress)
        found = unpacked(self.state)
        if found is None:
            raise CannotInstall(f"the package brought no {EXECUTABLE}")
        return found


def folder_of_unpacked(state: Path) -> Path:
    """Return where the packages are unpacked to."""
    return state / "debian-chromium"


def unpacked(state: Path) -> Candidate | None:
    """Return the browser that was unpacked earlier, with what it needs to find its libraries."""
    tree = folder_of_unpacked(state)
    executable = tree / EXECUTABLE
    if not executable.is_file():
        return None
    libraries = [str(folder) for folder in library_folders(tree)]
    configuration = fonts.write_configuration(state, [tree / "usr" / "share" / "fonts"])
    environment = {
        "LD_LIBRARY_PATH": os.pathsep.join(libraries),
        "FONTCONFIG_FILE": str(configuration),
    }
    return Candidate("Debian's Chromium, unpacked", executable, executable, environment)


def library_folders(tree: Path) -> list[Path]:
    """Return the folders with shared libraries in an unpacked tree."""
    tops = [*tree.glob("usr/lib/*-linux-gnu*"), *tree.glob("lib/*-linux-gnu*")]
    return sorted({file.parent for top in tops for file in top.rglob("*.so*")})
