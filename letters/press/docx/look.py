"""Which named styles a letter has in Word: those of its blocks, and what only Word needs."""

from __future__ import annotations

from msgspec.structs import replace

from letters.draft.document import TextLanguage
from letters.press.block_styles.ending import ENDING, FOOT_NOTES
from letters.press.block_styles.lists import (
    BELOW_TABLE,
    BOX,
    DIVIDER,
    FIGURE,
    LISTS,
    NOTE_MARK,
    QUOTE,
    TABLE,
)
from letters.press.block_styles.opening import LETTERHEAD
from letters.press.block_styles.sheets import SHEET
from letters.press.block_styles.style import PARAGRAPH_SPACE, STEP
from letters.press.block_styles.text import ALL_TEXT, HEADINGS, IN_ITEM, PARAGRAPH
from letters.press.docx.edges import edge_styles, opening_styles
from letters.press.docx.line_styles import style_of, styles_of
from letters.press.docx.numbering import DEEPEST, KINDS, number_of
from letters.press.docx.styles import Setting, Style, style_id, styles_part
from letters.press.docx.tables import table_styles
from letters.press.docx.type import Type
from letters.press.reference import Key
from letters.press.theme import Theme


def styles_xml(theme: Theme, home: TextLanguage) -> bytes:
    """``styles.xml`` for a letter in that language."""
    return styles_part(
        letter_styles(theme, home), table_styles(theme), theme, home, theme.reference
    )


def letter_styles(theme: Theme, home: TextLanguage) -> tuple[Style, ...]:
    """All styles of paragraphs and of words, made from the tokens."""
    return (
        *_text_styles(theme, rtl=home.direction == "rtl"),
        *opening_styles(theme),
        *_list_styles(theme),
        *_table_text_styles(theme),
        *(style for block in (*ENDING, FOOT_NOTES) for style in styles_of(block, theme)),
        *edge_styles(theme),
        *_character_styles(theme),
    )


def style_keys(theme: Theme) -> frozenset[Key]:
    """What a reference.docx is searched for."""
    styles = letter_styles(theme, TextLanguage("en", "ltr"))
    base = ("character", "default paragraph font")
    return frozenset({style.key for style in styles if not style.own} | {base})


def _text_styles(theme: Theme, *, rtl: bool) -> tuple[Style, ...]:
    all_text = style_of(ALL_TEXT.words, theme)
    return (
        replace(all_text, setting=replace(all_text.setting, bidi=rtl)),
        *styles_of(PARAGRAPH, theme),
        *styles_of(HEADINGS, theme),
        *styles_of(QUOTE, theme),
        *styles_of(BOX, theme),
        *styles_of(FIGURE, theme),
        *styles_of(DIVIDER, theme),
        *(
            Style(
                f"Quote {level}",
                setting=Setting(indent=(STEP.points * level, STEP.points)),
                based="Quote",
                rare=True,
            )
            for level in range(2, DEEPEST + 2)
        ),
        Style("New Page", setting=Setting(line=1, new_page=True), following="Body Text", own=True),
    )


def _sender(theme: Theme) -> Style:
    style = style_of(LETTERHEAD.lines["name"], theme)
    return replace(style, type=replace(style.type, small_capitals=theme.small_capitals))


def _list_styles(theme: Theme) -> tuple[Style, ...]:
    """The first level stands in the numbering, whose indents Word prefers to the style's.

    The last line of a list has a style of its own, with the space of a paragraph below.
    """
    styles: list[Style] = []
    for item in styles_of(LISTS, theme):
        kind = next(kind for kind in KINDS if style_id(item.name).startswith(kind))
        styles.append(replace(item, setting=replace(item.setting, numbering=number_of(kind))))
    further = style_of(IN_ITEM.words, theme)
    last = Setting(after=PARAGRAPH_SPACE.of(theme))
    for level in range(1, DEEPEST + 2):
        name, deeper = (f"{further.name} {level}", True) if level > 1 else (further.name, False)
        indent = (STEP.points * level, 0)
        styles += (
            replace(
                further,
                name=name,
                setting=replace(further.setting, indent=indent),
                rare=deeper,
                use="" if deeper else further.use,
            ),
            Style(
                f"{name} End",
                setting=last,
                based=name,
                following="Body Text",
                rare=deeper,
                use="" if deeper else "the same at the end of a list",
            ),
        )
    return tuple(styles)


def _table_text_styles(theme: Theme) -> tuple[Style, ...]:
    """Words in cells; the gap after them is theirs, so that figures can stand at the margin."""
    below = Setting(line=1, after=BELOW_TABLE.of(theme) - 1)
    return (
        *styles_of(TABLE, theme),
        Style("Table End", setting=below, own=True),
        *styles_of(SHEET, theme),
    )


def _character_styles(theme: Theme) -> tuple[Style, ...]:
    def style(name: str, letters: Type, use: str, based: str = "Default Paragraph Font") -> Style:
        return Style(name, letters, based=based, kind="character", use=use)

    strong, emphasis, both = Type(bold=True), Type(italic=True), Type(bold=True, italic=True)
    raised = Type(raised=True)
    return (
        _sender(theme),
        style("Letterhead Name Emphasis", emphasis, "the same, with emphasis", "Letterhead Name"),
        style("Strong", strong, "what is strong"),
        style("Emphasis", emphasis, "what has emphasis"),
        style("Emphasis Strong", both, "both"),
        style("Ordinal", raised, "the end of a French ordinal: 1er"),
        style("Strong Ordinal", raised, "a strong one", "Strong"),
        style("Emphasis Ordinal", raised, "one with emphasis", "Emphasis"),
        style("Emphasis Strong Ordinal", raised, "one with both", "Emphasis Strong"),
        style("Hyperlink", Type(), "an address on the web"),
        style("Hyperlink Strong", strong, "a strong one", "Hyperlink"),
        style("Hyperlink Emphasis", emphasis, "one with emphasis", "Hyperlink"),
        style("Hyperlink Emphasis Strong", both, "one with both", "Hyperlink"),
        style("Endnote Number", Type(), "the number before a source"),
        *(style_of(line, theme) for line in NOTE_MARK.lines.values()),
    )
