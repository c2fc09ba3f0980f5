"""Fetches the style sheet and the web font that every house serves, and writes them to its folder.

Needed only to renew them: ``python tools/make_assets.py`` (asks npm for the packages named below).
"""

import base64
import hashlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "simkit" / "flaskkit" / "static"
WEIGHTS = (400, 600, 700)
# Of overlapping faces a browser takes the last: in this order no Vietnamese page loads latin-ext.
SUBSETS = ("latin-ext", "vietnamese", "latin")


class FetchFailed(Exception):
    """A package could not be fetched, or is not the one that was reviewed."""


@dataclass(frozen=True, slots=True)
class Package:
    """A package of the npm registry, pinned to the bytes that were reviewed."""

    name: str
    version: str
    sha512: str  # base64, as npm prints it
    licence: str
    what: str


BOOTSTRAP = Package(
    "bootstrap",
    "5.3.9",
    "20cU0rcfw8WdxtVbmfU+xT2EjvVTw9Ror/h1Qvd7DXCujRg8OO9mdBCsmTHdJFf3BuadmBNJtgIuUXsBqSkk/w==",
    "MIT",
    "bootstrap.min.css",
)
FONT = Package(
    "@fontsource/be-vietnam-pro",
    "5.3.0",
    "xhAQBGHDxP5BF8IJxedy5MoWUmc1DlPCcZbMLhvnPkf8TaYCbbUVs3LjpuJ4BYdTrdiCLaewNaY8z+owq/FqFw==",
    "OFL-1.1",
    "fonts.css, fonts/*.woff2 (typeface Be Vietnam Pro)",
)


def main() -> int:
    """Fetch, unpack, write; return the exit status."""
    with tempfile.TemporaryDirectory() as scratch:
        bootstrap = fetch(BOOTSTRAP, Path(scratch) / "bootstrap")
        font = fetch(FONT, Path(scratch) / "font")
        write_bootstrap(bootstrap)
        write_fonts(font)
        write_licences({BOOTSTRAP: bootstrap, FONT: font})
    for path in sorted(path for path in STATIC.rglob("*") if path.is_file()):
        print(f"{path.stat().st_size:>8} {path.relative_to(STATIC).as_posix()}")
    return 0


def fetch(package: Package, into: Path) -> Path:
    """Let npm download the package, check its bytes, and return the folder that it unpacks to."""
    npm = shutil.which("npm")
    if npm is None:
        raise FetchFailed("npm is not installed")
    into.mkdir()
    wanted = f"{package.name}@{package.version}"
    subprocess.run(  # noqa: S603 -- fixed words only
        [npm, "pack", wanted, "--pack-destination", str(into), "--silent"], check=True
    )
    (archive,) = into.glob("*.tgz")
    found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != package.sha512:
        raise FetchFailed(f"{wanted} is not the package that was reviewed: sha512 {found}")
    with tarfile.open(archive) as bundle:
        bundle.extractall(into, filter="data")
    return into / "package"


def write_bootstrap(package: Path) -> None:
    """Copy the minified sheet, without the pointer to a source map that is not shipped."""
    css = (package / "dist" / "css" / "bootstrap.min.css").read_text("utf-8")
    write("bootstrap.min.css", re.sub(r"\s*/\*# sourceMappingURL=\S+ \*/\s*$", "\n", css))


def write_fonts(package: Path) -> None:
    """Copy the chosen weights and subsets, and write the one sheet that names them."""
    fonts = STATIC / "fonts"
    shutil.rmtree(fonts, ignore_errors=True)
    fonts.mkdir(parents=True)
    faces: list[str] = []
    for weight in WEIGHTS:
        sheet = (package / f"{weight}.css").read_text("utf-8")
        for subset in SUBSETS:
            file = f"be-vietnam-pro-{subset}-{weight}-normal.woff2"
            shutil.copyfile(package / "files" / file, fonts / file)
            faces.append(face(file, weight, unicode_range(sheet, subset, weight)))
    note = "/* Be Vietnam Pro, OFL-1.1 (licences.txt). Written by tools/make_assets.py. */\n"
    write("fonts.css", note + "".join(faces))


def unicode_range(sheet: str, subset: str, weight: int) -> str:
    """Return which characters a subset holds, from the package's own sheet."""
    pattern = rf"/\* be-vietnam-pro-{subset}-{weight}-normal \*/.*?unicode-range: ([^;]+);"
    found = re.search(pattern, sheet, re.DOTALL)
    if found is None:
        raise FetchFailed(f"the package's sheet has no range for {subset} {weight}")
    return found[1]


def face(file: str, weight: int, characters: str) -> str:
    """Return one @font-face rule; the page waits for the font, which comes from its own server."""
    return (
        '@font-face{font-family:"Be Vietnam Pro";font-style:normal;'
        f"font-weight:{weight};font-display:block;"
        f'src:url(fonts/{file}) format("woff2");unicode-range:{characters}}}\n'
    )


def write_licences(packages: dict[Package, Path]) -> None:
    """Write the licence texts that must go with the files."""
    parts = [
        "Files in this folder that were made by others, and the terms under which they are here.\n"
    ]
    for package, folder in packages.items():
        title = f"{package.what}\nfrom {package.name} {package.version}, licence {package.licence}"
        text = (folder / "LICENSE").read_text("utf-8").strip()
        parts.append(f"{'=' * 78}\n{title}\n{'=' * 78}\n\n{text}\n")
    write("licences.txt", "\n".join(parts))


def write(name: str, text: str) -> None:
    """Write a text file with the same line ends on every system."""
    (STATIC / name).write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
