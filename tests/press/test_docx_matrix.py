"""Every template, theme, page and window as a Word file: sound, and on the pages of the PDF.

Many files are opened by one run of LibreOffice. Templates that are added to the library join by
themselves, in each of their languages.
"""

from __future__ import annotations

import functools
import itertools
import json
import subprocess
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import reading
from msgspec import structs
from openxml_audit import FileFormat, OpenXmlValidator
from reading_docx import docx as read_docx
from shared import SOAK, made_once
from signing import EXAMPLES
from templates.library import EDITIONS, SHELF, Library, loaded

from letters.draft import document as d
from letters.draft.compose import Edition
from letters.draft.signatures import Signed
from letters.press import docx, html, pdf, pictures
from letters.press.paper import WINDOWS, PageSize, WindowName
from letters.press.sheet_room import filled
from letters.press.theme import Theme
from letters.press.themes import load_theme
from letters.press.tightness import tightened

from .editions import FRENCH, PERSIAN, parallel_letter, petition, second_edition
from .sample import full_letter, small_letter

THEMES = SHELF.themes()
PAGES: tuple[PageSize, ...] = ("letter", "a4")
SAMPLES = {
    "full": full_letter(),
    "draft": full_letter("fr", draft=True),
    "persian": full_letter("fa"),
    "hebrew": full_letter("he"),
    "small": small_letter(),
    "petition": petition(),
    "second": second_edition(),
    "second-persian": second_edition(PERSIAN, FRENCH),
    "parallel": parallel_letter(),
    "parallel-closed": parallel_letter(closed=True),
    "parallel-persian": parallel_letter(PERSIAN),
}
IN_EVERY_THEME = ("full", "persian", "petition")
BEHIND_WINDOWS = ("full", "draft", "persian")
MODELS = ("carney.en", "carney.fr", "riverside.en", "riverside.fr")
TEMPLATES = [f"{name}.{language}" for name, language in EDITIONS]
_THEMES = 3
OFFICE = ["--headless", "--convert-to", "pdf", "--outdir", "office"]


@dataclass(frozen=True)
class Copy:
    """One letter in one look; ``name`` is that of its files."""

    letter: str
    theme: str
    page: PageSize
    window: WindowName | None = None

    @property
    def name(self) -> str:
        return "_".join((self.letter, self.theme, self.window or self.page))


def copies() -> list[Copy]:
    """Each template in three themes, each on every paper, in all themes, behind every window.

    What else a letter can hold comes in one look after the other. A long run has every letter in
    every look.
    """
    looks = [Copy("", *look) for look in itertools.product(THEMES, PAGES)]
    behind = [
        Copy("", theme, window.page, name)
        for theme, (name, window) in itertools.product(THEMES, WINDOWS.items())
    ]
    turns, turns_of_paper = itertools.cycle(looks), itertools.count()
    made = []
    for letter in (*SAMPLES, *MODELS, *TEMPLATES):
        if SOAK:
            chosen = looks
        elif letter in TEMPLATES or letter in IN_EVERY_THEME:  # and the papers in turn
            start = next(turns_of_paper)
            themes = [(start + n) % len(THEMES) for n in range(_THEMES)]
            chosen = [looks[2 * theme + (start + n) % 2] for n, theme in enumerate(themes)]
        else:
            chosen = list(itertools.islice(turns, 2))
        made += [replace(look, letter=letter) for look in chosen]
    made += [replace(look, letter="carney.en") for look in behind]
    for first, letter in enumerate(BEHIND_WINDOWS):
        made += [replace(look, letter=letter) for look in behind[first::4]]
    return made


COPIES = copies()
SHARES = 2


class Shop:
    """Letters and themes, each made once."""

    def __init__(self, folder: Path) -> None:
        self.library = Library(folder)

    @functools.cache  # noqa: B019 - there is one for all copies
    def letter(self, name: str) -> d.Letter:
        if name in SAMPLES:
            return SAMPLES[name]
        which, _, language = name.partition(".")
        if name not in MODELS:
            return self.library.letter(which, language)
        campaign = loaded(EXAMPLES / which)
        signed = Signed({p.id: "signed" for p in campaign.signatories}, campaign.letter.date, False)
        edition = Edition(campaign, language, "recipient")
        return edition.letter(0, signed, functools.partial(pictures.clean, campaign))

    @functools.cache  # noqa: B019
    def theme(self, name: str, page: PageSize, window: WindowName | None) -> Theme:
        campaign = self.library.campaign("open-letter")
        look = {"theme": name, "page": page, "window": window}
        return load_theme(structs.replace(campaign, letter=campaign.letter.model_copy(update=look)))


