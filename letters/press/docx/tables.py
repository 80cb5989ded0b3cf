"""Word's styles of tables: those of the text, and those that only keep things in their places."""

from __future__ import annotations

from msgspec.structs import replace

from letters.press.block_styles.ending import BELOW_SIGNATURE, COLUMN_GAP
from letters.press.block_styles.lists import CELL_PADDING, HEAD_RULE, ROW_RULE
from letters.press.block_styles.opening import ABOVE_RULE, UNDERLINE
from letters.press.block_styles.sheets import PARALLEL_GAP, SHEET_RULE
from letters.press.block_styles.style import EdgeRule, Length
from letters.press.docx.line_styles import border
from letters.press.docx.ooxml import tag, twips, twips_from_mm
from letters.press.sheet_width import outside
from letters.press.theme import Theme

_NONE = Length()


def table_styles(theme: Theme) -> str:
    """Tables in the text have thin rules between rows; those of signatures have none."""
    return (
        _table_style(
            "Normal Table",
            f"{tag('tblInd', w=0, type='dxa')}{_cell_margins()}",
        )
        + _table_style(
            "Letter Table",
            f"<w:tblBorders>{_borders(ROW_RULE, theme, 'bottom', 'insideH')}</w:tblBorders>"
            + _cell_margins(top=CELL_PADDING, bottom=CELL_PADDING),
            '<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>'
            + _borders(HEAD_RULE, theme, "bottom")
            + "</w:tcBorders></w:tcPr></w:tblStylePr>",
        )
        + _table_style(
            "Sheet Table",
            # Out into the margin at the start, which is the left one but for a page turned round.
            tag("tblInd", w=-twips_from_mm(outside(theme)[0]), type="dxa")
            + f"<w:tblBorders>{_borders(SHEET_RULE, theme, *_SIDES)}</w:tblBorders>"
            + _cell_margins(),
        )
        + _table_style(
            "Parallel Table",
            tag("tblInd", w=-twips(PARALLEL_GAP.points), type="dxa")
            + _cell_margins(left=PARALLEL_GAP, right=PARALLEL_GAP),
        )
        + _table_style("Window Table", "")
        + _table_style("Edge Table", "")
        + _letterhead_table(theme)
        + _table_style("Signature Table", _cell_margins(bottom=BELOW_SIGNATURE, right=COLUMN_GAP))
    )


def _letterhead_table(theme: Theme) -> str:
    below = _borders(replace(UNDERLINE, gap=_NONE), theme, "bottom")
    borders = f"<w:tblBorders>{below}</w:tblBorders>" if below else ""
    return _table_style("Letterhead Table", borders + _cell_margins(bottom=ABOVE_RULE))


_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def _borders(rule: EdgeRule, theme: Theme, *sides: str) -> str:
    found = (border(rule, side, theme) for side in sides)
    return "".join(each.xml() for each in found if each)


def _table_style(name: str, properties: str, conditions: str = "") -> str:
    plain = name == "Normal Table"
    marks = ' w:default="1"' if plain else ' w:customStyle="1"'
    based = "<w:semiHidden/>" if plain else '<w:basedOn w:val="NormalTable"/><w:qFormat/>'
    return (
        f'<w:style w:type="table"{marks} w:styleId="{name.replace(" ", "")}">'
        f"{tag('name', name)}{based}<w:tblPr>{properties}</w:tblPr>{conditions}</w:style>"
    )


def _cell_margins(
    *, top: Length = _NONE, left: Length = _NONE, bottom: Length = _NONE, right: Length = _NONE
) -> str:
    sides = (("top", top), ("left", left), ("bottom", bottom), ("right", right))
    written = "".join(tag(side, w=twips(each.points), type="dxa") for side, each in sides)
    return f"<w:tblCellMar>{written}</w:tblCellMar>"
