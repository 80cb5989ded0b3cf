#!/usr/bin/env python3
"""Makes the picture in the README: the pages of the model letter, side by side.

``python docs/pictures.py`` writes docs/images/open-letter.png. It works on a copy of the model
campaign, and what it records in that copy's log says that it is a demonstration. It needs Poppler's
``pdftoppm``. The same fonts and the same Poppler give the same picture.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageOps, PngImagePlugin

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "images" / "open-letter.png"

_CAMPAIGN = ROOT / "signatories" / "carney"
_AUTHORS = ("navalnaya", "kara-murza", "yashin")
_NOTE = "Demonstration entry: this person has not signed anything"
_DOTS_PER_INCH = 92
_GAP = 28  # pixels around and between the pages
_DESK, _EDGE = "#e9e7e4", "#c9c5c0"
_COLOURS = 96


def make(picture: Path) -> None:
    """Write the picture as a PNG file, which also holds the digest of the text that it shows."""
    shown = PngImagePlugin.PngInfo()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pages = [ImageOps.expand(page, 1, _EDGE) for page in _pages(folder)]
        manifest = json.loads((folder / "campaign/out/manifest.json").read_bytes())
        shown.add_text("Text digest", manifest["text_digest"])
        width, height = pages[0].size
        size = (_GAP + len(pages) * (width + _GAP), height + 2 * _GAP)
        desk = Image.new("RGB", size, _DESK)
        for number, page in enumerate(pages):
            desk.paste(page, (_GAP + number * (width + _GAP), _GAP))
    picture.parent.mkdir(parents=True, exist_ok=True)
    # This method keeps the accent colour, of which there is little.
    few = desk.quantize(_COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(picture, optimize=True, pnginfo=shown)


def _pages(folder: Path) -> list[Image.Image]:
    campaign = folder / "campaign"
    shutil.copytree(_CAMPAIGN, campaign, ignore=shutil.ignore_patterns("out", "*.db*"))
    letters = (sys.executable, "-m", "letters", "-C", str(campaign))
    for author in _AUTHORS:
        _run(*letters, "sign", "record", author, "--note", _NOTE)
    _run(*letters, "render", "--lang", "en", "--format", "pdf")
    pdf = campaign / "out/prime-minister.en.pdf"
    _run("pdftoppm", "-r", str(_DOTS_PER_INCH), "-png", str(pdf), str(folder / "page"))
    return [Image.open(file).convert("RGB") for file in sorted(folder.glob("page-*.png"))]


def _run(*command: str) -> None:
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)  # noqa: S603 - see above


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURE)
