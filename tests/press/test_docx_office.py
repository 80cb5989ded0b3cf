"""What another office program makes of the letter: the same pages as the PDF has."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from msgspec.structs import replace

from letters.draft.document import (
    AddressBlock,
    Block,
    DateLine,
    Letter,
    Paragraph,
    Table,
    Text,
    Value,
)
from letters.press import docx, pdf

from .sample import classic_theme, full_letter, small_letter, words


def turned(tag: str, day: str) -> Letter:
    """An address, a telephone and a day among words from right to left."""
    street = Text("أ " if tag == "ar" else "א "), Value("40 Elm Street"), Text(" 1990")
    blocks: tuple[Block, ...] = (
        DateLine((Text("Millbrook, "), Value(day))),
        AddressBlock(((Value("40 Elm Street"),), (Value("10115 Berlin"),))),
        Paragraph((*street, Text(", +1 (613) 555-0134"))),
        Table(("start",), (words("12 km"),), ((words("3 lamps"),),)),
    )
    return replace(small_letter(), language=tag, direction="rtl", blocks=blocks, notes=())


LETTERS = {
    "arabic": turned("ar", "15 يناير 2026"),
    "hebrew": turned("he", "15 בינואר 2026"),
    "full": full_letter(),
    "draft": full_letter("fr", draft=True),
    "right-to-left": full_letter("fa"),
    "small": small_letter(),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each letter as LibreOffice prints it."""
    folder = tmp_path_factory.mktemp("office")
    for name, letter in LETTERS.items():
        (folder / f"{name}.docx").write_bytes(docx.write(letter, classic_theme()))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = [f"{name}.docx" for name in LETTERS]
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", *files]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=180)
    return folder


@pytest.fixture
def pages(folder: Path) -> dict[str, list[str]]:
    """The words of each page of each letter."""
    return {name: printed(folder / f"{name}.pdf") for name in LETTERS}


LINES = (
    ["40", "Elm", "Street"],
    ["10115", "Berlin"],
    ["1990", "40", "Elm", "Street"],
    ["+1", "(613)", "555-0134"],
    ["12", "km"],
    ["3", "lamps"],
)


# WeasyPrint leaves the colour profile that it puts into PDF/A to the garbage collector.
@pytest.mark.filterwarnings("ignore:.*sRGB2014:pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("name", ["arabic", "hebrew"])
def test_what_is_read_from_the_left_stands_so_among_words_from_the_right(
    name: str, folder: Path
) -> None:
    (folder / f"{name}-own.pdf").write_bytes(pdf.write(LETTERS[name], classic_theme()).data)
    lines, own = (seen(folder / f"{name}{kind}.pdf") for kind in ("", "-own"))
    for wanted in LINES:
        for found in (lines, own):
            assert any(" ".join(wanted) in line for line in found), (wanted, found)
    for found in (lines, own):
        [day] = [line for line in found if "Millbrook" in line]
        assert re.fullmatch(r"2026 (\S+ )?15 ?,? ?Millbrook", day), day


def seen(file: Path) -> list[str]:
    """The lines of the first page, each word where it stands from left to right."""
    command = ["pdftotext", "-bbox", "-l", "1", str(file), "-"]
    drawn = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = re.findall(
        r'xMin="([0-9.]+)" yMin="[0-9.]+" xMax="[0-9.]+" yMax="([0-9.]+)">(.*?)<', drawn
    )
    lines: dict[int, list[tuple[float, str]]] = {}
    for left, bottom, word in found:
        if word in "\u2066\u2067\u2069":
            continue
        at = next((y for y in lines if abs(y - float(bottom)) < 4), round(float(bottom)))
        lines.setdefault(at, []).append((float(left), word))
    return [" ".join(word for _, word in sorted(line)) for line in lines.values()]


def printed(file: Path) -> list[str]:
    text = subprocess.run(["pdftotext", file, "-"], check=True, capture_output=True, text=True)
    return text.stdout.removesuffix("\f").split("\f")


# WeasyPrint leaves the colour profile that it puts into PDF/A to the garbage collector.
@pytest.mark.filterwarnings("ignore:.*sRGB2014:pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(("name", "letter"), LETTERS.items())
def test_it_fills_as_many_pages_as_the_pdf(
    name: str, letter: Letter, pages: dict[str, list[str]]
) -> None:
    assert len(pages[name]) == pdf.write(letter, classic_theme()).pages


def test_it_puts_the_notes_after_the_text_of_the_last_page(pages: dict[str, list[str]]) -> None:
    last = pages["full"][-1]
    assert last.index("The Embassy in Berlin") < last.index("The letter as published by")


def test_it_says_the_words_of_the_letter_in_order(pages: dict[str, list[str]]) -> None:
    first = " ".join(pages["small"][0].split())
    for said in ("Free Voices & Friends", "OTTAWA ON K1A 0A6", "one thing.1", "1 A source."):
        assert said in first
