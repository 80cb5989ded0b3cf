"""Whole letters as Word documents.

The goldens show the parts of a small letter. When a change of theirs is wanted:
``LETTERS_UPDATE_GOLDENS=1 script/unit tests/press/test_docx.py``, then read the difference.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import re
from pathlib import Path

import docx as python_docx
import pytest
from msgspec.structs import replace
from openxml_audit import FileFormat, OpenXmlValidator

from letters.draft.document import Letter, Note, NoteMark, Paragraph, Text, Value
from letters.press import docx

from .sample import (
    HOSTILE,
    NOTICE,
    ORGANISATION,
    TITLE,
    classic_theme,
    full_letter,
    small_letter,
    words,
)
from .word import Opened, W, run, words_of

GOLDENS = Path(__file__).parent / "goldens"


def opened(letter: Letter) -> Opened:
    return Opened.of(docx.write(letter, classic_theme()))


def a_letter_with(*content: NoteMark | Text | Value, notes: int) -> Letter:
    return replace(
        small_letter(),
        blocks=(Paragraph(content),),
        notes=tuple(Note(number, words(f"Source {number}.")) for number in range(1, notes + 1)),
    )


@pytest.mark.parametrize("part", ["document.xml", "endnotes.xml", "numbering.xml", "styles.xml"])
def test_it_writes_a_small_letter_like_the_golden(part: str) -> None:
    written = re.sub(
        r"(?=<w:(?:p|tbl|tr|tc|sectPr|body|style|docDefaults|endnote|num|abstractNum|lvl)[ >])",
        "\n",
        opened(small_letter()).text(part),
    )
    golden = GOLDENS / f"small.{part}"
    if os.environ.get("LETTERS_UPDATE_GOLDENS"):
        golden.write_text(written + "\n", encoding="utf-8")
    assert written + "\n" == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "letter",
    [
        full_letter(),
        full_letter("fr-FR", draft=True),
        full_letter("fa"),
        small_letter(),
        replace(small_letter(), notes=(), blocks=()),
    ],
    ids=["full", "draft", "right-to-left", "small", "empty"],
)
def test_it_writes_files_without_a_finding_of_the_auditor(letter: Letter, tmp_path: Path) -> None:
    file = tmp_path / "letter.docx"
    file.write_bytes(docx.write(letter, classic_theme()))
    audit = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0)
    assert audit.validate(file).errors == []


def test_it_can_be_opened_by_python_docx() -> None:
    document = python_docx.Document(io.BytesIO(docx.write(full_letter(), classic_theme())))
    styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style]
    assert styles[:6] == [
        "Letterhead",
        "Date",
        "Inside Address",
        "Subject Line",
        "Salutation",
        "Body Text",
    ]
    assert document.sections[0].page_width == python_docx.shared.Mm(215.9)


def test_it_says_who_writes_and_when_the_letter_is_dated_and_nothing_else() -> None:
    document = python_docx.Document(io.BytesIO(docx.write(full_letter(), classic_theme())))
    properties = document.core_properties
    assert properties.title == TITLE
    assert properties.author == properties.last_modified_by == ORGANISATION
    moment = dt.datetime(2025, 9, 3, tzinfo=dt.UTC)
    assert properties.created == properties.modified == moment
    assert properties.language == "en"
    assert properties.revision == 1
    rest = (properties.comments, properties.keywords, properties.category, properties.subject)
    assert rest == ("", "", "", "")


def test_it_prints_every_hostile_value_as_it_is_written() -> None:
    text = words_of(opened(full_letter()).root("document.xml"))
    for value in HOSTILE:
        assert text.count(value) >= 2, value


def test_it_keeps_the_first_head_empty_and_sets_the_running_head_on_the_others() -> None:
    letter = opened(full_letter())
    assert words_of(letter.root("header1.xml")).strip() == ""
    head = "The Right Honourable Jane Q. Doe\n3 September 2025\n"
    assert words_of(letter.root("header2.xml")).strip() == head.strip()
    document = letter.text("document.xml")
    assert '<w:headerReference w:type="first" r:id="rIdFirstHead"/>' in document
    assert '<w:headerReference w:type="default" r:id="rIdHead"/>' in document
    assert "<w:titlePg/>" in document
    relations = letter.members["word/_rels/document.xml.rels"].decode()
    assert re.search(r'Id="rIdFirstHead" [^>]*Target="header1.xml"', relations)
    assert re.search(r'Id="rIdHead" [^>]*Target="header2.xml"', relations)


def test_it_marks_a_draft_at_the_head_of_every_page() -> None:
    letter = opened(full_letter(draft=True))
    for head in ("header1.xml", "header2.xml"):
        first = letter.root(head)[0]
        assert words_of(first) == "Draft – not yet signed"
        assert [style.get(f"{W}val") for style in first.iter(f"{W}pStyle")] == ["DraftMark"]


def test_it_counts_pages_in_the_foot_of_every_page() -> None:
    letter = opened(replace(full_letter(), page_label="page {page} of {pages}"))
    assert letter.text("footer1.xml") == letter.text("footer2.xml")
    foot = letter.root("footer1.xml")
    assert words_of(foot).split() == f"{NOTICE} page 1 of 1".split()
    assert [field.text for field in foot.iter(f"{W}instrText")] == [" PAGE ", " NUMPAGES "]


def test_it_sets_notes_as_endnotes_of_word() -> None:
    letter = opened(a_letter_with(NoteMark(1), Text(" and "), NoteMark(2), notes=2))
    notes = letter.root("endnotes.xml")
    assert [note.get(f"{W}type") for note in notes][:2] == ["separator", "continuationSeparator"]
    assert [words_of(note) for note in notes][2:] == ["\nSource 1.\n", "\nSource 2.\n"]
    marks = letter.root("document.xml").iter(f"{W}endnoteReference")
    assert [mark.get(f"{W}id") for mark in marks] == ["1", "2"]
    assert '<w:endnote w:id="-1"/><w:endnote w:id="0"/>' in letter.text("settings.xml")


def test_it_opens_a_note_once_and_refers_to_it_after_that() -> None:
    letter = opened(a_letter_with(NoteMark(1), Text(" again "), NoteMark(1), notes=1))
    document = letter.root("document.xml")
    assert len(list(document.iter(f"{W}endnoteReference"))) == 1
    assert [field.text for field in document.iter(f"{W}instrText")] == [
        " NOTEREF _RefNote1 \\f \\h "
    ]
    names = [mark.get(f"{W}name") for mark in document.iter(f"{W}bookmarkStart")]
    assert names == ["_RefNote1"]
    assert words_of(document) == " again 1\n"


def test_it_prints_notes_at_the_end_of_the_text_for_readers_other_than_word() -> None:
    letter = opened(a_letter_with(Text("Said"), NoteMark(1), Text("."), notes=1))
    document = letter.root("document.xml")
    assert words_of(document, in_word=False) == "Said1.\n\n1\nSource 1.\n"
    assert words_of(document) == "Said.\n"


def test_it_has_no_endnotes_where_there_are_no_notes() -> None:
    letter = opened(a_letter_with(Text("Nothing to add."), notes=0))
    assert "word/endnotes.xml" not in letter.members
    assert "ndnote" not in letter.text("document.xml") + letter.text("settings.xml")


def test_it_gives_links_in_notes_their_own_relations() -> None:
    letter = opened(full_letter())
    relations = letter.members["word/_rels/endnotes.xml.rels"].decode()
    assert 'Target="https://example.org/times" TargetMode="External"' in relations


def test_it_sets_a_letter_from_right_to_left() -> None:
    letter = opened(full_letter("fa"))
    assert "<w:bidi/>" in letter.text("styles.xml")
    document = letter.text("document.xml")
    assert run("محمد علی\u200cزاده", "<w:rtl/>") in document
    assert "<w:bidi/></w:sectPr>" in document
    assert document.count("<w:tbl>") == document.count("<w:bidiVisual/>") == 4
    assert "<w:bidi" not in opened(full_letter()).text("document.xml")


def test_it_turns_hyphenation_off_and_asks_for_the_layout_of_word_2013() -> None:
    settings = opened(small_letter()).text("settings.xml")
    assert '<w:autoHyphenation w:val="false"/>' in settings
    assert re.search(r'w:name="compatibilityMode" [^>]* w:val="15"', settings)
