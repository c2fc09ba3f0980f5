"""Writes papers as PDF files with Vietnamese text: receipts, slips, minutes.

Its library takes a second to import: import this module where a paper is asked for.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import cast

from fpdf import FPDF
from fpdf.enums import Align, MethodReturnValue
from fpdf.fonts import TTFFont

from simkit.flaskkit.format import moment

_FONTS = Path(__file__).parent / "fonts"
_FAMILY = "Be Vietnam Pro"
_MARGIN = 20.0  # millimetres, like all lengths here
_LEADING = 1.4  # stacked marks (ế, ữ) need the room
_POINT = 25.4 / 72
_LABEL = 55.0
_NO_ORPHAN = 22.0  # a heading with less than this under it goes to the next page
_INK, _SOFT, _LINE, _RED = (22, 32, 46), (74, 87, 106), (190, 199, 212), (163, 22, 31)


class _Pages(FPDF):
    """Pages with a line at their foot."""

    foot = ""

    def footer(self) -> None:
        """Write the line; the library calls this at the end of each page and restores the type."""
        self.set_font(_FAMILY, size=8)
        self.set_text_color(*_SOFT)
        height = 8 * _POINT * _LEADING
        self.set_xy(_MARGIN, self.h - _MARGIN + 2)
        self.cell(self.epw - 25, height, self.foot)
        self.cell(25, height, f"Trang {self.page_no()}/{{nb}}", align="R")


@dataclass(slots=True)
class Sheet:
    """An A4 paper that is written from top to bottom; a page that is full is followed by another.

    ``about`` stands at the foot of each page. Characters that the font lacks show as «?».
    """

    title: str
    made_at: datetime
    about: str = ""
    _pdf: _Pages = field(init=False, repr=False)
    _known: set[int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Open the first page."""
        pdf = _Pages(format="A4")
        pdf.set_margin(_MARGIN)
        pdf.set_auto_page_break(auto=True, margin=_MARGIN + 5)
        pdf.add_font(_FAMILY, "", _FONTS / "be-vietnam-pro-400.ttf")
        pdf.add_font(_FAMILY, "B", _FONTS / "be-vietnam-pro-700.ttf")
        pdf.set_font(_FAMILY, size=10)
        font = pdf.fonts[_FAMILY.casefold()]
        self._pdf, self._known = pdf, set(font.cmap) if isinstance(font, TTFFont) else set()
        made = f"Lập lúc {moment(self.made_at)}"
        pdf.foot = self._clean(" · ".join(filter(None, (self.about, made))))
        pdf.set_title(self._clean(self.title))
        pdf.set_lang("vi-VN")
        pdf.set_creation_date(self.made_at)
        pdf.add_page()

    def _clean(self, text: str) -> str:
        """Return the text in composed letters, every sign of which the font can show."""
        spaced = " ".join(unicodedata.normalize("NFC", text).split())
        return "".join(sign if ord(sign) in self._known else "?" for sign in spaced)

    def _style(self, size: float, *, bold: bool = False, ink: tuple[int, int, int] = _INK) -> float:
        """Choose the type and return the height of a line."""
        self._pdf.set_font(_FAMILY, "B" if bold else "", size)
        self._pdf.set_text_color(*ink)
        return size * _POINT * _LEADING

    def _write(self, text: str, height: float, align: str, width: float = 0) -> None:
        self._pdf.multi_cell(
            width, height, self._clean(text), align=align, new_x="LMARGIN", new_y="NEXT"
        )

    def headline(self, text: str) -> None:
        """Write the name of the paper, in the middle."""
        self._write(text, self._style(17, bold=True), "C")

    def under_headline(self, text: str) -> None:
        """Write a small line in the middle."""
        self._write(text, self._style(9.5, ink=_SOFT), "C")

    def letterhead(self, left: str, right: str) -> None:
        """Write who issues the paper, and at the right its number and the like."""
        pdf, top, half = self._pdf, self._pdf.get_y(), self._pdf.epw / 2
        self._write(left, self._style(10, bold=True), "L", half - 2)
        left_end = pdf.get_y()
        pdf.set_xy(_MARGIN + half, top)
        self._write(right, self._style(10, ink=_SOFT), "R", half)
        pdf.set_y(max(left_end, pdf.get_y()) + 6)

    def section(self, text: str) -> None:
        """Write a heading with a rule under it."""
        pdf = self._pdf
        pdf.ln(3)
        if pdf.will_page_break(_NO_ORPHAN):
            pdf.add_page()
        self._write(text, self._style(11.5, bold=True), "L")
        pdf.set_draw_color(*_LINE)
        pdf.line(_MARGIN, pdf.get_y(), _MARGIN + pdf.epw, pdf.get_y())
        pdf.ln(1.5)

    def pairs(self, rows: Iterable[tuple[str, str]]) -> None:
        """Write labels and what belongs to them; a pair stays on one page."""
        pdf, height = self._pdf, self._style(9.5)
        for label, value in rows:
            sides = ((label, _LABEL - 2), (value, pdf.epw - _LABEL))
            needed = max(self._height(text, height, width) for text, width in sides)
            if pdf.will_page_break(needed):
                pdf.add_page()
            top = pdf.get_y()
            self._write(label, self._style(9.5, ink=_SOFT), "L", _LABEL - 2)
            pdf.set_xy(_MARGIN + _LABEL, top)
            self._write(value, self._style(9.5), "L")
            pdf.set_xy(_MARGIN, top + needed + 0.4)

    def _height(self, text: str, height: float, width: float) -> float:
        """Return how high a text will stand."""
        measured = self._pdf.multi_cell(
            width, height, self._clean(text), dry_run=True, output=MethodReturnValue.HEIGHT
        )
        return cast("float", measured)

    def table(
        self, head: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int]
    ) -> None:
        """Write a table whose last column holds figures; the head is repeated on each page."""
        pdf = self._pdf
        height = self._style(9.5)
        pdf.set_draw_color(*_LINE)
        align = ("LEFT",) * (len(head) - 1) + ("RIGHT",)
        with pdf.table(
            col_widths=tuple(widths), text_align=align, line_height=height, padding=1
        ) as grid:
            for cells in (head, *rows):
                row = grid.row()
                for cell in cells:
                    row.cell(self._clean(cell))
        pdf.ln(1)

    def total(self, label: str, value: str) -> None:
        """Write the last line of a sum, large, at the right."""
        self._write(f"{label}: {value}", self._style(12, bold=True), "R")

    def text(self, text: str) -> None:
        """Write a paragraph."""
        self._write(text, self._style(10), "L")

    def stamp(self, text: str) -> None:
        """Write a red line that nobody overlooks, such as «ĐÃ HỦY»."""
        self._pdf.ln(2)
        self._write(text, self._style(14, bold=True, ink=_RED), "C")

    def picture(self, image: bytes, width: float) -> None:
        """Put a PNG or JPEG in the middle, ``width`` millimetres wide."""
        self._pdf.image(BytesIO(image), x=Align.C, w=width)
        self._pdf.ln(2)

    def output(self) -> bytes:
        """Return the file; nothing can be written afterwards."""
        return bytes(self._pdf.output())
