"""Fetches the style sheet and the fonts of pages and PDFs, and writes them to their folders.

Needed only to renew them: ``python tools/make_assets.py`` (asks npm for the packages named below;
fontTools and brotli come with the other tools of a developer).
"""

import base64
import hashlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

STATIC = Path(__file__).resolve().parent.parent / "simkit" / "flaskkit" / "static"
# Fonts of the PDFs that we make: no browser asks for them, so they are not among the served files.
PRINT = STATIC.parent / "fonts"
# Weight -> the font in the package. One file each with all that Vietnamese needs: the usual cut
# into `latin` and `vietnamese` doubles the files, changes font inside nearly every word (which
# loses the kerning there) and costs a browser 40 ms more for each page opened (measured).
WEIGHTS = {
    400: "400Regular/BeVietnamPro_400Regular.ttf",
    600: "600SemiBold/BeVietnamPro_600SemiBold.ttf",
    700: "700Bold/BeVietnamPro_700Bold.ttf",
}
PRINTED = (400, 700)
CHARACTERS = (
    (0x20, 0x7E),  # Basic Latin
    (0xA0, 0x17F),  # Latin-1, Latin Extended-A (ă, đ, ĩ, ũ and the names of other Europeans)
    (0x1A0, 0x1A1),  # Ơ ơ
    (0x1AF, 0x1B0),  # Ư ư
    (0x300, 0x303),  # combining marks, for text that is not composed
    (0x306, 0x309),
    (0x31B, 0x31B),
    (0x323, 0x323),
    (0x1EA0, 0x1EF9),  # the Vietnamese vowels with two marks
    (0x2010, 0x2026),  # dashes, quotation marks, bullet, ellipsis
    (0x2030, 0x203A),
    (0x20AB, 0x20AC),  # ₫ €
    (0x2190, 0x2193),  # arrows
    (0x2212, 0x2212),  # minus
)
FEATURES = ["ccmp", "kern", "liga", "locl", "mark", "mkmk"]
LICENCE_NAMES = [13, 14]  # entries of a font's name table; they travel with the font

# The whole sheet costs a browser more time than the rest of a page together (measured: 110 of
# 270 ms of processor time for each page opened), so only these classes of it are served.
USED = re.compile(
    r"""
    row|col|col-(md-|lg-)?(auto|1?\d)|col-(md|lg)|g[xy]?-(md-|lg-)?[0-5]
    |btn|btn-(primary|outline-primary|outline-danger|link|lg|sm)
    |form-(label|control|control-lg|select|check|check-input|check-label)
    |is-invalid|disabled|active|show|visually-hidden(-focusable)?
    |d-(md-|lg-)?(none|flex|inline-flex|block|inline-block|inline|grid)|d-print-none
    |flex-(wrap|nowrap|row|column|fill|grow-1|shrink-0)|flex-(md|lg)-row
    |(justify-content|align-items|align-self)-(start|end|center|between|baseline|stretch)
    |gap-[0-5]|[mp][tbsexy]?-([0-5]|auto)|w-100|mw-100|img-fluid|overflow-auto|list-unstyled
    |text-(start|end|center|nowrap|break)|fw-(normal|semibold|bold)|fs-[1-6]|small|lead
    """,
    re.VERBOSE,
)
KEPT_PROPERTIES = frozenset({"--bs-font-sans-serif"})


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
    "vendor.css: rules of its bootstrap.min.css",
)
FONT = Package(
    "@expo-google-fonts/be-vietnam-pro",
    "0.4.1",
    "4o2bsqU1zcC6NZf5FRYB+7gE49waNWYOGc5c5qLfPgrSqqr61hS2Bz4TVPgxudO038tLydSyPxV8e79g8j5DpQ==",
    "OFL-1.1",
    "fonts/*.woff2: the typeface Be Vietnam Pro, fewer characters, no hints",
)
LICENCE_FILES = {BOOTSTRAP: "LICENSE", FONT: "LICENSE_FONT"}


def main() -> int:
    """Fetch, unpack, write; return the exit status."""
    with tempfile.TemporaryDirectory() as scratch:
        bootstrap = fetch(BOOTSTRAP, Path(scratch) / "bootstrap")
        font = fetch(FONT, Path(scratch) / "font")
        write("vendor.css", write_fonts(font) + bootstrap_rules(bootstrap))
        write_print_fonts(font)
        write_licences({BOOTSTRAP: bootstrap, FONT: font})
    for path in sorted(path for place in (STATIC, PRINT) for path in place.rglob("*.*")):
        print(f"{path.stat().st_size:>8} {path.relative_to(STATIC.parent).as_posix()}")
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


def bootstrap_rules(package: Path) -> str:
    """Return the part of the minified sheet that our pages use."""
    css = (package / "dist" / "css" / "bootstrap.min.css").read_text("utf-8")
    banner = re.match(r'@charset "UTF-8";(/\*!.*?\*/)', css, re.DOTALL)
    if banner is None:
        raise FetchFailed("Bootstrap's sheet does not begin with its name and licence")
    body = re.sub(r"/\*.*?\*/", "", css[banner.end() :], flags=re.DOTALL)
    note = "/* Only the rules that our pages use: see USED in tools/make_assets.py. */\n"
    kept = without_unused_properties(only_used("".join(body.split("\n"))))
    return f"{banner[1]}\n{note}{kept}\n"


