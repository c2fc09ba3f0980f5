"""A Chromium from an npm package: no root and no system package needed, only ``npm``.

``@sparticuz/chromium`` (MIT) packs Debian-independent headless shells for x86-64 Linux, with the
libraries and a font. Its own launch arguments are not used: one of them crashes it (seen).
"""

import base64
import hashlib
import hmac
import os
import platform
import shutil
import tarfile
from dataclasses import dataclass
from pathlib import Path

from motcua.browser import fonts
from motcua.browser.model import Candidate, CannotInstall, Progress
from motcua.browser.tools import ToolFailed, Tools

PACKAGE = "@sparticuz/chromium@153.0.0"
SHA512 = "jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA=="
LIBRARIES = ("al2023", "swiftshader", "fonts")  # archives beside the browser itself
LIMIT = 300.0  # seconds for a download of 70 MB
# Node brings the decompressor that Python's standard library lacks.
INFLATE = (
    "const {createReadStream, createWriteStream} = require('fs');"
    "require('stream').pipeline(createReadStream(process.argv[1]),"
    " require('zlib').createBrotliDecompress(), createWriteStream(process.argv[2]),"
    " problem => { if (problem) throw problem; });"
)


@dataclass(frozen=True, slots=True)
class NpmPackage:
    """Unpack the browser of the npm package beside the project."""

    tools: Tools
    state: Path
    npm: str | None
    node: str | None
    machine: tuple[str, str]
    name: str = f"the npm package {PACKAGE.rpartition('@')[0]}"

    @classmethod
    def real(cls, tools: Tools, state: Path) -> "NpmPackage":
        """Return this machine's way."""
        machine = (platform.system(), platform.machine())
        return cls(tools, state, shutil.which("npm"), shutil.which("node"), machine)

    def obstacle(self) -> str:
        """Say why this way is not open here; empty when it is."""
        if self.machine != ("Linux", "x86_64"):
            return "only for Linux on x86-64"
        return "" if self.npm and self.node else "npm is not installed"

    def install(self, progress: Progress) -> Candidate:
        """Fetch the package, check it, unpack it and return the browser."""
        target = folder_of_unpacked(self.state)
        draft = target.with_name(f"{target.name}.{os.getpid()}")
        draft.mkdir(parents=True)
        try:
            progress("downloading 70 MB")
            self._run([str(self.npm), "pack", PACKAGE], draft)
            archive = next(draft.glob("*.tgz"), None)
            if archive is None or not is_genuine(archive):
                raise CannotInstall("what came is not the package that was pinned")
            progress("unpacking 210 MB")
            self._unpack(archive, draft)
            shutil.rmtree(target, ignore_errors=True)
            (draft / "browser").replace(target)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        found = unpacked(self.state)
        if found is None:
            raise CannotInstall("the package held no browser")
        return found

    def _unpack(self, archive: Path, draft: Path) -> None:
        extract(archive, draft)
        browser = draft / "browser"
        browser.mkdir()
        packed = draft / "package" / "bin"
        for name in LIBRARIES:
            self._inflate(packed / f"{name}.tar.br", draft / f"{name}.tar")
            extract(draft / f"{name}.tar", browser)
        self._inflate(packed / "chromium.br", browser / "chromium")
        (browser / "chromium").chmod(0o755)

    def _inflate(self, packed: Path, target: Path) -> None:
        self._run([str(self.node), "-e", INFLATE, str(packed), str(target)], packed.parent)

    def _run(self, command: list[str], folder: Path) -> None:
        try:
            self.tools.run(command, limit=LIMIT, folder=folder)
        except ToolFailed as failure:
            raise CannotInstall(str(failure)) from failure


def is_genuine(archive: Path) -> bool:
    """Whether an archive is the pinned one, to the byte."""
    with archive.open("rb") as file:
        digest = hashlib.file_digest(file, "sha512").digest()
    return hmac.compare_digest(base64.b64encode(digest).decode(), SHA512)


def extract(archive: Path, target: Path) -> None:
    """Unpack the plain files of an archive, none of them outside ``target``."""
    with tarfile.open(archive) as opened:
        for member in opened:
            content = opened.extractfile(member) if member.isreg() else None
            place = (target / member.name).resolve()
            if content is None or not place.is_relative_to(target.resolve()):
                continue
            place.parent.mkdir(parents=True, exist_ok=True)
            with content, place.open("wb") as file:
                shutil.copyfileobj(content, file)


def folder_of_unpacked(state: Path) -> Path:
    """Return where the package is unpacked to; another version goes elsewhere."""
    return state / f"npm-chromium-{PACKAGE.rpartition('@')[2]}"


def unpacked(state: Path) -> Candidate | None:
    """Return the browser that was unpacked earlier, with its own libraries and font."""
    folder = folder_of_unpacked(state)
    executable = folder / "chromium"
    if not executable.is_file():
        return None
    environment = {
        "LD_LIBRARY_PATH": os.pathsep.join([str(folder / "lib"), str(folder)]),
        "FONTCONFIG_FILE": str(fonts.write_configuration(folder, [folder / "fonts"])),
    }
    return Candidate("Chromium from npm", executable, executable, environment)
