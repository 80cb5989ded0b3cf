"""What each block becomes on a Word page."""

from __future__ import annotations

import re

import pytest

from letters.draft.document import (
    AddressBlock,
    Asks,
    Block,
    Close,
    Copies,
    DateLine,
    Enclosures,
    Heading,
    Letterhead,
    List,
    Paragraph,
    Quote,
    Salutation,
    Strong,
    Subject,
    Table,
    Text,
)
from letters.press.docx.styles import text_width

from .sample import classic_theme, picture, value, words
from .word import line, run, set_blocks

BREAK = "<w:r><w:br/></w:r>"
TAB = "<w:r><w:tab/></w:r>"


def paragraph(text: str) -> Paragraph:
    return Paragraph(words(text))


@pytest.mark.parametrize(
    ("block", "style", "properties"),
    [
        (DateLine(words("Words")), "Date", ""),
        (Subject(words("Words")), "SubjectLine", ""),
        (Salutation(words("Words")), "Salutation", ""),
        (Paragraph(words("Words")), "BodyText", ""),
        (Heading(1, words("Words")), "Heading1", ""),
        (Heading(2, words("Words")), "Heading2", ""),
        (Quote((paragraph("Words"),)), "Quote", ""),
        (Close(words("Words")), "Closing", ""),
    ],
)
def test_it_sets_a_block_in_a_style_of_its_own(block: Block, style: str, properties: str) -> None:
    assert set_blocks(block) == line(style, run("Words"), properties)


def test_it_sets_an_address_line_by_line_with_all_its_spaces() -> None:
    address = AddressBlock((value("A & B"), value("OTTAWA ON  K1A 0A6")))
    content = run("A &amp; B") + BREAK + run("OTTAWA ON  K1A 0A6")
    assert set_blocks(address) == line("InsideAddress", content)


def test_it_sets_the_organisation_and_how_to_reach_it_on_one_line() -> None:
    written = set_blocks(Letterhead((words("Office"), words("a@example.org"), words("Berlin"))))
    name = run("Office", '<w:rStyle w:val="LetterheadName"/>')
    contact = TAB + run("a@example.org") + BREAK + TAB + run("Berlin")
    assert written == line("Letterhead", name + contact)


def test_it_gives_a_long_organisation_a_line_to_itself() -> None:
    written = set_blocks(Letterhead((words("Long name " * 8), words("a@example.org"))))
    assert f"</w:r>{BREAK}{TAB}<w:r>" in written


def test_it_sets_a_logo_above_the_letterhead_with_its_words() -> None:
    written = set_blocks(Letterhead((words("Office"),), logo=picture(800, 400, 'A "dove" & <b>')))
    assert written.startswith(
        '<w:p><w:pPr><w:pStyle w:val="LetterheadLogo"/></w:pPr><w:r><w:drawing>'
    )
    assert 'descr="A &quot;dove&quot; &amp; &lt;b&gt;"' in written
    width, height = (
        int(size) for size in re.findall(r'<a:ext cx="(\d+)" cy="(\d+)"/>', written)[0]
    )
    assert width == 2 * height == 96 * 12700  # not higher than 48 points


def test_it_leaves_numbers_to_word_and_starts_each_list_again() -> None:
    two = List(True, ((paragraph("a"),), (paragraph("b"),)))
    written = set_blocks(two, two)
    own = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="4"/></w:numPr>'
    first = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    assert written == (
        line("ListNumber", run("a"))
        + line("ListNumberEnd", run("b"), first)
        + line("ListNumber", run("a"), own)
        + line("ListNumberEnd", run("b"), own)
    )


def test_it_sets_further_blocks_of_an_item_under_its_words() -> None:
    inner = List(False, ((paragraph("deep"), paragraph("deeper")),))
    written = set_blocks(List(False, ((paragraph("a"), paragraph("b"), inner),)))
    own = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="2"/></w:numPr>'
    assert written == (
        line("ListBullet", run("a"))
        + line("ListContinue", run("b"), "<w:keepNext/>")
        + line("ListBullet", run("deep"), own)
        + line("ListContinue2End", run("deeper"))
    )


def test_it_sets_an_item_that_begins_with_a_table_under_an_empty_number() -> None:
    table = Table(("start",), (words("Head"),), ())
    written = set_blocks(Asks(((table,), ())))
    assert written.startswith(line("Ask", properties="<w:keepNext/>") + "<w:tbl>")
    assert written.endswith(
        line("AskEnd", properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>')
    )


def test_it_sets_nothing_for_an_empty_list_or_quotation() -> None:
    assert set_blocks(List(True, ()), Quote(()), Asks(())) == ""


@pytest.mark.parametrize("follower", [Asks(()), List(True, ()), Close(words("Yours"))])
def test_it_keeps_a_paragraph_with_what_it_leads_to(follower: Block) -> None:
    written = set_blocks(paragraph("We ask:"), follower)
    assert written.startswith(line("BodyText", run("We ask:"), "<w:keepNext/>"))


def test_it_sets_a_table_whose_head_repeats_and_whose_rows_stay_whole() -> None:
    table = Table(
        ("start", "end"), (words("Who"), words("Many")), ((words("People"), words("47")),)
    )
    written = set_blocks(table)
    assert '<w:tblStyle w:val="LetterTable"/>' in written
    assert written.count("<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>") == 1
    assert written.count("<w:trPr><w:cantSplit/></w:trPr>") == 1
    assert line("TableHeading", run("Who")) in written
    assert line("TableTextEnd", run("47")) in written
    widths = [int(width) for width in re.findall(r'<w:gridCol w:w="(\d+)"/>', written)]
    assert sum(widths) == text_width(classic_theme())
    assert written.endswith(f"</w:tbl>{line('TableEnd')}")


def test_it_does_not_thin_strong_words_in_a_bold_line() -> None:
    strong = (Text("All "), Strong(words("people")))
    assert set_blocks(Subject(strong)) == line("SubjectLine", run("All ") + run("people"))


def test_it_keeps_enclosures_with_their_label() -> None:
    written = set_blocks(
        Enclosures("Enclosures", (words("a"), words("b"))), Copies("Copies to", ())
    )
    assert written == (
        line("EnclosuresLabel", run("Enclosures"))
        + line("Enclosures", run("a"), "<w:keepNext/>")
        + line("Enclosures", run("b"))
        + line("EnclosuresLabel", run("Copies to"))
    )
