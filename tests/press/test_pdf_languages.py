"""Each element that speaks another language than the letter says so in the PDF's tags."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
import verapdf

from letters.draft import document as d
from letters.press import pdf

from .sample import classic_theme, small_letter, words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FR, FA = d.TextLanguage("fr", "ltr"), d.TextLanguage("fa", "rtl")


# WeasyPrint leaves the colour profile that it puts into PDF/A to the garbage collector.
@pytest.mark.filterwarnings("ignore:.*sRGB2014:pytest.PytestUnraisableExceptionWarning")
def test_a_passage_a_column_and_a_note_say_their_language(tmp_path: Path) -> None:
    said: d.Matters = (d.Paragraph(words("Une phrase.")),)
    noted = d.Paragraph((d.Text("One."), d.NoteMark(1), d.NoteMark(2)))
    blocks = (noted, d.Passage(FR, said), d.Parallel((FR, FA), ((said, said),)))
    notes = (d.Note(1, words("Ein Satz."), d.TextLanguage("de", "ltr")), d.Note(2, words("One.")))
    letter = replace(small_letter(), blocks=blocks, notes=notes)
    file = tmp_path / "a.pdf"
    file.write_bytes(pdf.write(letter, classic_theme()).data)
    with pikepdf.open(file) as opened:
        assert str(opened.Root.Lang) == "en"
        found = dict(_spoken(opened.Root.StructTreeRoot.K))
    assert {*found} == {"fr", "fa", "de"}
    assert all(verdict.passed for verdict in verapdf.verify([file]))


def _spoken(node: Any) -> Iterator[tuple[str, str]]:
    if isinstance(node, pikepdf.Array):
        for each in node:
            yield from _spoken(each)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        if "/Lang" in node:
            yield str(node.Lang), str(node.S)
        yield from _spoken(node.get("/K"))
