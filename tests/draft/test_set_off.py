"""What sets parts of the text off: a box around a statement, a line across the page."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from msgspec.structs import replace
from press.sample import classic_theme, small_letter, words
from press.word import W

from letters.draft import digest
from letters.draft import document as d
from letters.draft.language import language
from letters.draft.markdown import parse
from letters.press import docx, html, text

if TYPE_CHECKING:
    from collections.abc import Iterable

BOX = d.Box(words("No lamp works."))
BLOCKS: d.Matters = (d.Paragraph(words("One.")), d.Divider(), BOX)


@pytest.mark.parametrize("line", ["---", "***", "* * *", "_____"])
def test_a_line_of_its_own_is_a_line_across_the_page(line: str) -> None:
    parsed = parse(f"One.\n\n{line}\n\n::: box\nNo lamp works.\n:::\n", language("en"))
    assert parsed.skeleton.blocks == BLOCKS
    assert not parsed.faults


def test_a_box_is_signed_like_any_words_and_a_line_is_none() -> None:
    assert digest.canonical(BLOCKS, (), "") == "[paragraph] One.\n[box] No lamp works.\n"


def test_every_format_has_both() -> None:
    letter = replace(small_letter(), blocks=BLOCKS, notes=(), notice="")
    assert text.write(letter) == b"One.\n\n* * *\n\nNo lamp works.\n"
    assert '<hr>\n<p class="box">No lamp works.</p>' in html.page(letter, classic_theme())
    styles = ["BodyText", "Divider", "Box"]
    assert list(_styles(docx.write(letter, classic_theme()))) == styles


def _document(data: bytes) -> ET.Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return ET.fromstring(archive.read("word/document.xml"))


def _styles(data: bytes) -> Iterable[str]:
    for paragraph in _document(data).iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        assert style is not None
        yield style.attrib[f"{W}val"]
