"""What each block becomes on a Word page."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

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
    Matters,
    Paragraph,
    Parallel,
    Passage,
    Quote,
    Salutation,
    Sheet,
    SignatureBlock,
    Strong,
    Subject,
    Table,
    Text,
    TextLanguage,
)
from letters.press.docx import parts
from letters.press.docx.look import letter_styles
from letters.press.docx.numbering import Numbering
from letters.press.docx.styles import text_width
from letters.press.docx.tables import table_styles
from letters.press.html_blocks import Blocks as HtmlBlocks
from letters.press.html_words import Words
from letters.press.theme import LetterheadSet

from .sample import classic_theme, picture, small_letter, value, words
from .word import line, run, set_blocks

BREAK = "<w:r><w:br/></w:r>"
TAB = "<w:r><w:tab/></w:r>"
NAME = '<w:rStyle w:val="LetterheadName"/>'


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
    name = run("Office", NAME)
    contact = TAB + run("a@example.org") + BREAK + TAB + run("Berlin")
    assert written == line("Letterhead", name + contact)


def test_it_gives_a_long_organisation_a_line_to_itself() -> None:
    written = set_blocks(Letterhead((words("Long name " * 8), words("a@example.org"))))
    assert f"</w:r>{BREAK}{TAB}<w:r>" in written


def test_it_sets_a_logo_beside_the_letterhead_with_its_words() -> None:
    written = set_blocks(Letterhead((words("Office"),), logo=picture(800, 400, 'A "dove" & <b>')))
    assert '<w:tblStyle w:val="LetterheadTable"/>' in written
    assert '<w:p><w:pPr><w:pStyle w:val="LetterheadLogo"/></w:pPr><w:r><w:drawing>' in written
    assert line("LetterheadBesideLogo", run("Office", NAME)) in written
    assert written.endswith(f"</w:tbl>{line('LetterheadEnd')}")
    assert 'descr="A &quot;dove&quot; &amp; &lt;b&gt;"' in written
    width, height = (
        int(size) for size in re.findall(r'<a:ext cx="(\d+)" cy="(\d+)"/>', written)[0]
    )
    assert width == 2 * height == 96 * 12700  # not higher than 48 points


@pytest.mark.parametrize("place", ["start", "center"])
def test_it_sets_all_of_a_letterhead_on_one_side(place: LetterheadSet) -> None:
    theme = replace(classic_theme(), letterhead=place)
    block = Letterhead((words("Office"), words("Berlin")), logo=picture(80, 40, "Logo"))
    written = set_blocks(block, theme=theme)
    assert written.startswith('<w:p><w:pPr><w:pStyle w:val="LetterheadLogo"/></w:pPr>')
    assert written.endswith(line("Letterhead", run("Office", NAME) + BREAK + run("Berlin")))


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


def test_it_sets_room_to_sign_under_a_prayer_that_is_repeated() -> None:
    prayer = (paragraph("We ask."), Asks(((paragraph("a"),),)))
    written = set_blocks(Sheet(prayer, (words("Name"), words("Signature")), (1, 3), 20))
    assert written.startswith(line("NewPage") + "<w:tbl>")
    rows = written.split("<w:tr>")[1:]
    assert [row.count("<w:tblHeader/>") for row in rows] == [1, 1, *[0] * 20]
    assert '<w:gridSpan w:val="2"/><w:tcBorders>' in rows[0]
    assert line("BodyText", run("We ask."), "<w:keepNext/>") in rows[0]
    assert line("SheetHeading", run("Signature")) in rows[1]
    assert rows[2].count(line("SheetRoom")) == 2
    widths = [int(width) for width in re.findall(r'<w:gridCol w:w="(\d+)"/>', written)]
    edges = round(2 * 15 * 1440 / 25.4)
    assert sum(widths) == pytest.approx(round(215.9 * 1440 / 25.4) - edges, abs=3)
    assert widths[1] == pytest.approx(3 * widths[0], abs=3)
    style = table_styles(classic_theme()).partition('"SheetTable"')[2]
    indent = re.search(r'<w:tblInd w:w="(-?\d+)" w:type="dxa"/>', style)
    assert indent is not None
    out = (sum(widths) - text_width(classic_theme())) / 2
    assert int(indent[1]) == pytest.approx(-out, abs=1)


def test_it_sets_a_sheet_without_a_prayer_where_it_stands() -> None:
    written = set_blocks(Sheet((), (words("Name"),), (1,), 2))
    assert written.startswith("<w:tbl>")
    assert "<w:tcBorders>" not in written
    assert written.count("<w:tblHeader/>") == 1


def test_it_sets_a_second_edition_on_a_new_page_in_its_language_and_direction() -> None:
    inner: Matters = (paragraph("سلام"), List(False, ((paragraph("سلام"),),)))
    written = set_blocks(
        Passage(TextLanguage("fa", "rtl"), inner, new_page=True), paragraph("Words")
    )
    spoken = run("سلام", '<w:rtl/><w:lang w:bidi="fa-IR"/>')
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'
    assert written == (
        line("NewPage")
        + line("BodyText", spoken, "<w:keepNext/><w:bidi/>")
        + line("ListBulletEnd", spoken, f"{number}<w:bidi/>")
        + line("BodyText", run("Words"))
    )


def test_it_turns_a_passage_from_left_to_right_in_a_letter_that_is_not() -> None:
    written = set_blocks(Passage(TextLanguage("en", "ltr"), (paragraph("Words"),)), rtl=True)
    spoken = run("Words", '<w:lang w:val="en-CA" w:eastAsia="en-CA"/>')
    assert written == line("BodyText", spoken, '<w:bidi w:val="false"/>')


def test_it_sets_two_editions_side_by_side_in_rows_that_may_break() -> None:
    languages = (TextLanguage("en", "ltr"), TextLanguage("he", "rtl"))
    written = set_blocks(Parallel(languages, (((paragraph("Peace"),), (paragraph("שלום"),)),)))
    assert "<w:cantSplit/>" not in written
    left, right = re.findall("<w:tc>(.*?)</w:tc>", written)
    assert left.endswith(line("BodyText", run("Peace")))
    hebrew = run("שלום", '<w:rtl/><w:lang w:bidi="he-IL"/>')
    assert right.endswith(line("BodyText", hebrew, "<w:bidi/>"))
    assert "<w:bidiVisual/>" not in written
    turned = set_blocks(
        Parallel(languages, (((paragraph("Peace"),), (paragraph("שלום"),)),)), rtl=True
    )
    assert "<w:bidiVisual/>" in turned


@pytest.mark.parametrize(
    "block",
    [
        List(False, ((paragraph("a"),), (paragraph("b"),), (paragraph("c"),))),
        Asks(((paragraph("a"),), (paragraph("b"),), (paragraph("c"),))),
    ],
)
def test_it_keeps_the_end_of_a_list_with_the_close(block: Block) -> None:
    first, *kept, _ = set_blocks(block, Close(words("Yours"))).split("</w:p>")[:-1]
    assert "<w:keepNext/>" not in first
    assert len(kept) == 2
    assert all("<w:keepNext/>" in each for each in kept)


@pytest.mark.parametrize(("letters", "kept"), [(69, True), (71, False)])
def test_a_short_last_paragraph_takes_the_one_before_along_as_in_the_pdf(
    letters: int, kept: bool
) -> None:
    before, last = paragraph("We thank you."), paragraph("x" * letters)
    close = Close(words("Yours sincerely,"))
    first = set_blocks(before, last, close).partition("</w:p>")[0]
    assert ("<w:keepNext/>" in first) is kept
    in_pdf = HtmlBlocks(Words("ltr")).all((before, last, close))[0]
    assert ("before-close" in in_pdf) is kept


@pytest.mark.parametrize(
    ("lengths", "kept"),
    [
        ((300, 300, 300), [False, False, True]),
        ((300, 300, 20), [False, True, True]),
        ((300, 401, 20), [False, False, True]),
        ((300, 20, 401), [False, False, False]),
        ((20,), [True]),
    ],
)
def test_no_long_pair_stays_with_the_close_for_no_page_would_divide_it(
    lengths: tuple[int, ...], kept: list[bool]
) -> None:
    languages = TextLanguage("en", "ltr"), TextLanguage("fr", "ltr")
    pairs = tuple(((paragraph("y"),), (paragraph("x" * length),)) for length in lengths)
    for following in (Close(words("Yours")), SignatureBlock(())):
        blocks = Parallel(languages, pairs), following
        rows = set_blocks(*blocks).partition("</w:tbl>")[0].split("<w:tr>")[1:]
        assert ["<w:keepNext/>" in row for row in rows] == kept
        in_pdf = HtmlBlocks(Words("ltr")).all(blocks)[0].split('<div class="pair')
        assert [pair.startswith(" before-close") for pair in in_pdf[1:]] == kept
        assert ("before-close" in in_pdf[0]) is any(kept)


def test_it_sets_the_number_of_a_sheet_at_its_end() -> None:
    written = set_blocks(Sheet((), (words("Name"),), (1,), 3, blank="Sheet ____"))
    assert line("SheetNumber", run("Sheet ____")) in written
    styles = letter_styles(classic_theme(), TextLanguage("en", "ltr"))
    style = next(one for one in styles if one.name == "Sheet Number")
    assert (style.setting.jc, style.type.bold) == ("right", True)


def test_it_keeps_the_end_of_a_table_with_the_close() -> None:
    table = Table(("start",), (words("Who"),), tuple((words(each),) for each in "abc"))
    written = set_blocks(table, Close(words("Yours")))
    rows = written.split("<w:tr>")
    assert ["<w:keepNext/>" in row for row in rows] == [False, False, False, True, True]
    assert line("TableEnd", properties="<w:keepNext/>") in rows[-1]


def test_it_goes_on_counting_asks_where_the_letter_says_so() -> None:
    items = ((paragraph("a"),),)
    written = set_blocks(Asks(items), Asks(items, start=2))
    assert '<w:numId w:val="3"/>' in written
    assert '<w:numId w:val="4"/>' in written
    numbering = Numbering(classic_theme())
    assert [numbering.begin("Ask", 0), numbering.begin("Ask", 0, 2)] == [3, 4]
    assert b'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="2"/>' in numbering.part()


def test_numbers_in_digits_of_a_language_are_marked_as_its_words() -> None:
    letter = replace(
        small_letter(), language="fa", direction="rtl", digits="۰۱۲۳۴۵۶۷۸۹", page_label="{page}"
    )
    foot = parts.footer(letter, classic_theme()).decode()
    runs = re.findall(r"<w:r>.*?</w:r>", foot)
    counted = [run for run in runs if "fldChar" in run or "instrText" in run or "۱" in run]
    assert len(counted) == len(("begin", "code", "separate", "shown", "end"))
    assert all("<w:rtl/>" in run for run in counted)
    own, other = (Numbering(classic_theme(), own_digits=own).part() for own in (True, False))
    marked = [b"<w:rtl/>" in level for level in own.split(b"<w:lvl ")[1:]]
    bullets = [b'"bullet"' in level for level in own.split(b"<w:lvl ")[1:]]
    assert marked == [not bullet for bullet in bullets]
    assert b"<w:rtl/>" not in other
