#!/usr/bin/env python3
"""Makes the picture of reference.docx in the guide to themes, and of a letter that is set with it.

``python docs/picture_of_reference.py`` writes docs/images/reference-docx.png. It edits two styles
of the classic theme as a user would in Word. It needs LibreOffice and Poppler's ``pdftoppm``.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import docx
from docx.shared import Pt, RGBColor
from PIL import Image, ImageOps

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "images" / "reference-docx.png"

_DOTS_PER_INCH = 70
_GAP = 24  # pixels around and between the pages
_DESK, _EDGE = "#e9e7e4", "#c9c5c0"
_BLUE = RGBColor(0x1B, 0x4F, 0x8A)


def make(picture: Path) -> None:
    """Write the picture as a PNG file."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        campaign = folder / "campaign"
        shutil.copytree(ROOT / "signatories" / "carney", campaign)
        _letters(campaign, "templates", "eject", "classic", "--reference")
        reference = campaign / "templates" / "themes" / "classic" / "reference.docx"
        _edit(reference)
        _letters(campaign, "render", "--format", "docx", "--lang", "en")
        [letter] = (campaign / "out").glob("*.docx")
        pages = [_page(file, folder) for file in (reference, letter)]
    width, height = pages[0].size
    desk = Image.new("RGB", (_GAP + 2 * (width + _GAP), height + 2 * _GAP), _DESK)
    for number, page in enumerate(pages):
        desk.paste(page, (_GAP + number * (width + _GAP), _GAP))
    few = desk.quantize(96, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(picture, optimize=True)


def _edit(reference: Path) -> None:
    """What the user of the guide does in Word."""
    document = docx.Document(str(reference))
    for name in ("Subject Line", "Letterhead Name"):
        document.styles[name].font.color.rgb = _BLUE
    document.styles["Subject Line"].font.size = Pt(16)
    document.styles["Subject Line"].paragraph_format.line_spacing = Pt(22)
    document.save(str(reference))


def _letters(campaign: Path, *words: str) -> None:
    command = [sys.executable, "-m", "letters", "-C", str(campaign), *words]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)  # noqa: S603 - its own words


def _page(file: Path, folder: Path) -> Image.Image:
    """The first page as LibreOffice shows it."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    office = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*office, str(file)], check=True, capture_output=True)  # noqa: S603
    target = folder / file.stem
    size = ["-r", str(_DOTS_PER_INCH), "-f", "1", "-l", "1", "-singlefile"]
    pdf = folder / f"{file.stem}.pdf"
    command = ["pdftoppm", "-png", *size, str(pdf), str(target)]
    subprocess.run(command, check=True)  # noqa: S603
    with Image.open(f"{target}.png") as page:
        return ImageOps.expand(page.convert("RGB"), 1, _EDGE)


if __name__ == "__main__":
    make(PICTURE)
    print(PICTURE)  # noqa: T201 - a script for the terminal
