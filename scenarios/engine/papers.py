"""Real files to attach: a PDF that opens in any reader, a JPEG that any viewer shows."""

from pathlib import Path

from simkit.core.people import Person
from simkit.core.refs import fold


def a_pdf(folder: Path, title: str, person: Person) -> Path:
    """Write a one-page PDF with a title and the person's name and return its place.

    The core fonts of PDF know no Vietnamese, so the sample is in unaccented letters.
    """
    from fpdf import FPDF  # noqa: PLC0415 -- slow to import, and only attaching needs it

    pdf = FPDF(format="A4")
    pdf.add_page()
    pdf.set_font("Helvetica", size=14)
    pdf.cell(text=fold(title).upper())
    pdf.ln(12)
    pdf.cell(text=f"Nguoi nop: {fold(person.full_name).title()} - {person.id_number}")
    place = folder / f"{fold(title).replace(' ', '-')}.pdf"
    pdf.output(str(place))
    return place


def a_jpeg(folder: Path, title: str) -> Path:
    """Write a small photograph-like JPEG and return its place."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 -- slow to import

    picture = Image.linear_gradient("L").resize((900, 640)).convert("RGB")
    ImageDraw.Draw(picture).rectangle((60, 60, 840, 580), outline=(40, 40, 90), width=6)
    place = folder / f"{title}.jpg"
    picture.save(place, "JPEG", quality=85)
    return place