def make(share: int, folder: Path) -> None:
    """The .docx and the PDF of each copy; what its words are, and how many pages the PDF has."""
    shop = Shop(folder / "campaigns")
    said = {}
    shared = COPIES[share::SHARES]
    for copy in shared:
        letter, theme = shop.letter(copy.letter), shop.theme(copy.theme, copy.page, copy.window)
        page, made = reading.html(html.write(letter, theme)), pdf.write(letter, theme)
        tight = tightened(theme, made.tightness)
        (folder / f"{copy.name}.docx").write_bytes(docx.write(filled(letter, theme), tight))
        (folder / f"{copy.name}.pdf").write_bytes(made.data)
        said[copy.name] = (page.body, made.pages)
    (folder / "said.json").write_text(json.dumps(said), encoding="utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    names = [f"{copy.name}.docx" for copy in shared]
    # Of more than two hundred at a time, LibreOffice leaves out the last ones and says nothing.
    for begin in range(0, len(names), 100):
        command = ["soffice", profile, *OFFICE, *names[begin : begin + 100]]
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=480)


def folder_of(copy: Copy, factory: pytest.TempPathFactory) -> Path:
    """The folder with that copy: each process makes one share of all."""
    share = COPIES.index(copy) % SHARES
    return made_once(factory, f"matrix-{share}", functools.partial(make, share))


@pytest.fixture
def made(copy: Copy, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder_of(copy, tmp_path_factory)


@pytest.mark.parametrize("copy", COPIES, ids=lambda copy: copy.name)
def test_the_auditor_finds_nothing(made: Path, copy: Copy) -> None:
    audit = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0)
    assert audit.validate(made / f"{copy.name}.docx").errors == []


@pytest.mark.parametrize("copy", COPIES, ids=lambda copy: copy.name)
def test_libreoffice_prints_the_words_of_the_pdf_on_as_many_pages(made: Path, copy: Copy) -> None:
    body, pages = json.loads((made / "said.json").read_text("utf-8"))[copy.name]
    command = ["pdftotext", "-raw", str(made / "office" / f"{copy.name}.pdf"), "-"]
    done = subprocess.run(command, check=True, capture_output=True)
    printed = done.stdout.decode().split("\f")[:-1]
    assert len(printed) == pages
    data = (made / f"{copy.name}.docx").read_bytes()
    edges = read_docx(data, in_word=False).edges(pages)
    wanted = letters_of(body) + letters_of(" ".join(itertools.chain(*edges)))
    found = letters_of(" ".join(printed))
    assert wanted - found == Counter()
    # Sheets of petitions say on every page what is signed; in large print a table goes over pages,
    # and has its head on each.
    if "petition" not in copy.letter and copy.theme != "large-print":
        assert found == wanted


def letters_of(text: str) -> Counter[str]:
    """How often each letter and sign occurs; digits of every script as those of the Latin one.

    Word counts pages and notes itself, in the digits that its reader has chosen. LibreOffice writes
    small capitals as capitals.
    """
    return Counter(
        str(unicodedata.decimal(c)) if c.isdecimal() else c.casefold()
        for c in text
        if not c.isspace() and c != "•" and unicodedata.category(c) != "Cf"
    )


def test_the_matrix_holds_every_template_theme_page_and_window() -> None:
    editions = {f"{name}.{language}" for name, language in EDITIONS}
    found = [copy for copy in COPIES if copy.letter in editions]
    themes = {letter: {c.theme for c in found if c.letter == letter} for letter in editions}
    assert {len(each) for each in themes.values()} == {len(THEMES) if SOAK else _THEMES}
    assert set(itertools.product(editions, PAGES)) == {(c.letter, c.page) for c in found}
    assert set(itertools.product(THEMES, PAGES)) == {(c.theme, c.page) for c in found}
    assert {(c.theme, c.window) for c in COPIES if c.window} == set(
        itertools.product(THEMES, WINDOWS)
    )
