"""Which named style each kind of block has in Word, made from the tokens of the theme."""

from __future__ import annotations

from dataclasses import replace

from letters.press.docx.numbering import LIST_STEP, number_of
from letters.press.docx.ooxml import tag, twips
from letters.press.docx.styles import Rule, Setting, Style, Type, styles_part, text_width
from letters.press.theme import Theme

COLUMN_GAP = 14
"""Points between two columns of signatures."""

_TIGHT = 3
"""Points between lines that belong together: a heading and its text, two asks."""


def styles_xml(theme: Theme, language: str, *, rtl: bool) -> bytes:
    """``styles.xml`` for a letter in ``language``."""
    styles = (
        *_text_styles(theme, rtl=rtl),
        *_opening_styles(theme),
        *_list_styles(theme),
        *_ending_styles(theme),
        *_edge_styles(theme),
        *_character_styles(theme),
    )
    return styles_part(styles, _table_styles(theme), theme, language)


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
        Style("Table Text", Type(size=theme.text_size - 1), Setting(line=theme.address_line)),
        Style("Table Heading", Type(bold=True), Setting(keep_next=True), based="Table Text"),
        Style("Table End", setting=Setting(line=gap)),
    )


def _opening_styles(theme: Theme) -> tuple[Style, ...]:
    gap, block = theme.paragraph_space, theme.block_space
    rule = Rule("bottom", theme.accent_colour, space=6, width=0.75)
    return (
        Style("Letterhead Logo", setting=Setting(after=gap, line=theme.text_line, at_least=True)),
        Style(
            "Letterhead",
            Type(theme.label_font, theme.label_size, theme.muted_colour),
            Setting(
                after=block * 1.5, line=theme.small_line, tab_twips=text_width(theme), rule=rule
            ),
            following="Date",
        ),
        Style("Date", setting=Setting(after=block), following="Inside Address"),
        Style(
            "Inside Address",
            setting=Setting(after=block, line=theme.address_line, keep_lines=True),
            following="Subject Line",
        ),
        Style(
            "Subject Line",
            Type(bold=True),
            Setting(after=gap, keep_next=True, keep_lines=True),
            following="Salutation",
        ),
        Style("Salutation", setting=Setting(after=gap, keep_next=True), following="Body Text"),
    )


def _list_styles(theme: Theme) -> tuple[Style, ...]:
    """The first level stands in the numbering, whose indents Word prefers to the style's."""
    further = Setting(after=theme.paragraph_space, indent=(LIST_STEP, 0))
    ask = Setting(after=_TIGHT, numbering=number_of("Ask"), keep_lines=True)
    return (
        Style("List Number", setting=Setting(numbering=number_of("ListNumber"))),
        Style("List Bullet", setting=Setting(numbering=number_of("ListBullet"))),
        Style("Ask", setting=ask),
        Style("List Continue", setting=further),
    )


def _ending_styles(theme: Theme) -> tuple[Style, ...]:
    block, line = theme.block_space, theme.small_line
    label = Type(theme.label_font, theme.label_size, theme.muted_colour, bold=True)
    small = Type(theme.label_font, theme.small_size, theme.muted_colour)
    rule = Rule("top", theme.muted_colour, space=4)
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
            Setting(after=2, line=line, indent=(12, 0), hanging=12, keep_lines=True),
        ),
        Style(
            "Endnote Separator",
            setting=Setting(
                before=block, line=6, rule=Rule("top", theme.rule_colour), keep_next=True
            ),
        ),
    )


def _edge_styles(theme: Theme) -> tuple[Style, ...]:
    small = Type(theme.label_font, theme.small_size, theme.muted_colour)
    edge = Setting(line=theme.small_line, tab_twips=text_width(theme))
    mark = Type(theme.label_font, theme.label_size, theme.accent_colour, bold=True)
    return (
        Style("header", small, edge),
        Style("footer", small, edge),
        Style("Draft Mark", mark, Setting(line=theme.small_line, jc="center")),
    )


def _character_styles(theme: Theme) -> tuple[Style, ...]:
    def style(name: str, letters: Type) -> Style:
        return Style(name, letters, based="Default Paragraph Font", kind="character")

    return (
        style("Letterhead Name", Type(colour=theme.accent_colour, bold=True, letter_space=0.35)),
        style("Strong", Type(bold=True)),
        style("Emphasis", Type(italic=True)),
        style("Hyperlink", Type()),
        style("Endnote Number", Type()),
        style("endnote reference", Type(theme.label_font, colour=theme.accent_colour, raised=True)),
    )


def _table_styles(theme: Theme) -> str:
    """Tables in the text have thin rules between rows; those of signatures have none."""
    thin = Rule("insideH", theme.rule_colour)
    below_head = Rule("bottom", theme.accent_colour, width=0.75)
    return (
        _table_style(
            "Normal Table",
            f"{tag('tblInd', w=0, type='dxa')}{_cell_margins(0, 0, 0, 0)}",
        )
        + _table_style(
            "Letter Table",
            "<w:tblBorders>"
            + replace(thin, side="bottom").xml()
            + thin.xml()
            + f"</w:tblBorders>{_cell_margins(3, 0, 3, 6)}",
            '<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>'
            + below_head.xml()
            + "</w:tcBorders></w:tcPr></w:tblStylePr>",
        )
        + _table_style("Signature Table", _cell_margins(0, 0, 8, COLUMN_GAP))
    )


def _table_style(name: str, properties: str, conditions: str = "") -> str:
    plain = name == "Normal Table"
    marks = ' w:default="1"' if plain else ' w:customStyle="1"'
    based = "<w:semiHidden/>" if plain else '<w:basedOn w:val="NormalTable"/><w:qFormat/>'
    return (
        f'<w:style w:type="table"{marks} w:styleId="{name.replace(" ", "")}">'
        f"{tag('name', name)}{based}<w:tblPr>{properties}</w:tblPr>{conditions}</w:style>"
    )


def _cell_margins(top: float, left: float, bottom: float, right: float) -> str:
    sides = (("top", top), ("left", left), ("bottom", bottom), ("right", right))
    written = "".join(tag(side, w=twips(points), type="dxa") for side, points in sides)
    return f"<w:tblCellMar>{written}</w:tblCellMar>"
