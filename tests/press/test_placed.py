"""Figures, small capitals, and the sides of logo and date: on the page, and in Word's styles."""

from __future__ import annotations

import functools
import io
import re
import zipfile
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from letters.draft import document as d
from letters.press import docx, pdf

from .lines import Word, pages
from .sample import picture, small_letter, words
from .themes import built_in

if TYPE_CHECKING:
    from letters.press.theme import Theme

SENDER = ("Free Voices", "reply@example.org")
NAME, CONTACT, YEAR = "Voices", "reply@example.org", "2025"


def letter(*, logo: bool = False) -> d.Letter:
    small = small_letter()
    drawn = picture(99, 99, "Logo") if logo else None
    head = d.Letterhead(tuple(map(words, SENDER)), drawn)
    date = d.DateLine(words("Berlin, 3 September 2025"))
    around = d.Letterhead | d.DateLine
    rest = (block for block in small.blocks if not isinstance(block, around))
    return replace(small, blocks=(head, date, *rest))


@functools.cache
def shown(theme: Theme, *, logo: bool = False) -> dict[str, Word]:
    """The words of the first page."""
    made = pdf.write(letter(logo=logo), theme)
    assert made.remarks == ()
    return {word.text: word for line in pages(made.data)[0] for word in line.words}


def styles(theme: Theme) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(docx.write(letter(logo=True), theme))) as file:
        written = file.read("word/styles.xml").decode()
    return dict(re.findall(r'<w:style [^>]*w:styleId="(\w+)">(.*?)</w:style>', written))


def test_the_date_stands_at_the_end_where_the_theme_says_so() -> None:
    theme = built_in("office")
    edge = theme.page_mm[0] - theme.margin_mm.right
    assert shown(theme)[YEAR].right == pytest.approx(edge, abs=0.5)
    assert shown(replace(theme, date_side="start"))[YEAR].right < edge - 50
    assert '<w:jc w:val="right"/>' in styles(theme)["Date"]
    assert "w:jc" not in styles(replace(theme, date_side="start"))["Date"]


def test_behind_a_window_the_date_has_a_place_of_its_own() -> None:
    found = styles(built_in("office", window="din5008-b"))
    assert '<w:jc w:val="left"/>' in found["WindowDate"]


def test_a_logo_at_the_end_leaves_the_name_at_the_start() -> None:
    theme = built_in("classic")
    margin, edge = theme.margin_mm.left, theme.page_mm[0] - theme.margin_mm.right
    there = shown(replace(theme, logo_side="end"), logo=True)
    assert there["Free"].left == pytest.approx(margin, abs=0.5)
    assert there[CONTACT].right < edge - 15
    here = shown(theme, logo=True)
    assert here["Free"].left > margin + 15
    assert here[CONTACT].right == pytest.approx(edge, abs=0.5)


@pytest.mark.parametrize(("side", "said"), [("start", "left"), ("end", "right"), (None, "center")])
def test_above_a_sender_in_the_middle_the_logo_may_stand_at_a_side(
    side: str | None, said: str
) -> None:
    found = styles(replace(built_in("plain"), logo_side=side))
    assert f'<w:jc w:val="{said}"/>' in found["LetterheadLogo"]


def test_small_capitals_are_letters_still() -> None:
    theme = built_in("office")
    assert shown(theme)[NAME].right != shown(replace(theme, small_capitals=False))[NAME].right
    assert "<w:smallCaps/>" in styles(theme)["LetterheadName"]
    assert "<w:smallCaps/>" not in styles(built_in("classic"))["LetterheadName"]


def test_figures_of_the_text_are_old_style_and_those_of_addresses_are_not() -> None:
    theme = built_in("office")
    with zipfile.ZipFile(io.BytesIO(docx.write(letter(), theme))) as file:
        written = file.read("word/styles.xml").decode()
    assert 'mc:Ignorable="w14"' in written
    defaults = written.partition("</w:docDefaults>")[0]
    assert '<w14:numForm w14:val="oldStyle"/>' in defaults
    found = styles(theme)
    lining = '<w14:numForm w14:val="lining"/>'
    assert {name for name, own in found.items() if lining in own} > {
        *("InsideAddress", "TableText", "EndnoteReference", "EndnoteText", "Letterhead")
    }
    assert "numForm" not in "".join(styles(built_in("classic")).values())
