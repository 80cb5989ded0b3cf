"""Which named style each kind of block has in Word, made from the tokens of the theme."""

from __future__ import annotations

from dataclasses import replace

from letters.draft.document import TextLanguage
from letters.press.docx.edges import edge_styles, opening_styles
from letters.press.docx.numbering import DEEPEST, LIST_STEP, number_of
from letters.press.docx.styles import Border, Setting, Style, Type, styles_part
from letters.press.docx.tables import SHEET_ROW, table_styles
from letters.press.reference import Key
from letters.press.theme import Theme

_CELL_GAP = 6

_TIGHT = 3
"""Points between lines that belong together: a heading and its text, two asks."""


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
        *_ending_styles(theme),
        *edge_styles(theme),
        *_character_styles(theme),
    )


def style_keys(theme: Theme) -> frozenset[Key]:
    """What a reference.docx is searched for."""
    styles = letter_styles(theme, TextLanguage("en", "ltr"))
    base = ("character", "default paragraph font")
    return frozenset({style.key for style in styles if not style.own} | {base})


def _text_styles(theme: Theme, *, rtl: bool) -> tuple[Style, ...]:
    gap = theme.paragraph_space
    heading = Setting(before=gap, after=_TIGHT, keep_next=True, keep_lines=True, outline=0)
    return (
        Style(
            "Normal",
            Type(theme.text_font, theme.text_size, theme.text_colour),
            Setting(line=theme.text_line, bidi=rtl),
        ),
        Style("Body Text", setting=Setting(after=gap)),
        Style("heading 1", Type(bold=True), heading, following="Body Text"),
        Style("heading 2", Type(italic=True), replace(heading, outline=1), following="Body Text"),
        Style("Quote", setting=Setting(after=gap, indent=(LIST_STEP, LIST_STEP))),
        *(
            Style(
                f"Quote {level}",
                setting=Setting(indent=(LIST_STEP * level, LIST_STEP)),
                based="Quote",
                rare=True,
            )
            for level in range(2, DEEPEST + 2)
        ),
        Style("New Page", setting=Setting(line=1, new_page=True), following="Body Text", own=True),
    )


def _list_styles(theme: Theme) -> tuple[Style, ...]:
    """The first level stands in the numbering, whose indents Word prefers to the style's.

    The last line of a list has a style of its own, with the space of a paragraph below.
    """
    last = Setting(after=theme.paragraph_space)
    styles: list[Style] = []
    for name, setting in (
        ("List Number", Setting(numbering=number_of("ListNumber"))),
        ("List Bullet", Setting(numbering=number_of("ListBullet"))),
        ("Ask", Setting(after=_TIGHT, numbering=number_of("Ask"), keep_lines=True)),
    ):
        ending = replace(last, numbering=setting.numbering)
        styles += (
            Style(name, setting=setting),
            Style(f"{name} End", setting=ending, based=name, following="Body Text"),
        )
    for level in range(1, DEEPEST + 2):
        name = "List Continue" if level == 1 else f"List Continue {level}"
        further = Setting(before=_TIGHT, after=_TIGHT, indent=(LIST_STEP * level, 0))
        styles += (
            Style(name, setting=further, rare=level > 1),
            Style(f"{name} End", setting=last, based=name, following="Body Text", rare=level > 1),
        )
    return tuple(styles)


def _table_text_styles(theme: Theme) -> tuple[Style, ...]:
    """Words in cells; the gap after them is theirs, so that figures can stand at the margin."""
    text = Setting(line=theme.address_line, indent=(0, _CELL_GAP))
    bold, keep = Type(bold=True), Setting(keep_next=True)
    center, end = Setting(jc="center"), Setting(jc="right", indent=(0, 0), flush=True)
    return (
        Style("Table Text", Type(size=theme.text_size - 1), text),
        Style("Table Text Center", setting=center, based="Table Text"),
        Style("Table Text End", setting=end, based="Table Text"),
        Style("Table Heading", bold, keep, based="Table Text"),
        Style("Table Heading Center", setting=center, based="Table Heading"),
        Style("Table Heading End", setting=end, based="Table Heading"),
        Style("Table End", setting=Setting(line=1, after=theme.paragraph_space - 1), own=True),
        Style(
            "Sheet Heading",
            Type(theme.label_font, theme.label_size, bold=True),
            Setting(before=3, after=3, line=theme.small_line, indent=(4, 4), keep_next=True),
        ),
        Style("Sheet Room", setting=Setting(line=SHEET_ROW), based="Table Text"),
    )


def _ending_styles(theme: Theme) -> tuple[Style, ...]:
    block, line = theme.block_space, theme.small_line
    label = Type(theme.label_font, theme.label_size, theme.muted_colour, bold=True)
    small = Type(theme.label_font, theme.small_size, theme.muted_colour)
    rule = Border("top", theme.muted_colour, space=4)
    return (
        Style(
            "Closing",
            setting=Setting(before=block, after=theme.paragraph_space, keep_next=True),
            following="Signature",
        ),
        Style("Signature Label", label, Setting(before=block, after=4, line=line, keep_next=True)),
        Style(
            "Signature Space",
            setting=Setting(line=theme.signature_space, at_least=True, keep_next=True),
        ),
        Style("Signature", setting=Setting(line=theme.address_line)),
        Style("Signature Ruled", setting=Setting(rule=rule), based="Signature"),
        Style("Signature Detail", small, Setting(line=line)),
        Style("Signature State", replace(small, italic=True), Setting(line=line)),
        Style("Signature Remark", small, Setting(before=4, line=line)),
        Style("Signature Remark End", setting=Setting(after=block), based="Signature Remark"),
        Style("Postscript", setting=Setting(before=block, after=theme.paragraph_space)),
        Style(
            "Enclosures Label",
            replace(small, bold=True),
            Setting(before=theme.paragraph_space, line=line, keep_next=True),
            following="Enclosures",
        ),
        Style("Enclosures", small, Setting(line=line)),
        Style(
            "endnote text",
            small,
            Setting(after=2, line=line, indent=(14, 0), hanging=14, keep_lines=True),
        ),
        Style(
            "Endnote Separator",
            setting=Setting(
                before=block, line=6, rule=Border("top", theme.rule_colour), keep_next=True
            ),
        ),
    )


def _character_styles(theme: Theme) -> tuple[Style, ...]:
    def style(name: str, letters: Type, based: str = "Default Paragraph Font") -> Style:
        return Style(name, letters, based=based, kind="character")

    strong, emphasis = Type(bold=True), Type(italic=True)
    name = Type(colour=theme.accent_colour, bold=True, letter_space=0.35)
    return (
        style("Letterhead Name", name),
        style("Letterhead Name Emphasis", emphasis, "Letterhead Name"),
        style("Strong", strong),
        style("Emphasis", emphasis),
        style("Emphasis Strong", Type(bold=True, italic=True)),
        style("Hyperlink", Type()),
        style("Hyperlink Strong", strong, "Hyperlink"),
        style("Hyperlink Emphasis", emphasis, "Hyperlink"),
        style("Hyperlink Emphasis Strong", Type(bold=True, italic=True), "Hyperlink"),
        style("Endnote Number", Type()),
        style("endnote reference", Type(theme.label_font, colour=theme.accent_colour, raised=True)),
    )
