"""The document in which a user edits the styles of a theme: every style by its name.

Each line says what the style is for and is set in it, so that whoever changes a style in Word sees
what it does. Only the styles are read back, the sheet and its margins.
"""

from __future__ import annotations

import datetime as dt

from letters.draft.document import Letter, TextLanguage
from letters.press.docx import parts
from letters.press.docx.flow import FlowRow, Grid, Line, Piece, flow
from letters.press.docx.look import letter_styles, styles_xml
from letters.press.docx.numbering import Numbering
from letters.press.docx.ooxml import part
from letters.press.docx.package import Member, bind
from letters.press.docx.runs import Marks, Relations, RunWriter
from letters.press.docx.styles import Style, style_id, text_width
from letters.press.docx.theme import faces, font_table, office_theme
from letters.press.theme import Theme

_HOME = TextLanguage("en", "ltr")


def write_specimen(theme: Theme) -> bytes:
    """The bytes of a reference.docx made from the tokens of ``theme``."""
    letter = Letter(
        _HOME.tag,
        _HOME.direction,
        f"Styles of the theme {theme.name}",
        "",
        dt.date(2000, 1, 1),
        (),
    )
    relations = Relations()
    words = RunWriter(_HOME, relations)
    styles = [style for style in letter_styles(theme, _HOME) if style.use]
    edge = {
        name: part(
            root,
            "".join(_line(each, words).xml() for each in styles if _edge_of(each) == name),
        )
        for name, root in _EDGES.items()
    }
    body = flow(_pieces(styles, theme, words)) + parts.section(letter, theme)
    members = [
        Member("styles.xml", "STYLES", styles_xml(theme, _HOME), "rIdStyles"),
        Member("fontTable.xml", "FONT_TABLE", font_table(theme), "rIdFonts", fonts=faces(theme)),
        Member("theme/theme1.xml", "THEME", office_theme(theme), "rIdTheme"),
        Member("settings.xml", "SETTINGS", parts.settings(letter, theme), "rIdSettings"),
        Member("numbering.xml", "NUMBERING", Numbering(theme).part(), "rIdNumbering"),
        Member("header1.xml", "HEADER", edge["header"], "rIdFirstHead"),
        Member("header2.xml", "HEADER", edge["header"], "rIdHead"),
        Member("footer1.xml", "FOOTER", edge["footer"], "rIdFirstFoot"),
        Member("footer2.xml", "FOOTER", edge["footer"], "rIdFoot"),
    ]
    document = part("document", f"<w:body>{body}</w:body>")
    return bind(document, relations, members, parts.core_properties(letter))


_EDGES = {"header": "hdr", "footer": "ftr"}


def _pieces(styles: list[Style], theme: Theme, words: RunWriter) -> list[Piece]:
    """A line for each style; those of cells stand in tables, as they do in letters."""
    pieces: list[Piece] = []
    for style in styles:
        if _edge_of(style) in _EDGES:
            continue
        if style.kind == "character":
            said = words.plain(f"{style.name}: ")
            shown = words.plain(style.use, Marks(style=style_id(style.name)))
            pieces.append(Line("BodyText", said + shown))
        elif style.name == "Endnote Separator":  # no words fit into it
            said = words.plain(f"{style.name}: {style.use}")
            pieces += (Line("EndnoteText", said), Line(style_id(style.name)))
        elif style.name.startswith(("Table ", "Sheet ")):
            grid = "SheetTable" if style.name.startswith("Sheet") else "LetterTable"
            row = FlowRow([[_line(style, words)]])
            pieces.append(Grid(grid, (text_width(theme),), [row], rtl=False))
        else:
            pieces.append(_line(style, words))
    return pieces


def _edge_of(style: Style) -> str:
    return style.name.partition(" ")[0].lower()


def _line(style: Style, words: RunWriter) -> Line:
    return Line(style_id(style.name), words.plain(f"{style.name}: {style.use}"))