def only_used(css: str) -> str:
    """Return the rules whose classes we use; media blocks that end up empty go, animations go."""
    kept: list[str] = []
    for head, body in blocks(css):
        if head.startswith("@media"):
            inner = only_used(body)
            if inner:
                kept.append(f"{head}{{{inner}}}")
        elif not head.startswith("@"):
            selectors = [one for one in split_selectors(head) if is_used(one)]
            if selectors:
                kept.append(f"{','.join(selectors)}{{{body}}}")
    return "".join(kept)


def blocks(css: str) -> Iterator[tuple[str, str]]:
    """Yield each top-level block of minified CSS as what stands before and inside its braces."""
    start = opened = depth = 0
    for at, sign in enumerate(css):
        if sign == "{":
            depth += 1
            if depth == 1:
                opened = at
        elif sign == "}":
            depth -= 1
            if depth == 0:
                yield css[start:opened], css[opened + 1 : at]
                start = at + 1


def split_selectors(head: str) -> list[str]:
    """Return the selectors of a list; the commas inside ``:not(a,b)`` do not part them."""
    return re.split(r",(?![^(]*\))", head)


def is_used(selector: str) -> bool:
    """Tell whether a page can match the selector: no dark theme, and every class is one of ours."""
    if '[data-bs-theme="dark"]' in selector or "[data-bs-theme=dark]" in selector:
        return False
    return all(USED.fullmatch(name) for name in re.findall(r"\.(-?[A-Za-z][\w-]*)", selector))


def without_unused_properties(css: str) -> str:
    """Drop custom properties that nothing reads, until each one left is read."""
    while unread := written(css) - set(re.findall(r"var\((--[\w-]+)", css)) - KEPT_PROPERTIES:
        names = "|".join(map(re.escape, unread))
        css = re.sub(rf"(?<=[{{;])({names}):[^;{{}}]*(;|(?=}}))", "", css)
    return re.sub(r"(?<=})[^{}]+{}", "", css)


def written(css: str) -> set[str]:
    """Return the custom properties that a sheet sets."""
    return set(re.findall(r"(?<=[{;])(--[\w-]+):", css))


def write_fonts(package: Path) -> str:
    """Write each weight as one small web font, and return the rules that name them."""
    fonts = STATIC / "fonts"
    shutil.rmtree(fonts, ignore_errors=True)
    fonts.mkdir(parents=True)
    faces: list[str] = []
    for weight, source in WEIGHTS.items():
        file = f"be-vietnam-pro-{weight}.woff2"
        write_font(package / source, fonts / file)
        faces.append(face(file, weight))
    note = "/* Written by tools/make_assets.py. Be Vietnam Pro: OFL-1.1 (licences.txt). */\n"
    return note + "".join(faces)


def write_print_fonts(package: Path) -> None:
    """Write the weights for PDFs as plain TrueType, with their licence beside them."""
    shutil.rmtree(PRINT, ignore_errors=True)
    PRINT.mkdir(parents=True)
    for weight in PRINTED:
        write_font(package / WEIGHTS[weight], PRINT / f"be-vietnam-pro-{weight}.ttf", flavor=None)
    licence = (package / LICENCE_FILES[FONT]).read_text("utf-8").strip()
    (PRINT / "licence.txt").write_text(licence + "\n", "utf-8", newline="\n")


def write_font(source: Path, target: Path, flavor: str | None = "woff2") -> None:
    """Write the characters that we need, without the hints that only old screens read."""
    options = Options()
    options.flavor = flavor
    options.hinting = False
    options.layout_features = FEATURES
    options.name_IDs = [*options.name_IDs, *LICENCE_NAMES]
    with TTFont(source, recalcTimestamp=False) as font:
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=[c for low, high in CHARACTERS for c in range(low, high + 1)])
        subsetter.subset(font)
        font.flavor = flavor
        font.save(target)


def face(file: str, weight: int) -> str:
    """Return one @font-face rule; the page waits for the font, which comes from its own server."""
    return (
        '@font-face{font-family:"Be Vietnam Pro";font-style:normal;'
        f'font-weight:{weight};font-display:block;src:url(fonts/{file}) format("woff2")}}\n'
    )


def write_licences(packages: dict[Package, Path]) -> None:
    """Write the licence texts that must go with the files."""
    parts = [
        "Files in this folder that were made by others, and the terms under which they are here.\n"
    ]
    for package, folder in packages.items():
        title = f"{package.what}\nfrom {package.name} {package.version}, licence {package.licence}"
        text = (folder / LICENCE_FILES[package]).read_text("utf-8").strip()
        parts.append(f"{'=' * 78}\n{title}\n{'=' * 78}\n\n{text}\n")
    write("licences.txt", "\n".join(parts))


def write(name: str, text: str) -> None:
    """Write a text file with the same line ends on every system."""
    (STATIC / name).write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
