"""Word's styles of tables: those of the text, and those that only keep things in their places."""

from __future__ import annotations

from dataclasses import replace

from letters.press.docx.ooxml import tag, twips
from letters.press.docx.styles import Border
from letters.press.theme import Theme

COLUMN_GAP = 14
"""Points between two columns of signatures."""

PARALLEL_GAP = 8
"""Points on both sides of the words of two editions side by side."""

SHEET_ROW = 33.5
"""Points that a row has for a signature by hand: with its line, 12 mm."""


def table_styles(theme: Theme) -> str:
    """Tables in the text have thin rules between rows; those of signatures have none."""
    thin = Border("insideH", theme.rule_colour)
    below_head = Border("bottom", theme.accent_colour, width=0.75)
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
            + _cell_margins(0, 0, 0, 0),
        )
        + _table_style(
            "Parallel Table",
            tag("tblInd", w=-twips(PARALLEL_GAP), type="dxa")
            + _cell_margins(0, PARALLEL_GAP, 0, PARALLEL_GAP),
        )
        + _table_style("Window Table", "")
        + _table_style("Edge Table", "")
        + _letterhead_table(theme)
        + _table_style("Signature Table", _cell_margins(0, 0, 8, COLUMN_GAP))
    )


def _letterhead_table(theme: Theme) -> str:
    below = Border("bottom", theme.accent_colour, width=theme.letterhead_rule).xml()
    borders = f"<w:tblBorders>{below}</w:tblBorders>" if theme.letterhead_rule else ""
    return _table_style("Letterhead Table", borders + _cell_margins(0, 0, 6, 0))


def _all_sides(colour: str) -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return "".join(Border(side, colour).xml() for side in sides)


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
