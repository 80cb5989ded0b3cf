"""Which named style each kind of block has in Word, made from the tokens of the theme."""

from __future__ import annotations

from dataclasses import replace

from letters.draft.document import Tongue
from letters.press.docx.numbering import DEEPEST, LIST_STEP, number_of
from letters.press.docx.ooxml import tag, twips
from letters.press.docx.styles import Rule, Setting, Style, Type, styles_part, text_width
from letters.press.theme import Theme

COLUMN_GAP = 14
"""Points between two columns of signatures."""

PARALLEL_GAP = 12
"""Points between two editions side by side."""

SHEET_ROW = 34
"""Points that a row has for a signature by hand: 12 mm."""

_CELL_GAP = 6

_TIGHT = 3
"""Points between lines that belong together: a heading and its text, two asks."""


def styles_xml(theme: Theme, home: Tongue) -> bytes:
    """``styles.xml`` for a letter in that language."""
    styles = (
        *_text_styles(theme, rtl=home.direction == "rtl"),
        *_opening_styles(theme),
        *_list_styles(theme),
        *_table_text_styles(theme),
        *_ending_styles(theme),
        *_edge_styles(theme),
        *_character_styles(theme),
    )
    return styles_part(styles, _table_styles(theme), theme, home)


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
        Style("New Page", setting=Setting(line=1, new_page=True), following="Body Text"),
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
    """Words in cells; the gap between columns is theirs, so that figures can stand at the margin."""
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
        Style("Table End", setting=Setting(line=theme.paragraph_space)),
        Style("Sheet Heading", bold, keep, based="Table Text"),
        Style("Sheet Room", setting=Setting(line=SHEET_ROW), based="Table Text"),
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
        Style("Signature Remark End", setting=Setting(after=block), based="Signature Remark"),
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
            + f"</w:tblBorders>{_cell_margins(3, 0, 3, 0)}",
            '<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>'
            + below_head.xml()
            + "</w:tcBorders></w:tcPr></w:tblStylePr>",
        )
        + _table_style(
            "Sheet Table",
            f"<w:tblBorders>{_all_sides(theme.muted_colour)}</w:tblBorders>"
            + _cell_margins(0, 4, 0, 0),
            # The prayer above the head has no lines around it.
            '<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>'
            + "".join(tag(side, "nil") for side in ("top", "left"))
            + Rule("bottom", theme.muted_colour).xml()
            + tag("right", "nil")
            + "</w:tcBorders></w:tcPr></w:tblStylePr>",
        )
        + _table_style("Parallel Table", _cell_margins(0, 0, 0, PARALLEL_GAP))
        + _table_style("Signature Table", _cell_margins(0, 0, 8, COLUMN_GAP))
    )


def _all_sides(colour: str) -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return "".join(Rule(side, colour).xml() for side in sides)


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
