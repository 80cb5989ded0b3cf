"""Sheets to sign, second editions and columns, in print: where they break, and what is read."""

from __future__ import annotations

import pytest
import reading_pdf
from msgspec.structs import replace

from letters.draft import document as d
from letters.press import css, html, pdf

from .lines import pages
from .sample import full_letter, small_letter, words
from .themes import NAMES, built_in

ENGLISH, PERSIAN = d.TextLanguage("en", "ltr"), d.TextLanguage("fa", "rtl")
FOREIGN = "این نامه درباره آزادی است. "
ROWS = 25


def paragraph(text: str) -> d.Paragraph:
    return d.Paragraph(words(text))


def with_blocks(*blocks: d.Block) -> d.Letter:
    small = small_letter()
    return replace(small, blocks=(*small.blocks[:5], *blocks), notes=())


def sheet() -> d.Letter:
    prayer = (d.Heading(1, words("Petition")), paragraph("We ask the House to act. " * 6))
    heads = (words("Name"), words("Address"), words("Signature"))
    return with_blocks(d.Sheet(prayer, heads, (3, 4, 3), ROWS))


@pytest.mark.parametrize("theme", NAMES)
def test_every_page_of_a_sheet_says_for_what(theme: str) -> None:
    printed = pdf.write(sheet(), built_in(theme))
    first, *others = pages(printed.data)
    assert "Petition" not in [line.text for line in first]
    assert len(others) == 2
    for page in others:
        shown = [line.text for line in page]
        assert shown.count("Petition") == 1
        assert shown.count("Name Address Signature") == 1
    assert printed.remarks == ()


def test_a_sheet_is_a_table_with_heads_and_a_row_for_each_signature() -> None:
    read = reading_pdf.read(pdf.write(sheet(), built_in("classic")).data)
    tables = list(read.tree.every("Table"))
    assert len(tables) == 2  # one a page, each with its own head
    empty = 0
    for table in tables:
        assert [head.text() for head in table.every("TH")] == ["Name", "Address", "Signature"]
        [body] = table.every("TBody")
        rows = list(body.every("TR"))
        empty += len(rows)
        assert all(len(list(row.every("TD"))) == 3 for row in rows)
    assert empty == ROWS


def test_a_row_has_room_for_a_hand() -> None:
    assert ".sheet td { height: 10mm;" in css.style_sheet(sheet(), built_in("plain"))


def test_a_second_edition_begins_a_page_and_says_its_language() -> None:
    passage = d.Passage(PERSIAN, (paragraph(FOREIGN * 9), d.Asks(((paragraph(FOREIGN),),))), True)
    letter = with_blocks(paragraph("In English."), passage)
    assert '<div class="passage new-page" lang="fa" dir="rtl">' in html.page(
        letter, built_in("plain")
    )
    printed = pdf.write(letter, built_in("plain"))
    assert (printed.pages, printed.remarks) == (2, ())
    theme = built_in("plain")
    number = next(line for line in pages(printed.data)[1] if "1" in line.text.split())
    # The number of an ask stands at the right, outside of its text.
    [mark] = [word for word in number.words if word.text == "1"]
    assert mark.right == pytest.approx(theme.page_mm[0] - theme.margin_mm.right, abs=1)


def test_columns_are_read_pair_by_pair_and_are_no_table() -> None:
    pairs = tuple(
        ((paragraph(f"English {number}."),), (paragraph(f"Farsi {number}."),))
        for number in range(3)
    )
    letter = with_blocks(d.Parallel((ENGLISH, d.TextLanguage("fr", "ltr")), pairs))
    printed = pdf.write(letter, built_in("modern"))
    read = reading_pdf.read(printed.data)
    assert "English 0. Farsi 0. English 1. Farsi 1. English 2. Farsi 2." in read.tree.text()
    assert not list(read.tree.every("Table"))
    [line] = [line for line in pages(printed.data)[0] if line.text.startswith("English 1")]
    assert line.text == "English 1. Farsi 1."


@pytest.mark.parametrize("rows", [1, 6])
def test_columns_go_on_over_pages_and_lose_no_word(rows: int) -> None:
    cell = " ".join(f"w{number}" for number in range(1800 // rows))
    pair = ((paragraph(cell),), (paragraph(cell.upper()),))
    printed = pdf.write(
        with_blocks(d.Parallel((ENGLISH, ENGLISH), (pair,) * rows)), built_in("classic")
    )
    assert printed.pages > 2
    shown = [word.text for page in pages(printed.data) for line in page for word in line.words]
    for wanted in (*cell.split(), *cell.upper().split()):
        assert shown.count(wanted) == rows


@pytest.mark.parametrize("theme", NAMES)
def test_a_letter_from_right_to_left_is_the_mirror_of_the_other(theme: str) -> None:
    tokens = built_in(theme)
    width = tokens.page_mm[0]
    letter = replace(full_letter(), draft_mark="")
    other = replace(letter, direction="rtl")
    one, mirrored = (pages(pdf.write(each, tokens).data) for each in (letter, other))
    # The end of an address line, a number in the last column, the first column of signatures.
    for text in ("M.P.", "1,000", "Anna"):
        left, right = (
            next(w for page in shown for line in page for w in line.words if w.text == text)
            for shown in (one, mirrored)
        )
        if text == "M.P.":
            assert right.right == pytest.approx(width - tokens.margin_mm.right, abs=0.3)
        elif text == "1,000":
            assert left.right == pytest.approx(width - tokens.margin_mm.right, abs=0.3)
            assert right.left == pytest.approx(tokens.margin_mm.left, abs=0.3)
        else:
            assert left.left == pytest.approx(tokens.margin_mm.left, abs=0.3)
            assert right.left > width / 2
    head = next(line for line in mirrored[1] if "Honourable" in line.text)
    # The recipient at the right, the date at the left.
    date, recipient = (next(w for w in head.words if w.text == t) for t in ("September", "Jane"))
    assert date.right < width / 2 < recipient.left
