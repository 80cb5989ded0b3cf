"""The document in which a user edits the styles of a theme: every style by its name.

Each line says what the style is for and is set in it, so that whoever changes a style in Word sees
what it does. Only the styles are read back, the sheet and its margins.
"""

from __future__ import annotations

import datetime as dt

from letters.draft.document import Letter, TextLanguage
from letters.press.docx import parts
from letters.press.docx.flow import Grid, Line, Piece, Row, flow
from letters.press.docx.look import letter_styles, styles_xml
from letters.press.docx.numbering import Numbering
from letters.press.docx.ooxml import part
from letters.press.docx.package import Member, bind
from letters.press.docx.runs import Marks, Relations, RunWriter
from letters.press.docx.styles import Style, style_id, text_width
from letters.press.docx.theme import font_table, office_theme
from letters.press.theme import Theme

_HOME = TextLanguage("en", "ltr")

_ABOUT = {
    "Normal": "what all other styles are based on",
    "Body Text": "the paragraphs of the letter; a line of it should hold 60 to 75 characters",
    "heading 1": "a heading in the letter",
    "heading 2": "a heading below that",
    "Quote": "what others have said",
    "Letterhead": "the sender",
    "Letterhead Beside Logo": "the sender, where a logo stands at the side",
    "Letterhead Name": "the name of the sender in it",
    "Letterhead Name Emphasis": "the same, with emphasis",
    "Date": "place and date",
    "Inside Address": "the recipient’s address",
    "Subject Line": "what the letter is about",
    "Salutation": "Dear …",
    "List Number": "an item of a numbered list",
    "List Number End": "its last item",
    "List Bullet": "an item of a list without numbers",
    "List Bullet End": "its last item",
    "Ask": "one of the things that the letter asks for",
    "Ask End": "the last of them",
    "List Continue": "what else belongs to an item",
    "List Continue End": "the same at the end of a list",
    "Table Text": "words in a table",
    "Table Text Center": "words in the middle of a column",
    "Table Text End": "figures at the end of a column",
    "Table Heading": "the head of a column",
    "Table Heading Center": "the same, in the middle",
    "Table Heading End": "the same, at the end",
    "Sheet Heading": "the head of a column of a sheet to sign by hand",
    "Sheet Room": "an empty row of such a sheet: its line is the height of the row",
    "Closing": "Yours sincerely,",
    "Signature Label": "the name of a group of signatories",
    "Signature Space": "room for a signature by hand",
    "Signature": "the name of a signatory",
    "Signature Ruled": "the same, under a line to sign on",
    "Signature Detail": "role, affiliation",
    "Signature State": "not yet signed",
    "Signature Remark": "who else signed",
    "Signature Remark End": "the last of these remarks",
    "Postscript": "P.S. what is said after the signatures",
    "Enclosures Label": "Enclosures, Copies to",
    "Enclosures": "what is enclosed, who has a copy",
    "endnote text": "a source",
    "Endnote Separator": "the line above the sources",
    "header": "the recipient at the head of further pages",
    "Header End": "the date at the other end",
    "footer": "what stands at the foot of each page",
    "Footer End": "the page at the other end",
    "Draft Mark": "Draft",
    "Strong": "what is strong",
    "Emphasis": "what has emphasis",
    "Emphasis Strong": "both",
    "Hyperlink": "an address on the web",
    "Hyperlink Strong": "a strong one",
    "Hyperlink Emphasis": "one with emphasis",
    "Hyperlink Emphasis Strong": "one with both",
    "Endnote Number": "the number before a source",
    "endnote reference": "the number of a source in the text",
}
"""Every style that can be edited, and what it is for."""


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
    styles = [style for style in letter_styles(theme, _HOME) if style.name in _ABOUT]
    edge = {
        name: part(root, _line(name, words).xml() + _line(f"{name.title()} End", words).xml())
        for name, root in _EDGES.items()
    }
    body = flow(_pieces(styles, theme, words)) + parts.section(letter, theme)
    members = [
        Member("styles.xml", "STYLES", styles_xml(theme, _HOME), "rIdStyles"),
        Member("fontTable.xml", "FONT_TABLE", font_table(theme), "rIdFonts"),
        Member("theme/theme1.xml", "THEME", office_theme(theme), "rIdTheme"),
        Member("settings.xml", "SETTINGS", parts.settings(letter), "rIdSettings"),
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
        if style.name.partition(" ")[0].lower() in _EDGES:
            continue
        if style.kind == "character":
            said = words.plain(f"{style.name}: ")
            shown = words.plain(_ABOUT[style.name], Marks(style=style_id(style.name)))
            pieces.append(Line("BodyText", said + shown))
        elif style.name == "Endnote Separator":  # no words fit into it
            said = words.plain(f"{style.name}: {_ABOUT[style.name]}")
            pieces += (Line("EndnoteText", said), Line(style_id(style.name)))
        elif style.name.startswith(("Table ", "Sheet ")):
            grid = "SheetTable" if style.name.startswith("Sheet") else "LetterTable"
            row = Row([[_line(style.name, words)]])
            pieces.append(Grid(grid, (text_width(theme),), [row], rtl=False))
        else:
            pieces.append(_line(style.name, words))
    return pieces


def _line(name: str, words: RunWriter) -> Line:
    return Line(style_id(name), words.plain(f"{name}: {_ABOUT[name]}"))
