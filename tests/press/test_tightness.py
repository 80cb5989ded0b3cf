"""Notes never fill a page alone: the letter is set tighter, or its end goes along; in Word alike."""

from __future__ import annotations

import functools
import io
import zipfile

import pytest
from msgspec.structs import replace

from letters.draft import document as d
from letters.press import docx, pdf
from letters.press.files import press
from letters.press.jobs import Drafted, Job, Within
from letters.press.plate.rack import Rack
from letters.press.provenance import Identity
from letters.press.rendering import Pdf
from letters.press.tightness import is_looked_at, page_of_signatures, tightened

from .lines import pages
from .sample import small_letter, words
from .test_typography import model
from .themes import built_in

LINE = "Some more words that make a paragraph of about one line and more of it. "
THEME = "office"


@functools.cache
def lengthened(lines: int) -> d.Letter:
    """The model letter with so many more lines before the end of its text."""
    letter = model("en")
    if not lines:
        return letter
    at = page_of_signatures(letter.blocks)
    more = d.Paragraph(words(LINE * lines))
    return replace(letter, blocks=(*letter.blocks[:at], more, *letter.blocks[at:]))


@functools.cache
def printed(lines: int) -> Pdf:
    return pdf.write(lengthened(lines), built_in(THEME))


def on_last_page(made: Pdf) -> str:
    return " ".join(line.text for line in pages(made.data)[-1])


def test_spaces_give_way_first_then_the_lines_and_at_last_the_page_break() -> None:
    in_classic = pdf.write(lengthened(4), built_in("classic"))
    found = [printed(0), in_classic, printed(4), printed(7)]
    assert [made.tightness for made in found] == [0, 1, 2, 3]
    assert [made.pages for made in found] == [2, 2, 2, 3]
    for made in found:
        assert "Yours sincerely" in on_last_page(made)
        assert "The Moscow Times" in on_last_page(made)


def ending(lines: int, *, behind: bool) -> d.Letter:
    """A letter without notes of so many more lines, with what is enclosed or without."""
    letter = small_letter()
    body = tuple(d.Paragraph(words(LINE * 3)) for _ in range(lines // 3))
    rest = d.Paragraph(words(LINE * (1 + lines % 3)))
    signed = letter.blocks[-2:]
    end: tuple[d.Block, ...] = (
        (d.Enclosures("Enclosures", (words("Our first letter"), words("Door counts"))),)
        if behind
        else ()
    )
    return replace(letter, blocks=(*letter.blocks[:5], *body, rest, *signed, *end), notes=())


@pytest.mark.parametrize("theme", ["classic", "plain", "modern"])
def test_no_page_holds_nothing_but_what_is_enclosed(theme: str) -> None:
    tried = set()
    for lines in range(14, 23):
        made = pdf.write(ending(lines, behind=True), built_in(theme))
        tried.add(made.tightness)
        if made.pages > 1:
            assert "Anna Example" in on_last_page(made)
    assert len(tried) > 1


def test_only_letters_with_something_behind_them_are_looked_at() -> None:
    assert not is_looked_at(ending(3, behind=False))
    assert is_looked_at(ending(3, behind=True))
    assert is_looked_at(lengthened(0))
    bare = replace(lengthened(7), notes=())
    assert pdf.write(bare, built_in(THEME)).tightness == 0


def test_lines_come_nearer_by_three_in_a_hundred_at_most() -> None:
    theme = built_in(THEME)
    for tightness in (1, 2):
        tight = tightened(theme, tightness)
        assert tight.paragraph_space < theme.paragraph_space
        assert 0.965 <= tight.text_line / theme.text_line <= 1
        assert tight.text_line >= 1.2 * tight.text_size
    assert tightened(theme, 0) is theme


def to(letter: d.Letter, name: str) -> d.Letter:
    """The same to somebody of another name."""
    line = (d.Value(name, "recipient.name"),)
    blocks = tuple(
        replace(block, lines=(line, *block.lines[1:]))
        if isinstance(block, d.AddressBlock)
        else block
        for block in letter.blocks
    )
    return replace(letter, blocks=blocks, running_head=(name, letter.running_head[1]))


def test_plates_are_as_tight() -> None:
    rack, theme = Rack(), built_in(THEME)
    first, second = (to(lengthened(4), name) for name in ("Ada Birch", "Bruno Castell"))
    assert rack.letter(first, theme).tightness == 2
    assert rack.letter(second, theme) == pdf.write(second, theme)


def test_words_letter_is_set_like_the_pdf_though_it_is_made_alone() -> None:
    theme, job = built_in(THEME), Job(0, "en")
    drafted = Drafted(lengthened(4), Within(), {"docx": Identity("", {}, "")})
    [made] = press(job, ("docx",), drafted, theme)
    assert made.data == docx.write(lengthened(4), tightened(theme, 2))
    assert made.data != docx.write(lengthened(4), theme)


def test_the_page_of_the_signatures_begins_with_the_end_of_the_text() -> None:
    letter = lengthened(7)
    with zipfile.ZipFile(io.BytesIO(docx.write(letter, tightened(built_in(THEME), 3)))) as file:
        body = file.read("word/document.xml").decode()
    before, _, after = body.partition('<w:pStyle w:val="NewPage"/>')
    assert LINE.strip() in before
    assert "One of us will be in Canada" in after
    assert "Yours sincerely" in after


def test_two_short_paragraphs_go_along_and_a_list_goes_with_none() -> None:
    close, short, long = (
        d.Close(words("close")),
        d.Paragraph(words("x")),
        d.Paragraph(words("y" * 69)),
    )
    many = d.Paragraph(words("y " * 99))
    assert page_of_signatures((many, long, close)) == 1 - 1
    assert page_of_signatures((many, many, close)) == 1
    assert page_of_signatures((many, short, close)) == 0
    assert page_of_signatures((many, d.List(ordered=False, items=((many,),)), close)) == 3
    assert page_of_signatures(()) == 0
