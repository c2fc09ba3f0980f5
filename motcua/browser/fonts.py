"""Fonts for a browser that stands apart from the system: without any, text stays invisible."""

from collections.abc import Iterable
from html import escape
from pathlib import Path

SYSTEM = "/etc/fonts/fonts.conf"


def write_configuration(folder: Path, fonts: Iterable[Path]) -> Path:
    """Write a fontconfig file that offers ``fonts`` besides those of the system; return it."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "fonts.conf"
    places = "".join(f"  <dir>{escape(str(place))}</dir>\n" for place in fonts)
    file.write_text(
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n'
        f'  <include ignore_missing="yes">{SYSTEM}</include>\n{places}'
        f"  <cachedir>{escape(str(folder / 'font-cache'))}</cachedir>\n</fontconfig>\n",
        encoding="utf-8",
    )
    return file
