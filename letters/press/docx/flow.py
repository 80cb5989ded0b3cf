"""What a Word page is made of: lines of a named style, tables, pictures in the line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from letters.draft.document import Image
from letters.press.docx.ooxml import EMU_A_POINT, POINTS_A_PIXEL, escape, tag, twips

LINE_BREAK = "<w:r><w:br/></w:r>"
TAB = "<w:r><w:tab/></w:r>"
_NO_GAP = tag("right", w=0, type="dxa")

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

    ``number`` is (number of the list, level); ``indent`` and ``after`` are in points.
    """

    style: str
    runs: str = ""
    number: tuple[int, int] | None = None
    indent: float = 0
    after: float | None = None
    align: str = ""
    keep_next: bool = False

    def xml(self) -> str:
        written = tag("pStyle", self.style)
        written += "<w:keepNext/>" if self.keep_next else ""
        if self.number:
            number, level = self.number
            written += f"<w:numPr>{tag('ilvl', level)}{tag('numId', number)}</w:numPr>"
        written += tag("spacing", after=twips(self.after)) if self.after is not None else ""
        written += tag("ind", left=twips(self.indent)) if self.indent else ""
        written += tag("jc", self.align) if self.align else ""
        return f"<w:p><w:pPr>{written}</w:pPr>{self.runs}</w:p>"


@dataclass(frozen=True, slots=True)
class Grid:
    """One table; ``widths`` of its columns in twips, each row a cell of lines per column.

    ``head`` marks the first row as the one to repeat on every page; the columns in ``flush`` have
    no gap at their end, so that figures stand at the margin.
    """

    style: str
    widths: tuple[int, ...]
    rows: Sequence[Sequence[Sequence[Line]]]
    rtl: bool
    head: bool = False
    flush: frozenset[int] = frozenset()

    def xml(self) -> str:
        properties = (
            tag("tblStyle", self.style)
            + ("<w:bidiVisual/>" if self.rtl else "")
            + tag("tblW", w=sum(self.widths), type="dxa")
            + tag("tblLayout", type="fixed")
            + tag("tblLook", firstRow=int(self.head), noHBand=1, noVBand=1)
        )
        columns = "".join(tag("gridCol", w=width) for width in self.widths)
        rows = "".join(
            self._row(row, head=self.head and index == 0) for index, row in enumerate(self.rows)
        )
        return (
            f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
        )

    def _row(self, cells: Sequence[Sequence[Line]], *, head: bool) -> str:
        properties = f"<w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>"
        written = "".join(
            f"<w:tc><w:tcPr>{self._cell_properties(column)}</w:tcPr>"
            f"{''.join(line.xml() for line in cell)}</w:tc>"
            for column, cell in enumerate(cells)
        )
        return f"<w:tr>{properties}{written}</w:tr>"

    def _cell_properties(self, column: int) -> str:
        width = tag("tcW", w=self.widths[column], type="dxa")
        return f"{width}<w:tcMar>{_NO_GAP}</w:tcMar>" if column in self.flush else width


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
