"""What a Word page is made of: lines of a named style, tables, pictures in the line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from letters.draft.document import Image
from letters.press.docx.ooxml import EMU_A_POINT, escape, tag
from letters.press.logo_place import drawn_size

LINE_BREAK = "<w:r><w:br/></w:r>"
TAB = "<w:r><w:tab/></w:r>"
_FIRST_ROW, _NO_BANDS = 0x0020, 0x0600
_BARE, _BELOW = (
    f"<w:tcBorders>{''.join(tag(side, 'nil') for side in sides)}</w:tcBorders>"
    for sides in (("top", "left", "right"), ("left", "bottom", "right"))
)

_DRAWN = (
    "<w:r><w:drawing>"
    '<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>{picture}'
    "</wp:inline></w:drawing></w:r>"
)
_PICTURE = (
    '<wp:docPr id="{id}" name="Picture {id}" descr="{alt}"/>'
    '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic><pic:nvPicPr><pic:cNvPr id="{id}" name="Picture {id}" descr="{alt}"/>'
    "<pic:cNvPicPr/></pic:nvPicPr>"
    '<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
    '</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    "</a:graphicData></a:graphic>"
)


class Line(Struct, frozen=True):
    """One paragraph. All but ``style`` and ``runs`` is what no style can know beforehand.

    ``number`` is (number of the list, level); ``rtl`` is said where the paragraph does not run as
    the letter does; ``end`` is room at its end, in twips.
    """

    style: str
    runs: str = ""
    number: tuple[int, int] | None = None
    keep_next: bool = False
    rtl: bool | None = None
    end: int | None = None

    def xml(self) -> str:
        written = tag("pStyle", self.style)
        written += "<w:keepNext/>" if self.keep_next else ""
        if self.number:
            number, level = self.number
            written += f"<w:numPr>{tag('ilvl', level)}{tag('numId', number)}</w:numPr>"
        if self.rtl is not None:
            written += "<w:bidi/>" if self.rtl else tag("bidi", "false")
        if self.end is not None:
            written += tag("ind", right=self.end)
        return f"<w:p><w:pPr>{written}</w:pPr>{self.runs}</w:p>"

    def turned(self, *, rtl: bool) -> Line:
        """The same in a passage that runs against the letter."""
        return self if self.rtl is not None else replace(self, rtl=rtl)


TABLE_END = Line("TableEnd")
"""What stands below a table."""

Cell: TypeAlias = "Sequence[Line | Grid]"


class FlowRow(Struct, frozen=True):
    """The cells of one row of a table.

    A ``head`` is repeated on every page; ``height`` in twips is exact; ``spans`` says how many
    columns each cell covers, where it is not one. A ``bare`` row has no lines around it but the
    one below, and one that stands ``below`` the others has only that above it. (A style can say
    so of the first row; LibreOffice takes that for all heads.)
    """

    cells: Sequence[Cell]
    head: bool = False
    height: int | None = None
    spans: tuple[int, ...] = ()
    bare: bool = False
    below: bool = False

    def xml(self, widths: tuple[int, ...], *, split: bool) -> str:
        properties = "" if split else "<w:cantSplit/>"
        properties += tag("trHeight", self.height, hRule="exact") if self.height else ""
        properties += "<w:tblHeader/>" if self.head else ""
        written = f"<w:trPr>{properties}</w:trPr>" if properties else ""
        column = 0
        for cell, span in zip(self.cells, self.spans or (1,) * len(widths), strict=True):
            width = tag("tcW", w=sum(widths[column : column + span]), type="dxa")
            width += tag("gridSpan", span) if span > 1 else ""
            width += _BARE if self.bare else _BELOW if self.below else ""
            written += f"<w:tc><w:tcPr>{width}</w:tcPr>{flow(cell)}</w:tc>"
            column += span
        return f"<w:tr>{written}</w:tr>"

    def kept(self) -> FlowRow:
        """The same on one page with what follows: Word looks at each line of a row."""
        cells = [
            [replace(each, keep_next=True) if isinstance(each, Line) else each for each in cell]
            for cell in self.cells
        ]
        return replace(self, cells=cells)

    def turned(self, *, rtl: bool) -> FlowRow:
        """The same in a passage that runs against the letter."""
        return replace(
            self, cells=[[piece.turned(rtl=rtl) for piece in cell] for cell in self.cells]
        )


class Grid(Struct, frozen=True):
    """One table; ``widths`` of its columns in twips, of which the first is at the start.

    ``first_row`` lets the style treat the first row apart. Rows stay whole unless ``split``.
    """

    style: str
    widths: tuple[int, ...]
    rows: Sequence[FlowRow]
    rtl: bool
    first_row: bool = False
    split: bool = False

    def xml(self) -> str:
        properties = (
            tag("tblStyle", self.style)
            + ("<w:bidiVisual/>" if self.rtl else "")
            + tag("tblW", w=sum(self.widths), type="dxa")
            + tag("tblLayout", type="fixed")
            + _look(self.first_row)
        )
        columns = "".join(tag("gridCol", w=width) for width in self.widths)
        rows = "".join(row.xml(self.widths, split=self.split) for row in self.rows)
        return (
            f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
        )

    def turned(self, *, rtl: bool) -> Grid:
        """The same in a passage that runs against the letter."""
        return replace(self, rows=[row.turned(rtl=rtl) for row in self.rows])


def _look(first_row: bool) -> str:
    """Which parts the style treats apart: said twice, for readers of the older form too."""
    value = f"{_NO_BANDS | (_FIRST_ROW if first_row else 0):04X}"
    return tag("tblLook", value, firstRow=int(first_row), noHBand=1, noVBand=1)


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
            written.append(TABLE_END.xml())
        written.append(piece.xml())
        after_table = isinstance(piece, Grid)
    if after_table:
        written.append(TABLE_END.xml())
    return "".join(written)


def with_the_close(pieces: Sequence[Piece], rows: int = 2) -> list[Piece]:
    """``pieces`` whose last two lines, or ``rows``, stay with the complimentary close after them.

    Nobody signs a page that holds nothing else.
    """
    kept = list(pieces)
    place, last = next(
        ((at, piece) for at, piece in reversed(list(enumerate(kept))) if piece != TABLE_END),
        (0, None),
    )
    if isinstance(last, Grid):
        free = max(len(last.rows) - rows, 0)
        held = [*last.rows[:free], *(row.kept() for row in last.rows[free:])]
        kept[place] = replace(last, rows=held)
        kept[place + 1 :] = [replace(TABLE_END, keep_next=True)]
    for at, piece in enumerate(kept[-2:], start=max(len(kept) - 2, 0)):
        if isinstance(piece, Line):
            kept[at] = replace(piece, keep_next=True)
    return kept


def drawing(image: Image, relation: str, number: int, room: tuple[float, float]) -> str:
    """A run with the picture, no larger than ``room``; ``number`` is its own in the file."""
    width, height = (round(side * EMU_A_POINT) for side in drawn_size(image, room))
    drawn = picture_xml(image.alt, relation, number, (width, height))
    return _DRAWN.format(size=_size(width, height), picture=drawn)


def picture_xml(alt: str, relation: str, number: int, size: tuple[int, int]) -> str:
    """What a drawing shows, however it is placed; its ``size`` is in Word's finest unit."""
    return _PICTURE.format(size=_size(*size), id=number, alt=escape(alt), relation=relation)


def _size(width: int, height: int) -> str:
    return f'cx="{width}" cy="{height}"'
