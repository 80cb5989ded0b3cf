"""Logos of every shape: each of the sender's lines is there and inside the margins, on the page.

What is looked at are laid-out pages: the PDF, and the Word letter as LibreOffice prints it.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pypdfium2
import pytest
from msgspec.structs import replace
from shared import made_once

from letters.draft import document as d
from letters.press import docx, pdf

from .lines import pages
from .sample import picture, small_letter, words
from .themes import built_in

SHAPES = {
    "1-2": (50, 100),
    "1-1": (99, 99),
    "2-1": (200, 100),
    "6-1": (600, 100),
    "8-1": (800, 100),
}
THEMES = ("classic", "modern", "plain")
SENDERS = {
    "short": ("Free Voices", "reply@example.org"),
    "long": (
        "Free Voices and Friends of the Freedom of Speech",
        "reply.address@organisation.example.org",
        "+1 613 555 0134",
        "80 Wellington Street, Ottawa",
    ),
}
_SLACK = 0.6  # mm: a letter may lean out of its own width


def letter_from(sender: str, shape: str) -> d.Letter:
    logo = picture(*SHAPES[shape], "Logo")
    head = d.Letterhead(tuple(words(line) for line in SENDERS[sender]), logo)
    small = small_letter()
    rest = tuple(block for block in small.blocks if not isinstance(block, d.Letterhead))
    return replace(small, blocks=(head, *rest))


def make(folder: Path) -> None:
    for theme in THEMES:
        for sender in SENDERS:
            for shape in SHAPES:
                letter, look = letter_from(sender, shape), built_in(theme)
                target = folder / f"{theme}.{sender}.{shape}"
                Path(f"{target}.pdf").write_bytes(pdf.write(letter, look).data)
                Path(f"{target}.docx").write_bytes(docx.write(letter, look))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = sorted(file.name for file in folder.glob("*.docx"))
    office = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", "office", *files]
    subprocess.run(office, cwd=folder, check=True, capture_output=True, timeout=200)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "logos", make)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("sender", SENDERS)
@pytest.mark.parametrize("program", ["", "office"])
def test_the_sender_is_whole_and_inside(made: Path, theme: str, sender: str, program: str) -> None:
    look = built_in(theme)
    edge = look.page_mm[0] - look.margin_mm.right + _SLACK
    for shape in SHAPES:
        printed = pages((made / program / f"{theme}.{sender}.{shape}.pdf").read_bytes())
        assert len(printed) == 1
        shown = [word for line in printed[0] for word in line.words]
        said = {word.text for word in shown}
        assert (shape, {*" ".join(SENDERS[sender]).split()} - said) == (shape, set())
        outside = [w for w in shown if w.left < look.margin_mm.left - _SLACK or w.right > edge]
        assert (shape, outside) == (shape, [])


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("sender", SENDERS)
def test_both_formats_set_logo_and_lines_alike(made: Path, theme: str, sender: str) -> None:
    for shape in SHAPES:
        name = f"{theme}.{sender}.{shape}.pdf"
        both = [(made / folder / name).read_bytes() for folder in ("", "office")]
        (logo, other), (lines, in_word) = map(logo_of, both), map(sender_lines, both)
        assert all(abs(a - b) < 1.2 for a, b in zip(logo, other, strict=True)), (shape, logo, other)
        assert [text for text, _, _ in lines] == [text for text, _, _ in in_word], shape
        for (text, left, top), (_, x, y) in zip(lines, in_word, strict=True):
            assert abs(left - x) < 1.2, (shape, text)
            assert abs(top - y) < 1.8, (shape, text)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("sender", SENDERS)
def test_no_line_touches_the_logo(made: Path, theme: str, sender: str) -> None:
    for shape in SHAPES:
        data = (made / f"{theme}.{sender}.{shape}.pdf").read_bytes()
        _, _, right, bottom = logo_of(data)
        for text, left, top in sender_lines(data):
            assert left > right + 3 or top > bottom + 0.8, (shape, text)


def sender_lines(data: bytes) -> list[tuple[str, float, float]]:
    """The words of the sender, line by line, above those of the date."""
    found = []
    for line in pages(data)[0]:
        if "Berlin" in line.text:
            break
        found += [(word.text, word.left, word.top) for word in line.words]
    return found


def logo_of(data: bytes) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the one picture, in mm from the upper left corner."""
    document = pypdfium2.PdfDocument(data)
    page = document[0]
    (box,) = (each.get_bounds() for each in page.get_objects(filter=[3], max_depth=4))
    left, bottom, right, top = (side / 72 * 25.4 for side in box)
    height = page.get_height() / 72 * 25.4
    document.close()
    return left, height - top, right, height - bottom
