"""Nothing in a Word letter is formatted by hand, and nothing tells who made it, on what, when."""

from __future__ import annotations

import functools
import io
import re
import zipfile
from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PIL import Image as Picture

from letters.draft.document import (
    Emphasis,
    Letter,
    Letterhead,
    Link,
    List,
    Paragraph,
    Quote,
    Strong,
)
from letters.press import docx
from letters.press.theme import Theme

from .editions import FRENCH, PERSIAN, parallel_letter, petition, second_edition
from .sample import ORGANISATION, TITLE, classic_theme, full_letter, picture, small_letter, words
from .word import Element, Opened, W

# What no style can know: which style it is, the list, the page that it must share, the language
# and the direction of the words, and where on the paper an envelope has its window and a sheet its
# folds.
PARAGRAPH = {"pStyle", "keepNext", "numPr", "bidi", "framePr"}
RUN = {"rStyle", "rtl", "lang"}
CELL = {"tcW", "gridSpan", "tcBorders"}
ROW = {"cantSplit", "tblHeader", "trHeight"}
TABLE = {"tblStyle", "bidiVisual", "tblW", "tblLayout", "tblLook"}
ALLOWED = {"pPr": PARAGRAPH, "rPr": RUN, "tcPr": CELL, "trPr": ROW, "tblPr": TABLE}


def nested() -> Letter:
    """Lists in lists in quotations, and words that stand out in links and in a letterhead."""
    marked = (
        Strong((Emphasis(words("both")),)),
        Link("https://example.org", (Strong(words("l")),)),
    )
    inner = List(True, ((Paragraph(words("deep")), Paragraph(words("deeper"))),))
    middle = List(False, ((Paragraph(marked), inner, Quote((Paragraph(words("said")),))),))
    head = Letterhead(((Emphasis(words("Office")),), words("Berlin")), logo=picture(80, 40, "Logo"))
    blocks = (head, Quote((Paragraph(words("said")), middle)), middle)
    return replace(small_letter(), blocks=(*blocks, *small_letter().blocks[1:]))


LETTERS = {
    "full": full_letter(),
    "draft": full_letter("fr", draft=True),
    "persian": full_letter("fa"),
    "petition": petition(),
    "second": second_edition(),
    "second-french": second_edition(PERSIAN, FRENCH),
    "parallel": parallel_letter(PERSIAN),
    "nested": nested(),
}
THEMES: dict[str, Theme] = {
    "plain": classic_theme(),
    "window": replace(classic_theme(), page="a4", window_name="din5008-a"),
}


@functools.cache
def written(letter: str, theme: str) -> Opened:
    return Opened.of(docx.write(LETTERS[letter], THEMES[theme]))


def by_hand(root: Element) -> Iterator[str]:
    """Every property that is set at a paragraph, run or table and that a style should set."""
    for element in root.iter():
        kind = element.tag.removeprefix(W)
        for child in element if kind in ALLOWED else ():
            name = child.tag.removeprefix(W)
            if name not in ALLOWED[kind] and not is_room(element, child):
                yield f"{kind}/{name}"


def is_room(paragraph: Element, child: Element) -> bool:
    """Room behind a figure, by which it stands below others; no style knows how many digits."""
    style = paragraph.find(f"{W}pStyle")
    figure = style is not None and style.get(f"{W}val") == "TableTextEnd"
    return figure and child.tag == f"{W}ind" and [*child.keys()] == [f"{W}right"]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("letter", LETTERS)
def test_styles_alone_format_a_letter(letter: str, theme: str) -> None:
    opened = written(letter, theme)
    parts = [name for name in opened.members if re.match("word/(document|header|footer|end)", name)]
    assert len(parts) >= 5
    for part in parts:
        assert (part, list(by_hand(opened.root(part.removeprefix("word/"))))) == (part, [])


@pytest.mark.parametrize("letter", LETTERS)
def test_every_style_that_is_used_exists_and_is_of_the_right_kind(letter: str) -> None:
    for theme in THEMES:
        opened = written(letter, theme)
        kinds = {
            s.get(f"{W}styleId"): s.get(f"{W}type")
            for s in opened.root("styles.xml").iter(f"{W}style")
        }
        for name in opened.members:
            if not re.match(r"word/\w+\.xml", name):
                continue
            for tag, kind in (
                ("pStyle", "paragraph"),
                ("rStyle", "character"),
                ("tblStyle", "table"),
            ):
                for used in opened.root(name.removeprefix("word/")).iter(f"{W}{tag}"):
                    assert kinds.get(used.get(f"{W}val")) == kind, used.get(f"{W}val")


def test_only_the_sheet_the_window_and_the_folds_are_placed_by_hand() -> None:
    for name in LETTERS:
        opened = written(name, "plain")
        assert b"framePr" not in b"".join(opened.members.values())
        assert b"trHeight" not in b"".join(opened.members.values())
        assert ("<w:tcBorders>" in opened.text("document.xml")) == (name == "petition")
    assert written("full", "window").text("header1.xml").count("<w:framePr") == 3


def test_the_properties_name_the_sender_and_nobody_else() -> None:
    for letter in LETTERS:
        core = written(letter, "plain").members["docProps/core.xml"].decode()
        said = set(re.findall(r">([^<>\n]+)<", core)) - {"1", "en", "fr", "fa", "A short letter"}
        assert said <= {
            TITLE,
            ORGANISATION.replace("&", "&amp;"),
            "2025-09-03T00:00:00Z",
        }


@pytest.mark.parametrize("theme", THEMES)
def test_no_part_tells_a_program_a_person_a_machine_or_a_time(theme: str) -> None:
    tells = (
        rb"rsid|thumbnail|customXml|docProps/app|<Application|python-docx|LibreOffice|WeasyPrint"
    )
    tells += rb"|template=|attachedTemplate|trackRevisions|w:author|w:initials|/home/|/tmp/|\\Users"
    for letter in LETTERS:
        for name, content in written(letter, theme).members.items():
            assert re.search(tells, content) is None, name
            assert "app.xml" not in name


def test_pictures_lose_the_names_of_their_files_and_all_that_cameras_wrote() -> None:
    opened = written("nested", "plain")
    [name] = [name for name in opened.members if "media" in name]
    assert name == "word/media/image1.png"
    png = opened.members[name]
    assert Picture.open(io.BytesIO(png)).info == {}
    chunks = set(re.findall(rb"IHDR|IDAT|IEND|eXIf|tEXt|iTXt|zTXt|tIME|iCCP", png))
    assert chunks == {b"IHDR", b"IDAT", b"IEND"}


def test_the_zip_keeps_one_date_for_all() -> None:
    for letter in LETTERS.values():
        with zipfile.ZipFile(io.BytesIO(docx.write(letter, classic_theme()))) as archive:
            assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert archive.comment == b""
