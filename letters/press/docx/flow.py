"""What a Word page is made of: lines of a named style, tables, pictures in the line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from letters.draft.document import Image
from letters.press.docx.ooxml import EMU_A_POINT, POINTS_A_PIXEL, escape, tag

LINE_BREAK = "<w:r><w:br/></w:r>"
TAB = "<w:r><w:tab/></w:r>"

_DRAWN = (
    "<w:r><w:drawing>"
    '<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
    '<wp:docPr id="{id}" name="Picture {id}" descr="{alt}"/>'
    '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic><pic:nvPicPr><pic:cNvPr id="{id}" name="Picture {id}" descr="{alt}"/>'
    "<pic:cNvPicPr/></pic:nvPicPr>"
    '<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
    '</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph. All but ``style`` and ``runs`` is what no style can know beforehand.

    ``number`` is (number of the list, level); ``rtl`` is said where the paragraph does not run as
    the letter does.
    """

    style: str
    runs: str = ""
    number: tuple[int, int] | None = None
    keep_next: bool = False
    rtl: bool | None = None

    def xml(self) -> str:
        written = tag("pStyle", self.style)
        written += "<w:keepNext/>" if self.keep_next else ""
        if self.number:
            number, level = self.number
            written += f"<w:numPr>{tag('ilvl', level)}{tag('numId', number)}</w:numPr>"
        if self.rtl is not None:
            written += "<w:bidi/>" if self.rtl else tag("bidi", "false")
        return f"<w:p><w:pPr>{written}</w:pPr>{self.runs}</w:p>"

    def turned(self, *, rtl: bool) -> Line:
        """The same in a passage that runs against the letter."""
        return self if self.rtl is not None else replace(self, rtl=rtl)


Cell: TypeAlias = "Sequence[Line | Grid]"


@dataclass(frozen=True, slots=True)
class Grid:
    """One table; ``widths`` of its columns in twips, each row its cells from the start.

    A row of fewer cells than columns ends in a wide one. The first ``heads`` rows are repeated on
    every page; ``first_row`` lets the style treat the first row apart. Rows stay whole unless they
    are ``split``; ``height`` is that of every row in twips, where it is fixed.
    """

    style: str
    widths: tuple[int, ...]
    rows: Sequence[Sequence[Cell]]
    rtl: bool
    heads: int = 0
    first_row: bool = False
    split: bool = False
    heights: tuple[int, ...] = ()

    def xml(self) -> str:
        properties = (
            tag("tblStyle", self.style)
            + ("<w:bidiVisual/>" if self.rtl else "")
            + tag("tblW", w=sum(self.widths), type="dxa")
            + tag("tblLayout", type="fixed")
            + tag("tblLook", firstRow=int(self.first_row), noHBand=1, noVBand=1)
        )
        columns = "".join(tag("gridCol", w=width) for width in self.widths)
        rows = "".join(self._row(index, row) for index, row in enumerate(self.rows))
        return (
            f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
        )

    def turned(self, *, rtl: bool) -> Grid:
        """The same in a passage that runs against the letter."""
        rows = [
            [[piece.turned(rtl=rtl) for piece in cell] for cell in cells] for cells in self.rows
        ]
        return replace(self, rows=rows)

    def _row(self, index: int, cells: Sequence[Cell]) -> str:
        properties = "" if self.split else "<w:cantSplit/>"
        if self.heights:
            properties += tag("trHeight", self.heights[index], hRule="exact")
        properties += "<w:tblHeader/>" if index < self.heads else ""
        written = f"<w:trPr>{properties}</w:trPr>" if properties else ""
        for column, cell in enumerate(cells):
            covered = (
                self.widths[column:] if cell is cells[-1] else self.widths[column : column + 1]
            )
            width = tag("tcW", w=sum(covered), type="dxa")
            width += tag("gridSpan", len(covered)) if len(covered) > 1 else ""
            written += f"<w:tc><w:tcPr>{width}</w:tcPr>{flow(cell)}</w:tc>"
        return f"<w:tr>{written}</w:tr>"


Piece: TypeAlias = Line | Grid


def flow(pieces: Iterable[Piece]) -> str:
    """The pieces as the content of a body.

    Word takes two tables without a paragraph between for one, and calls a body damaged that ends
    in a table: a thin "Table End" line stands in both places.
    """
    written: list[str] = []
    after_table = False
    for piece in pieces:
        if after_table and isinstance(piece, Grid):
            written.append(Line("TableEnd").xml())
        written.append(piece.xml())
        after_table = isinstance(piece, Grid)
    if after_table:
        written.append(Line("TableEnd").xml())
    return "".join(written)


def drawing(image: Image, relation: str, number: int, room: tuple[float, float]) -> str:
    """A run with the picture at its own size (96 pixels an inch), or smaller to fit ``room``.

    ``room`` is the greatest width and height in points, ``number`` the picture's own in the file.
    """
    width, height = image.width * POINTS_A_PIXEL, image.height * POINTS_A_PIXEL
    scale = min(1.0, room[0] / width, room[1] / height)
    size = f'cx="{round(width * scale * EMU_A_POINT)}" cy="{round(height * scale * EMU_A_POINT)}"'
    return _DRAWN.format(size=size, id=number, alt=escape(image.alt), relation=relation)
