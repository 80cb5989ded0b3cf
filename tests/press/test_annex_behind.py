"""An annex of names as the last pages of its letter: one file, in every format."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
import reading_pdf
from msgspec.structs import replace
from openxml_audit import FileFormat, OpenXmlValidator
from verapdf import verify

from letters.press import docx, html, pdf, text
from letters.press.plate.rack import Rack

from .annex_sample import annex, people
from .sample import classic_theme, full_letter, small_letter
from .test_annex_formats import W, document, expected, words_of
from .test_plate import varied

if TYPE_CHECKING:
    from pathlib import Path

    from letters.draft.annex import Annex
    from letters.draft.document import Letter


@cache
def names(kind: str) -> Annex:
    match kind:
        case "table":
            return annex(people(80), table=True)
        case "hebrew":
            return annex(people(70), columns=2, language="he")
    return annex(people(120))


@cache
def letter(kind: str) -> Letter:
    return replace(full_letter("he" if kind == "hebrew" else "en"), annex=names(kind))


@cache
def printed(kind: str) -> bytes:
    made = pdf.write(letter(kind), classic_theme())
    assert made.remarks == ()
    return made.data


def test_one_file_is_valid_for_archives_and_for_all_readers(tmp_path: Path) -> None:
    files = []
    for kind in ("columns", "table"):
        files.append(tmp_path / f"{kind}.pdf")
        files[-1].write_bytes(printed(kind))
    assert [(one.file.name, one.broken) for one in verify(files) if not one.passed] == []


def test_pages_are_counted_through_and_have_the_letters_head() -> None:
    read = reading_pdf.read(printed("columns"))
    texts = [page.extract_text() for page in read.reader.pages]
    alone = pdf.write(full_letter(), classic_theme()).pages
    assert len(texts) > alone + 1
    for number, said in enumerate(texts, 1):
        assert f"{number} / {len(texts)}" in said
        assert "The Right Honourable Jane Q. Doe" in said
    assert "Annex: signatures" in texts[alone]
    assert all("Annex: signatures" not in said for said in texts[:alone])


def test_the_structure_goes_on_behind_the_letter() -> None:
    read = reading_pdf.read(printed("columns"))
    what = names("columns")
    assert [tag.text() for tag in read.tree.every("H1")] == [
        "Refuge for those who spoke against the war",
        what.title,
    ]
    entries = [entry.text() for entry in read.tree.every("LI")]
    assert entries[-what.count : -what.count + 3] == ["The Union", "Free Readers", "Ada AVALON 0"]
    tables = list(reading_pdf.read(printed("table")).tree.every("Table"))[1:]  # the letter has one
    assert len(tables) > 1
    for table in tables:
        head = next(iter(table.every("TR")))
        assert [cell.text() for cell in head.every("TH")] == ["Name", "Role", "Affiliation"]


@pytest.mark.parametrize("kind", ["columns", "table"])
def test_readers_find_groups_and_letters_in_the_outline(kind: str) -> None:
    found = [(level, title) for level, title, _ in reading_pdf.outline(printed(kind))]
    assert found[-5:] == [
        (1, "Annex: signatures"),
        (2, "Organisations"),
        (2, "Individuals"),
        (3, "A"),
        (3, "B"),
    ]


def test_letters_with_the_same_names_come_from_a_plate() -> None:
    rack, theme = Rack(), classic_theme()
    base = replace(small_letter(), annex=annex(people(20)))
    for number in range(4):
        one = varied(base, number)
        assert rack.letter(one, theme).data == pdf.write(one, theme).data
    assert rack._printed > 0


def test_word_has_the_same_words_in_order_and_no_fault(tmp_path: Path) -> None:
    for kind in ("columns", "table", "hebrew"):
        data = docx.write(letter(kind), classic_theme())
        what = names(kind)
        alone = words_of(document(docx.write(replace(letter(kind), annex=None), classic_theme())))
        found = words_of(document(data))
        assert found[: len(alone)] == alone
        assert found[len(alone) :] == expected(what)
        file = tmp_path / f"{kind}.docx"
        file.write_bytes(data)
        audit = OpenXmlValidator(file_format=FileFormat.OFFICE_2019).validate(file)
        assert audit.errors == []


def test_in_word_notes_stay_with_the_letter_and_names_begin_a_page() -> None:
    data = docx.write(letter("columns"), classic_theme())
    root = document(data)
    heads = [len(one.findall(f"{W}headerReference")) for one in root.iter(f"{W}sectPr")]
    assert heads == [2, *[0] * (len(heads) - 1)]  # the first section ends with the notes
    new_page = [p for p in root.iter(f"{W}p") if p.find(f"{W}pPr/{W}pageBreakBefore") is not None]
    assert ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in new_page] == [
        "Annex: signatures"
    ]
    assert len(heads) == 2 + 2 * len(names("columns").groups)  # columns are balanced at their end


def test_the_page_and_the_plain_text_end_with_the_names() -> None:
    page = html.write(letter("columns"), classic_theme()).decode()
    section = page.partition('<section class="annex">')[2]
    assert section.count("<li>") == names("columns").count
    assert "Ada AVALON 0" in section
    said = text.write(letter("columns")).decode()
    at = said.index("Annex: signatures")
    assert said.index("Ada AVALON 0") > at
    assert said.rstrip().endswith(letter("columns").notice)
