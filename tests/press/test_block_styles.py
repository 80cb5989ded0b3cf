"""How a block looks is said once: what CSS and Word are told of it is the same."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from msgspec.structs import replace

from letters.draft import document as d
from letters.press.block_styles.ending import ATTACHED, CLOSE, ENDING, POSTSCRIPT
from letters.press.block_styles.lists import IN_TEXT
from letters.press.block_styles.opening import LETTERHEAD, OPENING
from letters.press.block_styles.sheets import SHEETS
from letters.press.block_styles.style import (
    BLOCK_SPACE,
    PARAGRAPH_SPACE,
    TEXT_SIZE,
    BlockStyle,
    Face,
    Length,
)
from letters.press.block_styles.text import ALL_TEXT, TEXT
from letters.press.css import style_sheet
from letters.press.docx.line_styles import style_of, style_of_words
from letters.press.docx.look import letter_styles

from .sample import classic_theme, small_letter
from .themes import NAMES, built_in

BLOCKS = (ALL_TEXT, *TEXT, *OPENING, *IN_TEXT, *SHEETS, *ENDING)

# What only CSS must be told: Word has no size of titles to take back, no prayer in a table's head,
# and no space below two editions side by side.
ONLY_CSS = {
    "font-size: var(--text-size)",
    "line-height: var(--text-line)",
    "margin-bottom: var(--paragraph-space)",
}


def words(block: BlockStyle, **changes: object) -> BlockStyle:
    return replace(block, lines={"words": replace(block.words, **changes)})


def test_one_fact_is_told_to_both() -> None:
    theme = classic_theme()
    other = words(POSTSCRIPT, before=Length(77), after=BLOCK_SPACE)
    assert "margin: 77pt 0 var(--block-space);" in other.rules()
    setting = style_of(other.words, theme).setting
    assert (setting.before, setting.after) == (77, theme.block_space)


@pytest.mark.parametrize("name", NAMES)
def test_lines_stand_apart_by_120_to_145_in_a_hundred_of_their_type(name: str) -> None:
    theme = built_in(name)
    for block in BLOCKS:
        for line in block.lines.values():
            face = line.face
            if face.line is None or face.line.token is None or line.word.at_least:
                continue  # room, and no lines of words
            size = (face.size or TEXT_SIZE).of(theme)
            assert 1.2 <= round(face.line.of(theme) / size, 3) <= 1.45, (line.style, size)


def test_what_keeps_lines_together_is_told_to_both() -> None:
    assert "break-after: avoid" in CLOSE.rules()
    assert style_of(CLOSE.words, classic_theme()).setting.keep_next
    with pytest.raises(KeyError):
        words(CLOSE, keep_next=False).rules()


def test_fonts_and_colours_are_those_of_the_theme() -> None:
    theme = replace(classic_theme(), small_size=7.5, muted_colour="#123456")
    style = style_of(ATTACHED.lines["item"], theme)
    assert (style.type.font, style.type.size) == (theme.label_font, 7.5)
    assert (style.type.colour, style.setting.line) == ("#123456", theme.small_line)
    assert ".attached { font: var(--small-size)/var(--small-line) var(--label-font);" in (
        ATTACHED.rules()
    )


@pytest.mark.parametrize(
    ("face", "shown"),
    [(Face("text", Length(9), Length(12)), "9pt/12pt var(--text-font)"),
     (Face("label", Length(9), Length(12), bold=True, italic=True),
      "italic bold 9pt/12pt var(--label-font)")],
)  # fmt: skip
def test_a_face_is_a_font_in_css(face: Face, shown: str) -> None:
    assert face.facts()["font"] == shown


@pytest.mark.parametrize(
    ("length", "css", "points"),
    [
        (Length(3), "3pt", 3),
        (Length(12.5), "12.5pt", 12.5),
        (BLOCK_SPACE, "var(--block-space)", 14),
        (BLOCK_SPACE * 1.5, "calc(var(--block-space) * 1.5)", 21),
        (TEXT_SIZE - 1, "calc(var(--text-size) - 1pt)", 10),
        ((PARAGRAPH_SPACE - 1) * 2, "calc(var(--paragraph-space) * 2 - 2pt)", 10),
        (PARAGRAPH_SPACE - -1, "calc(var(--paragraph-space) + 1pt)", 7),
        (Length(3) * 2 - 1, "5pt", 5),
    ],
)
def test_a_length_is_the_same_in_css_and_in_points(length: Length, css: str, points: float) -> None:
    theme = replace(classic_theme(), block_space=14, text_size=11, paragraph_space=6)
    assert (length.css, length.of(theme)) == (css, points)


def test_a_letterhead_without_a_rule_keeps_its_gap_in_word() -> None:
    theme = replace(classic_theme(), letterhead_rule=0)
    bare, ruled = (style_of(LETTERHEAD.words, each).setting for each in (theme, classic_theme()))
    assert (bare.rule, ruled.rule is None) == (None, False)
    assert bare.after == (ruled.after or 0) + 6


def test_every_block_is_in_the_style_sheet_and_every_line_among_words_styles() -> None:
    sheet = style_sheet(small_letter(), classic_theme())
    assert [block.name for block in BLOCKS if block.rules() not in sheet] == []
    assert "$" not in sheet
    named = [style.name for style in letter_styles(classic_theme(), d.TextLanguage("en", "ltr"))]
    assert len(set(named)) == len(named)
    assert [
        line.style for block in BLOCKS for line in block.lines.values() if line.style not in named
    ] == []


def test_every_block_of_words_has_its_look_in_both() -> None:
    kinds = [k for k in get_args(d.Matter) if issubclass(k, d.Named) and issubclass(k, d.Worded)]
    assert len(kinds) >= len(("date", "subject", "salutation", "close", "postscript"))
    for kind in kinds:
        [block] = [block for block in BLOCKS if block.name == kind.name]
        assert re.search(rf"\.{kind.name}\b", block.css)
        assert style_of_words(kind.name) == block.words.style.replace(" ", "")


def test_what_both_know_is_written_nowhere_else() -> None:
    written = {
        rule for block in BLOCKS for rule in re.findall(r"[a-z-]+: [^;{}]*var\([^;{}]*", block.css)
    }
    assert written == ONLY_CSS
