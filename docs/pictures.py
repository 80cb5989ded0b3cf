#!/usr/bin/env python3
"""Makes all pictures of the documentation, by one command: ``python docs/pictures.py``.

- docs/images/open-letter.png, the pages of the model letter, side by side;
- docs/images/TEMPLATE-THEME.png, the first page of each template's starter in each theme;
- docs/images/restyled-*.png and window-*.png for docs/themes.md.

It works on copies of campaigns, and what it records in a copy's log says that it is a
demonstration. It needs Poppler's ``pdftoppm``. The same fonts and the same Poppler give the same
pictures.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageOps, PngImagePlugin

from letters.campaign.scaffold import start, templates
from letters.campaign.shelf import Shelf

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
PICTURE = IMAGES / "open-letter.png"

_CAMPAIGN = ROOT / "signatories" / "carney"
_AUTHORS = ("navalnaya", "kara-murza", "yashin")
_NOTE = "Demonstration entry: this person has not signed anything"
_LARGE, _SMALL = 92, 68  # dots per inch
_GAP = 28  # pixels around and between the pages
_DESK, _EDGE = "#e9e7e4", "#c9c5c0"
_COLOURS, _FEW = 96, 24

TOKENS = """\
description: Our own colours and a wider letterhead.
page: letter
margin_mm: {top: 25, right: 44.5, bottom: 23, left: 44.5}
fonts:
  text: [Liberation Serif, Times New Roman]
  label: [Liberation Serif, Times New Roman]
size_pt: {text: 12, label: 12, small: 9}
line_pt: {text: 15, address: 15, small: 13}
space_pt: {paragraph: 7.5, block: 15, signature: 45}
colour: {text: "#1a1a1a", accent: "#1f4e3d", muted: "#4d5a54", rule: "#aab5af"}
letterhead: {set: center, rule_pt: 0.5}
"""
SHEET = """\
.letterhead { border-bottom: 1.5pt dotted #6b2a2f; padding-bottom: 10pt }
.subject { font-family: Carlito, sans-serif; font-weight: normal; color: #6b2a2f }
.asks > li { background-color: #f6f2f0; border-left: 2pt solid #6b2a2f; padding-left: 6pt }
"""
RESTYLED: dict[str, tuple[str, dict[str, str]]] = {
    "restyled-tokens": ("theme: ours\n", {"ours/theme.yaml": TOKENS}),
    "restyled-css": ("", {"classic/letter.css": SHEET}),
    "window-din5008-b": ("window: din5008-b\n", {}),
    "window-no10": ("theme: modern\nwindow: no10\n", {}),
}
"""For each picture what letter.yaml says besides, and files below templates/themes."""


def make(picture: Path) -> None:
    """The model letter's pages as a PNG file, with the digest of the text that it shows."""
    shown = PngImagePlugin.PngInfo()
    with tempfile.TemporaryDirectory() as name:
        campaign = Path(name) / "campaign"
        shutil.copytree(_CAMPAIGN, campaign, ignore=shutil.ignore_patterns("out", "*.db*"))
        _sign(campaign, _AUTHORS)
        pages = [ImageOps.expand(page, 1, _EDGE) for page in _pages(campaign, _LARGE, "en")]
        manifest = json.loads((campaign / "out" / "manifest.json").read_bytes())
        shown.add_text("Text digest", manifest["text_digest"])
        width, height = pages[0].size
        size = (_GAP + len(pages) * (width + _GAP), height + 2 * _GAP)
        desk = Image.new("RGB", size, _DESK)
        for number, page in enumerate(pages):
            desk.paste(page, (_GAP + number * (width + _GAP), _GAP))
    _save(desk, picture, _COLOURS, shown)


def make_library(folder: Path, wanted: tuple[str, ...] = ()) -> None:
    """The first page of every starter in every theme, or of the ``wanted`` templates."""
    with tempfile.TemporaryDirectory() as name:
        for template in wanted or tuple(templates()):
            campaign = _started(Path(name) / template, template)
            written = (campaign / "letter.yaml").read_text(encoding="utf-8")
            for theme in Shelf(campaign).themes():
                _write(campaign / "letter.yaml", _without(written, "theme") + f"theme: {theme}\n")
                _first(campaign, folder / f"{template}-{theme}.png")


def make_restyled(folder: Path) -> None:
    """One letter restyled in each of the ways that docs/themes.md explains."""
    with tempfile.TemporaryDirectory() as name:
        for picture, (more, files) in RESTYLED.items():
            campaign = _started(Path(name) / picture, "open-letter")
            written = (campaign / "letter.yaml").read_text(encoding="utf-8")
            _write(campaign / "letter.yaml", _without(written, "theme", "window") + more)
            for path, text in files.items():
                _write(campaign / "templates" / "themes" / path, text)
            _first(campaign, folder / f"{picture}.png")


def _started(folder: Path, template: str) -> Path:
    """A new campaign from the template, signed by everybody in it."""
    start(folder, template)
    status = json.loads(_run(*_letters(folder), "status", "--json"))
    _sign(folder, tuple(person["id"] for person in status["signatories"]))
    return folder


def _without(written: str, *keys: str) -> str:
    lines = written.splitlines(keepends=True)
    return "".join(line for line in lines if line.partition(":")[0] not in keys)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _sign(campaign: Path, people: tuple[str, ...]) -> None:
    for person in people:
        _run(*_letters(campaign), "sign", "record", person, "--note", _NOTE)


def _first(campaign: Path, picture: Path) -> None:
    page = ImageOps.expand(_pages(campaign, _SMALL)[0], 1, _EDGE)
    _save(page, picture, _FEW, PngImagePlugin.PngInfo())


def _pages(campaign: Path, dots: int, language: str = "") -> list[Image.Image]:
    """The pages of the first letter, in that language or its first."""
    only = ("--lang", language) if language else ()
    first = _run(*_letters(campaign), "render", "--format", "pdf", *only).splitlines()[0]
    for old in campaign.glob("page-*.png"):
        old.unlink()
    _run("pdftoppm", "-r", str(dots), "-png", first, str(campaign / "page"))
    return [Image.open(file).convert("RGB") for file in sorted(campaign.glob("page-*.png"))]


def _save(image: Image.Image, file: Path, colours: int, shown: PngImagePlugin.PngInfo) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    # This method keeps the accent colour, of which there is little.
    few = image.quantize(colours, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(file, optimize=True, pnginfo=shown)


def _letters(campaign: Path) -> tuple[str, ...]:
    return sys.executable, "-m", "letters", "-C", str(campaign)


def _run(*command: str) -> str:
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603 - see above
    return done.stdout


if __name__ == "__main__":
    make(PICTURE)
    make_restyled(IMAGES)
    make_library(IMAGES, tuple(sys.argv[1:]))
