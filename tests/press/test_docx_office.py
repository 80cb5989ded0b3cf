"""What another office program makes of the letter: the same pages as the PDF has."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from letters.draft.document import Letter
from letters.press import docx, pdf

from .sample import classic_theme, full_letter, small_letter

LETTERS = {
    "full": full_letter(),
    "draft": full_letter("fr", draft=True),
    "right-to-left": full_letter("fa"),
    "small": small_letter(),
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The words of each page of each letter, as LibreOffice prints it."""
    folder = tmp_path_factory.mktemp("office")
    for name, letter in LETTERS.items():
        (folder / f"{name}.docx").write_bytes(docx.write(letter, classic_theme()))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = [f"{name}.docx" for name in LETTERS]
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", *files]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=180)
    return {name: printed(folder / f"{name}.pdf") for name in LETTERS}


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
    for words in ("Free Voices & Friends", "OTTAWA ON K1A 0A6", "one thing.1", "1 A source."):
        assert words in first
