"""Notes at the foot of the page that mentions them, in a theme that has them there."""

from __future__ import annotations

import io

import pytest
import reading_pdf
from docx import Document
from msgspec.structs import replace
from reading_pdf import Tag, Tagged

from letters.draft import document as d
from letters.press import docx, html, pdf
from letters.press.returned import document as returned

from .sample import classic_theme, small_letter, words

THEME = replace(classic_theme(), notes="foot")


def noted() -> d.Letter:
    """Three pages: a note in the title, two on the second page, one mentioned again on the last."""
    long = d.Paragraph(words("One more word. " * 260))
    twice = (d.Text("As said"), d.NoteMark(2), d.Text(" and shown"), d.NoteMark(3), d.Text("."))
    head = (d.Text("Year"), d.NoteMark(4)), words("Count")
    blocks: d.Blocks = (
        d.Subject((d.Text("Lamps"), d.NoteMark(1))), long, d.Paragraph(twice), long,
        d.Paragraph((d.Text("Again"), d.NoteMark(2), d.Text("."))),
        d.Table(("start", "end"), head, ((words("2026"), words("3")),)),
    )  # fmt: skip
    sources = ("First", "Second", "Third", "Fourth")
    notes = tuple(d.Note(n, words(f"{source} source.")) for n, source in enumerate(sources, 1))
    return replace(small_letter(), blocks=blocks, notes=notes)


@pytest.fixture(scope="module")
def made() -> tuple[bytes, Tagged]:
    data = pdf.write(noted(), THEME).data
    return data, reading_pdf.read(data)


def test_each_note_stands_on_the_page_of_its_first_mark(made: tuple[bytes, Tagged]) -> None:
    pages = [" ".join(page.extract_text().split()) for page in made[1].reader.pages]
    [first] = [page for page in pages if "Lamps" in page]
    [second] = [page for page in pages if "As said" in page]
    [last] = [page for page in pages if "2026" in page and "Year" in page]
    assert "1 First source." in first
    assert "2 Second source. 3 Third source." in second
    assert "4 Fourth source." in last
    assert "".join(pages).count("Second source.") == 1


def test_a_note_is_heard_behind_its_mark_and_is_no_part_of_a_title(
    made: tuple[bytes, Tagged],
) -> None:
    data, laid = made
    [document] = laid.tree.every("Document")
    [part] = [each for each in document.content if isinstance(each, Tag)]
    assert part.kind == "Part"
    title, note, *_ = [each for each in part.content if isinstance(each, Tag)]
    assert (title.kind, title.text(), note.kind) == ("H1", "Lamps 1", "Note")
    [said] = [each for each in part.every("P") if each.text().startswith("As said")]
    assert said.text() == "As said 2 2 Second source. and shown 3 3 Third source. ."
    assert next(said.every("Note")).attributes["/ID"] == "note-2"
    assert [item[1] for item in reading_pdf.outline(data)] == ["Lamps1"]


def test_a_browser_has_no_pages_and_gets_them_at_the_end() -> None:
    page = html.write(noted(), THEME).decode()
    assert page.count('<li id="note-') == len(noted().notes)
    assert '<span id="note-' not in page
    assert "@footnote" not in html.write(small_letter(), classic_theme()).decode()


def test_word_has_footnotes_of_its_own() -> None:
    made = docx.write(noted(), THEME)
    parts = {part.partname: part for part in Document(io.BytesIO(made)).part.package.iter_parts()}
    assert "/word/endnotes.xml" not in parts
    notes = parts["/word/footnotes.xml"].blob.decode()
    assert notes.count('<w:pStyle w:val="FootnoteText"/>') == len(noted().notes)
    body = parts["/word/document.xml"].blob.decode()
    assert body.count("<w:footnoteReference ") == len(noted().notes)
    assert "NOTEREF _RefNote2" in body
    words_of_it = [paragraph.tidy for paragraph in returned.read(made).now]
    assert words_of_it[-4:] == [f"{n} source." for n in ("First", "Second", "Third", "Fourth")]
